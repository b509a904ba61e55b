import { noFailure, readWire, tryWire, type NextActionReading, type PaymentIntentReading } from '@oneintent/core/adapter';
import { nextAction, paymentIntent, type PaymentIntentBody } from './wire.js';

/** `next_action`: a kind without its contents, or of a kind never seen, is passed on as it is. */
const readNextAction = (json: unknown): NextActionReading | null => {
  if (typeof json !== 'object' || json === null) return null;
  const action = tryWire(nextAction, json);
  if (action?.type === 'redirect_to_url' && action.redirect_to_url !== null)
    return { type: 'redirect', url: action.redirect_to_url.url, returnUrl: action.redirect_to_url.return_url };
  if (action?.type === 'three_d_secure' && action.three_d_secure !== null) {
    const { flow } = action.three_d_secure;
    return { type: 'three_d_secure', flow: typeof flow === 'string' ? flow : null, data: action.three_d_secure };
  }
  return { type: 'opaque', providerType: action?.type ?? null, data: json };
};

const readBody = (intent: PaymentIntentBody, raw: unknown): PaymentIntentReading => ({
  id: intent.id,
  status: intent.status,
  amount: intent.amount,
  currency: intent.currency.iso,
  scale: intent.currency.scale,
  amountCapturable: intent.amount_capturable,
  amountReceived: intent.amount_received,
  livemode: intent.livemode,
  captureMethod: intent.capture_method,
  confirmationMethod: null,
  clientSecret: null,
  customer: intent.customer,
  paymentMethod: intent.payment_method,
  paymentMethodTypes: null,
  latestPayment: intent.latest_payment,
  description: null,
  statementDescriptor: intent.statement_descriptor,
  receiptEmail: null,
  setupFutureUsage: intent.setup_future_usage,
  metadata: null,
  returnUrl: null,
  createdAt: intent.created,
  updatedAt: intent.updated,
  authorizationExpiresAt: null,
  nextAction: readNextAction(intent.next_action),
  canceledAt: intent.canceled_at,
  cancellationReason: intent.cancellation_reason,
  lastPaymentError: null,
  raw,
});

/** A payment intent. */
export const readPaymentIntent = (json: unknown): PaymentIntentReading => readBody(readWire(paymentIntent, json), json);

/** A payment intent inside another object, where it may be missing or incomplete. */
export const tryPaymentIntent = (json: unknown): PaymentIntentReading | null => {
  const intent = tryWire(paymentIntent, json);
  return intent === null ? null : readBody(intent, json);
};

const failedStatuses = new Set(['requires_payment_method', 'canceled']);

/**
 * The answer to a confirmation. One that ends in `requires_payment_method`, or in `canceled` at the limit of confirmations, has failed; the answer does
 * not say why. Source: https://docs.paypercut.io/api-reference/tag/payment-intent/post/v1/payment_intents/id/confirm.
 */
export const readConfirmed = (json: unknown): PaymentIntentReading => {
  const intent = readPaymentIntent(json);
  return failedStatuses.has(intent.status) ? { ...intent, lastPaymentError: noFailure } : intent;
};
