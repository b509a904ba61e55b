import { describe, expect, it } from 'vitest';
import { acme } from '../testing/acme.js';
import { adapterFileOf } from './advice.js';
import { createPayments } from '../index.js';
import type { Deviation, Harness, Stage, StageSwitches } from './harness.js';
import type { Promised } from './promise.js';
import { switchTo } from './scene.js';
import { describeConformance, promisesFor, proveOne, runConformance, type CheckSelection, type ConformanceResult } from './suite.js';

const missing = 'paymentIntents.retrieve/not-found';
/** It needs a lever that no stage here has. */
const blind = 'paymentIntents.create/confirm';

const stageAnswering = (problem: string, more: Partial<Stage> = {}): Stage => ({
  origin: 'https://stage.example/v1',
  fetch: async () => Response.json({ problem }, { status: 404 }),
  currency: 'EUR',
  paymentMethods: {},
  ...more,
});
const good: Harness = { name: 'acme', adapter: acme(), open: () => stageAnswering('not_found') };
/** Its provider takes a missing payment for a wrong input. */
const bad: Harness = { ...good, open: () => stageAnswering('invalid_request') };
const closed: Harness = {
  ...good,
  open: () => {
    throw new Error('no port is free');
  },
};

const prove = async (harness: Harness, id: string, selection: CheckSelection = {}): Promise<ConformanceResult> => {
  const promised = promisesFor(harness).find((candidate) => candidate.id === id);
  if (promised === undefined) throw new Error(`there is no promise ${id}`);
  return proveOne(harness, promised, selection);
};

/** What a test runner would say of one promise: the test's title, and what became of it. */
const inRunner = async (harness: Harness, id: string, selection: CheckSelection = {}): Promise<{ readonly title: string; readonly skipped: string | null; readonly message: string | null }> => {
  const bodies = new Map<string, (context: unknown) => Promise<void>>();
  describeConformance(harness, { describe: (_, body) => body(), it: (title, body) => bodies.set(title, body) }, { only: new RegExp(`^${id}$`), ...selection });
  const [[title, body] = ['', () => Promise.reject(new Error('no test'))]] = bodies;
  let skipped: string | null = null;
  const message = await body({ skip: (reason: string) => void (skipped = reason) }).then(
    () => null,
    (error: unknown) => String(error),
  );
  return { title, skipped, message };
};

describe('a promise that is not kept', () => {
  it('tells as data what was held, the last request, what was expected and seen, and the file to open', async () => {
    expect(await prove(bad, missing)).toMatchObject({
      result: 'failed',
      failure: {
        about: expect.stringContaining("the error's code"),
        expected: 'one of ["not_found"]',
        seen: expect.stringMatching(/^invalid_request, rejected: paymentIntents\.retrieve at acme: /),
        lastRequest: 'GET /v1/payments/no-such-intent (answered 404)',
        open: 'src/errors.ts',
      },
    });
    expect(await prove(good, missing)).toMatchObject({ result: 'proven', detail: null, failure: null });
  });

  it('says all of it in a test runner too', async () => {
    const { message } = await inRunner(bad, missing);
    expect(message).toContain(`${missing}: `);
    expect(message).toContain('\n  last request  GET /v1/payments/no-such-intent (answered 404)\n');
    expect(message).toMatch(/\n {2}expected {6}one of \["not_found"\]\n {2}seen {10}invalid_request, rejected: .+\n {2}open {10}src\/errors\.ts/);
  });

  it('tells the request that was not answered, and of none its query, its headers or its body', async () => {
    const sent: string[] = [];
    const fetch: Stage['fetch'] = async (input) => {
      sent.push(String(input instanceof Request ? input.url : input));
      throw new Error('it broke');
    };
    const harness: Harness = { ...good, open: () => stageAnswering('', { fetch }) };
    const { failure } = await proveOne(harness, {
      id: missing,
      title: 'a page is read',
      operations: [],
      levers: [],
      prove: async ({ payments }) => void (await payments.paymentIntents.list({ limit: 2, customer: 'customer-1' })),
    });
    expect(sent.at(-1)).toContain('/v1/payments?');
    expect(failure?.lastRequest).toBe('GET /v1/payments (no answer)');
  });

  it('tells no request where none was made', async () => {
    const check = () => {
      throw new Error('src/limits.ts has a hole');
    };
    expect((await prove({ ...good, adapter: { ...good.adapter, check } }, 'paymentIntents.list/empty')).failure).toEqual({
      about: 'no error stops it',
      expected: 'no error',
      seen: 'src/limits.ts has a hole',
      lastRequest: null,
      open: 'src/limits.ts',
    });
  });
});

