import type { FailureAdvice, FailureReason, PaymentFailure } from '../model/failure.js';
import type { KnownEventType } from '../model/event.js';
import type { CardSummary } from '../model/payment-attempt.js';
import type { ResultKind, OperationName, PageOperation } from '../operations/index.js';

/** What a failure says, in neutral words where the adapter knows them and raw beside it. */
export type FailureReading = PaymentFailure;

/** A failure of which nothing is known yet; an adapter names what it knows: `{ ...noFailure, reason: 'expired_card' }`. */
export const noFailure: FailureReading & { readonly reason: FailureReason; readonly advice: FailureAdvice | null } = Object.freeze({
  reason: 'unknown',
  advice: null,
  message: null,
  providerCode: null,
  declineCode: null,
  networkDeclineCode: null,
  networkAdviceCode: null,
});

/** A next action as an adapter read it. The core makes its contents secret. */
export type NextActionReading =
  | { readonly type: 'redirect'; readonly url: string; readonly returnUrl: string | null }
  | { readonly type: 'provider_sdk'; readonly data: unknown }
  | { readonly type: 'three_d_secure'; readonly flow: string | null; readonly data: unknown }
  | { readonly type: 'display'; readonly kind: string; readonly data: unknown }
  | { readonly type: 'opaque'; readonly providerType: string | null; readonly data: unknown };

/**
 * A payment intent as an adapter read it off the wire: flat, in the provider's own units and words. The core makes the neutral PaymentIntent of it:
 * amounts by the currency's exponent, times in ISO 8601, words that it does not know as `unknown`, secrets sealed. Every field must be named; `null`
 * says that the provider does not have it.
 */
export interface PaymentIntentReading {
  readonly id: string;
  readonly status: string;
  /** In the provider's units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  /** The number of decimal digits that the provider itself says its amounts have. */
  readonly scale: number | null;
  readonly amountCapturable: number | null;
  readonly amountReceived: number | null;
  readonly livemode: boolean | null;
  readonly captureMethod: string | null;
  readonly confirmationMethod: string | null;
  readonly clientSecret: string | null;
  readonly customer: string | null;
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[] | null;
  readonly latestPayment: string | null;
  readonly description: string | null;
  readonly statementDescriptor: string | null;
  readonly receiptEmail: string | null;
  readonly setupFutureUsage: string | null;
  /** As it came; the core reads it leniently and without prototypes. */
  readonly metadata: unknown;
  readonly returnUrl: string | null;
  /** ISO 8601 with any offset, or Unix seconds; unreadable times become `null`. */
  readonly createdAt: string | number | null;
  readonly updatedAt: string | number | null;
  readonly authorizationExpiresAt: { readonly at: string | number; readonly source: string } | null;
  readonly nextAction: NextActionReading | null;
  readonly canceledAt: string | number | null;
  readonly cancellationReason: string | null;
  readonly lastPaymentError: FailureReading | null;
  /** The provider's object as it came. */
  readonly raw: unknown;
}

/** A setup intent as an adapter read it. Read like {@link PaymentIntentReading}. */
export interface SetupIntentReading {
  readonly id: string;
  readonly status: string;
  readonly livemode: boolean | null;
  readonly clientSecret: string | null;
  readonly customer: string | null;
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[] | null;
  readonly usage: string | null;
  readonly description: string | null;
  readonly metadata: unknown;
  readonly returnUrl: string | null;
  readonly createdAt: string | number | null;
  readonly updatedAt: string | number | null;
  readonly nextAction: NextActionReading | null;
  readonly canceledAt: string | number | null;
  readonly cancellationReason: string | null;
  readonly lastSetupError: FailureReading | null;
  readonly raw: unknown;
}

