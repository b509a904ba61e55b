import { readWire, type EventReading, type KnownEventType, type SubjectReading, type WebhookFacts } from '@oneintent/core/adapter';
import { readPayment, readRefund } from './read.js';
import { event } from './wire.js';

/** Kontor's kinds of event. Source: Kontor API guide 4, "Events". */
const types: ReadonlyMap<string, KnownEventType> = new Map([
  ['payment.opened', 'payment_intent.created'],
  ['payment.customer_needed', 'payment_intent.requires_action'],
  ['payment.working', 'payment_intent.processing'],
  ['payment.held', 'payment_intent.amount_capturable_updated'],
  ['payment.paid', 'payment_intent.succeeded'],
  ['payment.declined', 'payment_intent.payment_failed'],
  ['payment.closed', 'payment_intent.canceled'],
  ['refund.returned', 'refund.created'],
]);

const readSubject = (kind: string, json: unknown): SubjectReading | null => {
  try {
    if (kind.startsWith('payment.')) return { kind: 'payment_intent', reading: readPayment(json) };
    return kind.startsWith('refund.') ? { kind: 'refund', reading: readRefund(json) } : null;
  } catch {
    // That something happened is worth telling, although its object could not be read.
    return null;
  }
};

/** An event, as a delivery or as the list brings it. */
export const readEvent = (json: unknown): EventReading => {
  const { id, kind, at, about } = readWire(event, json);
  const subject = readSubject(kind, about);
  return { id, providerType: kind, type: types.get(kind) ?? null, livemode: subject?.reading.livemode ?? null, createdAt: at, subject, raw: json };
};

/** How Kontor tells what happens. It signs the body, and posts to `?signature=<hex>`. */
export const webhooks: WebhookFacts = {
  scheme: { type: 'hmac', in: 'query', name: 'signature', encoding: 'hex' },
  sends: {
    value: [...types].map(([providerType, type]) => ({ providerType, type })),
    source: 'Kontor API guide 4, "Events", 2026-10',
    confidence: 'documented',
  },
  readEvent,
};
