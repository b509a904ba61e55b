import { describe, expect, it } from 'vitest';
import { createPayments, money } from '@oneintent/core';
import { generic, stripe } from './index.js';
import { charge, event, refund, setup } from './testing/other-payloads.js';
import { authorised, canceled, captured, fresh } from './testing/payloads.js';
import { apiKey } from './testing/wire.js';

const answers: object[] = [];
const requests: Request[] = [];

/** A client whose requests pass the rules of the platform: a method that HTTP lacks is refused. */
const payments = createPayments({
  adapter: generic(stripe, { apiKey }),
  retries: 0,
  fetch: async (input, init) => {
    requests.push(new Request(input, init));
    return Response.json(answers.shift());
  },
});

/** What an answered call sent: each request as `METHOD address body`, `with key` where it carries one. */
const sentBy = async (call: () => Promise<unknown>, answer: object): Promise<readonly string[]> => {
  answers.push(answer);
  await call();
  const sent = requests.splice(0).map(async (request) =>
    [request.method, request.url, await request.text(), request.headers.has('idempotency-key') ? 'with key' : ''].filter((part) => part !== '').join(' '));
  return Promise.all(sent);
};

interface Row {
  readonly operation: string;
  readonly call: () => Promise<unknown>;
  readonly answer: object;
  /** The address is without its origin. */
  readonly sent: string;
}

const { paymentIntents, setupIntents, refunds, attempts, events } = payments;
const { id } = fresh;
const path = `/v1/payment_intents/${id}`;
const amount = money(2000, 'USD');
const page = (item: object) => ({ object: 'list', data: [item], has_more: false });
const canceledSetup = { ...setup, status: 'canceled' };
const created = { createdFrom: '2026-04-10T05:00:00Z', createdBefore: '2026-04-10T06:00:00Z' } as const;
const createdWritten = 'created[gte]=1775797200&created[lt]=1775800800';
const setupMembers = 'customer=cus_1&payment_method=pm_1&payment_method_options[card][request_three_d_secure]=any&payment_method_types[0]=card';

const rows: readonly Row[] = [
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount }), answer: fresh, sent: 'POST /v1/payment_intents amount=2000&currency=usd&capture_method=automatic with key' },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, confirm: true, offSession: false }), answer: captured, sent: 'POST /v1/payment_intents amount=2000&currency=usd&capture_method=automatic&confirm=true with key' },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, offSession: false }), answer: fresh, sent: 'POST /v1/payment_intents amount=2000&currency=usd&capture_method=automatic with key' },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, confirm: true, offSession: 'unscheduled' }), answer: captured, sent: 'POST /v1/payment_intents amount=2000&currency=usd&capture_method=automatic&confirm=true&off_session=one_off with key' },
  { operation: 'paymentIntents.retrieve', call: () => paymentIntents.retrieve(id), answer: fresh, sent: `GET ${path}` },
  { operation: 'paymentIntents.update', call: () => paymentIntents.update(id, { amount }), answer: fresh, sent: `POST ${path} amount=2000&currency=usd with key` },
  { operation: 'paymentIntents.update', call: () => paymentIntents.update(id, { description: 'Three' }), answer: fresh, sent: `POST ${path} description=Three with key` },
  { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(id), answer: captured, sent: `POST ${path}/confirm with key` },
  { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(id, { paymentMethod: 'pm_1', offSession: 'recurring' }), answer: captured, sent: `POST ${path}/confirm payment_method=pm_1&off_session=recurring with key` },
  { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(id), answer: captured, sent: `POST ${path}/capture with key` },
  { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(id, { amount: money(1500, 'USD') }), answer: captured, sent: `POST ${path}/capture amount_to_capture=1500 with key` },
  { operation: 'paymentIntents.cancel', call: () => paymentIntents.cancel(id), answer: canceled, sent: `POST ${path}/cancel with key` },
  { operation: 'paymentIntents.cancel', call: () => paymentIntents.cancel(id, { reason: 'duplicate' }), answer: canceled, sent: `POST ${path}/cancel cancellation_reason=duplicate with key` },
  { operation: 'paymentIntents.list', call: () => paymentIntents.list(), answer: page(fresh), sent: 'GET /v1/payment_intents' },
  { operation: 'paymentIntents.list', call: () => paymentIntents.list({ limit: 2, cursor: 'pi_0', customer: 'cus_1', ...created }), answer: page(fresh), sent: `GET /v1/payment_intents?limit=2&starting_after=pi_0&customer=cus_1&${createdWritten}` },
  { operation: 'paymentIntents.incrementAuthorization', call: () => paymentIntents.incrementAuthorization(id, { amount: money(2500, 'USD') }), answer: { ...authorised, amount: 2500, amount_capturable: 2500 }, sent: `POST ${path}/increment_authorization amount=2500 with key` },
  { operation: 'setupIntents.create', call: () => setupIntents.create({}), answer: setup, sent: 'POST /v1/setup_intents with key' },
  {
    operation: 'setupIntents.create',
    call: () => setupIntents.create({ customer: 'cus_1', paymentMethod: 'pm_1', paymentMethodTypes: ['card'], usage: 'on_session', confirm: true, returnUrl: 'https://shop.example', threeDSecure: 'any', description: 'card', metadata: { a: 'b' } }),
    answer: setup,
    sent: `POST /v1/setup_intents ${setupMembers}&usage=on_session&confirm=true&return_url=https%3A%2F%2Fshop.example&description=card&metadata[a]=b with key`,
  },
  { operation: 'setupIntents.retrieve', call: () => setupIntents.retrieve('seti_1'), answer: setup, sent: 'GET /v1/setup_intents/seti_1' },
  {
    operation: 'setupIntents.update',
    call: () => setupIntents.update('seti_1', { customer: 'cus_1', paymentMethod: 'pm_1', paymentMethodTypes: ['card'], threeDSecure: 'any', description: 'card', metadata: { a: null } }),
    answer: setup,
    sent: `POST /v1/setup_intents/seti_1 ${setupMembers}&description=card&metadata[a]= with key`,
  },
  {
    operation: 'setupIntents.confirm',
    call: () => setupIntents.confirm('seti_1', { paymentMethod: 'pm_1', threeDSecure: 'any', returnUrl: 'https://shop.example' }),
    answer: setup,
    sent: 'POST /v1/setup_intents/seti_1/confirm payment_method=pm_1&payment_method_options[card][request_three_d_secure]=any&return_url=https%3A%2F%2Fshop.example with key',
  },
  { operation: 'setupIntents.cancel', call: () => setupIntents.cancel('seti_1', { reason: 'duplicate' }), answer: canceledSetup, sent: 'POST /v1/setup_intents/seti_1/cancel cancellation_reason=duplicate with key' },
  { operation: 'setupIntents.list', call: () => setupIntents.list({ limit: 2, cursor: 'seti_0', customer: 'cus_1', ...created }), answer: page(setup), sent: `GET /v1/setup_intents?limit=2&starting_after=seti_0&customer=cus_1&${createdWritten}` },
  { operation: 'refunds.create', call: () => refunds.create('pi_1'), answer: refund, sent: 'POST /v1/refunds payment_intent=pi_1 with key' },
  { operation: 'refunds.create', call: () => refunds.create('pi_1', { amount: money(400, 'EUR'), reason: 'duplicate', metadata: { by: 'staff-3' } }), answer: refund, sent: 'POST /v1/refunds payment_intent=pi_1&amount=400&reason=duplicate&metadata[by]=staff-3 with key' },
  { operation: 'refunds.retrieve', call: () => refunds.retrieve('re_1'), answer: refund, sent: 'GET /v1/refunds/re_1' },
  { operation: 'refunds.update', call: () => refunds.update('re_1', { metadata: { by: null, why: 'x' } }), answer: refund, sent: 'POST /v1/refunds/re_1 metadata[by]=&metadata[why]=x with key' },
  { operation: 'refunds.cancel', call: () => refunds.cancel('re_1'), answer: { ...refund, status: 'canceled' }, sent: 'POST /v1/refunds/re_1/cancel with key' },
  { operation: 'refunds.list', call: () => refunds.list({ limit: 2, cursor: 're_0', paymentIntent: 'pi_1', ...created }), answer: page(refund), sent: `GET /v1/refunds?limit=2&starting_after=re_0&payment_intent=pi_1&${createdWritten}` },
  { operation: 'attempts.retrieve', call: () => attempts.retrieve('ch_1'), answer: charge, sent: 'GET /v1/charges/ch_1?expand[0]=balance_transaction' },
  { operation: 'events.retrieve', call: () => events.retrieve('evt_1'), answer: event, sent: 'GET /v1/events/evt_1' },
  { operation: 'events.list', call: () => events.list({ limit: 2, cursor: 'evt_0', providerType: 'refund.updated', ...created }), answer: page(event), sent: `GET /v1/events?limit=2&starting_after=evt_0&type=refund.updated&${createdWritten}` },
];

