import { match } from 'ts-pattern';
import type { EventTrust, LivingObject, PaymentEvent } from '../model/event.js';
import { formatRef } from '../model/ref.js';
import { Secret } from '../model/secret.js';
import { readTime } from '../model/time.js';
import { completePaymentAttempt } from './complete-attempt.js';
import { completeRefund } from './complete-refund.js';
import { completeSetupIntent } from './complete-setup-intent.js';
import { completePaymentIntent, type CompletionContext } from './complete.js';
import type { NeutralObjects, ObjectKind } from '../model/kinds.js';
import type { EventReading, Readings, SubjectReading } from './readings.js';

const completeSubject = (subject: SubjectReading, context: CompletionContext): LivingObject | null => {
  try {
    return match(subject)
      .returnType<LivingObject>()
      .with({ kind: 'payment_intent' }, ({ reading }) => completePaymentIntent(reading, context))
      .with({ kind: 'setup_intent' }, ({ reading }) => completeSetupIntent(reading, context))
      .with({ kind: 'refund' }, ({ reading }) => completeRefund(reading, context))
      .exhaustive();
  } catch {
    // That something happened is worth telling, although what it happened to could not be read: it can be retrieved.
    return null;
  }
};

/** The neutral PaymentEvent of an adapter's reading, believed as far as `trust` says. A subject that cannot be read is left out. */
export const completeEvent = (reading: EventReading, context: CompletionContext, trust: EventTrust): PaymentEvent =>
  Object.freeze({
    object: 'event',
    account: context.account,
    provider: context.adapter.provider,
    id: reading.id,
    ref: formatRef(context.account, reading.id),
    type: reading.type ?? 'unknown',
    providerType: reading.providerType,
    livemode: reading.livemode,
    createdAt: readTime(reading.createdAt),
    subject: reading.subject === null ? null : completeSubject(reading.subject, context),
    trust,
    raw: new Secret(reading.raw),
  });

const completions: { readonly [T in ObjectKind]: (reading: Readings[T], context: CompletionContext) => NeutralObjects[T] } = {
  payment_intent: completePaymentIntent,
  setup_intent: completeSetupIntent,
  refund: completeRefund,
  payment_attempt: completePaymentAttempt,
  event: (reading, context) => completeEvent(reading, context, 'retrieved'),
};

/**
 * The neutral object of an adapter's reading, by its kind.
 * @throws as `readWire` when an essential is missing.
 */
export const complete = <T extends ObjectKind>(kind: T, reading: Readings[T], context: CompletionContext): NeutralObjects[T] => completions[kind](reading, context);
