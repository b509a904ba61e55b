import { describe, expect, it } from 'vitest';
import type { OperationName, Payments, PaymentsOptions } from '../index.js';
import { acme, apiKey } from '../testing/acme.js';
import { payment, thrownBy } from '../testing/client.js';
import { answer, lost, scriptedFetch, type Reply } from '../testing/scripted-fetch.js';
import { atProvider, type AtProviderOptions, type Leftover } from './at-provider.js';
import type { Harness, Stage } from './harness.js';
import { connect } from './scene.js';
import { runConformance } from './suite.js';

const amount = { minorUnits: 1000, currency: 'EUR' };
const facts = { name: 'acme', adapter: acme(), currency: 'EUR', paymentMethods: {}, date: '2026-04-10' };

const connected = async (harness: Harness, more: Partial<PaymentsOptions> = {}): Promise<{ readonly stage: Stage; readonly payments: Payments<OperationName> }> => {
  const stage = await harness.open();
  const payments = connect(harness, { adapter: harness.adapter, account: 'suite', baseUrl: stage.origin, fetch: stage.fetch, sleep: async () => undefined, ...more }, stage);
  return { stage, payments };
};

/** A harness whose provider gives these replies, with what was sent, how long it waited and what it left. */
const bench = (replies: readonly Reply[], more: Partial<AtProviderOptions> = {}) => {
  const { fetch, requests } = scriptedFetch(...replies);
  const waited: number[] = [];
  const leftovers: Leftover[] = [];
  const harness = atProvider({
    ...facts,
    fetch,
    sleep: async (milliseconds) => void waited.push(milliseconds),
    onLeftover: (leftover) => leftovers.push(leftover),
    ...more,
  });
  return { harness, requests, waited, leftovers, paths: () => requests.map(({ method, url }) => `${method} ${url.pathname}`) };
};

describe('a run at a provider', () => {
  it.each([true, null])('is refused with nothing sent when livemode is %s', (livemode) => {
    const { code, outcome, message } = thrownBy(() => atProvider({ ...facts, adapter: acme({ livemode }) }));
    expect({ code, outcome }).toEqual({ code: 'configuration', outcome: 'not_sent' });
    expect(message).toContain('whose livemode is false');
    expect(message).not.toContain(apiKey);
  });

  it('says where it is proven and on which day, and what it cannot bring about there', async () => {
    const { harness } = bench([]);
    expect(harness.provenAt).toEqual({ where: 'provider', date: '2026-04-10' });
    const stage = await harness.open();
    expect({ origin: stage.origin, ledger: stage.ledger, completeAction: stage.completeAction, advance: stage.advance }).toEqual({
      origin: 'https://api.acme.example/v1', ledger: undefined, completeAction: undefined, advance: undefined,
    }); // prettier-ignore
  });

  it('keeps a distance between requests, across promises, and counts each that left', async () => {
    const { harness, waited } = bench(['pi_1', 'pi_2', 'pi_3'].map((id) => answer(200, payment({ id }))), { pause: 40 });
    const { stage, payments } = await connected(harness);
    await Promise.all([payments.paymentIntents.retrieve('pi_1'), payments.paymentIntents.retrieve('pi_2')]);
    const other = await connected(harness);
    await other.payments.paymentIntents.retrieve('pi_3');
    expect(waited).toEqual([40, 40, 40]);
    expect([await stage.requests?.(), await other.stage.requests?.()]).toEqual([['GET /v1/payments/pi_1', 'GET /v1/payments/pi_2'], ['GET /v1/payments/pi_3']]);
  });

  it.each([
    ['as long as the provider says', '7', 7000],
    ['a second where it does not say', null, 1000],
    ['never more than a minute', '86400', 60_000],
    ['a second where it says a date', 'Fri, 10 Apr 2026 05:00:00 GMT', 1000],
  ])('waits after a 429: %s', async (_how, retryAfter, expected) => {
    const { harness, waited } = bench([answer(429, { problem: 'rate_limited' }, retryAfter === null ? {} : { 'retry-after': retryAfter }), answer(200, payment())]);
    const { stage } = await connected(harness);
    expect((await stage.fetch(`${stage.origin}/payments/pi_1`)).status).toBe(429);
    expect((await stage.fetch(`${stage.origin}/payments/pi_1`)).status).toBe(200);
    expect(waited).toEqual([250, expected, 250]);
  });

  it('does not send what was given up while it waited for its turn', async () => {
    const { harness, requests } = bench([answer(200, payment())]);
    const { stage } = await connected(harness);
    const caller = new AbortController();
    const sent = stage.fetch('https://api.acme.example/v1/payments/pi_1', { signal: caller.signal });
    caller.abort();
    await expect(sent).rejects.toThrow(/aborted/i);
    expect([requests, await stage.requests?.()]).toEqual([[], []]);
  });
});

