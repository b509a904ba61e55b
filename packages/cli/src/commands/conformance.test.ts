import { paypercut } from '@oneintent/adapter-paypercut';
import type { AnyAdapter } from '@oneintent/core/adapter';
import type { Harness, Stage } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { openShop } from '../testing/world.js';

const apiKey = 'sk_test_paypercut0123456789';
const adapter: AnyAdapter = paypercut({ apiKey });
const openStage = (): Stage => createSandbox({ dialect: 'paypercut', apiKey });
const good: Harness = { name: 'good', adapter, open: openStage };
/** It takes a missing payment for a wrong input. */
const bad: Harness = {
  ...good,
  name: 'bad',
  adapter: { ...adapter, readError: () => ({ kind: 'fault', code: 'invalid_request', providerCode: null, message: null, field: null }) },
};
const missing = 'paymentIntents.retrieve/not-found';

const run = (module: object, ...args: readonly string[]) => openShop().run(['conformance', 'harness.js', ...args], { importModule: async () => module });

/** What failed, in a result as JSON. */
const failedIn = (out: string): readonly { readonly id: string; readonly failure: { readonly lastRequest: string | null } }[] => {
  const { reports }: { readonly reports: readonly { readonly results: readonly { readonly id: string; readonly failure: { readonly lastRequest: string | null } | null }[] }[] } = JSON.parse(out);
  return reports.flatMap(({ results }) => results.flatMap(({ id, failure }) => (failure === null ? [] : [{ id, failure }])));
};

it('ends with 0 when every promise is kept: progress on one side, the result on the other', async () => {
  const { exitCode, out, err } = await run({ harness: good }, '--only', '^paymentIntents\\.retrieve/');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^good: \d+ proven, 0 failed, 0 not tested, 0 deviate\n$/);
  expect(err).toMatch(/^good: (\d+) of \1 promises, 0 failed\n$/);
});

it('ends with 1 when one is not, and says which, what went over the wire, what was expected and seen, and which file to open', async () => {
  const { exitCode, out } = await run({ harness: bad }, '--only', `^${missing}$`);
  expect(exitCode).toBe(1);
  expect(out).toContain(`FAILED ${missing} (bad)\n  an id that the provider does not know is not_found\n`);
  expect(out).toMatch(/last request {2}GET \/v1\/payment_intents\/no-such-intent \(answered 404\)\n/);
  expect(out).toContain('expected      one of ["not_found"]\n');
  expect(out).toMatch(/seen {10}invalid_request, rejected: paymentIntents\.retrieve at paypercut: .+\n/);
  expect(out).toContain('open          src/errors.ts\n');
  expect(out).toContain('bad: 0 proven, 1 failed, 0 not tested, 0 deviate\n');
  expect(out).not.toContain(apiKey);
});

it('tells of a request neither its query nor its headers', async () => {
  const list = { ...bad, adapter: { ...adapter, operations: { ...adapter.operations, 'refunds.list': { ...adapter.operations['refunds.list'], response: () => { throw new Error('cannot read'); } } } } };
  const { out } = await run({ harness: list }, '--only', '^refunds\\.list/', '--json');
  const failed = failedIn(out);
  expect(failed.length).toBeGreaterThan(0);
  for (const { failure: { lastRequest } } of failed) expect(lastRequest).toMatch(/^(GET|POST) \/[\w/-]+ \((answered \d{3}|no answer)\)$/);
});

it('does not tell the request of the promise before', async () => {
  const check: AnyAdapter['check'] = (operation) => {
    if (operation === 'refunds.list') throw new Error('no request is made');
    return [];
  };
  const { out } = await run({ harness: { ...bad, adapter: { ...bad.adapter, check } } }, '--only', '^(paymentIntents.retrieve/not-found|refunds.list/empty)$', '--json');
  expect(failedIn(out).map(({ id, failure: { lastRequest } }) => [id, lastRequest])).toEqual([[missing, 'GET /v1/payment_intents/no-such-intent (answered 404)'], ['refunds.list/empty', null]]);
});

