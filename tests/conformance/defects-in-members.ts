import { generic, stripe } from '@oneintent/adapter-generic';
import type { EventReading, PaymentAttemptReading, PaymentIntentReading, RefundReading, SetupIntentReading } from '@oneintent/core/adapter';
import { createPayments, type EventType, type Fetch, type OperationName, type Payments } from '@oneintent/core';
import { asFault, cut, flows, inMilliseconds, intents, withBody, withErrors, withHeaders, withPage, withReading, withReadingOf, withRequest, withWebhooks, type Good } from './breaking.ts';

const striped: Good = { adapter: generic(stripe, { apiKey: 'sk_test_sandbox' }), dialect: 'stripe' };

/** Changes what is read of payments, and of nothing else. */
const withPayments = (good: Good, change: (reading: PaymentIntentReading) => Partial<PaymentIntentReading>): Good =>
  withReading(good, (reading) => ('captureMethod' in reading ? { ...reading, ...change(reading) } : reading));

const withListed = (good: Good, change: (reading: PaymentIntentReading) => Partial<PaymentIntentReading>, list = 'list'): Good =>
  withPage(good, (page) => ({ ...page, items: page.items.map((item) => ({ ...item, ...change(item) })) }), list);

/** An id as it is, in the address. */
const unencoded = (good: Good, verb: string): Good => withRequest(good, verb, (request) => ({ ...request, path: decodeURIComponent(request.path) }));

/** Two times of a query in each other's place. */
const swapped = (good: Good, list: string, from: string, before: string): Good =>
  withRequest(good, list, (request) => ({ ...request, query: { ...request.query, [from]: request.query?.[before], [before]: request.query?.[from] } }));

/** Declares that an event means something else, and reads it so. */
const meaning = (good: Good, word: string, type: Exclude<EventType, 'unknown'> | null): Good => {
  const change = (reading: EventReading): EventReading => (reading.providerType === word ? { ...reading, type } : reading);
  return withWebhooks(withReadingOf(good, 'events', change), (facts) => ({
    ...facts,
    sends: { ...facts.sends, value: facts.sends.value.map((sent) => (sent.providerType === word ? { ...sent, type: type ?? 'unknown' } : sent)) },
    readEvent: (json) => change(facts.readEvent(json)),
  }));
};

/** Changes what deliveries bring of payments. */
const withDelivered = (good: Good, change: (reading: PaymentIntentReading) => Partial<PaymentIntentReading>): Good =>
  withWebhooks(good, (facts) => ({
    ...facts,
    readEvent: (json) => {
      const event = facts.readEvent(json);
      return event.subject?.kind === 'payment_intent' ? { ...event, subject: { kind: 'payment_intent', reading: { ...event.subject.reading, ...change(event.subject.reading) } } } : event;
    },
  }));

const withAttempts = (good: Good, change: (reading: PaymentAttemptReading) => Partial<PaymentAttemptReading>): Good =>
  withReadingOf<PaymentAttemptReading>(good, 'attempts', (reading) => ({ ...reading, ...change(reading) }));

const withRefunds = (good: Good, change: (reading: RefundReading) => Partial<RefundReading>): Good => withReadingOf<RefundReading>(good, 'refunds', (reading) => ({ ...reading, ...change(reading) }));

const withSetups = (good: Good, change: (reading: SetupIntentReading) => Partial<SetupIntentReading>): Good =>
  withReadingOf<SetupIntentReading>(good, 'setupIntents', (reading) => ({ ...reading, ...change(reading) }));

/** A provider that tells it otherwise: every answer's text is changed before the adapter reads it. */
const answering = (good: Good, change: (text: string) => string): Good => ({
  ...good,
  connect: ({ fetch: send = fetch, ...options }) => {
    const told: Fetch = async (input, init) => {
      const { status, headers, ...answer } = await send(input, init).then(async (response) => ({ status: response.status, headers: response.headers, text: await response.text() }));
      return new Response(change(answer.text), { status, headers });
    };
    return createPayments({ ...options, fetch: told }) as unknown as Payments<OperationName>;
  },
});

