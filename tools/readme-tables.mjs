// Fills the generated blocks of the READMEs from the adapters' own data and the suite's report: `node tools/readme-tables.mjs`, or only those that are named.
// `--check` only says what is not up to date.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurations as shown } from './configurations.mjs';
import { Problem, root, sayProblem, writeMade } from './process.mjs';

/**
 * @typedef {import('@oneintent/core').AnyAdapter} AnyAdapter
 * @typedef {import('@oneintent/core').Limits} Limits
 * @typedef {import('@oneintent/core').AmountLimits} AmountLimits
 * @typedef {Pick<typeof import('@oneintent/core'), 'operationNames' | 'operationDefinitions' | 'eventTypes'>} Words
 * @typedef {import('@oneintent/core').OperationName} OperationName
 * @typedef {{ readonly title: string, readonly adapter: AnyAdapter }} Configuration
 * @typedef {import('@oneintent/core/conformance').TestedCapabilities} TestedCapabilities
 * @typedef {import('@oneintent/core/conformance').TestedCapability} TestedCapability
 * @typedef {import('./configurations.mjs').Entry} Entry
 * @typedef {(words: Words, configurations: readonly Configuration[]) => string} Block
 */

/** What the suite found, which `npm run conformance -- --write` keeps. */
const capabilitiesFile = 'docs/capabilities.json';

/** The adapters' packages. */
const adapterFolders = [...new Set(Object.values(shown).map(({ folder }) => folder))];

/** @param {string} folder @returns {Promise<unknown>} */
const built = async (folder) => {
  const entry = join(root, folder, 'dist', 'index.js');
  if (!existsSync(entry)) throw new Problem(`${folder} is not built: run npm run build, then the same command again.`);
  return import(pathToFileURL(entry).href);
};

