import type { PaymentFailure } from './failure.js';
import type { Metadata } from './metadata.js';
import type { Money } from './money.js';
import type { NextAction } from './next-action.js';
import type { SecretValue } from './secret.js';

/** The seven statuses that all providers share, in the order of a payment's life. */
export const paymentIntentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const;

/** A status that all providers share. */
export type KnownPaymentIntentStatus = (typeof paymentIntentStatuses)[number];

/** A shared status, or `unknown` for one that this version has never heard of: never turned into failed, pending or succeeded. */
export type PaymentIntentStatus = KnownPaymentIntentStatus | 'unknown';

/**
 * When authorised money is taken. `automatic`: at once. `automatic_async`: by the provider, a little later. `manual`: by your `capture`.
 * `unknown` is only ever read.
 */
export const captureMethods = ['automatic', 'automatic_async', 'manual'] as const;
export type CaptureMethod = (typeof captureMethods)[number];

/** How an intent is confirmed, in the provider's own sense. `unknown` is only ever read. */
export const confirmationMethods = ['automatic', 'manual'] as const;

/** Why an intent was canceled. Only the first four can be written, and only where the provider takes them. */
export const cancellationReasons = [
  'abandoned',
  'duplicate',
  'fraudulent',
  'requested_by_customer',
  'automatic',
  'expired',
  'failed_invoice',
  'void_invoice',
] as const;
export type CancellationReason = (typeof cancellationReasons)[number];

/** Whether the payment method may be charged again later, with (`on_session`) or without (`off_session`) the customer present. */
export const futureUsages = ['on_session', 'off_session'] as const;
export type FutureUsage = (typeof futureUsages)[number];

/** What every payment intent has, whatever its status. `null` means that the provider did not say; it never means zero or none. */
export interface PaymentIntentFacts {
  readonly object: 'payment_intent';
  /** The name of the account in your application; the first part of `ref`. */
  readonly account: string;
  /** The provider's name, such as `payjp`. */
  readonly provider: string;
  /** The provider's own id. Opaque: its form says nothing. */
  readonly id: string;
  /** `account:id`. Store this: it says by itself where the payment lives. */
  readonly ref: string;
  /** Your reference, read back from metadata; `null` where the provider has no metadata or none was given. */
  readonly reference: string | null;
  readonly livemode: boolean | null;
  readonly amount: Money;
  /** What can still be captured. */
  readonly amountCapturable: Money | null;
  /** What has been taken. */
  readonly amountReceived: Money | null;
  readonly captureMethod: CaptureMethod | 'unknown' | null;
  readonly confirmationMethod: (typeof confirmationMethods)[number] | 'unknown' | null;
  /** For the payer's browser only. Prints as `[redacted]`; leaves through `toBrowser(intent)`. */
  readonly clientSecret: SecretValue<string> | null;
  /** The customer's id, also where the provider sent the whole object. */
  readonly customer: string | null;
  /** The payment method's id, also where the provider sent the whole object. */
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[] | null;
  /** The id of the newest attempt to pay (a charge, a payment), where the provider has such objects. */
  readonly latestPayment: string | null;
  readonly description: string | null;
  readonly statementDescriptor: string | null;
  readonly receiptEmail: string | null;
  readonly setupFutureUsage: FutureUsage | 'unknown' | null;
  readonly metadata: Metadata | null;
  readonly returnUrl: string | null;
  /** ISO 8601 in UTC with milliseconds, like all times here. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** When authorised money is released by itself, and the provider's field that says so. */
  readonly authorizationExpiresAt: { readonly at: string; readonly source: string } | null;
  /** The last failed attempt. It may sit beside any status. */
  readonly lastPaymentError: PaymentFailure | null;
  /** The provider's object as it came, for what this model does not have. Prints as `[redacted]`. */
  readonly raw: SecretValue<unknown>;
}

/** One payment from its creation to its end. Branch on `status`; only the next action and the cancellation depend on it. */
export type PaymentIntent = PaymentIntentFacts &
  (
    | { readonly status: 'requires_payment_method' | 'requires_confirmation' | 'processing' | 'requires_capture' | 'succeeded' }
    | { readonly status: 'requires_action'; readonly nextAction: NextAction | null }
    | {
        readonly status: 'canceled';
        readonly canceledAt: string | null;
        readonly cancellationReason: CancellationReason | 'unknown' | null;
      }
    /** `providerStatus` is the word that the provider used. Money may or may not have moved: look at the amounts, or ask the provider. */
    | { readonly status: 'unknown'; readonly providerStatus: string; readonly nextAction: NextAction | null }
  );
