import { noFailure, readWire, tryWire, type NextActionReading, type PaymentIntentReading } from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import { nextAction, paymentIntent, type PaymentIntentBody } from './wire.js';

/** `next_action`: a kind without its contents, or of a kind never seen, is passed on as it is. */
const readNextAction = (json: unknown): NextActionReading | null =>
  typeof json !== 'object' || json === null
    ? null
    : match(tryWire(nextAction, json))
        .returnType<NextActionReading>()
        .with({ type: 'redirect_to_url', redirect_to_url: P.nonNullable }, ({ redirect_to_url: { url, return_url } }) => ({ type: 'redirect', url, returnUrl: return_url }))
        .with({ type: 'three_d_secure', three_d_secure: P.nonNullable }, ({ three_d_secure: data }) => ({
          type: 'three_d_secure',
          flow: typeof data['flow'] === 'string' ? data['flow'] : null,
          data,
        }))
        .otherwise((action) => ({ type: 'opaque', providerType: action?.type ?? null, data: json }));

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
