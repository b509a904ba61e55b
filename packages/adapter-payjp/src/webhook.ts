import { readWire, type EventReading, type Fact, type KnownEventType, type SentEvent, type SubjectReading, type WebhookFacts } from '@oneintent/core/adapter';
import { readPayment, readRefund, readSetup } from './read.js';
import { event } from './wire.js';

/** The kinds of object that events are about, and what PAY.JP reports of each. */
const types = {
  payment_intent: [
    'payment_intent.created', 'payment_intent.processing', 'payment_intent.requires_action', 'payment_intent.amount_capturable_updated',
    'payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled',
  ],
  setup_intent: ['setup_intent.created', 'setup_intent.requires_action', 'setup_intent.succeeded', 'setup_intent.setup_failed', 'setup_intent.canceled'],
  refund: ['refund.created', 'refund.updated', 'refund.failed'],
} as const satisfies Readonly<Record<string, readonly KnownEventType[]>>; // prettier-ignore

type Kind = keyof typeof types;

const readers: { readonly [K in Kind]: (json: unknown) => SubjectReading } = {
  payment_intent: (json) => ({ kind: 'payment_intent', reading: readPayment(json) }),
  setup_intent: (json) => ({ kind: 'setup_intent', reading: readSetup(json) }),
  refund: (json) => ({ kind: 'refund', reading: readRefund(json) }),
};

/** PAY.JP names an event after its object, for which each dialect has its own word. A refund's events are `refund.…`, although the object is a `payment_refund`. */
const kinds = {
  payment_flow: 'payment_intent',
  payment_intent: 'payment_intent',
  setup_flow: 'setup_intent',
  setup_intent: 'setup_intent',
  refund: 'refund',
  payment_refund: 'refund',
} as const satisfies Readonly<Record<string, Kind>>;

/** The object in the name of an event. A dialect names those whose events it sends. */
export type EventObject = keyof typeof kinds;

const isEventObject = (name: string): name is EventObject => Object.hasOwn(kinds, name);

type KnownEvent = SentEvent & { readonly type: KnownEventType };

const eventsOf = (object: EventObject): readonly KnownEvent[] => {
  const kind = kinds[object];
  return types[kind].map((type) => ({ providerType: `${object}${type.slice(kind.length)}`, type }));
};

const meanings: ReadonlyMap<string, KnownEventType> = new Map(
  Object.keys(kinds)
    .filter(isEventObject)
    .flatMap(eventsOf)
    .map(({ providerType, type }) => [providerType, type]),
);

/** In which dialect an old event shows its object is not published: each is read by its own name. */
const readSubject = (type: string, json: unknown): SubjectReading | null => {
  const [object = ''] = type.split('.', 1);
  if (!isEventObject(object)) return null;
  try {
    return readers[kinds[object]](json);
  } catch {
    // That something happened is worth reporting, although its object could not be read.
    return null;
  }
};

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

/**
 * How PAY.JP reports events: a bare token, so that the event itself is retrieved before it is believed. Deliveries are repeated three times, three
 * minutes apart; after that only the list of events has them. Sources: official sample (header), notes on the official guide, 2026-07 (repetitions).
 */
export const webhooksOf = (objects: readonly EventObject[], from: Pick<Fact<unknown>, 'source' | 'confidence'>): WebhookFacts => ({
  scheme: { type: 'shared_token', in: 'header', name: 'X-Payjp-Webhook-Token' },
  sends: { value: objects.flatMap(eventsOf), ...from },
  readEvent,
});
