import type { FailureReason } from '@oneintent/core/adapter';

/**
 * Decline codes, and codes where there is no decline code. The lists of the documents are examples: the last group is not in them, but says itself what
 * it means. Sources: https://docs.paypercut.io/docs/developer-resources/error-object and …/docs/accept-payments/acquirer-response-codes, 2026-07.
 */
const reasons: ReadonlyMap<string | null, FailureReason> = new Map([
  ['card_declined', 'card_declined'],
  ['insufficient_funds', 'insufficient_funds'],
  ['expired_card', 'expired_card'],
  ['authentication_required', 'authentication_required'],
  ['do_not_honor', 'do_not_honor'],
  ['invalid_card_number', 'incorrect_number'],

  ['incorrect_cvc', 'incorrect_cvc'],
  ['invalid_cvc', 'incorrect_cvc'],
  ['authentication_failed', 'authentication_failed'],
  ['fraudulent', 'fraudulent'],
  ['lost_card', 'lost_or_stolen_card'],
  ['stolen_card', 'lost_or_stolen_card'],
  ['processing_error', 'processing_error'],
]);

/** The neutral reason of the first code that says one. */
export const failureReason = (...codes: readonly (string | null)[]): FailureReason => codes.map((code) => reasons.get(code)).find((reason) => reason !== undefined) ?? 'unknown';
