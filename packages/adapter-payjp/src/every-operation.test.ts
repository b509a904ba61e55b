import { describe, expect, it } from 'vitest';
import { createPayments, money } from '@oneintent/core';
import { payjp, type PayjpDialect } from './index.js';
import { event, flowSucceeded, intentAuthorised, listOf, refunds, setupIntent, setupSaved } from './testing/payloads.js';
import { apiKey } from './testing/wire.js';

/** A client whose requests pass the rules of the platform (a method that HTTP lacks is refused), and what an answered call sent. */
const recording = <const D extends PayjpDialect>(dialect: D) => {
  const answers: object[] = [];
  const requests: Request[] = [];
  const payments = createPayments({
    adapter: payjp({ apiKey, dialect }),
    retries: 0,
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return Response.json(answers.shift());
    },
  });
  /** Each request as `METHOD address body`, `with key` where it carries one. */
  const sentBy = async (call: () => Promise<unknown>, answer: object): Promise<readonly string[]> => {
    answers.push(answer);
    await call();
    const sent = requests.splice(0).map(async (request) =>
      [request.method, request.url, await request.text(), request.headers.has('idempotency-key') ? 'with key' : ''].filter((part) => part !== '').join(' '));
    return Promise.all(sent);
  };
  return { payments, sentBy };
};

interface Row {
  readonly operation: string;
  readonly call: () => Promise<unknown>;
  readonly answer: object;
  /** The address is without its origin. */
  readonly sent: string;
}

const page = (item: object) => listOf('/v2/x', [item]);
const setupInput = { customer: 'cus_1', paymentMethodTypes: ['card'], threeDSecure: 'any', description: 'card', metadata: { a: 1 } } as const;
const extended = { providerOptions: { payjp: { requestExtendedAuthorization: 'never' } } } as const;
const nothingOfItsOwn = { providerOptions: {} } as const;

const flows = recording('payment_flows');
const { paymentIntents: flow, setupIntents: flowSetup, refunds: flowRefund, events: flowEvent } = flows.payments;
const flowPath = `/v2/payment_flows/${flowSucceeded.id}`;
const flowCard = '"payment_method_options":{"card":{"request_extended_authorization":"never"}}';

