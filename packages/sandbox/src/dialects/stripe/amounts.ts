const smallest: Readonly<Record<string, number>> = {
  AED: 200, AUD: 50, BGN: 100, BRL: 50, CAD: 50, CHF: 50, CLP: 500, CZK: 1500, DKK: 250, EUR: 50, GBP: 30, HKD: 400, HUF: 17_500, INR: 50,
  ISK: 10_000, JPY: 50, KRW: 700, MXN: 1000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300, SGD: 50, THB: 1000, UGX: 200_000,
  USD: 50, VND: 13_000,
};

const threeDecimals = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
const zeroDecimalsSentWithTwo = new Set(['ISK', 'UGX']);

/** Stripe's code for an amount that it would not take; null for a good one. Minor units, as Stripe counts them. */
export function amountFault(amount: number, currency: string): 'amount_too_small' | 'amount_too_large' | 'parameter_invalid_integer' | null {
  if (amount < 1) return 'parameter_invalid_integer';
  if (threeDecimals.has(currency) && amount % 10 !== 0) return 'parameter_invalid_integer';
  if (zeroDecimalsSentWithTwo.has(currency) && amount % 100 !== 0) return 'parameter_invalid_integer';
  if (amount < (smallest[currency] ?? 1)) return 'amount_too_small';
  return amount > 99_999_999 ? 'amount_too_large' : null;
}
