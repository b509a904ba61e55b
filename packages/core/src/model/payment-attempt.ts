import type { PaymentFailure } from './failure.js';
import type { Money } from './money.js';
import type { SecretValue } from './secret.js';

/** The statuses of an attempt that providers share. */
export const paymentAttemptStatuses = ['pending', 'succeeded', 'failed'] as const;

/** A shared status, or `unknown` for one that this version has never heard of. */
export type PaymentAttemptStatus = (typeof paymentAttemptStatuses)[number] | 'unknown';

/** What a receipt may say about a card. `null` means that the provider did not say. */
export interface CardSummary {
  /** The provider's own word, such as `visa`. */
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiryMonth: number | null;
  readonly expiryYear: number | null;
  /** The provider's own word, such as `credit`. */
  readonly funding: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
}

/** The attempt to pay behind an intent: a charge, a payment. It says what an intent does not: what was captured, what went back, why it failed. Only read. */
export interface PaymentAttempt {
  readonly object: 'payment_attempt';
  /** The name of the account in your application; the first part of `ref`. */
  readonly account: string;
  readonly provider: string;
  /** The provider's own id: the `latestPayment` of an intent. */
  readonly id: string;
  /** `account:id`. */
  readonly ref: string;
  readonly livemode: boolean | null;
  /** A manual capture's attempt is `succeeded` once it is authorised: look at `amountCaptured`. */
  readonly status: PaymentAttemptStatus;
  /** The word that the provider used; its finer one where it has two. */
  readonly providerStatus: string | null;
  readonly paymentIntent: string | null;
  readonly amount: Money;
  readonly amountCaptured: Money | null;
  readonly amountRefunded: Money | null;
  /** What the provider keeps, in the currency in which it settles; `null` where it does not say. */
  readonly fee: Money | null;
  /** Why it failed, with the network's raw codes; `null` when it did not. */
  readonly failure: PaymentFailure | null;
  /** The provider's own word, such as `card`. */
  readonly paymentMethodType: string | null;
  readonly card: CardSummary | null;
  /** When authorised money is released by itself, and the provider's field that says so. */
  readonly authorizationExpiresAt: { readonly at: string; readonly source: string } | null;
  /** ISO 8601 in UTC with milliseconds, like all times here. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The provider's object as it came, for what this model does not have. Prints as `[redacted]`. */
  readonly raw: SecretValue<unknown>;
}
