// An adapter in JavaScript, or one that was written before a member was added, leaves members out. Here, and only here, they become `null`: before anything else of
// the core sees what an adapter parsed, so that no rule has to know two forms of "the provider did not say".
import type { CardSummary } from '../model/payment-attempt.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import {
  noFailure,
  type ErrorReading,
  type EventReading,
  type FailureReading,
  type NextActionReading,
  type PageReading,
  type PaymentAttemptReading,
  type PaymentIntentReading,
  type Readings,
  type RefundReading,
  type SetupIntentReading,
  type SubjectReading,
} from './readings.js';

/** The members of a parsed object that may be `null`. One that a table below lacks does not compile. */
type Absent<R> = { readonly [M in keyof R as null extends R[M] ? M : never]: null };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Fills one kind of parsed object. It is copied only where something is missing, and what is no object is left to whoever reads it. */
const filling = <R extends object>(absent: Absent<R>) => {
  const members = Object.keys(absent);
  return (parsed: R): R => {
    if (!isObject(parsed) || members.every((member) => Reflect.get(parsed, member) !== undefined)) return parsed;
    const present = Object.entries(parsed).filter(([, value]) => value !== undefined);
    // The members that were missing are those that may be null, and the others are as they were.
    return { ...absent, ...Object.fromEntries(present) } as unknown as R;
  };
};

/** The same object with some members replaced; itself where none differs. */
const replaced = <R extends object>(parsed: R, members: Partial<R>): R =>
  Object.entries(members).every(([member, value]) => Reflect.get(parsed, member) === value) ? parsed : { ...parsed, ...members };

const orNull = <T>(fill: (parsed: T) => T) => (parsed: T | null): T | null => (parsed === null ? null : fill(parsed));

const fillFailure = filling<FailureReading>({ advice: null, message: null, providerCode: null, declineCode: null, networkDeclineCode: null, networkAdviceCode: null });

type ActionOf<T extends NextActionReading['type']> = Extract<NextActionReading, { readonly type: T }>;

const fillActions: { readonly [T in NextActionReading['type']]: (parsed: ActionOf<T>) => ActionOf<T> } = {
  redirect: filling<ActionOf<'redirect'>>({ returnUrl: null }),
  provider_sdk: filling<ActionOf<'provider_sdk'>>({ data: null }),
  three_d_secure: filling<ActionOf<'three_d_secure'>>({ flow: null, data: null }),
  display: filling<ActionOf<'display'>>({ data: null }),
  opaque: filling<ActionOf<'opaque'>>({ providerType: null, data: null }),
};

const fillAction = (parsed: NextActionReading): NextActionReading => {
  const fill: ((action: never) => NextActionReading) | undefined = isObject(parsed) && Object.hasOwn(fillActions, parsed.type) ? fillActions[parsed.type] : undefined;
  // The action has the type by which its function was found.
  return fill === undefined ? parsed : fill(parsed as never);
};

const fillCard = filling<CardSummary>({ brand: null, last4: null, expiryMonth: null, expiryYear: null, funding: null, country: null });
const fillFee = filling<NonNullable<PaymentAttemptReading['fee']>>({ scale: null });

const ownIntent = filling<PaymentIntentReading>({
  scale: null,
  amountCapturable: null,
  amountReceived: null,
  livemode: null,
  captureMethod: null,
  confirmationMethod: null,
  clientSecret: null,
  customer: null,
  paymentMethod: null,
  paymentMethodTypes: null,
  latestPayment: null,
  description: null,
  statementDescriptor: null,
  receiptEmail: null,
  setupFutureUsage: null,
  metadata: null,
  returnUrl: null,
  createdAt: null,
  updatedAt: null,
  authorizationExpiresAt: null,
  nextAction: null,
  canceledAt: null,
  cancellationReason: null,
  lastPaymentError: null,
  raw: null,
});

const ownSetup = filling<SetupIntentReading>({
  livemode: null,
  clientSecret: null,
  customer: null,
  paymentMethod: null,
  paymentMethodTypes: null,
  usage: null,
  description: null,
  metadata: null,
  returnUrl: null,
  createdAt: null,
  updatedAt: null,
  nextAction: null,
  canceledAt: null,
  cancellationReason: null,
  lastSetupError: null,
  raw: null,
});

