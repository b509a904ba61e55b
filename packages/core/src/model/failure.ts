/** Why a payment did not go through, in words that all providers share. A reason that this version does not know is read as `unknown`. */
export const failureReasons = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'incorrect_number',
  'invalid_expiry',
  'do_not_honor',
  'fraudulent',
  'lost_or_stolen_card',
  'authentication_required',
  'authentication_failed',
  'processing_error',
  'limit_exceeded',
  'not_supported',
  'test_card_in_live_mode',
  'unknown',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** What to do about a failure, where the provider or the network says so. Advice that this version does not know is read as `null`. */
export const failureAdvices = ['retry_later', 'do_not_retry', 'confirm_card_data', 'authenticate'] as const;
export type FailureAdvice = (typeof failureAdvices)[number];

/**
 * A failed attempt to pay. It is a value, not an exception: it sits on the intent as `lastPaymentError`, or on a `payment_declined` error when
 * there is no intent to return.
 */
export interface PaymentFailure {
  readonly reason: FailureReason;
  /** What the provider or the card network advises, when it does. */
  readonly advice: FailureAdvice | null;
  /** The provider's sentence, scrubbed of card numbers. Providers write it for the payer. */
  readonly message: string | null;
  /** The provider's own codes, as they came. */
  readonly providerCode: string | null;
  readonly declineCode: string | null;
  /** The card network's raw codes, as they came. */
  readonly networkDeclineCode: string | null;
  readonly networkAdviceCode: string | null;
}
