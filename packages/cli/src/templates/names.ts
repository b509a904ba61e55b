/** What a new adapter is called, in each of the places that name it. */
export interface AdapterNames {
  /** The provider's name, as `provider: 'acme-pay'` says it. */
  readonly name: string;
  /** The function that makes the adapter, such as `acmePay`. */
  readonly factory: string;
  /** What its types begin with, such as `AcmePay`. */
  readonly type: string;
  /** The provider in a sentence, such as `Acme Pay`. */
  readonly title: string;
  /** The variable of the environment with its test key, such as `ACME_PAY_API_KEY`. */
  readonly keyVariable: string;
  /** The versions of the core that it goes with, such as `^0.1.0`. */
  readonly coreRange: string;
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** Words that JavaScript or the files of an adapter use already. A provider of that name needs a word more. */
const taken: ReadonlySet<string> = new Set(
  `
    arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if
    implements import in instanceof interface let new null package private protected public return static super switch this throw true try
    typeof undefined var void while with yield adapterPackage apiKey atProvider check defineAdapter harness inputError keyOf keyProblem keyRemedy limits
    openStage operations options process readError webhooks z
  `.trim().split(/\s+/),
);

/** The function's name: `acme-pay` makes `acmePay`. */
const factoryOf = (name: string): string => name.split('-').map((word, index) => (index === 0 ? word : capital(word))).join('');

const longest = 40;

/** What is wrong with the name of a provider; `null` when an adapter can be called so. The name itself is not repeated: it may be a key that went astray. */
export const nameProblem = (name: string): string | null => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return 'is not a name for an adapter. Use small letters, digits and single hyphens, and begin with a letter: such as acme or acme-pay';
  if (name.length > longest) return `is longer than ${longest} characters`;
  if (name.startsWith('adapter-')) return 'begins with adapter-, which the folder gets by itself. Give the name of the provider alone';
  return taken.has(factoryOf(name)) ? 'is a word that the code of an adapter uses already. Add one, such as -pay' : null;
};

/** The names of an adapter, by the name of its provider and the version of the core. */
export const namesOf = (name: string, version: string): AdapterNames => ({
  name,
  factory: factoryOf(name),
  type: name.split('-').map(capital).join(''),
  title: name.split('-').map(capital).join(' '),
  keyVariable: `${name.replaceAll('-', '_').toUpperCase()}_API_KEY`,
  coreRange: `^${version}`,
});
