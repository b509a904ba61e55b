import type { Metadata, MetadataChange } from './metadata.js';
import type { Money } from './money.js';
import type { CancellationReason, CaptureMethod, FutureUsage } from './payment-intent.js';

declare global {
  /** Provider options by provider name. Each adapter adds its own member, so they are typed wherever the adapter is imported. */
  namespace OneIntent {
    interface ProviderOptions {}
  }
}

/** Options that only one provider has, under that provider's name. Each adapter checks its own and refuses what it does not know. */
export type ProviderOptions = OneIntent.ProviderOptions;

/** `false`: the customer is present. `unscheduled` or `recurring`: they are not, and agreed to it earlier. */
export type OffSession = false | 'unscheduled' | 'recurring';

/** How hard to ask for 3-D Secure: `automatic` by the provider's rules, `any` always, `challenge` always with a challenge. */
export type ThreeDSecure = 'automatic' | 'any' | 'challenge';

/** What a confirmation may say, alone or together with a creation. */
export interface ConfirmDetails {
  /** The id of a saved or tokenised payment method. Card data never passes through here. */
  readonly paymentMethod?: string;
  readonly paymentMethodTypes?: readonly string[];
  /** Where the customer comes back to after a redirect. */
  readonly returnUrl?: string;
  readonly offSession?: OffSession;
  readonly setupFutureUsage?: FutureUsage;
  readonly threeDSecure?: ThreeDSecure;
  readonly receiptEmail?: string;
  readonly description?: string;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `paymentIntents.create`. */
export interface CreatePaymentIntent extends ConfirmDetails {
  readonly amount: Money;
  readonly customer?: string;
  /** Default `automatic`, at every provider, whatever the provider's own default is. */
  readonly captureMethod?: CaptureMethod;
  /** Whether to charge or authorise right away. Default `false`. */
  readonly confirm?: boolean;
  readonly statementDescriptor?: string;
  readonly metadata?: Metadata;
}

/** Input of `paymentIntents.confirm`. */
export interface ConfirmPaymentIntent extends ConfirmDetails {
  readonly captureMethod?: CaptureMethod;
}

/** Input of `paymentIntents.update`. What is not named stays as it is. */
export interface UpdatePaymentIntent {
  readonly amount?: Money;
  readonly customer?: string;
  readonly paymentMethod?: string;
  readonly paymentMethodTypes?: readonly string[];
  readonly captureMethod?: CaptureMethod;
  readonly returnUrl?: string;
  readonly setupFutureUsage?: FutureUsage;
  readonly threeDSecure?: ThreeDSecure;
  readonly statementDescriptor?: string;
  readonly receiptEmail?: string;
  readonly description?: string;
  readonly metadata?: MetadataChange;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `paymentIntents.capture`. */
export interface CapturePaymentIntent {
  /** How much to take; all that can be captured when left out. Capture is final: what is not taken is released. */
  readonly amount?: Money;
  readonly statementDescriptor?: string;
  readonly metadata?: MetadataChange;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `paymentIntents.cancel`. */
export interface CancelPaymentIntent {
  readonly reason?: CancellationReason;
  readonly providerOptions?: ProviderOptions;
}

/** Input of `paymentIntents.incrementAuthorization`. */
export interface IncrementAuthorization {
  /** The new total that shall be authorised, not the difference. */
  readonly amount: Money;
  readonly description?: string;
  readonly statementDescriptor?: string;
  readonly metadata?: MetadataChange;
  readonly providerOptions?: ProviderOptions;
}

/** Query of `paymentIntents.list`. A filter that the provider lacks is refused, never applied silently on our side. */
export interface ListPaymentIntents {
  /** The page's size. The provider's own default when left out. */
  readonly limit?: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly customer?: string;
  /** Only intents created at or after this time (ISO 8601). */
  readonly createdFrom?: string;
  /** Only intents created before this time (ISO 8601). */
  readonly createdBefore?: string;
}
