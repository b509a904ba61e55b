import { readWire, type EventReading, type KnownEventType, type SentEvent, type SubjectReading, type WebhookFacts } from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import { readPaymentFlow } from './payment-flows/read.js';
import { readPaymentIntent } from './payment-intents/read.js';
import { readRefund, readSetup } from './read.js';
import { event } from './wire.js';

const attempted = (read: () => SubjectReading): SubjectReading | null => {
  try {
    return read();
  } catch {
    // That something happened is worth telling, although its object could not be read.
    return null;
  }
};

/** In which dialect an old event tells its object is not published: both are read, by the name of the event. */
const readSubject = (type: string, json: unknown): SubjectReading | null =>
  match(type)
    .returnType<SubjectReading | null>()
    .with(P.string.startsWith('payment_flow.'), () => attempted(() => ({ kind: 'payment_intent', reading: readPaymentFlow(json) })))
    .with(P.string.startsWith('payment_intent.'), () => attempted(() => ({ kind: 'payment_intent', reading: readPaymentIntent(json) })))
    .with(P.string.startsWith('setup_flow.'), P.string.startsWith('setup_intent.'), () => attempted(() => ({ kind: 'setup_intent', reading: readSetup(json) })))
    .with(P.string.startsWith('refund.'), P.string.startsWith('payment_refund.'), () => attempted(() => ({ kind: 'refund', reading: readRefund(json) })))
    .otherwise(() => null);

const payments = ['created', 'processing', 'requires_action', 'amount_capturable_updated', 'succeeded', 'payment_failed', 'canceled'] as const;
const setups = ['created', 'requires_action', 'succeeded', 'setup_failed', 'canceled'] as const;
const refunds = ['created', 'updated', 'failed'] as const;

/**
 * The types of events, and what they mean. Refunds are told as `refund.…`, although the object is a `payment_refund`: both names are understood.
 * Sources: notes on the official guide and a live plugin, 2026-04 to 2026-07; the names of 2025-08 are presumed from those of the objects.
 */
const meanings: ReadonlyMap<string, KnownEventType> = new Map(
  (['payment_flow', 'payment_intent'] as const)
    .flatMap((name) => payments.map((what): readonly [string, KnownEventType] => [`${name}.${what}`, `payment_intent.${what}`]))
    .concat((['setup_flow', 'setup_intent'] as const).flatMap((name) => setups.map((what): readonly [string, KnownEventType] => [`${name}.${what}`, `setup_intent.${what}`])))
    .concat((['refund', 'payment_refund'] as const).flatMap((name) => refunds.map((what): readonly [string, KnownEventType] => [`${name}.${what}`, `refund.${what}`]))),
);

/** The object is `data` itself: on a payment, `data.object` is a word. */
const subjectIn = (data: unknown): unknown => {
  const inner: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'object') : undefined;
  return typeof inner === 'object' && inner !== null ? inner : data;
};

/** An event, as a delivery, the list or the provider's command line brings it. An object that cannot be read is left out. */
export const readEvent = (json: unknown): EventReading => {
  const { id, type, livemode, data, created_at, created } = readWire(event, json);
  return { id, providerType: type, type: meanings.get(type) ?? null, livemode, createdAt: created_at ?? created, subject: readSubject(type, subjectIn(data)), raw: json };
};

const sent = (...prefixes: readonly string[]): readonly SentEvent[] =>
  [...meanings].filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))).map(([providerType, type]) => ({ providerType, type }));

/**
 * How PAY.JP tells what happens: a bare token, so that the event itself is retrieved before it is believed. Deliveries are repeated three times, three
 * minutes apart; after that only the list of events tells. Sources: official sample (header), notes on the official guide, 2026-07 (repetitions).
 */
const webhooksOf = (prefixes: readonly string[], source: string, confidence: 'third_party' | 'inferred'): WebhookFacts => ({
  scheme: { type: 'shared_token', in: 'header', name: 'X-Payjp-Webhook-Token' },
  sends: { value: sent(...prefixes), source, confidence },
  readEvent,
});

/** What PAY.JP tells of payment flows. */
export const flowWebhooks = webhooksOf(['payment_flow.', 'setup_flow.', 'refund.'], 'notes on the official guide and a live plugin, 2026-04 to 2026-07', 'third_party');

/** What PAY.JP told of payment intents, presumably. */
export const intentWebhooks = webhooksOf(['payment_intent.', 'setup_intent.', 'refund.'], 'presumed from the names of the objects of 2025-08', 'inferred');
