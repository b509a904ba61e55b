// Three changes are easy: a field, an operation, a dialect of PAY.JP (CONTRIBUTING.md, "Three changes, and their places"). Most places do not compile when they are
// left out. Each of the others has one test here, whose failure says which file to open and what to add there.
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPayments, mayMoveMoney, money, operationDefinitions, operationNames, supports, type CreatePaymentIntent, type OperationName, type Payments } from '@oneintent/core';
import { createSandbox } from '@oneintent/sandbox';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { operations as carriedOut } from '../chaos/stage.ts';
import { configurations } from '../conformance/configurations.ts';
import { nodesOf } from './imports.ts';
import { adapters, filesBelow, read, root } from './tree.ts';

/** The member that a file of another workspace exports. */
const exportedBy = async (file: string, name: string): Promise<object> => {
  const entry: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(root, file)).href);
  return Object(entry[name]);
};

/** The names that are written as members of objects in a file. */
const membersIn = (file: string): readonly string[] =>
  nodesOf(file).flatMap((node) => ((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? [node.name.text] : []));

/** The members of every `z.object({ … })` in a file. */
const wireMembersIn = (file: string): readonly string[] =>
  nodesOf(file).flatMap((node) => {
    if (!ts.isCallExpression(node) || !/^z\.(?:loose|strict)?[oO]bject$/.test(node.expression.getText())) return [];
    const [shape] = node.arguments;
    return shape !== undefined && ts.isObjectLiteralExpression(shape) ? shape.properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText()])) : [];
  });

describe('a field', () => {
  /** Members that stand in no example: they are not of an object, but of a list or of an error. */
  const ofNoObject: readonly string[] = ['items', 'last_key', 'schema', 'violation_code', 'network_advice_code', 'failure_reason', 'setup_intent'];

  it.each(adapters)('%s has every member that it reads in an example of its mutilated reads', (adapter) => {
    const examples = [...filesBelow(join(adapter, 'src/testing'), '.ts'), join(adapter, 'src/mutilated.test.ts')].flatMap(membersIn);
    const missing = wireMembersIn(join(adapter, 'src/wire.ts')).filter((member) => !examples.includes(member) && !ofNoObject.includes(member));
    expect(missing.map((member) => `${adapter}/src/wire.ts reads ${member}: add it to an example in ${adapter}/src/testing/payloads.ts`)).toEqual([]);
  });

  /** Every field of a creation, but those that only a confirmation has. A new one does not compile until it is here. */
  const given: Required<Omit<CreatePaymentIntent, 'amount' | 'customer' | 'paymentMethod' | 'confirm' | 'returnUrl' | 'offSession' | 'threeDSecure' | 'providerOptions'>> = {
    paymentMethodTypes: ['card'],
    captureMethod: 'manual',
    setupFutureUsage: 'on_session',
    statementDescriptor: 'SHOP',
    receiptEmail: 'payer@example.com',
    description: 'Tea',
    metadata: { order: '1' },
  };

  /** Fields that a provider accepts and does not return, by configuration. */
  const notReturned: Readonly<Record<string, readonly string[]>> = {
    // The objects of August 2025 have no member for it.
    'payjp payment_intents': ['setupFutureUsage'],
  };

  it.each(configurations)('$name on the sandbox returns every field that it accepts', async ({ name, adapter, dialect }) => {
    const sandbox = createSandbox({ dialect });
    const payments: Payments<never> = createPayments({ adapter, baseUrl: sandbox.origin, fetch: sandbox.fetch });
    if (!supports(payments, 'paymentIntents.create')) throw new Error(`${name} creates no payments`);
    const accepted = Object.entries(given).filter(([field]) => payments.accepts('paymentIntents.create').includes(field));
    const [currency = ''] = payments.limits.currencies.value === 'all' ? ['EUR'] : payments.limits.currencies.value;
    const who = { customer: sandbox.customer, paymentMethod: sandbox.paymentMethods.succeeds };
    const intent = await payments.paymentIntents.create({ amount: money(10_000, currency), ...who, ...Object.fromEntries(accepted) });
    const lost = accepted.map(([field]) => field).filter((field) => Reflect.get(intent, field) === null && notReturned[name]?.includes(field) !== true);
    expect(lost.map((field) => `${field} is accepted and not returned: store it in packages/sandbox/src/engine/intent.ts, return it in the render.ts of the dialect, and read it in the adapter's read.ts`)).toEqual([]);
  });

  it('is accepted by some adapter, with every operation that has it', () => {
    const fields = operationNames.flatMap((operation) => Object.keys(operationDefinitions[operation].fields).map((field) => ({ operation, field })));
    const unused = fields.filter(({ operation, field }) => !configurations.some(({ adapter }) => adapter.operations[operation]?.accepts.some((accepted) => accepted === field)));
    expect(unused.map(({ operation, field }) => `No adapter accepts ${operation}.${field}: add it to accepts in an adapter's operations.ts (generic: stripe-shape.ts) and write it in write.ts`)).toEqual([]);
  });
});

