// Makes the neutral objects of what adapters parsed, for all adapters alike: amounts exact, times in ISO 8601, words that this version does not know as
// `unknown`, secrets redacted. What a parsed object leaves out has become `null` before it comes here (absent-members.ts).
import { match } from 'ts-pattern';
import type { EventTrust, LivingObject, PaymentEvent } from '../model/event.js';
import type { NeutralObjects, ObjectKind } from '../model/kinds.js';
import { knownWord } from '../model/known-word.js';
import { readMetadata } from '../model/metadata.js';
import { paymentAttemptStatuses, type PaymentAttempt } from '../model/payment-attempt.js';
import {
  cancellationReasons,
  captureMethods,
  confirmationMethods,
  futureUsages,
  paymentIntentStatuses,
  type PaymentIntent,
  type PaymentIntentFacts,
} from '../model/payment-intent.js';
import { formatRef } from '../model/ref.js';
import { refundReasons, refundStatuses, type Refund, type RefundFacts } from '../model/refund.js';
import { Secret } from '../model/secret.js';
import { setupIntentStatuses, type SetupIntent, type SetupIntentFacts } from '../model/setup-intent.js';
import { readTime } from '../model/time.js';
import { moneyReader } from './amounts.js';
import type { Limits } from './limits.js';
import type { EventReading, PaymentAttemptReading, PaymentIntentReading, Readings, RefundReading, SetupIntentReading, SubjectReading } from './readings.js';
import { redactFailure, redactNextAction } from './redact.js';
import { malformed } from './wire.js';

/** Whose object it is, and by which limits its amounts are counted. */
export interface NormalizeContext {
  readonly account: string;
  readonly adapter: { readonly provider: string };
  readonly limits: Limits;
}

/** A text without which there is no object. */
const essential = (field: string, text: string): string => (typeof text === 'string' && text !== '' ? text : malformed(field));

/** The provider's own word for the status. Even an empty one is only unknown: the object is there. */
const statusOf = ({ status }: { readonly status: string }): string => (typeof status === 'string' ? status : malformed('status'));

/** What every neutral object has, by its id. */
const identityOf = (given: string, { account, adapter: { provider } }: NormalizeContext) => {
  const id = essential('id', given);
  return { account, provider, id, ref: formatRef(account, id) };
};

const amountsOf = (parsed: { readonly currency: string; readonly scale: number | null }, { limits }: NormalizeContext): ReturnType<typeof moneyReader> =>
  moneyReader({ currency: essential('currency', parsed.currency), scale: parsed.scale }, limits);

const secretOf = (text: string | null): Secret | null => (text === null ? null : new Secret(text));

const listOf = (texts: readonly string[] | null): readonly string[] | null => (texts === null ? null : Object.freeze([...texts]));

const failureOf = (failure: PaymentIntentReading['lastPaymentError']): PaymentIntent['lastPaymentError'] => (failure === null ? null : redactFailure(failure));

/** When an authorization expires; `null` when that cannot be read. */
const expiryOf = (parsed: PaymentIntentReading['authorizationExpiresAt']): PaymentIntent['authorizationExpiresAt'] => {
  const at = readTime(parsed?.at);
  return parsed === null || at === null || typeof parsed.source !== 'string' ? null : Object.freeze({ at, source: parsed.source });
};

