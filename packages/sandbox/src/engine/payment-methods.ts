import type { PaymentMethodName } from '../contract.js';

/** Why a payment failed, in the sandbox's own words; each dialect has its own spelling. */
export type FailureReason =
  | 'card_declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'do_not_honor'
  | 'authentication_failed'
  | 'authentication_required';

/** What happens when a test payment method is charged. */
export interface Behaviour {
  readonly needsAction: boolean;
  readonly outcome: 'succeeds' | 'processing_succeeds' | 'processing_fails' | FailureReason;
}

/** Every test payment method and its behaviour. */
export const behaviours: Readonly<Record<PaymentMethodName, Behaviour>> = {
  succeeds: { needsAction: false, outcome: 'succeeds' },
  card_declined: { needsAction: false, outcome: 'card_declined' },
  insufficient_funds: { needsAction: false, outcome: 'insufficient_funds' },
  expired_card: { needsAction: false, outcome: 'expired_card' },
  incorrect_cvc: { needsAction: false, outcome: 'incorrect_cvc' },
  do_not_honor: { needsAction: false, outcome: 'do_not_honor' },
  three_d_secure: { needsAction: true, outcome: 'succeeds' },
  processing_succeeds: { needsAction: false, outcome: 'processing_succeeds' },
  processing_fails: { needsAction: false, outcome: 'processing_fails' },
};

/** All names, in a fixed order. */
export const paymentMethodNames: readonly PaymentMethodName[] = [
  'succeeds',
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'do_not_honor',
  'three_d_secure',
  'processing_succeeds',
  'processing_fails',
];

/** A table of ids, from a spelling of each name. */
export function spellPaymentMethods(
  spell: (name: PaymentMethodName, index: number) => string,
): Readonly<Record<PaymentMethodName, string>> {
  const id = (name: PaymentMethodName) => spell(name, paymentMethodNames.indexOf(name));
  return Object.freeze({
    succeeds: id('succeeds'),
    card_declined: id('card_declined'),
    insufficient_funds: id('insufficient_funds'),
    expired_card: id('expired_card'),
    incorrect_cvc: id('incorrect_cvc'),
    do_not_honor: id('do_not_honor'),
    three_d_secure: id('three_d_secure'),
    processing_succeeds: id('processing_succeeds'),
    processing_fails: id('processing_fails'),
  });
}
