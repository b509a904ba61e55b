import type { JsonObject } from '../../engine/json.js';
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

/** A failure as an error object, of a payment or of a setup; `more` is what else is known of it. */
export function errorOf(failure: FailureReason, object: 'payment_intent' | 'setup_intent', more: JsonObject): JsonObject {
  const { code: known, decline, advice, network, message } = failures[failure];
  const code = known.replace(/^payment_intent_/, `${object}_`);
  return {
    advice_code: advice,
    code,
    decline_code: decline,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    message,
    network_decline_code: network,
    type: code.endsWith('_authentication_failure') ? 'invalid_request_error' : 'card_error',
    ...more,
  };
}
