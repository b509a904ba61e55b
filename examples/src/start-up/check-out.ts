import { money, PaymentError, type PaymentErrorShape } from '@oneintent/core';
import type { Accounts } from './accounts.js';

/** What a browser asks for. The amount is in minor units; a real shop works it out from its own books. */
export interface Order {
  readonly number: string;
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly paymentMethod: string;
}

/** What is told to the browser, with the status of HTTP. */
export interface Answer {
  readonly status: 200 | 402 | 502;
  readonly body: { readonly ref: string; readonly status: string } | { readonly error: string; readonly outcome: PaymentErrorShape['outcome'] };
}

/** Takes an order's payment at the account for its currency. The order's number is the reference: asked twice, paid once. */
export const checkOut = async (accounts: Accounts, { number, amount, currency, customer, paymentMethod }: Order): Promise<Answer> => {
  try {
    const payments = accounts.forCurrency(currency);
    // Some providers lead the customer back, others do not.
    const back = payments.accepts('paymentIntents.create').includes('returnUrl') ? { returnUrl: 'https://shop.example/return' } : {};
    const intent = await payments.paymentIntents.create(
      { amount: money(amount, currency), customer, paymentMethod, confirm: true, ...back },
      { reference: `order-${number}` },
    );
    return { status: intent.lastPaymentError === null ? 200 : 402, body: { ref: intent.ref, status: intent.status } };
  } catch (error) {
    if (!PaymentError.is(error)) throw error;
    return { status: 502, body: { error: error.code, outcome: error.outcome } };
  }
};