describe('an operation', () => {
  it('is at some provider', () => {
    const missing = operationNames.filter((operation) => !configurations.some(({ adapter }) => adapter.operations[operation] !== undefined));
    expect(missing.map((operation) => `No adapter has ${operation}: add it to an adapter's operations.ts`)).toEqual([]);
  });

  it('has an input that applications can name: packages/core/src/index.ts exports its type', () => {
    const inputs = filesBelow('packages/core/src/operations', '.ts').filter((file) => !/\.test/.test(file)).flatMap((file) =>
      nodesOf(file).flatMap((node) => (ts.isCallExpression(node) && node.expression.getText() === 'fields' ? (node.typeArguments ?? []).map((type) => type.getText()) : [])));
    const exported = nodesOf('packages/core/src/index.ts').flatMap((node) => (ts.isExportSpecifier(node) ? [node.name.text] : []));
    const missing = [...new Set(inputs)].filter((input) => input !== 'NoInput' && !exported.includes(input));
    expect(missing.map((input) => `${input} is not exported: add it to packages/core/src/index.ts`)).toEqual([]);
  });

  it('that may move money is carried out by the chaos runs', () => {
    const names: readonly OperationName[] = Object.values(carriedOut);
    const missing = operationNames.filter((operation) => mayMoveMoney(operation) && !names.includes(operation));
    expect(missing.map((operation) => `${operation}: add a verb to tests/chaos/order.ts and tests/chaos/stage.ts, and an action to tests/chaos/plan.ts`)).toEqual([]);
  });
});

describe('a dialect', () => {
  const names = configurations.map(({ name }) => name);
  const ofPayjp = configurations.flatMap(({ adapter }) => (adapter.provider === 'payjp' && typeof adapter.dialect === 'string' ? [adapter.dialect] : []));

  it('of the adapter has a configuration of its own in tests/conformance/configurations.ts', async () => {
    const known = filesBelow('packages/adapter-payjp/src/dialects', '.ts').map((file) => basename(file, '.ts')).filter((file) => !/\.test$|^definition$|^index$/.test(file));
    const missing = known.map((file) => file.replaceAll('-', '_')).filter((dialect) => !ofPayjp.includes(dialect));
    expect(missing.map((dialect) => `payjp ${dialect}: add it to packages/sandbox/src/dialect-names.ts and tests/conformance/configurations.ts`)).toEqual([]);
  });

  it('has tests of its requests next to it', () => {
    const missing = ofPayjp.map((dialect) => `packages/adapter-payjp/src/dialects/${dialect.replaceAll('_', '-')}.test.ts`).filter((file) => !filesBelow('packages/adapter-payjp/src/dialects').includes(file));
    expect(missing.map((file) => `Write ${file}: the exact requests of each operation, as in payment-flows.test.ts`)).toEqual([]);
  });

  it('is in the tables of the READMEs', async () => {
    const shown = Object.keys(await exportedBy('tools/configurations.mjs', 'configurations'));
    expect(names.filter((name) => !shown.includes(name)).map((name) => `${name}: add it to tools/configurations.mjs, then run node tools/readme-tables.mjs`)).toEqual([]);
  });

  it('is measured by the bench', async () => {
    const measured = Object.keys(await exportedBy('bench/clients.mjs', 'configurations'));
    expect(names.filter((name) => !measured.includes(`oneintent: ${name}`)).map((name) => `${name}: add its payload to bench/payloads.mjs and itself to bench/clients.mjs`)).toEqual([]);
  });

  it.each(['docs/choosing-a-provider.md', 'packages/adapter-payjp/README.md'])('is named in %s', (file) => {
    expect(ofPayjp.filter((dialect) => !read(file).includes(`\`${dialect}\``)).map((dialect) => `${dialect}: name it in ${file}`)).toEqual([]);
  });

  it('of the sandbox is named in its README', () => {
    const file = 'packages/sandbox/README.md';
    expect(configurations.filter(({ dialect }) => !read(file).includes(`\`${dialect}\``)).map(({ dialect }) => `${dialect}: name it in ${file}`)).toEqual([]);
  });
});