it('tells a reason that many promises share once, and how many they are', async () => {
  const { exitCode, out } = await run({ harness: { ...good, open: () => { throw new Error('no port is free'); } } }, '--only', '^paymentIntents\\.retrieve/');
  expect(exitCode).toBe(1);
  expect(out.match(/no port is free/g)).toHaveLength(1);
  expect(out).toMatch(/\n {2}and \d+ more for the same reason: paymentIntents\.retrieve\/[\s\S]*\ngood: 0 proven, \d+ failed/);
});

it('tells one missing field once, though it stops every promise, and what to run alone first', async () => {
  const demanding: AnyAdapter = { ...adapter, check: (operation) => (operation === 'paymentIntents.create' ? [{ field: 'description', problem: 'is too short', remedy: 'Say more.' }] : []) };
  const { exitCode, out } = await run({ harness: { ...good, adapter: demanding } }, '--only', '^paymentIntents\\.(retrieve|cancel)/');
  expect(exitCode).toBe(1);
  const failed = Number(/ (\d+) failed/.exec(out)?.[1]);
  expect(failed).toBeGreaterThan(10);
  expect(out.match(/^FAILED /gm)).toHaveLength(1);
  expect(out).toMatch(/^FAILED .+\n.+\n.+\n.+\n {2}expected {6}no error\n {2}seen {10}invalid_request, not_sent: paymentIntents\.create: .*description is too short\. Say more\. Nothing was sent\.\n {2}open {10}src\/write\.ts\n {2}and \d+ more for the same reason: \S+, \S+, \S+, …\n/);
  const first = /^FAILED (\S+)/.exec(out)?.[1] ?? '';
  expect(out).toContain(`  ${failed} failures have 1 cause; begin with --only '^${first.replaceAll('.', '\\.')}$'\n`);
  const alone = await run({ harness: { ...good, adapter: demanding } }, '--only', `^${first.replaceAll('.', '\\.')}$`);
  expect(alone.out).toContain('good: 0 proven, 1 failed');
});

describe('a harness that sends to the provider itself', () => {
  const atProvider: Harness = { ...good, name: 'real', provenAt: { where: 'provider', date: '2026-11-20' } };

  it('opens nothing without --live, and says what to add', async () => {
    let opened = 0;
    const { exitCode, out, err } = await run({ default: [good, { ...atProvider, open: () => { opened += 1; return openStage(); } }] }, '--only', `^${missing}$`);
    expect({ exitCode, out, opened }).toEqual({ exitCode: 2, out: '', opened: 0 });
    expect(err).toContain('real: sends to the provider itself. Add --live');
  });

  it('runs with it, and says where it sends before it does', async () => {
    const { exitCode, out, err } = await run({ default: [good, atProvider] }, '--only', `^${missing}$`, '--live');
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('real: 1 proven') });
    expect(err).toMatch(/real: sends to the provider itself\nreal: 1 of 1/);
    expect(err).not.toContain('good: sends');
  });
});

it('proves each harness of a list, as a default export', async () => {
  const { exitCode, out } = await run({ default: [good, bad] }, '--only', `^${missing}$`);
  expect(exitCode).toBe(1);
  expect(out).toContain('good: 1 proven, 0 failed');
  expect(out).toContain('bad: 0 proven, 1 failed');
});

it('gives reports as JSON, with what failed and where to begin', async () => {
  const { exitCode, out } = await run({ default: bad }, '--only', `^${missing}$`, '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    reports: [{ v: 1, name: 'bad', at: { where: 'sandbox' }, results: [{ id: missing, result: 'failed', failure: { lastRequest: 'GET /v1/payment_intents/no-such-intent (answered 404)', seen: expect.stringContaining('invalid_request'), open: 'src/errors.ts' } }] }],
  });
});

