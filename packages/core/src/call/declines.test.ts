import { describe, expect, it } from 'vitest';
import { money } from '../index.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost, rawAnswer, type Reply } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
const declined = (more: object = {}) => answer(402, { problem: 'declined', message: 'Card 4242424242424242 has too little.', ...more });
const after = payment({ status: 'requires_payment_method' });
const reasons = { reason: 'insufficient_funds', providerCode: 'declined', message: 'Card [redacted] has too little.' };

describe('a decline', () => {
  it('that carries the intent is a value: the intent with the failure, and nothing more is asked', async () => {
    const { payments, requests } = bench([declined({ payment: after })]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ status: 'requires_payment_method', lastPaymentError: reasons });
    expect(requests).toHaveLength(1);
  });

  it.each<readonly [string, object, 'create' | 'confirm']>([
    ['whose id the answer says', { id: 'pi_1' }, 'create'],
    ['whose id was known', {}, 'confirm'],
  ])('without the intent, %s, is followed by a retrieve', async (_what, body, verb) => {
    const { payments, requests } = bench([declined(body), answer(200, after)]);
    const call = verb === 'create' ? payments.paymentIntents.create({ amount, confirm: true }) : payments.paymentIntents.confirm('pi_1');
    expect(await call).toMatchObject({ id: 'pi_1', status: 'requires_payment_method', lastPaymentError: reasons });
    expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)[1]).toBe('GET /v1/payments/pi_1');
  });

  it('whose intent cannot be read is followed by a retrieve', async () => {
    const { payments, requests } = bench([declined({ payment: { ...after, amount: -5 } }), answer(200, after)]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ amount, lastPaymentError: { reason: 'insufficient_funds' } });
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['canceled', { reason: 'insufficient_funds' }],
    ['succeeded', null],
  ])('that is replayed, with the intent as it was then, gives it as it is now: %s', async (status, lastPaymentError) => {
    const replayed: Reply = async (request) => {
      const told = await declined({ payment: after })(request);
      return new Response(told.body, { status: told.status, headers: { ...Object.fromEntries(told.headers), 'acme-replayed': 'true' } });
    };
    const { payments } = bench([replayed, answer(200, payment({ status }))]);
    expect(await payments.paymentIntents.confirm('pi_1', {}, { reference: 'order-1' })).toMatchObject({ status, lastPaymentError });
  });

  it('keeps the failure that the intent itself tells', async () => {
    const { payments } = bench([declined(), answer(200, { ...after, failure: 'expired' })]);
    expect((await payments.paymentIntents.confirm('pi_1')).lastPaymentError).toMatchObject({ reason: 'card_declined', providerCode: 'expired' });
  });

  it('of a capture leaves the intent authorised, with the failure beside it', async () => {
    const { payments } = bench([declined(), answer(200, payment({ status: 'requires_capture' }))]);
    expect(await payments.paymentIntents.capture('pi_1')).toMatchObject({ status: 'requires_capture', lastPaymentError: reasons });
  });

  it.each<readonly [string, 'create' | 'confirm', readonly ReturnType<typeof answer>[]]>([
    ['without intent and id', 'create', [declined()]],
    ['whose intent cannot be retrieved', 'confirm', [declined(), rawAnswer(500, ''), rawAnswer(500, ''), rawAnswer(500, '')]],
    ['whose intent is not found', 'create', [declined({ id: 'pi_1' }), answer(404, { problem: 'not_found' })]],
  ])('%s is thrown, carrying the failure and saying how to try again', async (_what, verb, replies) => {
    const { payments } = bench(replies);
    const options = { reference: 'order-1' };
    const error = await errorOf(verb === 'create' ? payments.paymentIntents.create({ amount, confirm: true }, options) : payments.paymentIntents.confirm('pi_1', {}, options));
    expect(error).toMatchObject({ code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', failure: reasons, httpStatus: 402, providerCode: 'declined', resume: null });
    expect(error.message).toContain('attempt: 2');
    expect(JSON.stringify(error)).not.toContain('4242');
  });

  it('after a try that may have charged proves nothing while the intent cannot be seen: it stays unknown', async () => {
    const fault = answer(404, { problem: 'not_found' });
    const { payments } = bench([lost, declined(), fault, fault]);
    const error = await errorOf(payments.paymentIntents.confirm('pi_1', {}, { reference: 'order-1' }));
    expect(error).toMatchObject({ code: 'payment_declined', outcome: 'unknown', retry: 'look_up_first', resume: { operation: 'paymentIntents.confirm', ref: 'acme:pi_1' } });
    expect(error.message).not.toContain('attempt: 2');
  });

  it('after a try that has charged gives the charged intent, without a failure', async () => {
    const { payments } = bench([lost, declined(), answer(200, payment({ status: 'succeeded' }))]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ status: 'succeeded', lastPaymentError: null });
  });

  it('told as a success is a value as well', async () => {
    const { payments } = bench([answer(200, { ...after, failure: 'expired' })]);
    expect((await payments.paymentIntents.confirm('pi_1')).lastPaymentError?.reason).toBe('card_declined');
  });

  it('about another intent is not believed to be about this one', async () => {
    const { payments } = bench([declined({ payment: { ...after, id: 'pi_2' } }), answer(200, after)]);
    expect((await payments.paymentIntents.confirm('pi_1')).id).toBe('pi_1');
  });
});

