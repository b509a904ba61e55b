import type { FailureReason } from '../../engine/payment-methods.js';

interface Failure {
  readonly code: string;
  readonly decline: string | undefined;
  readonly advice: string | undefined;
  readonly network: string | undefined;
  readonly message: string;
}

/** How each reason reads at Stripe. */
export const failures: Readonly<Record<FailureReason, Failure>> = {
  card_declined: { code: 'card_declined', decline: 'generic_decline', advice: 'try_again_later', network: '05', message: 'Your card was declined.' },
  do_not_honor: { code: 'card_declined', decline: 'do_not_honor', advice: 'try_again_later', network: '05', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', decline: 'insufficient_funds', advice: 'try_again_later', network: '51', message: 'Your card has insufficient funds.' },
  expired_card: { code: 'expired_card', decline: 'expired_card', advice: 'do_not_try_again', network: '54', message: 'Your card has expired.' },
  incorrect_cvc: { code: 'incorrect_cvc', decline: 'incorrect_cvc', advice: 'confirm_card_data', network: 'N7', message: "Your card's security code is incorrect." },
  authentication_failed: {
    code: 'payment_intent_authentication_failure',
    decline: undefined,
    advice: undefined,
    network: undefined,
    message: 'We are unable to authenticate your payment method.',
  },
  authentication_required: {
    code: 'authentication_required',
    decline: 'authentication_required',
    advice: undefined,
    network: '1A',
    message: 'Your card was declined. This transaction requires authentication.',
  },
};
