import { describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { money } from '../index.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, lost, rawAnswer } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
const reference = { reference: 'order-1' };
const good = acme();

/** Acme, if its answer to a capture said nothing of the payment. */
const silent: AnyAdapter = {
  ...good,
  operations: { ...good.operations, ...(good.operations['paymentIntents.capture'] && { 'paymentIntents.capture': { ...good.operations['paymentIntents.capture'], response: () => null } }) },
};

describe('a change that is answered without the object', () => {
  it('answers with the object, read anew', async () => {
    const { payments, requests } = bench([rawAnswer(204, null), answer(200, payment({ status: 'succeeded', received: 1000 }))], { adapter: silent });
    expect(await payments.paymentIntents.capture('pi_1', {}, reference)).toMatchObject({ status: 'succeeded', amountReceived: amount });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('is unknown, and can be resumed, while the object cannot be read', async () => {
    const { payments } = bench([rawAnswer(204, null), lost, lost, lost, answer(200, payment({ status: 'succeeded', received: 1000 }))], { adapter: silent });
    const { resume, ...error } = await errorOf(payments.paymentIntents.capture('pi_1', {}, reference));
    expect(error).toMatchObject({ code: 'unresolved', outcome: 'unknown', retry: 'look_up_first' });
    expect(await payments.resume(resume ?? ({} as never))).toMatchObject({ id: 'pi_1', status: 'succeeded' });
  });

  it('is told as aborted, and as unknown, when its caller gives up before the object is read anew', async () => {
    const caller = new AbortController();
    const { payments } = bench([rawAnswer(204, null)], { adapter: silent, onExchange: ({ type }) => void (type === 'response' && caller.abort()) });
    expect(await errorOf(payments.paymentIntents.capture('pi_1', {}, { ...reference, signal: caller.signal }))).toMatchObject({ code: 'aborted', outcome: 'unknown', retry: 'look_up_first', resume: { ref: 'acme:pi_1' } });
  });

  it('says what was taken where it is another amount than was asked for', async () => {
    const { payments } = bench([rawAnswer(204, null), answer(200, payment({ status: 'succeeded', received: 1000 }))], { adapter: silent });
    expect(await errorOf(payments.paymentIntents.capture('pi_1', { amount: money(400, 'EUR') }))).toMatchObject({ outcome: 'done', intent: { amountReceived: amount } });
  });
});

describe('a look-up that is answered about another object', () => {
  it('proves nothing about the one that was asked for', async () => {
    const other = answer(200, payment({ id: 'pi_2', status: 'succeeded', received: 1000 }));
    const { payments } = bench([other, other], { adapter: acme({ limits: { ...good.limits, ...keys({ honoured: 'no' }) } }) });
    expect(await errorOf(payments.paymentIntents.capture('pi_1', {}, reference))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', subject: null });
  });
});

describe('a creation that is answered about what was made for another reference', () => {
  it('is looked up, and never told as that other payment', async () => {
    const [other, mine] = ['order-2', 'order-1'].map((oneintent_reference, index) => payment({ id: `pi_${2 - index}`, metadata: { oneintent_reference } }));
    const { payments } = bench([answer(200, other), answer(200, { data: [other, mine] })]);
    expect(await payments.paymentIntents.create({ amount }, reference)).toMatchObject({ id: 'pi_1', reference: 'order-1' });
    const lostFromSight = bench([answer(200, other), answer(200, { data: [other] })]);
    expect(await errorOf(lostFromSight.payments.paymentIntents.create({ amount }, reference))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', subject: null, resume: { ref: null } });
  });
});

describe('a payment that can only be made in one step, where no key protects it', () => {
  const { 'paymentIntents.confirm': _without, ...operations } = good.operations;
  const adapter: AnyAdapter = { ...good, operations, limits: { ...good.limits, ...keys({ honoured: 'no' }) } };
  const create = { amount, paymentMethod: 'pm_1', confirm: true };
  const mine = payment({ status: 'succeeded', received: 1000, metadata: { oneintent_reference: 'order-1' } });

  it('is looked for by its reference, and made when it is not there', async () => {
    const { payments, requests } = bench([answer(200, { data: [] }), answer(200, mine)], { adapter });
    expect(await payments.paymentIntents.create(create, reference)).toMatchObject({ status: 'succeeded' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('is not made again when it is there', async () => {
    const { payments, requests } = bench([answer(200, { data: [mine] })], { adapter });
    expect(await payments.paymentIntents.create(create, reference)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is not made again while it waits for its customer', async () => {
    const { payments, requests } = bench([answer(200, { data: [{ ...mine, status: 'requires_action', received: 0 }] })], { adapter });
    expect(await payments.paymentIntents.create(create, reference)).toMatchObject({ status: 'requires_action' });
    expect(requests).toHaveLength(1);
  });

  it('is refused when its reference was used for another amount, or when nobody can look', async () => {
    const conflict = bench([answer(200, { data: [{ ...mine, amount: 2000 }] })], { adapter });
    expect(await errorOf(conflict.payments.paymentIntents.create(create, reference))).toMatchObject({ code: 'idempotency_key_reused' });
    const blind = bench([lost, lost, lost], { adapter });
    expect(await errorOf(blind.payments.paymentIntents.create(create, reference))).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent' });
    expect(blind.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  });
});
