import { describe, expect, it } from 'vitest';
import { money, type OperationName, type Payments } from '../index.js';
import { acme, acmeLimits, keys, type AcmePayment } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, type Reply } from '../testing/scripted-fetch.js';

/** A provider that honours no keys and, as it cannot confirm later, makes and takes a payment in one step. */
const oneStep = { adapter: acme({ without: ['paymentIntents.confirm'], limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } }) };
const reference = { reference: 'order-1' };
const amount = money(1000, 'EUR');
const part = { amount: money(400, 'EUR') };
const mine = payment({ metadata: { oneintent_reference: 'order-1' } });
const methods = (requests: ReturnType<typeof bench>['requests']) => requests.map(({ method }) => method);

describe('where no key protects', () => {
  it.each<readonly [string, (payments: Payments<OperationName>) => Promise<unknown>, object]>([
    ['a payment that is not confirmed yet', ({ paymentIntents }) => paymentIntents.create({ amount }, reference), payment()],
    ['a setup, though it is confirmed', ({ setupIntents }) => setupIntents.create({ confirm: true, paymentMethod: 'pm_1' }, reference), { id: 'seti_1', status: 'succeeded' }],
    ['a capture of everything', ({ paymentIntents }) => paymentIntents.capture('pi_1', {}, reference), payment({ status: 'succeeded' })],
    ['a capture of a part without a reference', ({ paymentIntents }) => paymentIntents.capture('pi_1', part), payment({ status: 'succeeded', received: 400 })],
  ])('%s is not looked for: it is sent at once', async (_what, call, reply) => {
    const { payments, requests } = bench([answer(200, reply)], oneStep);
    await call(payments);
    expect(methods(requests)).toEqual(['POST']);
  });

  it('a second part without a reference is taken although one was taken before', async () => {
    const { payments, requests } = bench([answer(200, payment({ status: 'requires_capture', received: 800 }))], oneStep);
    expect(await payments.paymentIntents.capture('pi_1', part)).toMatchObject({ amountReceived: money(800, 'EUR') });
    expect(methods(requests)).toEqual(['POST']);
  });

  it.each<readonly [string, number | null, number, readonly string[]]>([
    ['is taken when only what was there before is there', 400, 400, ['GET', 'POST']],
    ['is not taken again when it came on top of what was there before', 400, 800, ['GET']],
    ['is not taken again when the provider had not said what was there before', null, 400, ['GET']],
    ['is taken when nothing was', 0, 0, ['GET', 'POST']],
  ])('a part %s', async (_what, before, received, sent) => {
    const held = answer(200, payment({ status: 'requires_capture', received }));
    const { payments, requests } = bench([held, answer(200, payment({ status: 'requires_capture', received: received + 400 }))], oneStep);
    const known = snapshot({ status: 'requires_capture', amountReceived: before });
    expect(await payments.paymentIntents.capture(known, part, reference)).toMatchObject({ amountReceived: money((before ?? 0) + 400, 'EUR') });
    expect(methods(requests)).toEqual(sent);
  });
});

describe('a payment that is made in one step where no key protects', () => {
  const pay = { amount, confirm: true, paymentMethod: 'pm_1' };

  it.each<readonly [string, Partial<AcmePayment>]>([
    ['is paid', { status: 'succeeded' }],
    ['is being worked on', { status: 'processing' }],
    ['waits for its customer', { status: 'requires_action' }],
    ['was declined', { status: 'requires_payment_method', failure: 'no' }],
    ['is there and not confirmed', { status: 'requires_confirmation' }],
    ['is in a state never heard of', { status: 'on_the_moon' }],
  ])('is not made again under a reference whose payment %s: that one is given', async (_what, said) => {
    const { payments, requests } = bench([answer(200, { data: [{ ...mine, ...said }] })], oneStep);
    expect(await payments.paymentIntents.create(pay, reference)).toMatchObject({ id: 'pi_1', reference: 'order-1' });
    expect(methods(requests)).toEqual(['GET']);
  });

  it('is a conflict when the reference was used for another amount, and nothing is sent', async () => {
    const { payments, requests } = bench([answer(200, { data: [{ ...mine, status: 'succeeded', amount: 2000 }] })], oneStep);
    expect(await errorOf(payments.paymentIntents.create(pay, reference))).toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected', retry: 'never', subject: { id: 'pi_1', amount: money(2000, 'EUR') } });
    expect(methods(requests)).toEqual(['GET']);
  });

  it.each<readonly [string, Reply]>([
    ['does not answer', answer(500, {})],
    ['answers something else', answer(200, { data: [{}] })],
  ])('is not made when the list %s: it could be the second', async (_what, list) => {
    const { payments, requests } = bench([list], { ...oneStep, retries: 0 });
    expect(await errorOf(payments.paymentIntents.create(pay, reference))).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent', retry: 'same_key', message: expect.stringContaining('Nothing was sent.') });
    expect(methods(requests)).toEqual(['GET']);
  });

  it('is not made when the time is over before it is known whether it was made before', async () => {
    const slow: Reply = (request) => {
      made.pass(1_000);
      return answer(200, { data: [], next: 'c1' })(request);
    };
    const made = bench([slow, answer(200, { data: [mine] })], oneStep);
    expect(await errorOf(made.payments.paymentIntents.create(pay, { ...reference, deadline: 1_000 }))).toMatchObject({ outcome: 'not_sent', retry: 'same_key' });
    expect(methods(made.requests)).toEqual(['GET']);
  });

  it('is made when nothing carries the reference', async () => {
    const { payments, requests } = bench([answer(200, { data: [payment({ id: 'pi_0' })] }), answer(200, { ...mine, status: 'succeeded' })], oneStep);
    expect(await payments.paymentIntents.create(pay, reference)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(methods(requests)).toEqual(['GET', 'POST']);
  });
});