const ownAttempt = filling<PaymentAttemptReading>({
  detailedStatus: null,
  scale: null,
  amountCaptured: null,
  amountRefunded: null,
  fee: null,
  livemode: null,
  paymentIntent: null,
  failure: null,
  paymentMethodType: null,
  card: null,
  authorizationExpiresAt: null,
  createdAt: null,
  updatedAt: null,
  raw: null,
});

const ownEvent = filling<EventReading>({ type: null, livemode: null, createdAt: null, subject: null, raw: null });

/** A member of an object that has others of its own: what is no object has none to fill. */
const within = <R extends object>(own: (parsed: R) => R, members: (parsed: R) => Partial<R>) => (parsed: R): R => {
  if (!isObject(parsed)) return parsed;
  const filled = own(parsed);
  return replaced(filled, members(filled));
};

const fillKinds: { readonly [T in keyof Readings]: (parsed: Readings[T]) => Readings[T] } = {
  payment_intent: within(ownIntent, ({ nextAction, lastPaymentError }) => ({ nextAction: orNull(fillAction)(nextAction), lastPaymentError: orNull(fillFailure)(lastPaymentError) })),
  setup_intent: within(ownSetup, ({ nextAction, lastSetupError }) => ({ nextAction: orNull(fillAction)(nextAction), lastSetupError: orNull(fillFailure)(lastSetupError) })),
  refund: filling<RefundReading>({
    status: null,
    scale: null,
    livemode: null,
    paymentIntent: null,
    payment: null,
    reason: null,
    pendingReason: null,
    failureReason: null,
    metadata: null,
    createdAt: null,
    updatedAt: null,
    raw: null,
  }),
  payment_attempt: within(ownAttempt, ({ fee, failure, card }) => ({ fee: orNull(fillFee)(fee), failure: orNull(fillFailure)(failure), card: orNull(fillCard)(card) })),
  event: within(ownEvent, ({ subject }) => ({ subject: orNull(fillSubject)(subject) })),
};

const fillSubject = (subject: SubjectReading): SubjectReading => {
  if (!isObject(subject) || !Object.hasOwn(fillKinds, subject.kind)) return subject;
  const fill: (parsed: never) => SubjectReading['reading'] = fillKinds[subject.kind];
  // The subject has the kind by which its function was found.
  return { ...subject, reading: fill(subject.reading as never) } as SubjectReading;
};

/** An event that an adapter parsed, with `null` for every member that it left out. */
export const fillEvent = (parsed: EventReading): EventReading => fillKinds.event(parsed);

/** What an operation's `response` parsed, with `null` for every member that it left out. */
export const fillParsed = (operation: OperationName, parsed: unknown): unknown => {
  const { result, page } = operationDefinitions[operation];
  if (parsed === undefined || parsed === null) return null;
  // The operation's definition says of which kind its objects are.
  const fill = fillKinds[result] as (object: unknown) => unknown;
  if (!page) return fill(parsed);
  const { items, hasMore, nextCursor = null } = parsed as PageReading<unknown>;
  return { ...parsed, items: items.map((item) => fill(item)), hasMore: hasMore === true, nextCursor };
};

const fillFault = filling<Extract<ErrorReading, { readonly kind: 'fault' }>>({ providerCode: null, message: null, field: null });
const fillDeclined = filling<Extract<ErrorReading, { readonly kind: 'declined' }>>({ intent: null, id: null, providerCode: null, message: null });

/** What `readError` parsed, with `null` for every member that it left out. A decline that says nothing of its failure has an unknown one. */
export const fillError = (operation: OperationName, parsed: ErrorReading): ErrorReading => {
  if (!isObject(parsed) || (parsed.kind !== 'fault' && parsed.kind !== 'declined')) return parsed;
  if (parsed.kind === 'fault') return fillFault(parsed);
  const { result } = operationDefinitions[operation];
  const declined = fillDeclined(parsed);
  const { intent } = declined;
  const failure = isObject(declined.failure) ? fillFailure(declined.failure) : noFailure;
  if (intent === null || (result !== 'payment_intent' && result !== 'setup_intent')) return replaced(declined, { failure });
  // The intent is of the kind that the operation returns.
  const fill: (object: never) => PaymentIntentReading | SetupIntentReading = fillKinds[result];
  return replaced(declined, { failure, intent: fill(intent as never) });
};
