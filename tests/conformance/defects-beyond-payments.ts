import type { EventReading, PaymentAttemptReading, RefundReading, SetupIntentReading, WireRequest } from '@oneintent/core/adapter';
import { asFault, cut, flows, intents, withBody, withErrors, without, withOperation, withPage, withReadingOf, withRequest, withWebhooks, type Good } from './breaking.ts';

const withRefunds = (change: (reading: RefundReading) => RefundReading): Good => withReadingOf(cut, 'refunds', change);
const withAttempts = (change: (reading: PaymentAttemptReading) => PaymentAttemptReading): Good => withReadingOf(cut, 'attempts', change);
const withEvents = (change: (reading: EventReading) => EventReading): Good => withReadingOf(cut, 'events', change);

/** Names, with every refund, the payment of the first. */
const alwaysTheFirst = (): ((request: WireRequest) => WireRequest) => {
  const first: { id?: unknown } = {};
  return (request) => {
    first.id ??= request.body?.['payment_intent'];
    return { ...request, body: { ...request.body, payment_intent: String(first.id) } };
  };
};

/** Defects beyond payments: in setup intents, refunds, attempts, events and webhooks. */
export const defectsBeyondPayments: Readonly<Record<string, Good>> = {
  'a partial refund drops its amount': { ...without(cut, 'refunds.create', 'amount'), switches: { refundWithoutAmount: 'remaining' } },
  'a refund is of the payment that came first': withRequest(cut, 'refunds.create', alwaysTheFirst()),
  'a refund names the attempt as its payment intent': withRefunds((reading) => ({ ...reading, paymentIntent: reading.payment })),
  'the reason of a refund is another': withBody(cut, 'refunds.create', (body) => ({ ...body, ...(body['reason'] !== undefined && { reason: 'requested_by_customer' }) })),
  'the reason of a refund is accepted and not sent': without(cut, 'refunds.create', 'reason'),
  'a refund without a status is told as succeeded': withRefunds((reading) => ({ ...reading, status: reading.status ?? 'succeeded' })),
  'a refund under way is told as succeeded': withRefunds((reading) => ({ ...reading, status: reading.status === 'pending' ? 'succeeded' : reading.status })),
  'a refund that came back is told as canceled': withRefunds((reading) => ({ ...reading, status: reading.status === 'failed' ? 'canceled' : reading.status })),
  'every page of refunds says that it is the last': withPage(cut, (page) => ({ ...page, hasMore: false }), 'refunds.list'),
  'what was captured and what went back are swapped': withAttempts((reading) => ({ ...reading, amountCaptured: reading.amountRefunded, amountRefunded: reading.amountCaptured })),
  'a failed attempt does not say why': withAttempts((reading) => ({ ...reading, failure: null })),
  'an attempt that failed is told as pending': withAttempts((reading) => ({ ...reading, status: reading.status === 'failed' ? 'pending' : reading.status })),
  'an attempt does not say what was captured and what went back': withAttempts((reading) => ({ ...reading, amountCaptured: null, amountRefunded: null })),
  'retrieving a setup is declared, and the provider has no such thing': withOperation(
    cut,
    'setupIntents.retrieve',
    (input) => ({ method: 'GET', path: `/v1/setup_intents/${String(Reflect.get(input, 'id'))}` }),
    'setupIntents.create',
  ),
  'the client secret of a setup is lost': withReadingOf<SetupIntentReading>(flows, 'setupIntents', (reading) => ({ ...reading, clientSecret: null })),
  'the customer of a setup is not sent': without(flows, 'setupIntents.create', 'customer_id'),
  'a setup that waits for the customer is told as processing': withReadingOf<SetupIntentReading>(intents, 'setupIntents', (reading) => ({ ...reading, status: reading.status === 'requires_action' ? 'processing' : reading.status })),
  'the decline of a setup is told as bad input': withErrors(intents, (reading, _, operation) => (reading.kind === 'declined' && operation.startsWith('setupIntents.') ? asFault(reading, 'invalid_request') : reading)),
  'the reference of a refund is not read back, where no key protects': withReadingOf<RefundReading>(intents, 'refunds', (reading) => ({ ...reading, metadata: null })),
  'canceling a refund reads it only': withRequest(intents, 'refunds.cancel', (request) => ({ method: 'GET', path: request.path.replace(/\/cancel$/, '') })),
  'the filter of refunds by payment is dropped': withRequest(flows, 'refunds.list', (request) => ({ ...request, path: '/v2/payment_refunds' })),
  'the object of an event is told a status behind': withEvents((reading) =>
    reading.subject?.kind === 'payment_intent' && reading.subject.reading.status === 'succeeded'
      ? { ...reading, subject: { kind: 'payment_intent', reading: { ...reading.subject.reading, status: 'processing' } } }
      : reading,
  ),
  'an event is told without its object': withEvents((reading) => ({ ...reading, subject: null })),
  'the signature is looked for in another header': withWebhooks(cut, (facts) => ({ ...facts, scheme: { type: 'timestamped_hmac', header: 'X-Paypercut-Signature', timestampKey: 't', signatureKey: 'v1' } })),
  'a signature is taken for a shared word': withWebhooks(cut, (facts) => ({ ...facts, scheme: { type: 'shared_token', header: 'Paypercut-Signature' } })),
  'a type is declared that never comes': withWebhooks(cut, (facts) => ({ ...facts, sends: { ...facts.sends, value: [...facts.sends.value, { providerType: 'refund.created', type: 'refund.created' }] } })),
  'a delivery means the opposite': withWebhooks(cut, (facts) => ({ ...facts, readEvent: (json) => ({ ...facts.readEvent(json), type: 'payment_intent.canceled' }) })),
  'a delivery is read without its object': withWebhooks(cut, (facts) => ({ ...facts, readEvent: (json) => ({ ...facts.readEvent(json), subject: null }) })),
};
