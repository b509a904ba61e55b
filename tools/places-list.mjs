// What `npm run places` tries: each entry makes one of the three changes, leaves one place out, and names what must complain.

/**
 * @typedef {{ readonly file: string, readonly replace: string, readonly by: string }} Edit `replace` is the first such text of the file; an empty one is a new file.
 * @typedef {{ readonly compiler: string } | { readonly test: string, readonly named: string }} Complaint the file that no longer compiles, or the test that fails
 * @typedef {{ readonly change: 'field' | 'operation' | 'dialect', readonly place: string, readonly edits: readonly Edit[], readonly complains: Complaint }} Place
 */

/** @param {string} file @param {string} text @returns {Edit} */
const without = (file, text) => ({ file, replace: text, by: '' });
/** @param {string} file @param {string} text @param {string} more @returns {Edit} */
const after = (file, text, more) => ({ file, replace: text, by: text + more });

const model = 'packages/core/src';
const payjp = 'packages/adapter-payjp/src';
const generic = 'packages/adapter-generic/src';
const placesTest = 'tests/repository/places.test.ts';

const newMember = after(`${model}/model/payment-intent.ts`, '  readonly statementDescriptor: string | null;\n', '  readonly statementDescriptorSuffix: string | null;\n');
const newSecret = after(`${model}/model/payment-intent.ts`, '  readonly statementDescriptor: string | null;\n', '  readonly customerSecret: SecretValue<string> | null;\n');
const newParsed = after(`${model}/contract/readings.ts`, '  readonly statementDescriptor: string | null;\n', '  readonly statementDescriptorSuffix: string | null;\n');
const newInput = after(`${model}/model/payment-intent-inputs.ts`, '  readonly statementDescriptor?: string;\n', '  readonly statementDescriptorSuffix?: string;\n');

const newOperation = [
  after(`${model}/operations/payment-intents.ts`, 'export const paymentIntents = {\n',
    "  reauthorize: { summary: 'Authorizes again.', effect: 'moves_money', target: 'payment_intent', legalFrom: ['requires_capture'], result: 'payment_intent', page: false, stateProtects: false, input: 'optional', fields: fields<CancelPaymentIntent>({ reason: 'optional', providerOptions: 'optional' }), reconcile: cannotTell },\n"),
]; // prettier-ignore

const newDialect = [
  after(`${payjp}/dialects/index.ts`, 'payment_flows: paymentFlows, ', 'payment_sessions: paymentFlows, '),
  after('packages/sandbox/src/dialect-names.ts', "'payjp_payment_flows', ", "'payjp_payment_sessions', "),
];
const configured = [
  ...newDialect,
  after('packages/sandbox/src/dialects/index.ts', '  paypercut,\n', '  payjp_payment_sessions: payjpPaymentFlows,\n'),
  after('tests/conformance/configurations.ts', "byDialect: { readonly [D in Dialect]: Omit<Configuration, 'dialect'> & { readonly dialect: D } } = {\n",
    "  payjp_payment_sessions: { name: 'payjp payment_sessions', adapter: payjp({ apiKey, dialect: 'payment_sessions' }), dialect: 'payjp_payment_sessions' },\n"),
]; // prettier-ignore

/** Places that do not compile while the change has left them out. @param {Place['change']} change @param {readonly Edit[]} edits @param {readonly string[]} files @returns {readonly Place[]} */
const compiled = (change, edits, files) => files.map((file) => ({ change, place: file, edits, complains: { compiler: file } }));

/** @param {Place['change']} change @param {string} place @param {readonly Edit[]} edits @param {string} test @param {string} named @returns {Place} */
const tested = (change, place, edits, test, named) => ({ change, place, edits, complains: { test, named } });