/** Minor units by way of a decimal fraction, cut: 19.99 is 1998. */
const cutFloat = (units: number): number => Math.trunc((units / 100) * 100);

/** A member of a body is money by way of a float. */
const floating = (good: Good, verb: string, member: string): Good =>
  withBody(good, verb, (body) => ({ ...body, ...(typeof body[member] === 'number' && { [member]: cutFloat(body[member]) }) }));

/** One status of the provider's own faults is told as a refusal. */
const refusing = (good: Good, status: number, code: 'invalid_request' | 'invalid_state'): Good =>
  withErrors(good, (reading, answer) => (answer.status === status && reading.kind === 'fault' ? asFault(reading, code) : reading));

const declined = { reason: 'card_declined', advice: null, message: null, providerCode: null, declineCode: null, networkDeclineCode: null, networkAdviceCode: null } as const;

/** Defects that the suite did not find until somebody tried to fool it: each reads or asks for something almost right. */
export const defectsInMembers: Readonly<Record<string, Good>> = {
  'a confirmation takes the money of an intent that only holds it': withBody(striped, 'confirm', (body) => ({ ...body, capture_method: body['capture_method'] ?? 'automatic' })),
  'an update turns manual capture off': withBody(striped, 'update', (body) => ({ ...body, capture_method: body['capture_method'] ?? 'automatic' })),
  'an update of anything clears the description': withBody(flows, 'update', (body) => ({ ...body, description: body['description'] ?? '' })),
  'a confirmation keeps the card that nobody asked to keep': withBody(cut, 'confirm', (body) => ({ ...body, setup_future_usage: body['setup_future_usage'] ?? 'off_session' })),
  'a card is kept for the other use': withBody(striped, 'create', (body) => ({ ...body, ...(body['setup_future_usage'] !== undefined && { setup_future_usage: body['setup_future_usage'] === 'on_session' ? 'off_session' : 'on_session' }) })),
  'a refund without a reason is told as a fraud': withBody(cut, 'refunds.create', (body) => ({ ...body, reason: body['reason'] ?? 'fraudulent' })),
  'a description is cut short': withBody(flows, 'create', (body) => ({ ...body, ...(typeof body['description'] === 'string' && { description: body['description'].slice(0, 20) }) })),
  'metadata is sent in ASCII': withBody(flows, 'create', (body) => ({ ...body, metadata: JSON.parse(JSON.stringify(body['metadata'] ?? {}).replaceAll(/[^ -~]/g, '?')) })),
  'the address to come back to loses its query': withBody(flows, 'create', (body) => ({ ...body, ...(typeof body['return_url'] === 'string' && { return_url: body['return_url'].replace(/\?.*/, '') }) })),
  'the id of a payment is not encoded': unencoded(flows, 'retrieve'),
  'the id of what is captured is not encoded': unencoded(striped, 'capture'),
  'the id in a filter is not encoded': unencoded(flows, 'refunds.list'),
  'the times of a list of payments are swapped': swapped(striped, 'list', 'created[gte]', 'created[lt]'),
  'the times of a list of refunds are swapped': swapped(striped, 'refunds.list', 'created[gte]', 'created[lt]'),
  'the time from which payments are listed is left out of them': withRequest(striped, 'list', ({ query: { 'created[gte]': from, ...query } = {}, ...request }) => ({ ...request, query: { ...query, 'created[gt]': from } })),
  'the capture method is always told as automatic': withPayments(flows, () => ({ captureMethod: 'automatic' })),
  'an intent that waits for its confirmation is told as lacking a method': withPayments(striped, ({ status }) => ({ status: status === 'requires_confirmation' ? 'requires_payment_method' : status })),
  'what can be captured of a canceled payment is told as before': withPayments(striped, ({ status, amount, amountCapturable }) => ({ amountCapturable: status === 'canceled' ? amount : amountCapturable })),
  'when an authorisation ends is not read': withPayments(flows, () => ({ authorizationExpiresAt: null })),
  'the end of an authorisation is in milliseconds taken for seconds': withPayments(flows, ({ authorizationExpiresAt: end }) => ({ authorizationExpiresAt: end && { ...end, at: inMilliseconds(end.at) ?? 0 } })),
  'when a payment changed is told as when it was created': withPayments(flows, ({ createdAt }) => ({ updatedAt: createdAt })),
  'when a payment was canceled is not read': withPayments(flows, () => ({ canceledAt: null })),
  'why a payment was canceled is not read': withPayments(flows, () => ({ cancellationReason: null })),
  'the payment method is told as the customer': withPayments(cut, ({ customer }) => ({ paymentMethod: customer })),
  'the attempt behind an intent is not read': withPayments(striped, () => ({ latestPayment: null })),
  'the next action is lost, though not the secret': withPayments(striped, () => ({ nextAction: null })),
  'the secret is lost, though not the next action': withPayments(striped, () => ({ clientSecret: null })),
  'the customer is sent to the address to come back to': {
    ...withPayments(cut, ({ nextAction }) => ({ nextAction: nextAction?.type === 'redirect' ? { ...nextAction, url: 'https://shop.example/return' } : nextAction })),
    switches: { nextAction: 'redirect_to_url' },
  },
  'a next action loses what it is made of': withPayments(cut, ({ nextAction }) => ({ nextAction: nextAction?.type === 'three_d_secure' ? { ...nextAction, data: {} } : nextAction })),
  'why a payment failed is not read': withPayments(flows, () => ({ lastPaymentError: null })),
  'a failure stays after a success': withPayments(striped, ({ status, lastPaymentError }) => ({ lastPaymentError: status === 'succeeded' ? declined : lastPaymentError })),
  'every failure of an intent is told as the same': withPayments(striped, ({ lastPaymentError }) => ({ lastPaymentError: lastPaymentError && { ...lastPaymentError, reason: 'card_declined' } })),
  "the provider's own object is not kept": withPayments(flows, () => ({ raw: null })),
  'the keys of metadata are told in lower case': withPayments(flows, ({ metadata }) => ({ metadata: metadata && Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value])) })),
  'on a list the amount is told as what was received': withListed(flows, ({ amount }) => ({ amountReceived: amount })),
  'on a list the customer is not read': withListed(striped, () => ({ customer: null })),
  'on a list of refunds the payment is not read': withPage(striped, (page) => ({ ...page, items: page.items.map((item) => ({ ...item, paymentIntent: null })) }), 'refunds.list'),
  'a decline of a capture is told as bad input': withErrors(flows, (reading, _, operation) => (reading.kind === 'declined' && operation === 'paymentIntents.capture' ? asFault(reading, 'invalid_request') : reading)),
  "a decline loses the provider's own code": withErrors(flows, (reading) => (reading.kind === 'declined' ? { ...reading, failure: { ...reading.failure, providerCode: null } } : reading)),
  'a payment that is not there is told as a fault of the provider, by a refund': withErrors(flows, (reading, _, operation) => (reading.kind === 'fault' && operation === 'refunds.create' && reading.code === 'not_found' ? asFault(reading, 'provider_unavailable') : reading)),
  "the provider's id of a request is not looked for": { ...striped, adapter: { ...striped.adapter, requestId: { headers: [], members: [] } } },
  'the connected account is not named': withHeaders(striped, () => (headers) => headers.delete('Stripe-Account')),
  'the version is not named': withHeaders(striped, () => (headers) => headers.delete('Stripe-Version')),
  'a page may be longer than the provider takes': { ...flows, adapter: { ...flows.adapter, limits: { ...flows.adapter.limits, pageSize: { ...flows.adapter.limits.pageSize, value: 1000 } } } },
  'a refund names the intent as its attempt': withRefunds(cut, ({ paymentIntent }) => ({ payment: paymentIntent })),
  'why a refund waits is not read': withRefunds(cut, () => ({ pendingReason: null })),
  'the card behind an attempt is not read': withAttempts(cut, () => ({ card: null })),
  "the month and the year of a card's end are swapped": withAttempts(cut, ({ card }) => ({ card: card && { ...card, expiryMonth: card.expiryYear, expiryYear: card.expiryMonth } })),
  'a fee is read a hundred times too large': withAttempts(cut, ({ fee }) => ({ fee: fee && { ...fee, amount: fee.amount * 100 } })),
  'an attempt does not say of which payment it is': withAttempts(cut, () => ({ paymentIntent: null })),
  "the network's code is not read": withAttempts(cut, ({ failure }) => ({ failure: failure && { ...failure, networkDeclineCode: null } })),
  'the next action of a setup is lost, though not its secret': withSetups(striped, () => ({ nextAction: null })),
  'a failure of a setup stays after a success': withSetups(striped, ({ status, lastSetupError }) => ({ lastSetupError: status === 'succeeded' ? declined : lastSetupError })),
  'a delivery tells the amount as what was received': withDelivered(cut, ({ amount }) => ({ amountReceived: amount })),
  'a delivery loses the reference': withDelivered(striped, () => ({ metadata: null })),
  'a refund that failed is told as a mere change': meaning(flows, 'refund.failed', 'refund.updated'),
  'a payment that failed is told as nothing that is known': meaning(flows, 'payment_flow.payment_failed', null),
  'an amount is written by way of a float': floating(striped, 'create', 'amount'),
  'an amount is read by way of a float': withPayments(cut, ({ amount }) => ({ amount: cutFloat(amount) })),
  'the amount of a capture is written by way of a float': floating(cut, 'capture', 'amount_to_capture'),
  'the amount of a refund is written by way of a float': floating(cut, 'refunds.create', 'amount'),
  'the amount of a refund is read by way of a float': withRefunds(striped, ({ amount }) => ({ amount: cutFloat(amount) })),
  'every refund is told in euros': withRefunds(cut, () => ({ currency: 'EUR' })),
  'every refund is told in hundredths': withRefunds(striped, () => ({ scale: 2 })),
  'a payment method is charged without confirm': withBody(cut, 'create', (body) => ({ ...body, confirm: body['payment_method'] === undefined ? body['confirm'] : true })),
  'the mode that another member tells is inverted': answering(withPayments(striped, () => ({ livemode: true })), (text) => text.replaceAll('"livemode":false', '"mode":"test"')),
  'why a payment failed is not read where another member tells it': answering(withPayments(striped, () => ({ lastPaymentError: null })), (text) => text.replaceAll('"last_payment_error"', '"failure_details"')),
  'money that is held is told as received': withPayments(flows, ({ status, amount, amountReceived }) => ({ amountReceived: status === 'requires_capture' ? amount : amountReceived })),
  'what could be captured is told as before the capture': withPayments(intents, ({ status, amount, amountCapturable }) => ({ amountCapturable: status === 'succeeded' && amountCapturable !== null ? amount : amountCapturable })),
  'keys are said to be remembered for a day, and are for an hour': { ...striped, switches: { keyLifetimeSeconds: 3600 } },
  'that the time of a payment ran out is not read': withPayments(flows, ({ cancellationReason }) => ({ cancellationReason: cancellationReason === 'expired' ? null : cancellationReason })),
  'the header that tells of a repeated answer is misspelt': { ...striped, adapter: { ...striped.adapter, replayedHeader: 'Idempotency-Replayed' } },
  'a refund that is pending is told as succeeded': withRefunds(striped, ({ status }) => ({ status: status === 'pending' ? 'succeeded' : status })),
  'a refund is told as another success of its payment': meaning(striped, 'charge.refunded', 'payment_intent.succeeded'),
  'a time-out that the provider tells is told as a refusal': refusing(flows, 408, 'invalid_request'),
  'a request that still runs is told as a refusal': refusing(cut, 409, 'invalid_state'),
  'a provider that is not available is told as a refusal': refusing(striped, 503, 'invalid_request'),
  'the reference is not read from what an answer tells': withPayments(striped, ({ metadata }) => ({ metadata: { ...Object(metadata), oneintent_reference: undefined } })),
  'the rest of a partial capture is kept held': withBody(striped, 'capture', (body) => ({ ...body, ...(body['amount_to_capture'] !== undefined && { final_capture: false }) })),
};
