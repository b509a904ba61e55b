import { paymentAttemptStatuses, type PaymentAttempt } from '../model/payment-attempt.js';
import { formatRef } from '../model/ref.js';
import { Secret } from '../model/secret.js';
import { readTime } from '../model/time.js';
import { known, readExpiry, readMoney, sealFailure, unreadable, type CompletionContext } from './complete.js';
import type { PaymentAttemptReading } from './readings.js';

/**
 * The neutral PaymentAttempt of an adapter's reading. Tolerates everything but a missing id or amount.
 * @throws as `readWire` when the amount cannot be represented exactly.
 */
export const completePaymentAttempt = (reading: PaymentAttemptReading, { account, adapter, limits }: CompletionContext): PaymentAttempt =>
  Object.freeze({
    object: 'payment_attempt',
    account,
    provider: adapter.provider,
    id: reading.id,
    ref: formatRef(account, reading.id),
    livemode: reading.livemode,
    status: known(paymentAttemptStatuses, reading.status) ?? 'unknown',
    providerStatus: reading.detailedStatus ?? reading.status,
    paymentIntent: reading.paymentIntent,
    amount: readMoney(reading.amount, reading, limits) ?? unreadable('amount'),
    amountCaptured: readMoney(reading.amountCaptured, reading, limits),
    amountRefunded: readMoney(reading.amountRefunded, reading, limits),
    fee: reading.fee === null ? null : readMoney(reading.fee.amount, reading.fee, limits),
    failure: reading.failure === null ? null : sealFailure(reading.failure),
    paymentMethodType: reading.paymentMethodType,
    card: reading.card === null ? null : Object.freeze({ ...reading.card }),
    authorizationExpiresAt: readExpiry(reading.authorizationExpiresAt),
    createdAt: readTime(reading.createdAt),
    updatedAt: readTime(reading.updatedAt),
    raw: new Secret(reading.raw),
  });