/** @param {string} folder @returns {Promise<readonly Configuration[]>} */
const configurationsOf = async (folder) => {
  const entry = /** @type {Entry} */ (await built(folder));
  return Object.values(shown).filter((one) => one.folder === folder).map(({ title, make }) => {
    try {
      return { title, adapter: make(entry) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Problem(`${folder} as it is built makes no adapter for ${title} (${why}): finish it, or run npm run build.`);
    }
  });
};

/** @param {readonly string[]} names */
const code = (names) => names.map((name) => `\`${name}\``).join(', ');
/** @param {number} units */
const grouped = (units) => units.toLocaleString('en-US');
/** @param {readonly string[]} cells */
const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
/** @param {readonly string[]} heads @param {readonly (readonly string[])[]} rows */
const table = (heads, rows) => [row(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(row)].join('\n');

/** One part for each configuration, under its title where there are several. @param {readonly Configuration[]} all @param {(adapter: AnyAdapter) => string} part */
const parts = (all, part) => all.map(({ title, adapter }) => (all.length > 1 ? `### ${title}\n\n${part(adapter)}` : part(adapter))).join('\n\n');

/** The input fields of an operation, those first that must be given. @param {Words['operationDefinitions']} operationDefinitions @param {OperationName} name */
const fieldsOf = (operationDefinitions, name) => {
  const fields = Object.entries(operationDefinitions[name].fields);
  return [...fields.filter(([, need]) => need === 'required'), ...fields.filter(([, need]) => need !== 'required')].map(([field]) => field);
};

/** @type {Block} */
const operations = ({ operationNames, operationDefinitions }, all) =>
  parts(all, (adapter) =>
    table(
      ['operation', 'takes', 'does not take'],
      operationNames.map((name) => {
        const accepts = adapter.operations[name]?.accepts;
        if (accepts === undefined) return [`\`${name}\``, '**absent**: refused, nothing sent', ''];
        const fields = fieldsOf(operationDefinitions, name);
        const taken = fields.filter((field) => accepts.some((accepted) => accepted === field));
        return [`\`${name}\``, code(taken) || 'no input', code(fields.filter((field) => !taken.includes(field)))];
      }),
    ));

/** @param {AmountLimits} limits */
const range = ({ minimum, maximum, multipleOf, wireExponent }) =>
  [
    minimum === undefined ? '' : `from ${grouped(minimum)}`,
    maximum === undefined ? '' : `up to ${grouped(maximum)}`,
    multipleOf === undefined ? '' : `multiples of ${grouped(multipleOf)}`,
    wireExponent === undefined ? '' : `counted with ${wireExponent} decimal digits`,
  ].filter((text) => text !== '').join(', ');

/** Currencies with the same limits, named together. @param {Limits['amounts']['value']} amounts */
const amountsText = ({ every, byCurrency = {} }) => {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [currency, limits] of Object.entries(byCurrency)) groups.set(range(limits), [...(groups.get(range(limits)) ?? []), currency]);
  const special = [...groups].map(([text, currencies]) => `${currencies.toSorted().join(', ')}: ${text}`);
  return [range(every) || 'no bound', ...special].join('; ');
};

/** @param {string} what @param {number | null} limit */
const most = (what, limit) => (limit === null ? `${what}: no bound known` : `${what}: ${grouped(limit)}`);

/** What the provider does with a key. @param {import('@oneintent/core').KeyBehavior} behavior */
const keyBehavior = ({ stores, inFlight, repetition }) =>
  [
    `stored under a key: ${{ every_response: 'every response', successes: 'successes only', unknown: 'unknown' }[stores]}`,
    `while the first request is in flight: ${{ refuses: 'a second is refused', queues: 'a second waits', unknown: 'unknown' }[inFlight]}`,
    `after it: ${{ replays: 'the stored response', refuses: 'a refusal', unknown: 'unknown' }[repetition]}`,
  ].join('; ');

/** How each limit is said. A limit without a line here does not compile. @type {{ readonly [L in keyof Limits]: readonly [string, (value: Limits[L]['value']) => string] }} */
const limitTexts = {
  currencies: ['currencies', (value) => (value === 'all' ? 'all' : value.join(', '))],
  amounts: ["amounts, in the provider's units", amountsText],
  captureMinimum: ['smallest partial capture', (value) => (value === null ? 'no rule of its own' : grouped(value))],
  captureMethods: ['capture methods', code],
  cancellationReasons: ['cancellation reasons', (value) => code(value) || 'none'],
  setupCancellationReasons: ["a setup's cancellation reasons", (value) => code(value) || 'none'],
  refundReasons: ['refund reasons', (value) => code(value) || 'none'],
  metadata: [
    'metadata',
    (value) =>
      value === null
        ? 'none'
        : [most('keys', value.maximumKeys), most("a key's length", value.maximumKeyLength), most("a value's length", value.maximumValueLength), `values: ${value.valueTypes.join(', ')}`].join('; '),
  ],
  idempotency: [
    'idempotency keys',
    (value) =>
      value.honoured === 'no'
        ? 'not honoured, not sent'
        : `${value.honoured === 'documented' ? 'honoured' : 'believed to be honoured'}; ${'header' in value.place ? `header \`${value.place.header}\`` : `member \`${value.place.member}\``}; up to ${value.maximumLength} of \`${value.alphabet}\`; kept ${value.window === null ? 'for a time that is not known' : `for ${grouped(value.window)} seconds`}; ${keyBehavior(value)}`,
  ],
  pageSize: ['largest page', (value) => (value === null ? 'none known' : grouped(value))],
  lists: ['a list shows a new object', (value) => ({ immediate: 'at once', lags: 'some time later', unknown: 'after a time that is not known' })[value]],
};

/** One limit as a row. @template {keyof Limits} L @param {AnyAdapter} adapter @param {L} name */
const limitRow = (adapter, name) => {
  const fact = adapter.limits[name];
  return [limitTexts[name][0], limitTexts[name][1](fact.value), fact.source, fact.confidence.replace('_', ' ')];
};

const limitNames = /** @type {readonly (keyof Limits)[]} */ (Object.keys(limitTexts));

/** @type {Block} */
const limits = (_words, all) =>
  parts(all, (adapter) =>
    table(
      ['limit', 'value', 'source', 'confidence'],
      [
        ...limitNames.map((name) => limitRow(adapter, name)),
        ...Object.entries(adapter.legalFrom).map(([name, fact]) => [`\`${name}\` is possible from`, code(fact.value), fact.source, fact.confidence.replace('_', ' ')]),
      ],
    ));

