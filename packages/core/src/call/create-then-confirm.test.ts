import { describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { money } from '../index.js';
import { acme, acmeLimits, keys, type AcmePayment } from '../testing/acme.js';
import { bench, errorOf, payment, start } from '../testing/client.js';
import { answer, lost, type Reply } from '../testing/scripted-fetch.js';

const create = { amount: money(1000, 'EUR'), confirm: true };
const reference = { reference: 'order-1' };
const none = answer(200, { data: [] });
const charged = answer(200, payment({ status: 'succeeded' }));
const named = (id: string, said: Partial<AcmePayment> = {}): AcmePayment => payment({ id, metadata: { oneintent_reference: 'order-1' }, ...said });
const keyless = acme({ limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } });
const assumed = acme({ limits: { ...acmeLimits, ...keys({ honoured: 'assumed' }) } });

/** A provider that takes these fields when it creates, and those when it confirms. */
const taking = (creation: readonly 'offSession'[], confirmation: readonly ('returnUrl' | 'offSession')[]): AnyAdapter => {
  const { 'paymentIntents.create': first, 'paymentIntents.confirm': second, ...operations } = keyless.operations;
  if (first === undefined || second === undefined) throw new Error('The fake provider creates and confirms.');
  return {
    ...keyless,
    operations: {
      ...operations,
      'paymentIntents.create': {
        ...first,
        accepts: [...first.accepts, ...creation],
        request: ({ amount, returnUrl, offSession }) => ({ method: 'POST', path: '/payments', body: { amount: amount.units, returnUrl, offSession } }),
      },
      'paymentIntents.confirm': {
        ...second,
        accepts: ['paymentMethod', ...confirmation],
        request: ({ id, returnUrl, offSession }) => ({ method: 'POST', path: `/payments/${id}/confirm`, body: { returnUrl, offSession } }),
      },
    },
  };
};

