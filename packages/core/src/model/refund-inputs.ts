import type { Metadata, MetadataChange } from './metadata.js';
import type { Money } from './money.js';
import type { ProviderOptions } from './payment-intent-inputs.js';
import type { RefundReason } from './refund.js';

/** Input of `refunds.create`. */
export interface CreateRefund {
  /** How much goes back; all that has not gone back yet when left out. */
  readonly amount?: Money;
  readonly reason?: RefundReason;
  readonly metadata?: Metadata;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `refunds.update`. */
export interface UpdateRefund {
  /** A value sets a key, `null` deletes it, what is not named stays as it is. */
  readonly metadata: MetadataChange;
}

/** Query of `refunds.list`. A filter that the provider lacks is refused, never applied silently on our side. */
export interface ListRefunds {
  /** The page's size. The provider's own default when left out. */
  readonly limit?: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  /** Only refunds of the payment intent with this id of the provider's. */
  readonly paymentIntent?: string;
  /** Only refunds created at or after this time (ISO 8601). */
  readonly createdFrom?: string;
  /** Only refunds created before this time (ISO 8601). */
  readonly createdBefore?: string;
}