const normalizePaymentIntent = (parsed: PaymentIntentReading, context: NormalizeContext): PaymentIntent => {
  const { metadata, reference } = readMetadata(parsed.metadata);
  const amountOf = amountsOf(parsed, context);
  // Written out: of this many members a spread costs twice what all the rest of this function does.
  const { account, provider, id, ref } = identityOf(parsed.id, context);
  const facts: PaymentIntentFacts = {
    object: 'payment_intent',
    account,
    provider,
    id,
    ref,
    reference,
    livemode: parsed.livemode,
    amount: amountOf(parsed.amount) ?? malformed('amount'),
    amountCapturable: amountOf(parsed.amountCapturable),
    amountReceived: amountOf(parsed.amountReceived),
    captureMethod: knownWord(captureMethods, parsed.captureMethod),
    confirmationMethod: knownWord(confirmationMethods, parsed.confirmationMethod),
    clientSecret: secretOf(parsed.clientSecret),
    customer: parsed.customer,
    paymentMethod: parsed.paymentMethod,
    paymentMethodTypes: listOf(parsed.paymentMethodTypes),
    latestPayment: parsed.latestPayment,
    description: parsed.description,
    statementDescriptor: parsed.statementDescriptor,
    receiptEmail: parsed.receiptEmail,
    setupFutureUsage: knownWord(futureUsages, parsed.setupFutureUsage),
    metadata,
    returnUrl: parsed.returnUrl,
    createdAt: readTime(parsed.createdAt),
    updatedAt: readTime(parsed.updatedAt),
    authorizationExpiresAt: expiryOf(parsed.authorizationExpiresAt),
    lastPaymentError: failureOf(parsed.lastPaymentError),
    raw: new Secret(parsed.raw),
  };
  const providerStatus = statusOf(parsed);
  return Object.freeze(
    match(knownWord(paymentIntentStatuses, providerStatus) ?? 'unknown')
      .returnType<PaymentIntent>()
      .with('requires_action', (status) => Object.assign(facts, { status, nextAction: redactNextAction(parsed.nextAction) }))
      .with('canceled', (status) =>
        Object.assign(facts, { status, canceledAt: readTime(parsed.canceledAt), cancellationReason: knownWord(cancellationReasons, parsed.cancellationReason) }),
      )
      .with('unknown', (status) => Object.assign(facts, { status, providerStatus, nextAction: redactNextAction(parsed.nextAction) }))
      .otherwise((status) => Object.assign(facts, { status })),
  );
};

const normalizeSetupIntent = (parsed: SetupIntentReading, context: NormalizeContext): SetupIntent => {
  const { metadata, reference } = readMetadata(parsed.metadata);
  const facts: SetupIntentFacts = {
    object: 'setup_intent',
    ...identityOf(parsed.id, context),
    reference,
    livemode: parsed.livemode,
    clientSecret: secretOf(parsed.clientSecret),
    customer: parsed.customer,
    paymentMethod: parsed.paymentMethod,
    paymentMethodTypes: listOf(parsed.paymentMethodTypes),
    usage: knownWord(futureUsages, parsed.usage),
    description: parsed.description,
    metadata,
    returnUrl: parsed.returnUrl,
    createdAt: readTime(parsed.createdAt),
    updatedAt: readTime(parsed.updatedAt),
    lastSetupError: failureOf(parsed.lastSetupError),
    raw: new Secret(parsed.raw),
  };
  const providerStatus = statusOf(parsed);
  return Object.freeze(
    match(knownWord(setupIntentStatuses, providerStatus) ?? 'unknown')
      .returnType<SetupIntent>()
      .with('requires_action', (status) => ({ ...facts, status, nextAction: redactNextAction(parsed.nextAction) }))
      .with('canceled', (status) => ({
        ...facts,
        status,
        canceledAt: readTime(parsed.canceledAt),
        cancellationReason: knownWord(cancellationReasons, parsed.cancellationReason),
      }))
      .with('unknown', (status) => ({ ...facts, status, providerStatus, nextAction: redactNextAction(parsed.nextAction) }))
      .otherwise((status) => ({ ...facts, status })),
  );
};

const normalizeRefund = (parsed: RefundReading, context: NormalizeContext): Refund => {
  const { metadata, reference } = readMetadata(parsed.metadata);
  const facts: RefundFacts = {
    object: 'refund',
    ...identityOf(parsed.id, context),
    reference,
    livemode: parsed.livemode,
    amount: amountsOf(parsed, context)(parsed.amount) ?? malformed('amount'),
    paymentIntent: parsed.paymentIntent,
    payment: parsed.payment,
    reason: knownWord(refundReasons, parsed.reason),
    metadata,
    createdAt: readTime(parsed.createdAt),
    updatedAt: readTime(parsed.updatedAt),
    raw: new Secret(parsed.raw),
  };
  return Object.freeze(
    match(knownWord(refundStatuses, parsed.status) ?? 'unknown')
      .returnType<Refund>()
      .with('pending', (status) => ({ ...facts, status, pendingReason: parsed.pendingReason }))
      .with('failed', (status) => ({ ...facts, status, failureReason: parsed.failureReason }))
      .with('unknown', (status) => ({ ...facts, status, providerStatus: parsed.status }))
      .otherwise((status) => ({ ...facts, status })),
  );
};

