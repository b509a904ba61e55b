import type { FailureReason } from '../../engine/payment-methods.js';

interface Failure {
  /** Card scheme's code. */
  readonly network: string;
  readonly decline: string | undefined;
  readonly advice: string;
  readonly message: string;
}

/** How each reason reads at Paypercut: documented for 05, 14, 51 and 54, supposed for the rest. */
export const failures: Readonly<Record<FailureReason, Failure>> = {
  card_declined: { network: '05', decline: undefined, advice: 'try_again_later', message: 'The card was declined.' },
  do_not_honor: { network: '05', decline: 'do_not_honor', advice: 'try_again_later', message: 'The card was declined.' },
  insufficient_funds: { network: '51', decline: 'insufficient_funds', advice: 'do_not_try_again', message: 'The card has insufficient funds.' },
  expired_card: { network: '54', decline: 'expired_card', advice: 'do_not_try_again', message: 'The card has expired.' },
  incorrect_cvc: { network: 'N7', decline: 'incorrect_cvc', advice: 'confirm_card_data', message: 'The security code is wrong.' },
  authentication_failed: { network: '1A', decline: 'authentication_required', advice: 'try_again_later', message: 'The authentication failed.' },
  authentication_required: { network: '1A', decline: 'authentication_required', advice: 'confirm_card_data', message: 'The card needs authentication.' },
};
