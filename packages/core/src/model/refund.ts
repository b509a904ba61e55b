import type { Metadata } from './metadata.js';
import type { Money } from './money.js';
import type { SecretValue } from './secret.js';

/** The five statuses that all providers share. */
export const refundStatuses = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;

/** A status that all providers share. */
export type KnownRefundStatus = (typeof refundStatuses)[number];

/** A shared status, or `unknown` for one that is missing or that this version has never heard of: never turned into failed, pending or succeeded. */
export type RefundStatus = KnownRefundStatus | 'unknown';

/** Why money goes back. Only the first three can be written, and only where the provider takes them. */
export const refundReasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'expired_uncaptured_charge'] as const;
export type RefundReason = (typeof refundReasons)[number];

/** What every refund has, whatever its status. `null` means that the provider did not say. */
export interface RefundFacts {
  readonly object: 'refund';
  /** The name of the account in your application; the first part of `ref`. */
  readonly account: string;
  readonly provider: string;
  /** The provider's own id. Opaque: its form says nothing. */
  readonly id: string;
  /** `account:id`. */
  readonly ref: string;
  /** Your reference, read back from metadata; `null` where the provider has no metadata or none was given. */
  readonly reference: string | null;
  readonly livemode: boolean | null;
  readonly amount: Money;
  /** The id of the payment intent whose money goes back. */
  readonly paymentIntent: string | null;
  /** The id of the payment attempt (a charge, a payment), where the provider has such objects. */
  readonly payment: string | null;
  readonly reason: RefundReason | 'unknown' | null;
  readonly metadata: Metadata | null;
  /** ISO 8601 in UTC with milliseconds, like all times here. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The provider's object as it came, for what this model does not have. Prints as `[redacted]`. */
  readonly raw: SecretValue<unknown>;
}

/** Money on its way back to the customer. It is certain only when `succeeded`, and even then a bank may return it: `failed` follows later. */
export type Refund = RefundFacts &
  (
    | { readonly status: 'requires_action' | 'succeeded' | 'canceled' }
    /** `pendingReason` is the provider's own word. */
    | { readonly status: 'pending'; readonly pendingReason: string | null }
    /** `failureReason` is the provider's own word. The money is back at the merchant. */
    | { readonly status: 'failed'; readonly failureReason: string | null }
    /** `providerStatus` is the word that the provider used; `null` when it used none. Poll: money may or may not have gone back. */
    | { readonly status: 'unknown'; readonly providerStatus: string | null }
  );
