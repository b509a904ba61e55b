import { readWire, type EventReading, type SentEvent, type SubjectReading, type WebhookFacts } from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import type { CheckedProfile } from './profile.js';
import { intentReader, refundReader, setupReader } from './read.js';
import { sharedEvents } from './stripe-shape.js';
import { event } from './wire.js';

const attempted = (read: () => SubjectReading): SubjectReading | null => {
  try {
    return read();
  } catch {
    // That something happened is worth telling, although its object could not be read.
    return null;
  }
};

/** What a Stripe-shaped service sends of the objects that this model has. A `charge.refunded` is not among them: its object is the charge. */
const stripeEvents: readonly SentEvent[] = sharedEvents.map((type) => ({ providerType: type, type }));

/** Reads an event of the service, as a delivery or as the list brings it. An object that cannot be read is left out. */
export const eventReader = (profile: CheckedProfile) => {
  const [payment, setup, refund] = [intentReader(profile), setupReader(profile), refundReader(profile)];
  const meanings = new Map((profile.webhooks?.sends ?? stripeEvents).map(({ providerType, type }) => [providerType, type] as const));
  return (json: unknown): EventReading => {
    const { id, type, livemode, created, data } = readWire(event, json);
    const object: unknown = data?.object;
    const meaning = meanings.get(type);
    const subject = match(meaning === undefined || meaning === 'unknown' ? type : meaning)
      .returnType<SubjectReading | null>()
      .with(P.string.startsWith('payment_intent.'), () => attempted(() => ({ kind: 'payment_intent', reading: payment(object) })))
      .with(P.string.startsWith('setup_intent.'), () => attempted(() => ({ kind: 'setup_intent', reading: setup(object) })))
      .with(P.string.startsWith('refund.'), () => attempted(() => ({ kind: 'refund', reading: refund(object) })))
      .otherwise(() => null);
    return { id, providerType: type, type: meaning === undefined || meaning === 'unknown' ? null : meaning, livemode, createdAt: created, subject, raw: json };
  };
};

/** How the service tells what happens; `null` where its profile says nothing of that. */
export const webhooksOf = (profile: CheckedProfile): WebhookFacts | null =>
  profile.webhooks === null
    ? null
    : {
        scheme: profile.webhooks.scheme,
        sends: { value: profile.webhooks.sends ?? stripeEvents, source: 'event types in the official Node SDK 23.1.0, or the profile', confidence: 'documented' },
        readEvent: eventReader(profile),
      };
