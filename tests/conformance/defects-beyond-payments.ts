import type { EventReading, PaymentAttemptReading, RefundReading, SetupIntentReading, WireRequest } from '@oneintent/core/adapter';
import { asFault, cut, flows, inMilliseconds, intents, withBody, withErrors, without, withOperation, withPage, withReadingOf, withRequest, withWebhooks, type Good } from './breaking.ts';

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

const withSetups = (change: (reading: SetupIntentReading) => SetupIntentReading): Good => withReadingOf(intents, 'setupIntents', change);

/** Changes what is read of every event of an adapter: in deliveries, in the list and one by one. */
const withEveryEvent = (good: Good, change: (reading: EventReading) => EventReading): Good =>
  withWebhooks(withReadingOf(good, 'events', change), (facts) => ({ ...facts, readEvent: (json) => change(facts.readEvent(json)) }));

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
  'a signature is taken for a shared word': withWebhooks(cut, (facts) => ({ ...facts, scheme: { type: 'shared_token', in: 'header', name: 'Paypercut-Signature' } })),
  'a type is declared that never comes': withWebhooks(cut, (facts) => ({ ...facts, sends: { ...facts.sends, value: [...facts.sends.value, { providerType: 'refund.created', type: 'refund.created' }] } })),
  'a delivery means the opposite': withWebhooks(cut, (facts) => ({ ...facts, readEvent: (json) => ({ ...facts.readEvent(json), type: 'payment_intent.canceled' }) })),
  'a delivery is read without its object': withWebhooks(cut, (facts) => ({ ...facts, readEvent: (json) => ({ ...facts.readEvent(json), subject: null }) })),
  'what is only held is told as paid': withEveryEvent(cut, (reading) => ({ ...reading, type: reading.type === 'payment_intent.amount_capturable_updated' ? 'payment_intent.succeeded' : reading.type })),
  'a failed payment is told as paid': withEveryEvent(flows, (reading) => ({ ...reading, type: reading.type === 'payment_intent.payment_failed' ? 'payment_intent.succeeded' : reading.type })),
  'an event has the id of its object': withEveryEvent(flows, (reading) => ({ ...reading, id: reading.subject?.reading.id ?? reading.id })),
  'a refund is told as a payment that was canceled': withEveryEvent(flows, (reading) => ({ ...reading, type: reading.type === 'refund.created' ? 'payment_intent.canceled' : reading.type })),
  'an event does not say when it happened': withEveryEvent(cut, (reading) => ({ ...reading, createdAt: null })),
  'in events milliseconds are taken for seconds': withEveryEvent(cut, (reading) => ({ ...reading, createdAt: inMilliseconds(reading.createdAt) })),
  'an event of a test is told as live': withEveryEvent(flows, (reading) => ({ ...reading, livemode: true })),
  'an event that nobody knows is told as a success': withEveryEvent(cut, (reading) => ({ ...reading, type: reading.type ?? 'payment_intent.succeeded' })),
  'a page of events is told oldest first': withPage(cut, (page) => ({ ...page, items: page.items.toReversed() }), 'events.list'),
  'the filter of events by their type is dropped': withRequest(flows, 'events.list', (request) => ({ ...request, query: { ...request.query, type: undefined } })),
  'the object of an event has the id of the event': withEveryEvent(flows, (reading) =>
    reading.subject?.kind === 'payment_intent' ? { ...reading, subject: { kind: 'payment_intent', reading: { ...reading.subject.reading, id: reading.id } } } : reading,
  ),
  'refunds are read a hundred times too small': withRefunds((reading) => ({ ...reading, amount: reading.amount / 100 })),
  'a refund that waits for the customer is told as pending': withRefunds((reading) => ({ ...reading, status: reading.status === 'requires_action' ? 'pending' : reading.status })),
  'a refund that failed is told as pending for ever': withRefunds((reading) => ({ ...reading, status: reading.status === 'failed' ? 'pending' : reading.status })),
  'a refund does not say why it failed': withRefunds((reading) => ({ ...reading, failureReason: null })),
  'a refund does not say of which payment it is': withRefunds((reading) => ({ ...reading, paymentIntent: null, payment: null })),
  'a refund does not say its reason': withRefunds((reading) => ({ ...reading, reason: null })),
  'more than is left is told as a fault of the provider': withErrors(cut, (reading, _, operation) => (operation === 'refunds.create' && reading.kind === 'fault' ? asFault(reading, 'provider_unavailable') : reading)),
  'a refund status that is new is read as failed': withRefunds((reading) => ({ ...reading, status: ['pending', 'requires_action', 'succeeded', 'failed', 'canceled', null].includes(reading.status) ? reading.status : 'failed' })),
  'the metadata of a refund is not sent': without(flows, 'refunds.create', 'metadata'),
  'an update of a refund replaces its metadata': withBody(flows, 'refunds.update', (body) => ({ ...body, metadata: { ...Object(body['metadata']), keep: '' } })),
  'canceling a refund changes its metadata only': withRequest(intents, 'refunds.cancel', (request) => ({ ...request, path: request.path.replace(/\/cancel$/, ''), body: { metadata: { canceled: 'true' } } })),
  'canceling a refund is declared, and the provider has no such thing': withOperation(
    cut,
    'refunds.cancel',
    (input) => ({ method: 'POST', path: `/v1/refunds/${String(Reflect.get(input, 'id'))}/cancel`, body: {} }),
    'refunds.create',
  ),
  'the offset of refunds begins anew on every page': withPage(intents, (page) => ({ ...page, nextCursor: page.nextCursor === null ? null : '0' }), 'refunds.list'),
  'the usage of a setup is not sent': without(flows, 'setupIntents.create', 'usage'),
  'the confirmation of a setup is not sent': without(intents, 'setupIntents.create', 'confirm'),
  'another method of a setup is not sent': without(intents, 'setupIntents.confirm', 'payment_method'),
  'the method that a setup saved is not read': withSetups((reading) => ({ ...reading, paymentMethod: null })),
  'the method that a setup saved is its customer': withSetups((reading) => ({ ...reading, paymentMethod: reading.customer })),
  'a setup that was declined is told as succeeded': withReadingOf<SetupIntentReading>(flows, 'setupIntents', (reading) => ({ ...reading, status: reading.lastSetupError === null ? reading.status : 'succeeded' })),
  'why a setup failed is not read': withReadingOf<SetupIntentReading>(flows, 'setupIntents', (reading) => ({ ...reading, lastSetupError: null })),
  'a setup under way is told as succeeded': withSetups((reading) => ({ ...reading, status: reading.status === 'processing' ? 'succeeded' : reading.status })),
  'a canceled setup is told as open': withSetups((reading) => ({ ...reading, status: reading.status === 'canceled' ? 'requires_payment_method' : reading.status })),
  'the reason of a setup that was canceled is not read': withReadingOf<SetupIntentReading>(flows, 'setupIntents', (reading) => ({ ...reading, cancellationReason: null })),
  'a setup is canceled by an update': withRequest(intents, 'setupIntents.cancel', (request) => ({ ...request, path: request.path.replace(/\/cancel$/, '') })),
  'the client secret of a setup stands in its description': withSetups((reading) => ({ ...reading, description: reading.clientSecret })),
  'the next action of a setup is lost, and its secret': withSetups((reading) => ({ ...reading, nextAction: null, clientSecret: null })),
  'the cursor of setups is the first id of the page': withPage(flows, (page) => ({ ...page, nextCursor: page.items[0]?.id ?? null }), 'setupIntents.list'),
};