describe('each operation is one request, at its address, a key on what may act and on nothing else', () => {
  it.each(rows)('$operation: $sent', async ({ call, answer, sent }) => {
    expect(await sentBy(call, answer)).toEqual([sent.replace(' ', ' https://api.stripe.com')]);
  });

  it('none is left out', () => {
    expect(payments.operations.filter((name) => !rows.some(({ operation }) => operation === name))).toEqual([]);
  });
});

describe('an id reaches no other address', () => {
  const elsewhere = '../x?a=1';
  const escaped = '..%2Fx%3Fa%3D1';

  it.each<Row>([
    { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(elsewhere), answer: { ...captured, id: elsewhere }, sent: `POST /v1/payment_intents/${escaped}/confirm with key` },
    { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(elsewhere), answer: { ...captured, id: elsewhere }, sent: `POST /v1/payment_intents/${escaped}/capture with key` },
    { operation: 'paymentIntents.cancel', call: () => paymentIntents.cancel(elsewhere), answer: { ...canceled, id: elsewhere }, sent: `POST /v1/payment_intents/${escaped}/cancel with key` },
    { operation: 'setupIntents.cancel', call: () => setupIntents.cancel(elsewhere), answer: { ...canceledSetup, id: elsewhere }, sent: `POST /v1/setup_intents/${escaped}/cancel with key` },
    { operation: 'refunds.cancel', call: () => refunds.cancel(elsewhere), answer: { ...refund, id: elsewhere, status: 'canceled' }, sent: `POST /v1/refunds/${escaped}/cancel with key` },
    { operation: 'attempts.retrieve', call: () => attempts.retrieve(elsewhere), answer: { ...charge, id: elsewhere }, sent: `GET /v1/charges/${escaped}?expand[0]=balance_transaction` },
    { operation: 'events.retrieve', call: () => events.retrieve(elsewhere), answer: { ...event, id: elsewhere }, sent: `GET /v1/events/${escaped}` },
  ])('$operation: $sent', async ({ call, answer, sent }) => {
    expect(await sentBy(call, answer)).toEqual([sent.replace(' ', ' https://api.stripe.com')]);
  });
});
