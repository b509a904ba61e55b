import { readWire, type EventReading, type KnownEventType, type SubjectReading, type WebhookFacts } from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import { readPaymentIntent, readRefund, readSetupIntent } from './read.js';
import { event } from './wire.js';

const attempted = (read: () => SubjectReading): SubjectReading | null => {
  try {
    return read();
  } catch {
    // That something happened is worth telling, although its object could not be read.
    return null;
  }
};

const readSubject = (type: string, json: unknown): SubjectReading | null =>
  match(type)
    .returnType<SubjectReading | null>()
    .with(P.string.startsWith('payment_intent.'), () => attempted(() => ({ kind: 'payment_intent', reading: readPaymentIntent(json) })))
    .with(P.string.startsWith('setup_intent.'), () => attempted(() => ({ kind: 'setup_intent', reading: readSetupIntent(json) })))
    .with(P.string.startsWith('refund.'), () => attempted(() => ({ kind: 'refund', reading: readRefund(json) })))
    .otherwise(() => null);

/** What has happened to an intent, by the status in which it is: `captured` is also told of one of which a part can still be captured. */
const byStatus: ReadonlyMap<string, KnownEventType> = new Map<string, KnownEventType>([
  ['requires_action', 'payment_intent.requires_action'],
  ['processing', 'payment_intent.processing'],
  ['requires_capture', 'payment_intent.amount_capturable_updated'],
  ['succeeded', 'payment_intent.succeeded'],
  ['canceled', 'payment_intent.canceled'],
]);

/** Types that are not in the published list, but for which the provider's own shop plugins have handlers. They are understood, never counted on. */
const unpublished: ReadonlyMap<string, KnownEventType> = new Map<string, KnownEventType>([
  ['payment_intent.succeeded', 'payment_intent.succeeded'],
  ['payment_intent.payment_failed', 'payment_intent.payment_failed'],
  ['payment_intent.canceled', 'payment_intent.canceled'],
  ['refund.created', 'refund.created'],
  ['refund.succeeded', 'refund.updated'],
  ['refund.failed', 'refund.failed'],
]);

const typeOf = (type: string, subject: SubjectReading | null): KnownEventType | null => {
  if (type === 'payment_intent.authorized' || type === 'payment_intent.captured')
    return subject?.kind === 'payment_intent' ? (byStatus.get(subject.reading.status) ?? null) : null;
  return unpublished.get(type) ?? null;
};

/** An event, as a delivery or as the list brings it. An object that cannot be read is left out. */
export const readEvent = (json: unknown): EventReading => {
  const { id, type, livemode, created, data } = readWire(event, json);
  const subject = readSubject(type, data?.object);
  return { id, providerType: type, type: typeOf(type, subject), livemode, createdAt: created, subject, raw: json };
};

/**
 * How Paypercut tells what happens. Of a payment it tells only that it was authorised or captured: failures, cancellations, actions and refunds have to be
 * polled for. Sources: https://docs.paypercut.io/docs/developer-resources/webhooks (signature), …/api-reference/models/Event (types), 2026-07.
 */
export const webhooks: WebhookFacts = {
  scheme: { type: 'timestamped_hmac', header: 'Paypercut-Signature', timestampKey: 't', signatureKey: 'v1' },
  sends: {
    value: [
      { providerType: 'payment_intent.authorized', type: 'payment_intent.amount_capturable_updated' },
      { providerType: 'payment_intent.captured', type: 'payment_intent.succeeded' },
    ],
    source: 'https://docs.paypercut.io/api-reference/models/Event, 2026-07: the complete list of types',
    confidence: 'documented',
  },
  readEvent,
};