it('gives the report of the suite as Markdown, with where to begin', async () => {
  const { out } = await run({ default: [good, bad] }, '--only', `^${missing}$`, '--markdown');
  expect(out).toMatch(/^# Conformance\n\n## good\n/);
  expect(out).toContain(`- **failed** on the sandbox: \`${missing}\``);
  expect(out).toMatch(/```text\n[\s\S]*GET \/v1\/payment_intents\/no-such-intent[\s\S]*src\/errors\.ts/);
});

describe('--strict', () => {
  const only = ['--only', '^paymentIntents\\.create/confirm$'];

  it('counts what was not tested, which counts for nothing otherwise', async () => {
    const blind: Harness = { ...good, open: () => { const { origin, fetch, currency } = openStage(); return { origin, fetch, currency, paymentMethods: {} }; } };
    const plain = await run({ harness: blind }, ...only);
    expect(plain).toMatchObject({ exitCode: 0, out: 'good: 0 proven, 0 failed, 1 not tested, 0 deviate\n  not tested, 1: the harness has no succeeds\n  not tested, 1: the harness has no ledger\n' });
    expect(await run({ harness: blind }, ...only, '--strict')).toMatchObject({ exitCode: 1, out: expect.stringMatching(/expected {6}a stage with succeeds, ledger\n[\s\S]*good: 0 proven, 1 failed, 0 not tested/) });
  });

  it.each([
    ['a date that is past', { reviewBy: '2020-01-01' }, 1],
    ['a date to come', { reviewBy: '2999-01-01' }, 0],
    ['no date', {}, 0],
  ])('counts a deviation that had to be looked at again: %s', async (_what, review, exitCode) => {
    const deviations = [{ id: missing, reason: 'the provider says so', source: 'its guide', ...review }];
    const args = ['--only', `^${missing}$`];
    expect(await run({ harness: { ...bad, deviations } }, ...args)).toMatchObject({ exitCode: 0, out: expect.stringContaining('0 failed, 0 not tested, 1 deviate') });
    expect(await run({ harness: { ...bad, deviations } }, ...args, '--strict')).toMatchObject({ exitCode });
  });
});

it('takes a stage that is an instance of a class, with what it keeps to itself', async () => {
  class Books implements Stage {
    readonly #sandbox = openStage();
    readonly origin = this.#sandbox.origin;
    readonly currency = this.#sandbox.currency;
    readonly paymentMethods = this.#sandbox.paymentMethods;
    fetch: Stage['fetch'] = (input, init) => this.#sandbox.fetch(input, init);
    ledger() {
      return this.#sandbox.ledger?.() ?? [];
    }
  }
  expect(await run({ harness: { ...good, open: () => new Books() } }, '--only', '^paymentIntents\\.create/confirm$')).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 proven') });
});

it.each([
  ['a module without a harness', {}, [], '<module> exports no harness. Write: export const harness'],
  ['a harness without an adapter', { harness: { name: 'mine', open: openStage } }, [], '<module> exports no harness'],
  ['an empty list', { default: [] }, [], '<module> exports no harness'],
  ['a pattern that matches nothing', { harness: good }, ['--only', 'payment_intents'], '--only matches no promise'],
  ['a pattern that is none', { harness: good }, ['--only', '('], 'Give a regular expression'],
  ['two formats', { harness: good }, ['--json', '--markdown'], 'cannot be used with'],
])('ends with 2 for %s', async (_what, module, args, says) => {
  const { exitCode, out, err } = await run(module, ...args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(says);
});

it('says that TypeScript is compiled first, where it cannot be imported', async () => {
  const { exitCode, err } = await openShop().run(['conformance', 'src/testing/harness.ts']);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: "oneintent: <module> can't be imported: there is no such module (TypeScript has to be compiled first: give the JavaScript)\n" });
});

it('stops when the user wants it to end', async () => {
  const { exitCode, out, err } = await openShop().run(['conformance', 'harness.js'], { importModule: async () => ({ harness: good }), signal: AbortSignal.abort() });
  expect({ exitCode, out, err }).toEqual({ exitCode: 1, out: '', err: 'oneintent: Stopped.\n' });
});

it('--help has examples, and no option for a secret', async () => {
  const { exitCode, out } = await openShop().run(['conformance', '--help']);
  expect(exitCode).toBe(0);
  expect(out).toContain('$ oneintent conformance dist/testing/harness.js\n');
  expect(out).not.toMatch(/--[\w-]*(key|secret|token|password)/i);
});
