import {
  noFailure,
  readWire,
  tryWire,
  type CardSummary,
  type FailureReason,
  type NextActionReading,
  type PageReading,
  type PaymentAttemptReading,
  type PaymentIntentReading,
  type RefundReading,
  type SetupIntentReading,
} from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import { nextAction, page, payment, paymentIntent, refund, setupIntent, type PaymentBody, type PaymentIntentBody } from './wire.js';

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

/** A setup intent. Neither a client secret nor an error is among its members. */
export const readSetupIntent = (json: unknown): SetupIntentReading => {
  const setup = readWire(setupIntent, json);
  return {
    id: setup.id,
    status: setup.status,
    livemode: setup.livemode,
    clientSecret: null,
    customer: setup.customer,
    paymentMethod: setup.payment_method,
    paymentMethodTypes: null,
    usage: setup.usage,
    description: null,
    metadata: null,
    returnUrl: null,
    createdAt: setup.created,
    updatedAt: setup.updated,
    nextAction: readNextAction(setup.next_action),
    canceledAt: setup.canceled_at,
    cancellationReason: setup.cancellation_reason,
    lastSetupError: null,
    raw: json,
  };
};

/** The answer to a setup that was confirmed with its creation: one that ends in `requires_payment_method` or `canceled` has failed, without saying why. */
export const readConfirmedSetup = (json: unknown): SetupIntentReading => {
  const setup = readSetupIntent(json);
  return failedStatuses.has(setup.status) ? { ...setup, lastSetupError: noFailure } : setup;
};

/** A refund. */
export const readRefund = (json: unknown): RefundReading => {
  const body = readWire(refund, json);
  return {
    id: body.id,
    status: body.status,
    amount: body.amount,
    currency: body.currency.iso,
    scale: body.currency.scale,
    livemode: body.livemode,
    paymentIntent: body.payment_intent,
    payment: body.payment,
    reason: body.reason,
    pendingReason: body.pending_reason,
    failureReason: body.failure_reason,
    metadata: null,
    createdAt: body.created,
    updatedAt: body.updated,
    raw: json,
  };
};

const readCard = (details: PaymentBody['payment_method_details']): CardSummary | null => {
  const card = details?.card ?? null;
  return card && { brand: card.brand, last4: card.last4, expiryMonth: card.exp_month, expiryYear: card.exp_year, funding: card.funding, country: card.country };
};

/** A payment: the attempt behind an intent. A failed one says why by `failure_code`, and by the network's code in its outcome. */
export const readPayment = (json: unknown): PaymentAttemptReading => {
  const body = readWire(payment, json);
  const { failure_code: code, failure_message: message, balance_transaction: booked } = body;
  const captureBefore = body.payment_method_details?.card?.capture_before ?? null;
  return {
    id: body.id,
    status: body.status,
    detailedStatus: body.latest_status,
    amount: body.amount,
    currency: body.currency.iso,
    scale: body.currency.scale,
    amountCaptured: body.amount_captured,
    amountRefunded: body.amount_refunded,
    // A fee is charged in the balance's currency, which need not be the payment's.
    fee: booked?.fee == null || booked.currency === null ? null : { amount: booked.fee, currency: booked.currency.iso, scale: booked.currency.scale },
    livemode: body.livemode,
    paymentIntent: body.payment_intent,
    failure:
      body.status === 'failed' || code !== null
        ? { ...noFailure, reason: failureReason(code), message, providerCode: code, networkDeclineCode: body.outcome?.network_decline_code ?? null }
        : null,
    paymentMethodType: body.payment_method,
    card: readCard(body.payment_method_details),
    authorizationExpiresAt: captureBefore === null ? null : { at: captureBefore, source: 'payment.payment_method_details.card.capture_before' },
    createdAt: body.created,
    updatedAt: body.updated,
    raw: json,
  };
};

/** A page of anything. An empty `last_key` ends it like a missing one. */
export const readPage = <T>(json: unknown, read: (item: unknown) => T): PageReading<T> => {
  const { items, last_key } = readWire(page, json);
  return { items: items.map(read), hasMore: (last_key ?? '') !== '', nextCursor: last_key };
};