const flowRows: readonly Row[] = [
  { operation: 'paymentIntents.create', call: () => flow.create({ amount: money(5400, 'JPY'), ...extended }), answer: flowSucceeded, sent: `POST /v2/payment_flows {"amount":5400,"currency":"jpy",${flowCard},"capture_method":"automatic"} with key` },
  { operation: 'paymentIntents.create', call: () => flow.create({ amount: money(5400, 'JPY'), ...nothingOfItsOwn }), answer: flowSucceeded, sent: 'POST /v2/payment_flows {"amount":5400,"currency":"jpy","capture_method":"automatic"} with key' },
  { operation: 'paymentIntents.retrieve', call: () => flow.retrieve(flowSucceeded.id), answer: flowSucceeded, sent: `GET ${flowPath}` },
  { operation: 'paymentIntents.update', call: () => flow.update(flowSucceeded.id, { description: 'order 78' }), answer: flowSucceeded, sent: `POST ${flowPath} {"description":"order 78"} with key` },
  { operation: 'paymentIntents.confirm', call: () => flow.confirm(flowSucceeded.id, extended), answer: flowSucceeded, sent: `POST ${flowPath}/confirm {${flowCard}} with key` },
  { operation: 'paymentIntents.capture', call: () => flow.capture(flowSucceeded.id), answer: flowSucceeded, sent: `POST ${flowPath}/capture {} with key` },
  { operation: 'paymentIntents.cancel', call: () => flow.cancel(flowSucceeded.id), answer: { ...flowSucceeded, status: 'canceled' }, sent: `POST ${flowPath}/cancel {} with key` },
  { operation: 'paymentIntents.list', call: () => flow.list({ limit: 2, cursor: 'pfw_a', customer: 'cus_1' }), answer: page(flowSucceeded), sent: 'GET /v2/payment_flows?limit=2&starting_after=pfw_a&customer_id=cus_1' },
  {
    operation: 'setupIntents.create', call: () => flowSetup.create({ ...setupInput, usage: 'off_session' }), answer: setupSaved,
    sent: 'POST /v2/setup_flows {"customer_id":"cus_1","payment_method_options":{"card":{"request_three_d_secure":"any"}},"payment_method_types":["card"],"description":"card","metadata":{"a":1},"usage":"off_session"} with key',
  },
  { operation: 'setupIntents.retrieve', call: () => flowSetup.retrieve('sflw_exC'), answer: setupSaved, sent: 'GET /v2/setup_flows/sflw_exC' },
  {
    operation: 'setupIntents.update', call: () => flowSetup.update('sflw_exC', setupInput), answer: setupSaved,
    sent: 'POST /v2/setup_flows/sflw_exC {"customer_id":"cus_1","payment_method_options":{"card":{"request_three_d_secure":"any"}},"payment_method_types":["card"],"description":"card","metadata":{"a":1}} with key',
  },
  { operation: 'setupIntents.cancel', call: () => flowSetup.cancel('sflw_exC', { reason: 'abandoned' }), answer: { ...setupSaved, status: 'canceled' }, sent: 'POST /v2/setup_flows/sflw_exC/cancel {"cancellation_reason":"abandoned"} with key' },
  { operation: 'setupIntents.list', call: () => flowSetup.list({ limit: 2, cursor: 'sflw_a' }), answer: page(setupSaved), sent: 'GET /v2/setup_flows?limit=2&starting_after=sflw_a' },
  { operation: 'refunds.create', call: () => flowRefund.create(flowSucceeded.id), answer: refunds.today, sent: 'POST /v2/payment_refunds {"payment_flow_id":"pfw_exC1"} with key' },
  { operation: 'refunds.retrieve', call: () => flowRefund.retrieve('pyr_exC'), answer: refunds.today, sent: 'GET /v2/payment_refunds/pyr_exC' },
  { operation: 'refunds.update', call: () => flowRefund.update('pyr_exC', { metadata: { by: null, why: 'x' } }), answer: refunds.today, sent: 'POST /v2/payment_refunds/pyr_exC {"metadata":{"by":"","why":"x"}} with key' },
  { operation: 'refunds.list', call: () => flowRefund.list({ limit: 2, cursor: 'pyr_a' }), answer: page(refunds.today), sent: 'GET /v2/payment_refunds?limit=2&starting_after=pyr_a' },
  { operation: 'refunds.list', call: () => flowRefund.list({ paymentIntent: flowSucceeded.id }), answer: page(refunds.today), sent: `GET ${flowPath}/refunds` },
  { operation: 'events.retrieve', call: () => flowEvent.retrieve('evt_ex1'), answer: event, sent: 'GET /v2/events/evt_ex1' },
  { operation: 'events.list', call: () => flowEvent.list({ limit: 2, cursor: 'evt_a', providerType: 'payment_flow.succeeded', subject: 'pfw_exC1' }), answer: page(event), sent: 'GET /v2/events?limit=2&starting_after=evt_a&type=payment_flow.succeeded&resource_id=pfw_exC1' },
];

const intents = recording('payment_intents');
const { paymentIntents: intent, setupIntents: intentSetup, refunds: intentRefund, events: intentEvent } = intents.payments;
const { id } = intentAuthorised;
const oldRefund = refunds['2025-08-05'];
const oldEvent = { ...event, type: 'payment_intent.succeeded', data: intentAuthorised };
const increased = { ...intentAuthorised, amount: 15000, amount_capturable: 15000 };
const setupMembers = '"customer":"cus_1","payment_method":"pm_1","payment_method_options":{"card":{"request_three_d_secure":"any"}},"payment_method_types":["card"],"description":"card","metadata":{"a":1}';

