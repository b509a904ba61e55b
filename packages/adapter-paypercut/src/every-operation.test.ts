import { describe, expect, it } from 'vitest';
import { createPayments, money } from '@oneintent/core';
import { paypercut } from './index.js';
import { authorised, canceled, captured, challenged, fresh } from './testing/payloads.js';
import { capturedEvent, failedRefund, paidPayment, pendingRefund, savedSetup } from './testing/other-payloads.js';
import { apiKey } from './testing/wire.js';

const answers: object[] = [];
const requests: Request[] = [];

/** A client whose requests pass the rules of the platform: a method that HTTP lacks is refused. */
const payments = createPayments({
  adapter: paypercut({ apiKey }),
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
const amount = money(2599, 'EUR');
const paid = { ...captured, amount_received: 2599 };
const page = (item: object) => ({ items: [item], last_key: null });
const result = { cryptogram: 'AAAB', transactionId: 't-1', version: '2.2.0' } as const;
const resultOnly = { providerOptions: { paypercut: { threeDSecureResult: result } } } as const;
const resultMembers = '"payment_method_options":{"card":{"three_d_secure":{"cryptogram":"AAAB","transaction_id":"t-1","version":"2.2.0"}}}';
const requested = '"payment_method_options":{"card":{"request_three_d_secure":"any"}}';

const rows: readonly Row[] = [
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, ...resultOnly }), answer: fresh, sent: `POST /v1/payment_intents {"amount":2599,"currency":"EUR",${resultMembers},"capture_method":"automatic"} with key` },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, threeDSecure: 'any', confirm: false }), answer: fresh, sent: `POST /v1/payment_intents {"amount":2599,"currency":"EUR",${requested},"capture_method":"automatic","confirm":false} with key` },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, providerOptions: {} }), answer: fresh, sent: 'POST /v1/payment_intents {"amount":2599,"currency":"EUR","capture_method":"automatic"} with key' },
  { operation: 'paymentIntents.create', call: () => paymentIntents.create({ amount, providerOptions: { paypercut: {} } }), answer: fresh, sent: 'POST /v1/payment_intents {"amount":2599,"currency":"EUR","capture_method":"automatic"} with key' },
  { operation: 'paymentIntents.retrieve', call: () => paymentIntents.retrieve(id), answer: fresh, sent: `GET ${path}` },
  { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(id), answer: challenged, sent: `POST ${path}/confirm {} with key` },
  { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(id, { paymentMethod: 'm_1', threeDSecure: 'any', setupFutureUsage: 'off_session' }), answer: challenged, sent: `POST ${path}/confirm {"payment_method":"m_1",${requested},"setup_future_usage":"off_session"} with key` },
  { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(id, resultOnly), answer: challenged, sent: `POST ${path}/confirm {${resultMembers}} with key` },
  { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(id), answer: paid, sent: `POST ${path}/capture {} with key` },
  { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(id, { amount: money(1999, 'EUR') }), answer: captured, sent: `POST ${path}/capture {"amount_to_capture":1999,"final_capture":true} with key` },
  { operation: 'paymentIntents.cancel', call: () => paymentIntents.cancel(canceled.id, { reason: 'duplicate' }), answer: canceled, sent: `POST /v1/payment_intents/${canceled.id}/cancel {"cancellation_reason":"duplicate"} with key` },
  { operation: 'setupIntents.create', call: () => setupIntents.create({ currency: 'EUR' }), answer: savedSetup, sent: 'POST /v1/setup_intents {"currency":"EUR"} with key' },
  { operation: 'setupIntents.create', call: () => setupIntents.create({ currency: 'EUR', confirm: true, offSession: 'recurring' }), answer: savedSetup, sent: 'POST /v1/setup_intents {"currency":"EUR","confirm":true,"off_session":"recurring"} with key' },
  { operation: 'refunds.create', call: () => refunds.create(id, { amount: money(1000, 'EUR'), reason: 'duplicate' }), answer: pendingRefund, sent: `POST /v1/refunds {"payment_intent":"${id}","amount":1000,"reason":"duplicate"} with key` },
  { operation: 'refunds.retrieve', call: () => refunds.retrieve(failedRefund.id), answer: failedRefund, sent: `GET /v1/refunds/${failedRefund.id}` },
  { operation: 'refunds.list', call: () => refunds.list(), answer: page(failedRefund), sent: 'GET /v1/refunds' },
  { operation: 'refunds.list', call: () => refunds.list({ limit: 2, cursor: 'a/b==', createdFrom: '2026-06-01T00:00:00Z' }), answer: page(failedRefund), sent: 'GET /v1/refunds?limit=2&last_key=a%2Fb%3D%3D&start_date=2026-06-01T00%3A00%3A00Z' },
  { operation: 'attempts.retrieve', call: () => attempts.retrieve(paidPayment.id), answer: paidPayment, sent: `GET /v2/payments/${paidPayment.id}` },
  { operation: 'events.retrieve', call: () => events.retrieve(capturedEvent.id), answer: capturedEvent, sent: `GET /v1/events/${capturedEvent.id}` },
  { operation: 'events.list', call: () => events.list({ limit: 2, cursor: 'x' }), answer: page(capturedEvent), sent: 'GET /v1/events?limit=2&last_key=x' },
];

describe('each operation is one request, at its address, a key on what may act and on nothing else', () => {
  it.each(rows)('$operation: $sent', async ({ call, answer, sent }) => {
    expect(await sentBy(call, answer)).toEqual([sent.replace(' ', ' https://api.paypercut.io')]);
  });

  it('none is left out', () => {
    expect(payments.operations.filter((name) => !rows.some(({ operation }) => operation === name))).toEqual([]);
  });
});

describe('an id reaches no other address', () => {
  const elsewhere = '../x?a=1';
  const escaped = '..%2Fx%3Fa%3D1';

  it.each<Row>([
    { operation: 'paymentIntents.confirm', call: () => paymentIntents.confirm(elsewhere), answer: { ...challenged, id: elsewhere }, sent: `POST /v1/payment_intents/${escaped}/confirm {} with key` },
    { operation: 'paymentIntents.capture', call: () => paymentIntents.capture(elsewhere), answer: { ...paid, id: elsewhere }, sent: `POST /v1/payment_intents/${escaped}/capture {} with key` },
    { operation: 'paymentIntents.cancel', call: () => paymentIntents.cancel(elsewhere), answer: { ...authorised, id: elsewhere, status: 'canceled' }, sent: `POST /v1/payment_intents/${escaped}/cancel {} with key` },
    { operation: 'refunds.retrieve', call: () => refunds.retrieve(elsewhere), answer: { ...failedRefund, id: elsewhere }, sent: `GET /v1/refunds/${escaped}` },
    { operation: 'attempts.retrieve', call: () => attempts.retrieve(elsewhere), answer: { ...paidPayment, id: elsewhere }, sent: `GET /v2/payments/${escaped}` },
    { operation: 'events.retrieve', call: () => events.retrieve(elsewhere), answer: { ...capturedEvent, id: elsewhere }, sent: `GET /v1/events/${escaped}` },
  ])('$operation: $sent', async ({ call, answer, sent }) => {
    expect(await sentBy(call, answer)).toEqual([sent.replace(' ', ' https://api.paypercut.io')]);
  });
});