/** @type {readonly Place[]} */
const field = [
  ...compiled('field', [newMember], [
    `${model}/contract/normalize.ts`, `${model}/model/stored.ts`, `${model}/migration/compare-intents.ts`, `${model}/conformance/as-told.ts`, 'packages/cli/src/redact.ts',
  ]),
  ...compiled('field', [newSecret], [`${model}/model/secret-members.test-d.ts`]),
  ...compiled('field', [newParsed], [
    `${model}/contract/absent-members.ts`, `${model}/contract/absent-members.test.ts`, `${model}/testing/acme.ts`, `${payjp}/read.ts`, 'packages/adapter-paypercut/src/read.ts', `${generic}/read.ts`,
    'examples/src/adapter/kontor/read.ts', 'tests/conformance/one-step/adapter.ts',
  ]),
  ...compiled('field', [newInput], [
    `${model}/operations/payment-intents.ts`, `${model}/operations/named-by-field.ts`, `${model}/call/check-fields.ts`, `${model}/migration/plan/capability-gaps.ts`,
    `${model}/conformance/samples.ts`, `${model}/conformance/promises/asked-exactly.ts`, placesTest, `${generic}/write.ts`,
  ]),
  ...compiled('field', [after(`${generic}/write.ts`, '    statement_descriptor: input.statementDescriptor,\n', '    statement_descriptor_suffix: input.statementDescriptor,\n')], [`${generic}/write.ts`]),
  ...compiled('field', [after(`${generic}/wire.ts`, '  statement_descriptor: text,\n', '  statement_descriptor_suffix: text,\n')], [`${generic}/wire.test-d.ts`]),
  ...compiled('field', [newMember, newInput], [`${model}/migration/plan/observed-usage.ts`]),
  tested('field', `${model}/model/stored.ts, as if it had always been there`, [after(`${model}/model/stored.ts`, '  statementDescriptor: optionalText,\n', '  statementDescriptorSuffix: optionalText,\n')],
    `${model}/model/stored-v1.test.ts`, 'is read with every member and every word that was written'),
  tested('field', 'packages/cli/src/templates/reading.ts', [without('packages/cli/src/templates/reading.ts', '  receiptEmail: null,\n')],
    'packages/cli/src/commands/create-adapter.test.ts', 'type-checks, and its first suite run is red only for what is to be filled in'),
  tested('field', `${generic}/stripe-shape.ts (accepts)`, [without(`${generic}/stripe-shape.ts`, "    'statementDescriptor', 'receiptEmail',")], placesTest, 'is accepted by some adapter'),
  tested('field', `${generic}/write.ts`, [without(`${generic}/write.ts`, '    statement_descriptor: input.statementDescriptor,\n')], `${generic}/conformance.test.ts`, 'paymentIntents.create/fields-sent'),
  tested('field', `${payjp}/testing/payloads.ts`, [after(`${payjp}/wire.ts`, '  setup_future_usage: text,\n', '  statement_descriptor_suffix: text,\n')], placesTest, 'has every member that it reads in an example'),
  tested('field', 'packages/sandbox/src/dialects/payjp-payment-flows/render.ts', [without('packages/sandbox/src/dialects/payjp-payment-flows/render.ts', '    description: details.description,\n')],
    placesTest, "'payjp payment_flows' on the sandbox returns every field that it accepts"),
  tested('field', 'docs/kontor.md', [without('docs/kontor.md', '    receiptEmail: null,\n')], 'tests/repository/kontor-page.test.ts', 'has the files as they stand in the example'),
  tested('field', 'docs/writing-an-adapter.md', [without('docs/writing-an-adapter.md', '    receiptEmail: null,\n')], 'tests/repository/readme-examples.test.ts', 'that are quoted from a file stand in it'),
  tested('field', 'packages/adapter-payjp/README.md', [without('packages/adapter-payjp/README.md', '`statementDescriptor`, ')], 'tests/repository/readme-tables.test.ts', "every README's tables are those"),
]; // prettier-ignore

