import type { AdapterNames } from './names.js';

/** `src/wire.ts`: what the provider's JSON looks like. */
export const wireSource = ({ title }: AdapterNames): string => `import { tryWire } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

// Describe what you read and nothing else. Every name below is a guess: FILL IN ${title}'s own, and the source of each schema.

/** A member that may be missing, null or of a type never seen: then it is null, as nothing depends on it. */
const optional = <T>(schema: z.ZodMiniType<T>) => z.transform((json: unknown) => tryWire(schema, json) ?? null);

/** A text that is not empty. */
const filled = z.string().check(z.minLength(1));
const text = optional(z.string());
const time = optional(z.union([z.string(), z.number()]));
const currency = z.string().check(z.regex(/^[A-Za-z]{3}$/));

/** A payment. Essentials are strict: without them the answer is malformed. Words stay open, as providers add words without asking. Source: FILL IN. */
export const paymentIntent = z.object({
  id: filled,
  status: filled,
  amount: z.int(),
  currency,
  amount_capturable: optional(z.int()),
  amount_received: optional(z.int()),
  capture_method: text,
  customer: text,
  payment_method: text,
  description: text,
  metadata: z.optional(z.unknown()),
  redirect_url: text,
  decline_code: text,
  decline_message: text,
  created: time,
  updated: time,
  canceled_at: time,
  cancellation_reason: text,
});
export type PaymentIntentBody = z.infer<typeof paymentIntent>;

/** A refund. Source: FILL IN. */
export const refund = z.object({
  id: filled,
  status: text,
  amount: z.int(),
  currency,
  payment: text,
  reason: text,
  failure_reason: text,
  metadata: z.optional(z.unknown()),
  created: time,
});

/** A page of anything; what comes next is null on the last one. Source: FILL IN. */
export const page = z.object({ items: z.array(z.unknown()), next: text });

/** An event, as it is posted and as it is listed. Source: FILL IN. */
export const event = z.object({ id: filled, type: filled, created: time, data: z.optional(z.unknown()) });

/** What is no success. Source: FILL IN. */
export const errorObject = z.object({ error: z.object({ code: filled, message: text, field: text }), payment: z.optional(z.unknown()) });
`;

/** `src/read.ts`: theirs to ours. */
export const readSource = ({ title }: AdapterNames): string => `import {
  noFailure,
  readWire,
  tryWire,
  type FailureReading,
  type FailureReason,
  type KnownPaymentIntentStatus,
  type PageReading,
  type PaymentIntentReading,
  type RefundReading,
} from '@oneintent/core/adapter';
import { page, paymentIntent, refund, type PaymentIntentBody } from './wire.js';

/**
 * FILL IN: ${title}'s statuses, by what the application may do next, such as ['authorized', 'requires_capture']. A word that is not here is handed on as it
 * is, and the application sees \`unknown\`: never map it to the likeliest one. Source: FILL IN.
 */
const statuses: ReadonlyMap<string, KnownPaymentIntentStatus> = new Map([]);

/** FILL IN: ${title}'s decline codes, such as ['no_funds', 'insufficient_funds']. Source: FILL IN. */
const failureReasons: ReadonlyMap<string | null, FailureReason> = new Map([]);

/** A decline, by the provider's code for it. The code is kept, whether it is known or not. */
export const readFailure = (code: string | null, message: string | null): FailureReading => ({
  ...noFailure,
  reason: failureReasons.get(code) ?? 'unknown',
  message,
  providerCode: code,
  declineCode: code,
});

/** Amounts in the provider's units, times as they came, words as far as they are known; null says that the provider does not have it. */
const readBody = (body: PaymentIntentBody, raw: unknown): PaymentIntentReading => ({
  id: body.id,
  status: statuses.get(body.status) ?? body.status,
  amount: body.amount,
  currency: body.currency,
  scale: null,
  amountCapturable: body.amount_capturable,
  amountReceived: body.amount_received,
  livemode: null,
  captureMethod: body.capture_method,
  confirmationMethod: null,
  clientSecret: null,
  customer: body.customer,
  paymentMethod: body.payment_method,
  paymentMethodTypes: null,
  latestPayment: null,
  description: body.description,
  statementDescriptor: null,
  receiptEmail: null,
  setupFutureUsage: null,
  metadata: body.metadata,
  returnUrl: null,
  createdAt: body.created,
  updatedAt: body.updated,
  authorizationExpiresAt: null,
  nextAction: body.redirect_url === null ? null : { type: 'redirect', url: body.redirect_url, returnUrl: null },
  canceledAt: body.canceled_at,
  cancellationReason: body.cancellation_reason,
  lastPaymentError: body.decline_code === null ? null : readFailure(body.decline_code, body.decline_message),
  raw,
});

/** A payment. */
export const readPaymentIntent = (json: unknown): PaymentIntentReading => readBody(readWire(paymentIntent, json), json);

/** A payment inside another object, where it may be missing or incomplete. */
export const tryPaymentIntent = (json: unknown): PaymentIntentReading | null => {
  const body = tryWire(paymentIntent, json);
  return body === null ? null : readBody(body, json);
};

/** A refund. */
export const readRefund = (json: unknown): RefundReading => {
  const body = readWire(refund, json);
  return {
    id: body.id,
    status: body.status,
    amount: body.amount,
    currency: body.currency,
    scale: null,
    livemode: null,
    paymentIntent: body.payment,
    payment: null,
    reason: body.reason,
    pendingReason: null,
    failureReason: body.failure_reason,
    metadata: body.metadata,
    createdAt: body.created,
    updatedAt: null,
    raw: json,
  };
};

/** A page of anything. The cursor is handed on as it is. */
export const readPage = <T>(json: unknown, read: (item: unknown) => T): PageReading<T> => {
  const { items, next } = readWire(page, json);
  return { items: items.map(read), hasMore: next !== null, nextCursor: next };
};
`;