/** A refund as an adapter read it. Read like {@link PaymentIntentReading}; a provider may leave the status out. */
export interface RefundReading {
  readonly id: string;
  readonly status: string | null;
  /** In the provider's units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly scale: number | null;
  readonly livemode: boolean | null;
  readonly paymentIntent: string | null;
  readonly payment: string | null;
  readonly reason: string | null;
  readonly pendingReason: string | null;
  readonly failureReason: string | null;
  readonly metadata: unknown;
  readonly createdAt: string | number | null;
  readonly updatedAt: string | number | null;
  readonly raw: unknown;
}

/** A payment attempt as an adapter read it. Read like {@link PaymentIntentReading}. */
export interface PaymentAttemptReading {
  readonly id: string;
  readonly status: string;
  /** The provider's finer word, where it has two. */
  readonly detailedStatus: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly scale: number | null;
  readonly amountCaptured: number | null;
  readonly amountRefunded: number | null;
  /** In the units of its own currency, which need not be the payment's. */
  readonly fee: { readonly amount: number; readonly currency: string; readonly scale: number | null } | null;
  readonly livemode: boolean | null;
  readonly paymentIntent: string | null;
  readonly failure: FailureReading | null;
  readonly paymentMethodType: string | null;
  readonly card: CardSummary | null;
  readonly authorizationExpiresAt: { readonly at: string | number; readonly source: string } | null;
  readonly createdAt: string | number | null;
  readonly updatedAt: string | number | null;
  readonly raw: unknown;
}

/** What an event is about, as an adapter read it. */
export type SubjectReading =
  | { readonly kind: 'payment_intent'; readonly reading: PaymentIntentReading }
  | { readonly kind: 'setup_intent'; readonly reading: SetupIntentReading }
  | { readonly kind: 'refund'; readonly reading: RefundReading };

/** An event as an adapter read it. */
export interface EventReading {
  readonly id: string;
  /** The provider's own word. */
  readonly providerType: string;
  /** What that means here; `null` when it is none of the shared types. */
  readonly type: KnownEventType | null;
  readonly livemode: boolean | null;
  readonly createdAt: string | number | null;
  /** `null` for an object that this model does not have, or that could not be read. */
  readonly subject: SubjectReading | null;
  readonly raw: unknown;
}

/** A page as an adapter read it. */
export interface PageReading<T = PaymentIntentReading> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  /** What the provider wants to see for the next page, in its own form. */
  readonly nextCursor: string | null;
}

/** The reading of each kind of object. */
export interface Readings {
  readonly payment_intent: PaymentIntentReading;
  readonly setup_intent: SetupIntentReading;
  readonly refund: RefundReading;
  readonly payment_attempt: PaymentAttemptReading;
  readonly event: EventReading;
}

/** What an adapter's `response` gives for each operation. */
export type ReadingOf<K extends OperationName> = K extends PageOperation ? PageReading<Readings[ResultKind<K>]> : Readings[ResultKind<K>];

/** The codes that an adapter may give to a fault. */
export type FaultCode =
  | 'invalid_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'invalid_state'
  | 'idempotency_key_reused'
  | 'idempotency_in_progress'
  | 'rate_limited'
  | 'provider_unavailable';

/** What an adapter makes of an answer that is not a success. Data: what to do about it is the core's business. */
export type ErrorReading =
  /** The payment, or the saving of a method, was declined. `intent` where the answer carries it (of the operation's own kind), else `id` where it carries that. */
  | {
      readonly kind: 'declined';
      readonly failure: FailureReading;
      readonly intent: PaymentIntentReading | SetupIntentReading | null;
      readonly id: string | null;
      readonly providerCode: string | null;
      readonly message: string | null;
    }
  /** Anything else that the provider says in its own format. */
  | {
      readonly kind: 'fault';
      readonly code: FaultCode;
      readonly providerCode: string | null;
      readonly message: string | null;
      /** The provider's name of the field at fault. */
      readonly field: string | null;
      /** What to do about it, where the adapter knows more than the code says. */
      readonly hint?: string;
    }
  /** Not in the provider's format: a proxy, a gateway, an empty body. It proves nothing about what the provider did. */
  | { readonly kind: 'unrecognised' };