/** What the provider keeps; `null` when that cannot be read: a payment is not lost for its fee. */
const feeOf = (fee: PaymentAttemptReading['fee'], context: NormalizeContext): PaymentAttempt['fee'] =>
  fee === null || typeof fee.currency !== 'string' ? null : amountsOf(fee, context)(fee.amount);

const normalizePaymentAttempt = (parsed: PaymentAttemptReading, context: NormalizeContext): PaymentAttempt => {
  const amountOf = amountsOf(parsed, context);
  const status = statusOf(parsed);
  return Object.freeze({
    object: 'payment_attempt',
    ...identityOf(parsed.id, context),
    livemode: parsed.livemode,
    status: knownWord(paymentAttemptStatuses, status) ?? 'unknown',
    providerStatus: parsed.detailedStatus ?? status,
    paymentIntent: parsed.paymentIntent,
    amount: amountOf(parsed.amount) ?? malformed('amount'),
    amountCaptured: amountOf(parsed.amountCaptured),
    amountRefunded: amountOf(parsed.amountRefunded),
    fee: feeOf(parsed.fee, context),
    failure: failureOf(parsed.failure),
    paymentMethodType: parsed.paymentMethodType,
    card: parsed.card === null ? null : Object.freeze({ ...parsed.card }),
    authorizationExpiresAt: expiryOf(parsed.authorizationExpiresAt),
    createdAt: readTime(parsed.createdAt),
    updatedAt: readTime(parsed.updatedAt),
    raw: new Secret(parsed.raw),
  });
};

const normalizeSubject = (subject: SubjectReading, context: NormalizeContext): LivingObject | null => {
  try {
    return match(subject)
      .returnType<LivingObject>()
      .with({ kind: 'payment_intent' }, ({ reading }) => normalizePaymentIntent(reading, context))
      .with({ kind: 'setup_intent' }, ({ reading }) => normalizeSetupIntent(reading, context))
      .with({ kind: 'refund' }, ({ reading }) => normalizeRefund(reading, context))
      .exhaustive();
  } catch {
    // That something happened is worth reporting, although the object could not be read: it can be retrieved.
    return null;
  }
};

/**
 * The neutral PaymentEvent of what an adapter parsed, trusted as far as `trust` says. A subject that cannot be read is left out.
 * @throws as `readWire` when the id or the provider's type is missing.
 */
export const normalizeEvent = (parsed: EventReading, context: NormalizeContext, trust: EventTrust): PaymentEvent =>
  Object.freeze({
    object: 'event',
    ...identityOf(parsed.id, context),
    type: parsed.type ?? 'unknown',
    providerType: essential('type', parsed.providerType),
    livemode: parsed.livemode,
    createdAt: readTime(parsed.createdAt),
    subject: parsed.subject === null ? null : normalizeSubject(parsed.subject, context),
    trust,
    raw: new Secret(parsed.raw),
  });

const byKind: { readonly [T in ObjectKind]: (parsed: Readings[T], context: NormalizeContext) => NeutralObjects[T] } = {
  payment_intent: normalizePaymentIntent,
  setup_intent: normalizeSetupIntent,
  refund: normalizeRefund,
  payment_attempt: normalizePaymentAttempt,
  event: (parsed, context) => normalizeEvent(parsed, context, 'retrieved'),
};

/**
 * The neutral object of what an adapter parsed, by its kind. A missing id, status, currency or amount is an error (a refund may have no status); everything else
 * that is missing or unknown is tolerated.
 * @throws as `readWire` when an essential is missing, or an amount cannot be represented exactly.
 */
export const normalize = <T extends ObjectKind>(kind: T, parsed: Readings[T], context: NormalizeContext): NeutralObjects[T] => byKind[kind](parsed, context);
