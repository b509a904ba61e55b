import { invalidInput } from '../model/payment-error.js';
import type { Money } from '../model/money.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Refund } from '../model/refund.js';

/**
 * What of a payment can still go back: what was received, less every refund that has not failed or been canceled (one whose status is not known counts
 * as gone). Pure; it knows only the refunds that it is given, so give it all of the intent's.
 * @returns `null` when the provider does not say what was received.
 * @throws PaymentError `invalid_request` when a refund is of another payment, or in another currency.
 */
export const refundable = (intent: PaymentIntent, refunds: readonly Refund[]): Money | null => {
  const { amountReceived } = intent;
  if (refunds.some(({ account, paymentIntent }) => account !== intent.account || (paymentIntent !== null && paymentIntent !== intent.id)))
    throw invalidInput('refunds', 'has a refund of another payment', "Give only the intent's own refunds.");
  if (amountReceived === null) return null;
  if (refunds.some(({ amount }) => amount.currency !== amountReceived.currency))
    throw invalidInput('refunds', 'has a refund in another currency', "Give only the intent's own refunds.");
  const gone = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled').reduce((sum, { amount }) => sum + amount.minorUnits, 0);
  return Object.freeze({ minorUnits: Math.max(0, amountReceived.minorUnits - gone), currency: amountReceived.currency });
};