/** The objects whose events are told, by how their names begin, and the operation with which they are polled for. @type {readonly (readonly [string, OperationName])[]} */
const polled = [
  ['payment_intent.', 'paymentIntents.retrieve'],
  ['setup_intent.', 'setupIntents.retrieve'],
  ['refund.', 'refunds.retrieve'],
];

/** What to subscribe to, and what never comes. @type {Block} */
const events = ({ eventTypes }, all) =>
  parts(all, ({ webhooks, operations: own }) => {
    if (webhooks === null) return 'Nothing is told: everything is polled for with `waitFor`.';
    const { value, source, confidence } = webhooks.sends;
    const never = eventTypes.filter((type) => polled.some(([prefix, name]) => type.startsWith(prefix) && own[name] !== undefined) && !value.some((sent) => sent.type === type));
    return [
      table(['subscribe to', 'means'], value.map(({ providerType, type }) => [`\`${providerType}\``, `\`${type}\``])),
      `Source: ${source} (${confidence.replace('_', ' ')}).`,
      never.length === 0 ? 'Every shared type is told.' : `Never told, so poll with \`waitFor\`: ${code(never)}.`,
    ].join('\n\n');
  });

/** One cell: what was found on the sandbox, and at the provider with its day. @param {TestedCapability | undefined} capability */
const found = (capability) => {
  if (capability === undefined || capability.sandbox === null) return 'not tested';
  const word = !capability.present ? '–' : capability.sandbox === 'proven' ? 'yes' : `**${capability.sandbox.replace('_', ' ')}**`;
  return capability.provider === null ? word : `${word}; at the provider ${capability.provider.result.replace('_', ' ')}, ${capability.provider.date}`;
};

/** @type {Block} */
const matrix = () => {
  if (!existsSync(join(root, capabilitiesFile))) throw new Problem(`${capabilitiesFile} is not there: run npm run conformance -- --write.`);
  const all = /** @type {readonly TestedCapabilities[]} */ (JSON.parse(readFileSync(join(root, capabilitiesFile), 'utf8')));
  const names = /** @type {readonly OperationName[]} */ (Object.keys(all[0]?.operations ?? {}));
  const asked = all.flatMap(({ operations: each }) => Object.values(each)).some(({ provider }) => provider !== null);
  return [
    table(
      ['', ...all.map(({ name }) => shown[name]?.title ?? name)],
      names.map((name) => [`\`${name}\``, ...all.map(({ operations: each }) => found(each[name]))]),
    ),
    ...(asked ? [] : ['Proven on the sandbox; no provider itself has been asked yet.']),
  ].join('\n\n');
};

/** @type {Record<string, Block>} */
const blocks = { operations, limits, events, matrix };

/** A README with its blocks filled. @param {string} file @param {readonly string[]} names @param {readonly string[]} folders */
const filled = async (file, names, folders) => {
  const words = /** @type {Words} */ (await built('packages/core'));
  const configurations = (await Promise.all(folders.map(configurationsOf))).flat();
  let text = readFileSync(join(root, file), 'utf8');
  for (const name of names) {
    const [open, close] = [`<!-- generated: ${name} -->`, '<!-- /generated -->'];
    const start = text.indexOf(open);
    const end = text.indexOf(close, start);
    if (start < 0 || end < 0) throw new Problem(`${file} has no block from ${open} to ${close}: put the two lines where the table belongs.`);
    const content = blocks[name]?.(words, configurations);
    text = `${text.slice(0, start)}${open}\n\n${content}\n\n${text.slice(end)}`;
  }
  return text;
};

/** Every README with generated blocks, and whose data they show. One that nobody has begun is left alone. */
const readmes = [
  ...adapterFolders.map((folder) => ({ file: `${folder}/README.md`, names: ['operations', 'limits', 'events'], folders: [folder] })),
  { file: 'README.md', names: ['matrix'], folders: [] },
].filter(({ file }) => existsSync(join(root, file)));

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const { file, names, folders } of readmes.filter((readme) => wanted.length === 0 || wanted.includes(readme.file))) {
  try {
    writeMade(file, await filled(file, names, folders), 'npm run build, then node tools/readme-tables.mjs');
  } catch (error) {
    sayProblem(error);
  }
}