/** `src/errors.ts`: what a refusal means. */
export const errorsSource = ({ title }: AdapterNames): string => `import { tryWire, type ErrorReading, type FaultCode, type WireAnswer } from '@oneintent/core/adapter';
import { readFailure, tryPaymentIntent } from './read.js';
import { errorObject } from './wire.js';

/** FILL IN: the codes of a decline, where the bank said no. Source: FILL IN. */
const declines: ReadonlySet<string> = new Set([]);

/**
 * FILL IN: ${title}'s other codes, such as ['no_such_payment', 'not_found']. \`provider_unavailable\` and \`idempotency_in_progress\` leave open whether money
 * moved; all others promise that nothing happened. Promise that only where the provider does. Source: FILL IN.
 */
const codes: ReadonlyMap<string, FaultCode> = new Map([]);

/**
 * Reads an answer that is no success. What is not in the provider's format is not read into it: a gateway's answer proves nothing. The name of the operation comes
 * as a second argument, where a code's meaning hangs on it.
 */
export const readError = ({ status, json }: WireAnswer): ErrorReading => {
  const body = tryWire(errorObject, json);
  if (body === null) return { kind: 'unrecognised' };
  const { code, message, field } = body.error;
  if (declines.has(code)) {
    const intent = tryPaymentIntent(body.payment);
    return { kind: 'declined', failure: readFailure(code, message), intent, id: intent?.id ?? null, providerCode: code, message };
  }
  return { kind: 'fault', code: codes.get(code) ?? (status >= 500 ? 'provider_unavailable' : 'invalid_request'), providerCode: code, message, field };
};
`;

/** `src/webhook.ts`: how the provider tells what happens. */
export const webhookSource = ({ name, title }: AdapterNames): string => `import { readWire, type EventReading, type KnownEventType, type WebhookFacts } from '@oneintent/core/adapter';
import { tryPaymentIntent } from './read.js';
import { event } from './wire.js';

/** FILL IN: ${title}'s event types and what they mean here, such as ['payment.paid', 'payment_intent.succeeded']. Source: FILL IN. */
const types: ReadonlyMap<string, KnownEventType> = new Map([]);

/** An event, as a delivery or as a list brings it. An object that cannot be read is left out. */
export const readEvent = (json: unknown): EventReading => {
  const { id, type, created, data } = readWire(event, json);
  const reading = tryPaymentIntent(data);
  return {
    id,
    providerType: type,
    type: types.get(type) ?? null,
    livemode: null,
    createdAt: created,
    subject: reading === null ? null : { kind: 'payment_intent', reading },
    raw: json,
  };
};

/** FILL IN: how a delivery is proven, as data; the core verifies. Where the provider posts nothing, or signs nothing, give \`webhooks: null\` in index.ts instead. */
export const webhooks: WebhookFacts = {
  scheme: { type: 'hmac', in: 'header', name: '${name}-signature', encoding: 'hex' },
  sends: { value: [...types].map(([providerType, type]) => ({ providerType, type })), source: 'FILL IN', confidence: 'unverified' },
  readEvent,
};
`;
