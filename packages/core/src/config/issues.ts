import { problemFrom } from '../model/problems.js';
import type { StandardResult, StandardSchema } from '../contract/wire.js';
import { PaymentError, type Problem } from '../model/payment-error.js';
import { Secret } from '../model/secret.js';

/** Every text in a value, so that none of it is told. */
const textsIn = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Secret.is(value)) return textsIn(value.reveal(), depth);
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  return Object.values(value).flatMap((member) => textsIn(member, depth + 1));
};

/** Shorter texts than this are found in any sentence. */
const shortestQuote = 6;

const escaped = (text: string): string => text.replace(/[^\w\s]/g, '\\$&');

/** Whether a sentence has one of the texts as a word of its own: `payment` is not quoted by `use payment_flows`. */
const quotes = (sentence: string, values: unknown): boolean =>
  textsIn(values).some((text) => text.length >= shortestQuote && sentence.includes(text) && new RegExp(`(?<![\\w-])${escaped(text)}(?![\\w-])`).test(sentence));

/** Told in place of a sentence that quotes what it should not. */
const plain = { problem: 'is not as the adapter needs it', remedy: "See the adapter's README." } as const;

/** Options of an adapter, with those among them that are secret: not even a part of a word may be one of these. */
export interface GivenOptions {
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
}

const quiet = (problem: Problem, { values, secrets }: GivenOptions): Problem => {
  const sentence = `${problem.field} ${problem.problem} ${problem.remedy}`;
  const isSaid = quotes(sentence, values) || secrets.some((option) => textsIn(values[option]).some((text) => text.length >= shortestQuote && sentence.includes(text)));
  return isSaid ? { ...plain, field: problem.field } : problem;
};

type Issues = NonNullable<StandardResult<unknown>['issues']>;

/** Where a source has an option. */
export type FieldOfOption = (option: string) => string;

const within = (field: FieldOfOption, path: readonly string[]): string => {
  const [option = '', ...rest] = path;
  return [field(option), ...rest].join('.');
};

/** What zod/mini says of a rule whose author wrote no sentence: nothing that a reader could act on. */
const noSentence = 'Invalid input';

const issueProblem = ({ message, path = [] }: Issues[number], field: FieldOfOption): Problem => {
  const at = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return problemFrom(within(field, at), message === noSentence ? '' : message, plain);
};

/** What a schema makes of options, or what is wrong with them, without a word of their values. */
export const readOptions = <T>(schema: StandardSchema<T>, given: GivenOptions, field: FieldOfOption): { readonly value: T } | { readonly problems: readonly Problem[] } => {
  const result = schema['~standard'].validate(given.values);
  if (result instanceof Promise) return { problems: [{ field: field(''), problem: 'cannot be checked: the schema of its adapter is asynchronous', remedy: 'Tell its author.' }] };
  return result.issues ? { problems: result.issues.map((issue) => quiet(issueProblem(issue, field), given)) } : result;
};

/** What an error that an adapter or a client threw says is wrong, without a word of the values. */
export const problemsOfError = (error: unknown, given: GivenOptions, field: FieldOfOption): readonly Problem[] =>
  PaymentError.is(error) && error.problems.length > 0
    ? error.problems.map((problem) => quiet({ ...problem, field: within(field, problem.field.split('.')) }, given))
    : [{ ...plain, field: field('') }];
