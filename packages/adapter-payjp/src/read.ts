import { readWire, type NextActionReading, type PageReading, type RefundReading, type SetupIntentReading } from '@oneintent/core/adapter';
import type { z } from 'zod';
import { readFailureObject } from './errors.js';
import { list, refund, setup, type commonPayment } from './wire.js';

/** A payment's members that are the same in every dialect. */
export type CommonPayment = z.infer<z.ZodObject<typeof commonPayment>>;

/** `next_action`, whose members are published nowhere: it is passed on as it is. The browser SDK needs only the client secret. */
const readNextAction = (json: unknown): NextActionReading | null => {
  if (typeof json !== 'object' || json === null) return null;
  const type: unknown = Reflect.get(json, 'type');
  return { type: 'opaque', providerType: typeof type === 'string' ? type : null, data: json };
};

/** The part of a reading that every dialect spells in the same way. Amounts are yen. */
export const readCommon = (payment: CommonPayment) => ({
  id: payment.id,
  status: payment.status,
  amount: payment.amount,
  scale: null,
  amountCapturable: payment.amount_capturable,
  amountReceived: payment.amount_received,
  livemode: payment.livemode,
  captureMethod: payment.capture_method,
  clientSecret: payment.client_secret,
  paymentMethodTypes: payment.payment_method_types,
  latestPayment: null,
  description: payment.description,
  statementDescriptor: null,
  metadata: payment.metadata,
  returnUrl: payment.return_url,
  createdAt: payment.created_at,
  updatedAt: payment.updated_at,
  nextAction: readNextAction(payment.next_action),
});

/** A cancellation reason, also in the misspelling that the schemas had until 2025-12-16. */
export const readReason = (reason: string | null): string | null => (reason === 'abondoned' ? 'abandoned' : reason);

/** A setup of any date. */
export const readSetup = (json: unknown): SetupIntentReading => {
  const found = readWire(setup, json);
  return {
    id: found.id,
    status: found.status,
    livemode: found.livemode,
    clientSecret: found.client_secret,
    customer: found.customer_id ?? found.customer,
    paymentMethod: found.payment_method_id ?? found.payment_method,
    paymentMethodTypes: found.payment_method_types,
    usage: found.usage,
    description: found.description,
    metadata: found.metadata,
    returnUrl: found.return_url,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    nextAction: readNextAction(found.next_action),
    canceledAt: found.canceled_at,
    cancellationReason: readReason(found.cancellation_reason),
    lastSetupError: readFailureObject(found.last_setup_error),
    raw: json,
  };
};

/** A refund of any date. Amounts are yen. */
export const readRefund = (json: unknown): RefundReading => {
  const found = readWire(refund, json);
  return {
    id: found.id,
    status: found.status,
    amount: found.amount,
    currency: found.currency ?? 'jpy',
    scale: null,
    livemode: found.livemode,
    paymentIntent: found.payment_flow_id ?? found.payment_flow ?? found.payment_intent,
    payment: null,
    reason: found.reason,
    pendingReason: null,
    failureReason: null,
    metadata: found.metadata,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    raw: json,
  };
};

/** A page whose cursor is the id of its last item. Source: every list since 2025-11-06. */
export const readPageById = <T extends { readonly id: string }>(json: unknown, read: (item: unknown) => T): PageReading<T> => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(read);
  return { items, hasMore: has_more ?? false, nextCursor: items.at(-1)?.id ?? null };
};

/** A page whose cursor is the offset of the next one. Source: every list of 2025-08-05. */
export const readPageByOffset = <T>(json: unknown, read: (item: unknown) => T, { cursor }: { readonly cursor?: string }): PageReading<T> => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(read);
  return { items, hasMore: has_more ?? false, nextCursor: items.length === 0 ? null : String(Number(cursor ?? 0) + items.length) };
};