const intentRows: readonly Row[] = [
  { operation: 'paymentIntents.create', call: () => intent.create({ amount: money(12000, 'JPY'), ...nothingOfItsOwn }), answer: intentAuthorised, sent: 'POST /v2/payment_intents {"amount":12000,"capture_method":"automatic"}' },
  { operation: 'paymentIntents.retrieve', call: () => intent.retrieve(id), answer: intentAuthorised, sent: `GET /v2/payment_intents/${id}` },
  { operation: 'paymentIntents.update', call: () => intent.update(id, { description: 'order 2' }), answer: intentAuthorised, sent: `POST /v2/payment_intents/${id} {"description":"order 2"}` },
  { operation: 'paymentIntents.confirm', call: () => intent.confirm(id, extended), answer: intentAuthorised, sent: `POST /v2/payment_intents/${id}/confirm {${flowCard}}` },
  { operation: 'paymentIntents.capture', call: () => intent.capture(id, { amount: money(9000, 'JPY') }), answer: { ...intentAuthorised, status: 'succeeded', amount_received: 9000 }, sent: `POST /v2/payment_intents/${id}/capture {"amount_to_capture":9000}` },
  { operation: 'paymentIntents.cancel', call: () => intent.cancel(id), answer: { ...intentAuthorised, status: 'canceled' }, sent: `POST /v2/payment_intents/${id}/cancel {}` },
  { operation: 'paymentIntents.list', call: () => intent.list({ limit: 2, cursor: '4' }), answer: page(intentAuthorised), sent: 'GET /v2/payment_intents?limit=2&offset=4' },
  { operation: 'paymentIntents.incrementAuthorization', call: () => intent.incrementAuthorization(id, { amount: money(15000, 'JPY') }), answer: increased, sent: `POST /v2/payment_intents/${id}/increment_authorization {"amount":15000}` },
  {
    operation: 'setupIntents.create', call: () => intentSetup.create({ ...setupInput, paymentMethod: 'pm_1', usage: 'on_session', confirm: true, returnUrl: 'https://shop.example/back' }), answer: setupIntent,
    sent: `POST /v2/setup_intents {${setupMembers},"usage":"on_session","confirm":true,"return_url":"https://shop.example/back"}`,
  },
  { operation: 'setupIntents.retrieve', call: () => intentSetup.retrieve('seti_exA'), answer: setupIntent, sent: 'GET /v2/setup_intents/seti_exA' },
  { operation: 'setupIntents.update', call: () => intentSetup.update('seti_exA', { ...setupInput, paymentMethod: 'pm_1' }), answer: setupIntent, sent: `POST /v2/setup_intents/seti_exA {${setupMembers}}` },
  { operation: 'setupIntents.confirm', call: () => intentSetup.confirm('seti_exA', { paymentMethod: 'pm_1' }), answer: setupIntent, sent: 'POST /v2/setup_intents/seti_exA/confirm {"payment_method":"pm_1"}' },
  { operation: 'setupIntents.cancel', call: () => intentSetup.cancel('seti_exA', { reason: 'duplicate' }), answer: { ...setupIntent, status: 'canceled' }, sent: 'POST /v2/setup_intents/seti_exA/cancel {"cancellation_reason":"duplicate"}' },
  { operation: 'setupIntents.list', call: () => intentSetup.list({ limit: 2, cursor: '4' }), answer: page(setupIntent), sent: 'GET /v2/setup_intents?limit=2&offset=4' },
  { operation: 'refunds.create', call: () => intentRefund.create('pi_exA1'), answer: oldRefund, sent: 'POST /v2/refunds {"payment_intent":"pi_exA1"}' },
  {
    operation: 'refunds.create', call: () => intentRefund.create('pi_exA1', { amount: money(3300, 'JPY'), reason: 'duplicate', metadata: { by: 'staff-3' } }), answer: oldRefund,
    sent: 'POST /v2/refunds {"payment_intent":"pi_exA1","amount":3300,"reason":"duplicate","metadata":{"by":"staff-3"}}',
  },
  { operation: 'refunds.retrieve', call: () => intentRefund.retrieve('re_exA'), answer: oldRefund, sent: 'GET /v2/refunds/re_exA' },
  { operation: 'refunds.update', call: () => intentRefund.update('re_exA', { metadata: { by: null, why: 'x' } }), answer: oldRefund, sent: 'POST /v2/refunds/re_exA {"metadata":{"by":"","why":"x"}}' },
  { operation: 'refunds.cancel', call: () => intentRefund.cancel('re_exA'), answer: { ...oldRefund, status: 'canceled' }, sent: 'POST /v2/refunds/re_exA/cancel {}' },
  { operation: 'refunds.list', call: () => intentRefund.list({ limit: 2, cursor: '4' }), answer: page(oldRefund), sent: 'GET /v2/refunds?limit=2&offset=4' },
  { operation: 'events.retrieve', call: () => intentEvent.retrieve('evt_ex1'), answer: oldEvent, sent: 'GET /v2/events/evt_ex1' },
  {
    operation: 'events.list', call: () => intentEvent.list({ limit: 2, cursor: '4', providerType: 'payment_intent.succeeded', subject: 'pi_exA2', createdFrom: '2025-08-20T00:00:00Z' }), answer: page(oldEvent),
    sent: 'GET /v2/events?limit=2&offset=4&type=payment_intent.succeeded&resource_id=pi_exA2&since=2025-08-20T00%3A00%3A00Z',
  },
];

const every = {
  payment_flows: { ...flows, rows: flowRows },
  payment_intents: { ...intents, rows: intentRows },
} satisfies Readonly<Record<PayjpDialect, object>>;

describe.each(Object.entries(every))('%s: each operation is one request, at its address, a key only where PAY.JP has keys', (_dialect, { payments, sentBy, rows }) => {
  it.each(rows)('$operation: $sent', async ({ call, answer, sent }) => {
    expect(await sentBy(call, answer)).toEqual([sent.replace(' ', ' https://api.pay.jp')]);
  });

  it('none is left out', () => {
    expect(payments.operations.filter((name) => !rows.some(({ operation }) => operation === name))).toEqual([]);
  });
});