describe('a refusal for the status', () => {
  it('shows the intent as it is now', async () => {
    const { payments } = bench([answer(400, { problem: 'invalid_state' }), answer(200, payment({ status: 'succeeded' }))]);
    expect(await errorOf(payments.paymentIntents.capture('pi_1'))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'succeeded', intent: { ref: 'acme:pi_1' } });
  });

  it('is told without it where it cannot be seen', async () => {
    const { payments } = bench([answer(400, { problem: 'invalid_state' }), answer(404, { problem: 'not_found' })]);
    expect(await errorOf(payments.paymentIntents.capture('pi_1'))).toMatchObject({ code: 'invalid_state', currentStatus: null });
  });
});

describe('create and confirm where keys are not honoured', () => {
  const adapter = acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
  const none = answer(200, { data: [] });
  const named = (id: string, said: object = {}) => payment({ id, metadata: { oneintent_reference: 'order-1' }, ...said });

  it('is done as two, the confirmation by its id', async () => {
    const { payments, requests } = bench([none, answer(200, payment()), answer(200, payment({ status: 'succeeded' }))], { adapter });
    const input = { amount, confirm: true, paymentMethod: 'pm_1', returnUrl: 'https://shop.example' };
    expect((await payments.paymentIntents.create(input, { reference: 'order-1' })).status).toBe('succeeded');
    expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(['GET /v1/payments', 'POST /v1/payments', 'POST /v1/payments/pi_1/confirm']);
    expect(requests[1]?.json).not.toHaveProperty('confirm');
    expect(requests[2]?.json).toEqual({ returnUrl: 'https://shop.example' });
  });

  it.each<readonly [string, object, number]>([
    ['is charged already', { status: 'succeeded' }, 1],
    ['was declined', { status: 'requires_payment_method', failure: 'expired' }, 1],
    ['waits for its confirmation', {}, 2],
  ])('goes on with an intent of the same reference that %s', async (_what, said, exchanges) => {
    const found = payment({ metadata: { oneintent_reference: 'order-1' }, ...said });
    const { payments, requests } = bench([answer(200, { data: [payment({ id: 'pi_0' }), found] }), answer(200, payment({ status: 'succeeded' }))], { adapter });
    expect((await payments.paymentIntents.create({ amount, confirm: true }, { reference: 'order-1' })).id).toBe('pi_1');
    expect(requests).toHaveLength(exchanges);
  });

  it.each<readonly [string, readonly object[]]>([
    ['on the same page', [{ data: [named('pi_late'), named('pi_1', { status: 'succeeded' })] }]],
    ['on a later page', [{ data: [named('pi_late')], next: 'c1' }, { data: [named('pi_1', { status: 'succeeded' })] }]],
    ['declined', [{ data: [named('pi_late'), named('pi_1', { status: 'requires_payment_method', failure: 'expired' })] }]],
  ])('never confirms an intent that came late beside one of the same reference that was confirmed: %s', async (_where, lists) => {
    const { payments, requests } = bench(lists.map((list) => answer(200, list)), { adapter });
    expect((await payments.paymentIntents.create({ amount, confirm: true }, { reference: 'order-1' })).id).toBe('pi_1');
    expect(requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each(['newest', 'oldest'])('takes the oldest of several that nobody has confirmed, so that every call takes the same one: listed %s first', async (order) => {
    const oldest = named('pi_1', { created: '2026-04-10T05:00:00Z' });
    const late = named('pi_0', { created: '2026-04-10T05:00:01Z' });
    const { payments, requests } = bench([answer(200, { data: order === 'newest' ? [late, oldest] : [oldest, late] }), answer(200, payment({ status: 'succeeded' }))], { adapter });
    await payments.paymentIntents.create({ amount, confirm: true }, { reference: 'order-1' });
    expect(requests[1]?.url.pathname).toBe('/v1/payments/pi_1/confirm');
  });

  it('is a conflict when the reference was used for another amount', async () => {
    const found = payment({ amount: 2000, metadata: { oneintent_reference: 'order-1' } });
    const { payments, requests } = bench([answer(200, { data: [found] })], { adapter });
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true }, { reference: 'order-1' }))).toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected', intent: { id: 'pi_1' } });
    expect(requests).toHaveLength(1);
  });

  it('begins nothing when it cannot look', async () => {
    const { payments, requests } = bench([rawAnswer(403, '')], { adapter });
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true }, { reference: 'order-1' }))).toMatchObject({ outcome: 'not_sent', retry: 'same_key' });
    expect(requests).toHaveLength(1);
  });

  it('gives each of the two a key of its own where keys are only assumed to be honoured', async () => {
    const assumed = acme({ limits: { ...acme().limits, ...keys({ honoured: 'assumed' }) } });
    const { payments, requests } = bench([answer(200, payment()), answer(200, payment({ status: 'succeeded' }))], { adapter: assumed });
    await payments.paymentIntents.create({ amount, confirm: true }, { idempotencyKey: 'mine' });
    const [first, second] = requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(first).toBe('mine');
    expect(second).not.toBe('mine');
  });

  it('is refused in whole before the first is sent', async () => {
    const { payments, requests } = bench([], { adapter: acme({ ...adapter, check: (operation) => (operation === 'paymentIntents.confirm' ? [{ field: 'returnUrl', problem: 'is needed', remedy: 'Give it.' }] : []) }) });
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true }))).toMatchObject({ problems: [{ field: 'returnUrl' }] });
    expect(requests).toHaveLength(0);
  });
});

it('a snapshot with a decline can be confirmed again', async () => {
  const { payments } = bench([answer(200, payment({ status: 'succeeded' }))]);
  expect((await payments.paymentIntents.confirm(snapshot({ status: 'requires_payment_method' }), { paymentMethod: 'pm_2' })).status).toBe('succeeded');
});