describe('a stage', () => {
  it('that cannot be opened fails every promise, a known deviation too, and says why; nothing is thrown', async () => {
    const deviations: readonly Deviation[] = [{ id: missing, reason: 'it says so', source: 'its guide' }];
    const results: ConformanceResult[] = [];
    for await (const result of runConformance({ ...closed, deviations }, { only: /^paymentIntents\.retrieve\// })) results.push(result);
    expect(results.length).toBeGreaterThan(1);
    for (const { result, failure } of results) expect({ result, failure }).toMatchObject({ result: 'failed', failure: { seen: 'the stage could not be opened: no port is free', lastRequest: null, open: 'the harness' } });
  });

  it('that cannot be closed is a failure, not a crash', async () => {
    const close = () => Promise.reject(new Error('it hangs'));
    expect(await prove({ ...good, open: () => stageAnswering('not_found', { close }) }, missing)).toMatchObject({ result: 'failed', failure: { seen: 'the stage could not be closed: it hangs', open: 'the harness' } });
  });

  it('is closed once, each that a promise opens for itself too', async () => {
    let open = 0;
    let closings = 0;
    const harness: Harness = {
      ...good,
      open: () => {
        open += 1;
        return stageAnswering('not_found', { close: () => void (closings += 1) });
      },
    };
    const twice: Promised = { id: missing, title: 'is opened again', operations: [], levers: [], prove: async (scene) => void (await scene.harness.open()) };
    expect(await proveOne(harness, twice)).toMatchObject({ result: 'proven' });
    expect([open, closings]).toEqual([2, 2]);
  });

  it('may be an instance of a class, and so may the harness, with what they keep to themselves', async () => {
    class Kept implements Stage {
      readonly #problem = 'not_found';
      readonly origin = 'https://stage.example/v1';
      readonly currency = 'EUR';
      readonly paymentMethods = {};
      fetch = async (): Promise<Response> => Response.json({ problem: this.#problem }, { status: 404 });
    }
    class Bench implements Harness {
      readonly name = 'bench';
      readonly adapter = good.adapter;
      readonly #stage = new Kept();
      open(): Stage {
        return this.#stage;
      }
    }
    expect(await prove(new Bench(), missing)).toMatchObject({ result: 'proven' });
  });
});

describe('what was not tested', () => {
  it('is skipped with its reason, and fails a strict run, which says what the harness lacks', async () => {
    expect(await prove(good, blind)).toMatchObject({ result: 'not_tested', detail: expect.stringContaining('the harness has no succeeds'), failure: null });
    expect(await inRunner(good, blind)).toMatchObject({ skipped: expect.stringContaining('not tested: the harness has no succeeds'), message: null });
    expect(await prove(good, blind, { strict: true })).toMatchObject({ result: 'failed', failure: { expected: expect.stringContaining('a stage with succeeds'), seen: expect.stringContaining('the harness has no succeeds'), open: 'the harness' } });
    expect(await inRunner(good, blind, { strict: true })).toMatchObject({ skipped: null, message: expect.stringContaining('the harness has no succeeds') });
  });
});

describe('a deviation', () => {
  const known = (reviewBy?: string): Harness => ({ ...bad, deviations: [{ id: missing, reason: 'it says so', source: 'its guide', ...(reviewBy !== undefined && { reviewBy }) }] });
  const on = (day: string): CheckSelection => ({ now: () => Date.parse(day) });
  const warning = 'had to be looked at again by 2026-01-01';

  it.each([
    ['on its day', '2026-01-01', '2026-01-01T23:59:59Z', 'deviates'],
    ['when its day is over', '2026-01-01', '2026-01-02T00:00:00Z', 'failed'],
    ['whose day nobody can read', 'soon', '2026-01-01T00:00:00Z', 'failed'],
    ['without a day', undefined, '2999-01-01T00:00:00Z', 'deviates'],
  ] as const)('%s: strictly looked at', async (_what, reviewBy, day, result) => {
    expect(await prove(known(reviewBy), missing, { ...on(day), strict: true })).toMatchObject({ result });
    expect(await prove(known(reviewBy), missing, on(day))).toMatchObject({ result: 'deviates', failure: null });
  });

  it('that is overdue says so: in its detail, in the title of its test, and as what a strict run fails for', async () => {
    const later = on('2026-02-01');
    expect(await prove(known('2026-01-01'), missing, later)).toMatchObject({ detail: `it says so (its guide); ${warning}` });
    expect(await inRunner(known('2026-01-01'), missing, later)).toMatchObject({ title: expect.stringContaining(`(deviates: ${warning})`), message: null });
    expect(await inRunner(known('2026-01-01'), missing, { ...later, strict: true })).toMatchObject({ message: expect.stringContaining(warning) });
    expect((await inRunner(known('2026-03-01'), missing, later)).title).not.toContain('deviates');
  });

  it('that is kept after all is a failure that says to remove it', async () => {
    expect(await prove({ ...good, deviations: known().deviations ?? [] }, missing)).toMatchObject({ result: 'failed', failure: { seen: 'it holds: remove the deviation', open: 'the harness' } });
  });
});

describe('a deviation that says how it is seen', () => {
  const seenAs = (as: string): Harness => ({ ...bad, deviations: [{ id: missing, reason: 'it says so', source: 'its guide', as }] });

  it('is one where the promise fails like that, and hides no other failure', async () => {
    expect(await prove(seenAs('invalid_request, rejected'), missing)).toMatchObject({ result: 'deviates' });
    expect(await prove(seenAs('permission'), missing)).toMatchObject({ result: 'failed', failure: { expected: expect.stringContaining('"permission"'), seen: expect.stringContaining('invalid_request') } });
  });
});

describe('a switch that a stage lacks', () => {
  const switched: StageSwitches[] = [];
  const setSwitches = (change: StageSwitches): void => void switched.push(change);
  const turning = (change: StageSwitches): Promised => ({ id: missing, title: 'turns', operations: [], levers: ['setSwitches'], prove: (scene) => switchTo(scene, change) });
  const having = (switches: NonNullable<Stage['switches']>): Harness => ({ ...good, open: () => stageAnswering('not_found', { setSwitches, switches }) });

  it.each([['by name', ['refundsSettle']], ['as they are set', () => ({ refundsSettle: 'at_once' })]] as const)('leaves what needs it untested, and is not needed for what is usual (%s)', async (_how, switches) => {
    switched.length = 0;
    expect(await proveOne(having(switches), turning({ refundsSettle: 'later', refundStatus: 'null' }))).toMatchObject({ result: 'not_tested', detail: 'the stage has no switch refundStatus' });
    expect(switched).toEqual([]);
    expect(await proveOne(having(switches), turning({ refundsSettle: 'later', refundStatus: 'told' }))).toMatchObject({ result: 'proven' });
    expect(switched).toEqual([{ refundsSettle: 'later' }]);
  });
});

describe('a client of its own', () => {
  it('is what createPayments makes, as it is', async () => {
    expect(await prove({ ...good, connect: (options) => createPayments(options) }, missing)).toMatchObject({ result: 'proven' });
  });
});

describe('the file to open', () => {
  it('is one that every adapter has, for every promise of the suite', () => {
    const files = new Set(promisesFor(good).map(({ id }) => adapterFileOf(id)));
    expect([...files].toSorted()).toEqual(['src/errors.ts', 'src/limits.ts', 'src/operations.ts', 'src/read.ts', 'src/webhook.ts', 'src/write.ts']);
  });

  it.each([
    ['paymentIntents.update/absent', 'src/operations.ts'],
    ['paymentIntents.create.metadata/absent', 'src/operations.ts'],
    ['paymentIntents.capture/full', 'src/operations.ts'],
    ['paymentIntents.create/fields-sent', 'src/write.ts'],
    ['paymentIntents.retrieve/other-words', 'src/read.ts'],
    ['refunds.list/pages', 'src/read.ts'],
    ['attempts.retrieve/paid', 'src/read.ts'],
    ['paymentIntents.confirm/invalid-state', 'src/errors.ts'],
    ['paymentIntents.create/card_declined', 'src/errors.ts'],
    ['faults/capture/502-of-a-gateway-after', 'src/errors.ts'],
    ['limits/below-minimum', 'src/limits.ts'],
    ['webhooks.verify/age', 'src/webhook.ts'],
    ['something.new/never-seen', 'src/operations.ts'],
  ])('of %s is %s', (id, file) => {
    expect(adapterFileOf(id)).toBe(file);
  });
});
