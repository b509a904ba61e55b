import type { Metadata, MetadataChange } from './metadata.js';
import type { OffSession, ProviderOptions, ThreeDSecure } from './payment-intent-inputs.js';
import type { CancellationReason, FutureUsage } from './payment-intent.js';

/** Input of `setupIntents.create`. */
export interface CreateSetupIntent {
  readonly customer?: string;
  /** The id of a tokenised payment method. Card data never passes through here. */
  readonly paymentMethod?: string;
  readonly paymentMethodTypes?: readonly string[];
  /** Default: the provider's own (`off_session` where it says). */
  readonly usage?: FutureUsage;
  /** The ISO 4217 code, upper case, of later payments, at providers that ask for it. */
  readonly currency?: string;
  /** Whether to save right away. Default `false`. */
  readonly confirm?: boolean;
  /** Whether the customer is absent while a method is saved with `confirm`. */
  readonly offSession?: OffSession;
  /** Where the customer comes back to after a redirect. */
  readonly returnUrl?: string;
  readonly threeDSecure?: ThreeDSecure;
  readonly description?: string;
  readonly metadata?: Metadata;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `setupIntents.update`. What is not named stays as it is. */
export interface UpdateSetupIntent {
  readonly customer?: string;
  readonly paymentMethod?: string;
  readonly paymentMethodTypes?: readonly string[];
  readonly threeDSecure?: ThreeDSecure;
  readonly description?: string;
  readonly metadata?: MetadataChange;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `setupIntents.confirm`. */
export interface ConfirmSetupIntent {
  readonly paymentMethod?: string;
  readonly returnUrl?: string;
  readonly threeDSecure?: ThreeDSecure;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `setupIntents.cancel`. */
export interface CancelSetupIntent {
  readonly reason?: CancellationReason;
  readonly providerOptions?: ProviderOptions;
}

/** Query of `setupIntents.list`. A filter that the provider lacks is refused, never applied silently on our side. */
export interface ListSetupIntents {
  /** The page's size. The provider's own default when left out. */
  readonly limit?: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly customer?: string;
  /** Only setup intents created at or after this time (ISO 8601). */
  readonly createdFrom?: string;
  /** Only setup intents created before this time (ISO 8601). */
  readonly createdBefore?: string;
}
