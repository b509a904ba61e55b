import type { PaymentFailure } from './failure.js';
import type { Metadata } from './metadata.js';
import type { NextAction } from './next-action.js';
import type { CancellationReason, FutureUsage } from './payment-intent.js';
import type { SecretValue } from './secret.js';

/** The six statuses that all providers share, in the order of a setup's life. */
export const setupIntentStatuses = ['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'succeeded', 'canceled'] as const;

/** A status that all providers share. */
export type KnownSetupIntentStatus = (typeof setupIntentStatuses)[number];

/** A shared status, or `unknown` for one that this version has never heard of: never turned into failed, pending or succeeded. */
export type SetupIntentStatus = KnownSetupIntentStatus | 'unknown';

/** What every setup intent has, whatever its status. `null` means that the provider did not say. */
export interface SetupIntentFacts {
  readonly object: 'setup_intent';
  /** The name of the account in your application; the first part of `ref`. */
  readonly account: string;
  readonly provider: string;
  /** The provider's own id. Opaque: its form says nothing. */
  readonly id: string;
  /** `account:id`. Store this: it says by itself where the setup lives. */
  readonly ref: string;
  /** Your reference, read back from metadata; `null` where the provider has no metadata or none was given. */
  readonly reference: string | null;
  readonly livemode: boolean | null;
  /** For the customer's browser only. Prints as `[redacted]`; leaves through `toBrowser(setupIntent)`. */
  readonly clientSecret: SecretValue<string> | null;
  /** The customer's id, also where the provider sent the whole object. */
  readonly customer: string | null;
  /** The saved payment method's id, also where the provider sent the whole object. */
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[] | null;
  /** Whether the method may be charged later with (`on_session`) or without (`off_session`) the customer; `null` where the provider does not echo it. */
  readonly usage: FutureUsage | 'unknown' | null;
  readonly description: string | null;
  readonly metadata: Metadata | null;
  readonly returnUrl: string | null;
  /** ISO 8601 in UTC with milliseconds, like all times here. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The last failed attempt to save. It may sit beside any status. */
  readonly lastSetupError: PaymentFailure | null;
  /** The provider's object as it came, for what this model does not have. Prints as `[redacted]`. */
  readonly raw: SecretValue<unknown>;
}

/** The saving of a payment method for later, from its creation to its end. No money moves. Branch on `status`. */
export type SetupIntent = SetupIntentFacts &
  (
    | { readonly status: 'requires_payment_method' | 'requires_confirmation' | 'processing' | 'succeeded' }
    | { readonly status: 'requires_action'; readonly nextAction: NextAction | null }
    | {
        readonly status: 'canceled';
        readonly canceledAt: string | null;
        readonly cancellationReason: CancellationReason | 'unknown' | null;
      }
    /** `providerStatus` is the word that the provider used. */
    | { readonly status: 'unknown'; readonly providerStatus: string; readonly nextAction: NextAction | null }
  );