describe('when a promise ends', () => {
  it('what it has left open is canceled, and what has ended is left alone', async () => {
    const { harness, paths, leftovers } = bench([
      answer(200, payment({ id: 'pi_open' })),
      answer(200, payment({ id: 'pi_paid', status: 'succeeded', received: 1000 })),
      answer(200, payment({ id: 'pi_open' })),
      answer(200, payment({ id: 'pi_open', status: 'canceled' })),
    ]);
    const { stage, payments } = await connected(harness);
    await payments.paymentIntents.create({ amount });
    await payments.paymentIntents.create({ amount });
    await stage.close?.();
    expect(paths().slice(2)).toEqual(['GET /v1/payments/pi_open', 'POST /v1/payments/pi_open/cancel']);
    expect(leftovers).toEqual([]);
  });

  it('also what the client never heard of is canceled', async () => {
    const { harness, paths } = bench([answer(200, payment({ id: 'pi_unheard' })), answer(200, payment({ id: 'pi_unheard' })), answer(200, payment({ id: 'pi_unheard', status: 'canceled' }))]);
    const stage = await harness.open();
    const losing: Stage['fetch'] = async (input, init) => {
      await stage.fetch(input, init);
      throw new TypeError('fetch failed');
    };
    const payments = connect(harness, { adapter: harness.adapter, baseUrl: stage.origin, fetch: losing, retries: 0 }, stage);
    await expect(payments.paymentIntents.create({ amount })).rejects.toMatchObject({ outcome: 'unknown' });
    await stage.close?.();
    expect(paths().at(-1)).toBe('POST /v1/payments/pi_unheard/cancel');
  });

  it('a declined payment that is still open is canceled', async () => {
    const { harness, paths } = bench([
      answer(402, { problem: 'declined', payment: payment({ id: 'pi_declined', status: 'requires_payment_method', failure: 'no_money' }) }),
      answer(200, payment({ id: 'pi_declined' })),
      answer(200, payment({ id: 'pi_declined', status: 'canceled' })),
    ]);
    const { stage, payments } = await connected(harness);
    await payments.paymentIntents.create({ amount, paymentMethod: 'pm_1', confirm: true }).catch(() => null);
    await stage.close?.();
    expect(paths().at(-1)).toBe('POST /v1/payments/pi_declined/cancel');
  });

  it.each<[string, readonly Reply[], Leftover]>([
    ['is refused', [answer(200, payment({ status: 'processing' })), answer(200, payment({ status: 'processing' })), answer(409, { problem: 'invalid_state' })], { object: 'payment_intent', id: 'pi_1', why: expect.stringContaining('invalid_state') }],
    ['was declined without an id', [answer(402, { problem: 'declined' })], { object: 'payment_intent', id: null, why: 'it was declined, and the answer does not say its id' }],
    ['cannot be known, as its answer was lost', [lost], { object: 'payment_intent', id: null, why: 'the answer to its creation was lost, or could not be read' }],
    ['cannot be read', [answer(200, { odd: true })], { object: 'payment_intent', id: null, why: 'the answer to its creation was lost, or could not be read' }],
  ])('what %s is told, and nothing throws', async (_what, replies, leftover) => {
    const { harness, leftovers } = bench([...replies, ...Array.from({ length: 4 }, () => answer(409, { problem: 'invalid_state' }))]);
    const { stage, payments } = await connected(harness, { retries: 0 });
    await payments.paymentIntents.create({ amount, paymentMethod: 'pm_1', confirm: true }).catch(() => null);
    await expect(stage.close?.()).resolves.toBeUndefined();
    expect(leftovers).toEqual([leftover]);
  });

  it('what the adapter has no operation for is told', async () => {
    const { harness, leftovers } = bench([answer(200, payment())], { adapter: acme({ without: ['paymentIntents.cancel', 'paymentIntents.retrieve'] }) });
    const { stage, payments } = await connected(harness);
    await payments.paymentIntents.create({ amount });
    await stage.close?.();
    expect(leftovers).toEqual([{ object: 'payment_intent', id: 'pi_1', why: 'the adapter cannot cancel it' }]);
  });
});

describe('at an account that is shared', () => {
  const echo: Reply = ({ json }) => answer(200, payment({ metadata: Reflect.get(Object(json), 'metadata') }))({} as never);

  it('one reference is another one in every promise, under another key, and reads as it was given', async () => {
    const { harness, requests } = bench([echo, echo, echo]);
    const [one, other] = [await connected(harness), await connected(harness)];
    const again = connect(harness, { adapter: harness.adapter, account: 'suite', baseUrl: one.stage.origin, fetch: one.stage.fetch }, one.stage);
    for (const client of [one.payments, again, other.payments]) expect(await client.paymentIntents.create({ amount, metadata: { order: 'A1' } }, { reference: 'order-1' })).toMatchObject({ reference: 'order-1', metadata: { order: 'A1' } });
    const sent = requests.map(({ headers, json }) => ({ key: headers.get('idempotency-key'), metadata: Reflect.get(Object(json), 'metadata') }));
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[2]?.key).not.toBe(sent[0]?.key);
    expect(sent[2]?.metadata).not.toEqual(sent[0]?.metadata);
  });

  it('a list shows the objects of others too, each with a reference that no promise uses', async () => {
    const { harness } = bench([answer(200, { data: [payment({ id: 'pi_other', metadata: { oneintent_reference: 'order-1' } })] })]);
    const { payments } = await connected(harness);
    const { data } = await payments.paymentIntents.list();
    expect(data.map(({ id, reference }) => [id, reference])).toEqual([['pi_other', 'elsewhere-order-1']]);
  });

  it('what is promised of a whole list is not tested, and the reason is told', async () => {
    const { harness } = bench([]);
    const results: unknown[] = [];
    for await (const result of runConformance(harness, { only: /^paymentIntents\.list\/empty$/ })) results.push(result);
    expect(results).toMatchObject([{ result: 'not_tested', detail: 'the account has objects that no promise has made' }]);
  });

  it('a list with nothing but what the promise has made is as ever', async () => {
    const { harness } = bench([answer(200, payment({ id: 'pi_own' })), answer(200, { data: [payment({ id: 'pi_own' })] }), answer(200, { data: [] })]);
    const { payments } = await connected(harness);
    await payments.paymentIntents.create({ amount });
    expect((await payments.paymentIntents.list()).data.map(({ id }) => id)).toEqual(['pi_own']);
    expect((await payments.refunds.list()).data).toEqual([]);
  });
});