/** @type {readonly Place[]} */
const operation = [
  ...compiled('operation', [without(`${model}/operations/payment-intents.ts`, '    reconcile: reconcileCancel,\n')], [`${model}/operations/payment-intents.ts`]),
  ...compiled('operation', newOperation, [
    `${model}/migration/plan/capability-gaps.ts`, `${model}/conformance/movements.test-d.ts`, `${model}/testing/acme.ts`, `${generic}/stripe-shape.ts`, `${generic}/write.ts`,
  ]),
  tested('operation', "an adapter's operations.ts", newOperation, placesTest, 'an operation is at some provider'),
  tested('operation', `${model}/index.ts (the type of its input)`, [without(`${model}/index.ts`, '  IncrementAuthorization,\n')], placesTest, 'has an input that applications can name'),
  tested('operation', 'tests/chaos/stage.ts', newOperation, placesTest, 'that may move money is carried out by the chaos runs'),
  tested('operation', `${generic}/every-operation.test.ts`, [{ file: `${generic}/every-operation.test.ts`, replace: "operation: 'paymentIntents.incrementAuthorization'", by: "operation: 'paymentIntents.create'" }],
    `${generic}/every-operation.test.ts`, 'none is left out'),
  tested('operation', 'packages/sandbox/src/dialects/stripe/routes.ts', [{ file: 'packages/sandbox/src/dialects/stripe/routes.ts', replace: '/:id/increment_authorization', by: '/:id/other' }],
    `${generic}/conformance.test.ts`, 'paymentIntents.incrementAuthorization/new-total'),
  tested('operation', 'docs/lifecycle.md', newOperation, `${model}/lifecycle/transitions.test.ts`, 'says for every operation from which statuses it is legal'),
  tested('operation', 'docs/capabilities.json', newOperation, 'tests/conformance/capabilities.test.ts', 'has the operations of the adapter, and no others'),
]; // prettier-ignore

/** @type {readonly Place[]} */
const dialect = [
  tested('dialect', `${payjp}/dialects/index.ts`, [{ file: `${payjp}/dialects/payment-sessions.ts`, replace: '', by: 'export {};\n' }], 'tests/repository/adapter-files.test.ts', 'lists each in dialects/index.ts'),
  ...compiled('dialect', newDialect.slice(0, 1), [`${payjp}/mutilated.test.ts`, `${payjp}/every-operation.test.ts`, `${payjp}/conformance.test.ts`]),
  ...compiled('dialect', newDialect, [
    'packages/sandbox/src/dialects/index.ts', 'packages/sandbox/src/testing/drive.ts', 'tests/conformance/configurations.ts', 'tests/conformance/live.ts', 'examples/src/tour/providers.ts',
  ]),
  tested('dialect', 'packages/sandbox/src/dialect-names.ts', [{ file: `${payjp}/dialects/payment-sessions.ts`, replace: '', by: 'export {};\n' }], placesTest, 'of the adapter has a configuration of its own'),
  tested('dialect', `${payjp}/dialects/payment-sessions.test.ts`, configured, placesTest, 'has tests of its requests next to it'),
  tested('dialect', 'tools/configurations.mjs', configured, placesTest, 'is in the tables of the READMEs'),
  tested('dialect', 'bench/payloads.mjs and bench/clients.mjs', configured, placesTest, 'is measured by the bench'),
  tested('dialect', 'docs/choosing-a-provider.md', configured, placesTest, 'is named in docs/choosing-a-provider.md'),
  tested('dialect', 'packages/adapter-payjp/README.md', configured, placesTest, 'is named in packages/adapter-payjp/README.md'),
  tested('dialect', 'packages/sandbox/README.md', configured, placesTest, 'of the sandbox is named in its README'),
  tested('dialect', 'docs/capabilities.json', configured, 'tests/conformance/capabilities.test.ts', 'docs/capabilities.json is about every configuration'),
]; // prettier-ignore

/** Every place of the three changes, in the order in which one does them. */
export const places = [...field, ...operation, ...dialect];
