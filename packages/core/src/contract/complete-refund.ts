import { match } from 'ts-pattern';
import { readMetadata } from '../model/metadata.js';
import { formatRef } from '../model/ref.js';
import { refundReasons, refundStatuses, type Refund, type RefundFacts } from '../model/refund.js';
import { Secret } from '../model/secret.js';
import { readTime } from '../model/time.js';
import { known, readMoney, unreadable, type CompletionContext } from './complete.js';
import type { RefundReading } from './readings.js';

/**
 * The neutral Refund of an adapter's reading. Tolerates everything but a missing id or amount; a status that is missing is `unknown`.
 * @throws as `readWire` when the amount cannot be represented exactly.
 */
export const completeRefund = (reading: RefundReading, { account, adapter, limits }: CompletionContext): Refund => {
  const { metadata, reference } = readMetadata(reading.metadata);
  const facts: RefundFacts = {
    object: 'refund',
    account,
    provider: adapter.provider,
    id: reading.id,
    ref: formatRef(account, reading.id),
    reference,
    livemode: reading.livemode,
    amount: readMoney(reading.amount, reading, limits) ?? unreadable('amount'),
    paymentIntent: reading.paymentIntent,
    payment: reading.payment,
    reason: known(refundReasons, reading.reason),
    metadata,
    createdAt: readTime(reading.createdAt),
    updatedAt: readTime(reading.updatedAt),
    raw: new Secret(reading.raw),
  };
  return Object.freeze(
    match(known(refundStatuses, reading.status) ?? 'unknown')
      .returnType<Refund>()
      .with('pending', (status) => ({ ...facts, status, pendingReason: reading.pendingReason }))
      .with('failed', (status) => ({ ...facts, status, failureReason: reading.failureReason }))
      .with('unknown', (status) => ({ ...facts, status, providerStatus: reading.status }))
      .otherwise((status) => ({ ...facts, status })),
  );
};