describe('where no key protects, a payment of several intents under one reference', () => {
  it.each<readonly [string, readonly AcmePayment[]]>([
    ['one came late, without a payment method', [named('pi_late', { status: 'requires_payment_method' }), named('pi_1', { status: 'succeeded' })]],
    ['one came late, ready to be confirmed', [named('pi_late'), named('pi_1', { status: 'succeeded' })]],
    ['one was declined', [named('pi_late', { status: 'requires_payment_method', failure: 'expired' }), named('pi_1', { status: 'succeeded' })]],
  ])('is told as the one that was charged, and nothing is charged again: %s', async (_what, data) => {
    const { payments, requests } = bench([answer(200, { data })], { adapter: keyless });
    expect(await payments.paymentIntents.create(create, reference)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each<readonly [string, readonly string[]]>([
    ['in one order', ['pi_1', 'pi_2']],
    ['in the other', ['pi_2', 'pi_1']],
  ])('goes on with the same one every time, also where the provider says no times: listed %s', async (_order, ids) => {
    const { payments, requests } = bench([answer(200, { data: ids.map((id) => named(id)) }), charged], { adapter: keyless });
    await payments.paymentIntents.create(create, reference);
    expect(requests[1]?.url.pathname).toBe('/v1/payments/pi_1/confirm');
  });
});

describe('where no key protects, creating and confirming', () => {
  it('does not begin to confirm when no time is left: nothing was taken, and the next call goes on', async () => {
    const slow: Reply = (request) => {
      used.pass(30_000);
      return answer(200, named('pi_1'))(request);
    };
    const used = bench([none, slow, answer(200, { data: [named('pi_1')] }), charged], { adapter: keyless });
    const error = await errorOf(used.payments.paymentIntents.create(create, { ...reference, deadline: 30_000 }));
    expect(error).toMatchObject({ code: 'timeout', outcome: 'not_sent', retry: 'same_key', resume: null, message: expect.stringContaining('no time was left to confirm what was created, so nothing was taken'), subject: { id: 'pi_1', status: 'requires_confirmation' } });
    expect(used.requests).toHaveLength(2);
    expect(await used.payments.paymentIntents.create(create, reference)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
  });

  it('gives what belongs to the confirmation to the confirmation alone', async () => {
    const { payments, requests } = bench([none, answer(200, payment()), charged], { adapter: taking(['offSession'], ['returnUrl', 'offSession']) });
    await payments.paymentIntents.create({ ...create, returnUrl: 'https://shop.example', offSession: 'recurring' }, reference);
    expect(requests.map(({ json }) => json)).toEqual([undefined, { amount: 1000 }, { returnUrl: 'https://shop.example', offSession: 'recurring' }]);
  });

  it('gives it to the creation where the confirmation does not take it: nothing is dropped', async () => {
    const { payments, requests } = bench([none, answer(200, payment()), charged], { adapter: taking(['offSession'], []) });
    await payments.paymentIntents.create({ ...create, returnUrl: 'https://shop.example', offSession: 'recurring' }, reference);
    expect(requests.map(({ json }) => json)).toEqual([undefined, { amount: 1000, returnUrl: 'https://shop.example', offSession: 'recurring' }, {}]);
  });

  it('does both, and the look before, for the connected account', async () => {
    const { payments, requests } = bench([none, answer(200, payment()), charged], { adapter: keyless });
    await payments.paymentIntents.create(create, { ...reference, connectedAccount: 'acct_1' });
    expect(requests.map(({ headers }) => headers.get('acme-account'))).toEqual(['acct_1', 'acct_1', 'acct_1']);
  });

  it('is one operation to whoever observes it', async () => {
    const { payments, events } = bench([none, answer(200, payment()), lost, charged], { adapter: keyless });
    await payments.paymentIntents.create(create, reference);
    expect(events.map(({ operation }) => operation)).toEqual(events.map(() => 'paymentIntents.create'));
    expect(new Set(events.map(({ step }) => step))).toEqual(new Set(['paymentIntents.list', 'paymentIntents.create', 'paymentIntents.confirm', 'paymentIntents.retrieve']));
  });

  it('leaves a setup, which charges nothing, in one', async () => {
    const { payments, requests } = bench([answer(200, { id: 'seti_1', status: 'succeeded', customer: 'cus_1' })], { adapter: keyless });
    expect(await payments.setupIntents.create({ customer: 'cus_1', confirm: true }, reference)).toMatchObject({ object: 'setup_intent', status: 'succeeded' });
    expect(requests.map(({ url, json }) => [url.pathname, json])).toEqual([['/v1/setups', expect.objectContaining({ confirm: true })]]);
  });
});

describe('the key of the confirmation, where keys are only assumed to be honoured', () => {
  const keysOf = async (options: object, random: number, replies: readonly Reply[]): Promise<readonly (string | null)[]> => {
    const { payments, requests } = bench(replies, { adapter: assumed, random: (count) => new Uint8Array(count).fill(random) });
    await payments.paymentIntents.create(create, options);
    return requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers.get('idempotency-key'));
  };

  it.each<readonly [string, object, readonly Reply[]]>([
    ['the caller’s own key', { idempotencyKey: 'mine' }, [answer(200, payment()), charged]],
    ['a reference', reference, [none, answer(200, payment()), charged]],
  ])('is the same every time under %s, on every machine', async (_what, options, replies) => {
    const [first, second] = await keysOf(options, 1, replies);
    expect(await keysOf(options, 2, replies)).toEqual([first, second]);
    expect(second).not.toBe(first);
  });

  it.each<readonly [string, object, object, readonly Reply[]]>([
    ['keys of the caller’s own', { idempotencyKey: 'mine' }, { idempotencyKey: 'yours' }, [answer(200, payment()), charged]],
    ['references', reference, { reference: 'order-2' }, [none, answer(200, payment()), charged]],
    ['calls without either', {}, {}, [answer(200, payment()), charged]],
  ])('differs for different %s', async (_what, one, other, replies) => {
    const [[, first], [, second]] = [await keysOf(one, 1, replies), await keysOf(other, 2, replies)];
    expect(first).not.toBe(second);
  });
});

describe('the time of creating and confirming', () => {
  const busy = answer(429, { problem: 'rate_limited' }, { 'retry-after': '1' });

  it('is one for both: what the creation leaves of it is the confirmation’s, and no more', async () => {
    const { payments, events } = bench([none, busy, answer(200, payment()), answer(200, payment()), busy, busy, busy, busy], { adapter: keyless, retries: 9 });
    expect(await errorOf(payments.paymentIntents.create(create, { ...reference, deadline: 3_000 }))).toMatchObject({ code: 'rate_limited', outcome: 'rejected', operation: 'paymentIntents.create' });
    const sent = events.filter(({ type, step }) => type === 'request' && step === 'paymentIntents.confirm').map(({ at }) => at - start);
    expect(sent).toEqual([1_000, 2_000]);
  });
});
