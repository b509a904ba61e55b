import * as z from 'zod';
import { inputError } from './payment-error.js';
import type { Metadata } from './metadata.js';
import { entriesOf, metadataOf } from './metadata.js';
import type { NextAction } from './next-action.js';
import { cancellationReasons, captureMethods, futureUsages, type PaymentIntent } from './payment-intent.js';
import { accountPattern, formatRef } from './ref.js';
import { Secret } from './secret.js';
import { toBrowser, type BrowserNextAction } from './to-browser.js';

/** The secret parts of an intent, which are stored only when they are named. */
export type StoredSecret = 'clientSecret' | 'nextAction' | 'raw';

/** A neutral value as JSON. `v` is the version of the form, which later versions of this library keep reading. */
export interface StoredPaymentIntent {
  readonly v: 1;
  readonly object: 'payment_intent';
  readonly [field: string]: unknown;
}

const money = z
  .strictObject({ minorUnits: z.int().min(0), currency: z.string().refine((code) => code === code.toUpperCase()) })
  .transform((value) => Object.freeze(value));
const time = z.iso.datetime();
const text = z.string();

const failure = z.object({
  reason: z.enum([
    'card_declined', 'insufficient_funds', 'expired_card', 'incorrect_cvc', 'incorrect_number', 'invalid_expiry', 'do_not_honor', 'fraudulent',
    'lost_or_stolen_card', 'authentication_required', 'authentication_failed', 'processing_error', 'limit_exceeded', 'not_supported',
    'test_card_in_live_mode', 'unknown',
  ]).catch('unknown'), // prettier-ignore
  advice: z.enum(['retry_later', 'do_not_retry', 'confirm_card_data', 'authenticate']).nullable(),
  message: text.nullable(),
  providerCode: text.nullable(),
  declineCode: text.nullable(),
  networkDeclineCode: text.nullable(),
  networkAdviceCode: text.nullable(),
});

const metadataValue = z.union([text, z.number(), z.boolean()]);
const metadata = z.unknown().transform((value, context): Metadata => {
  const entries = entriesOf(value);
  if (entries === null) context.addIssue('is not a record');
  return metadataOf(
    (entries ?? []).flatMap(([key, member]) => {
      const { data } = metadataValue.safeParse(member);
      if (data === undefined) context.addIssue({ code: 'custom', path: [key], message: 'is not a value' });
      return data === undefined ? [] : [[key, data] as const];
    }),
  );
});

const facts = {
  v: z.literal(1),
  object: z.literal('payment_intent'),
  account: text.regex(accountPattern),
  provider: text.min(1),
  id: text.min(1),
  ref: text,
  reference: text.nullable(),
  livemode: z.boolean().nullable(),
  amount: money,
  amountCapturable: money.nullable(),
  amountReceived: money.nullable(),
  captureMethod: z.enum([...captureMethods, 'unknown']).nullable(),
  confirmationMethod: z.enum(['automatic', 'manual', 'unknown']).nullable(),
  clientSecret: text.nullable(),
  customer: text.nullable(),
  paymentMethod: text.nullable(),
  paymentMethodTypes: z.array(text).nullable(),
  latestPayment: text.nullable(),
  description: text.nullable(),
  statementDescriptor: text.nullable(),
  receiptEmail: text.nullable(),
  setupFutureUsage: z.enum([...futureUsages, 'unknown']).nullable(),
  metadata: metadata.nullable(),
  returnUrl: text.nullable(),
  createdAt: time.nullable(),
  updatedAt: time.nullable(),
  authorizationExpiresAt: z.object({ at: time, source: text }).nullable(),
  lastPaymentError: failure.nullable(),
  raw: z.unknown(),
};

const nextAction = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('redirect'), url: text, returnUrl: text.nullable() }),
    z.object({ type: z.literal('provider_sdk'), data: z.unknown() }),
    z.object({ type: z.literal('three_d_secure'), flow: z.enum(['frictionless', 'method', 'challenge', 'unknown']), data: z.unknown() }),
    z.object({ type: z.literal('display'), kind: text, data: z.unknown() }),
    z.object({ type: z.literal('opaque'), providerType: text.nullable(), data: z.unknown() }),
  ])
  .transform((action): NextAction => ('url' in action ? { ...action, url: new Secret(action.url) } : { ...action, data: new Secret(action.data) }))
  .nullable();

const stored = z.discriminatedUnion('status', [
  z.object({ ...facts, status: z.literal(['requires_payment_method', 'requires_confirmation', 'processing', 'requires_capture', 'succeeded']) }),
  z.object({ ...facts, status: z.literal('requires_action'), nextAction }),
  z.object({ ...facts, status: z.literal('canceled'), canceledAt: time.nullable(), cancellationReason: z.enum([...cancellationReasons, 'unknown']).nullable() }),
  z.object({ ...facts, status: z.literal('unknown'), providerStatus: text, nextAction }),
]);

/**
 * An intent as plain JSON, to be kept in a database or a queue. Its secrets are left out (`null`) unless they are named: name them only for a store
 * that may hold them.
 */
export const storePaymentIntent = (intent: PaymentIntent, { include = [] }: { readonly include?: readonly StoredSecret[] } = {}): StoredPaymentIntent => {
  const open = toBrowser(intent);
  const action: BrowserNextAction | null = include.includes('nextAction') ? open.nextAction : null;
  return {
    v: 1,
    ...intent,
    clientSecret: include.includes('clientSecret') ? open.clientSecret : null,
    ...('nextAction' in intent ? { nextAction: action } : {}),
    raw: include.includes('raw') ? intent.raw.reveal() : null,
  };
};

/**
 * An intent from {@link storePaymentIntent}, checked.
 * @throws PaymentError `invalid_request` naming the fields that are not as they must be. Nothing is sent.
 */
export const readStoredPaymentIntent = (json: unknown): PaymentIntent => {
  const result = stored.safeParse(json);
  if (!result.success)
    throw inputError(
      result.error.issues.map(({ path }) => ({
        field: path.join('.') || 'json',
        problem: 'is not as storePaymentIntent wrote it',
        remedy: 'Retrieve the intent from the provider instead.',
      })),
    );
  const { v: _, ...intent } = result.data;
  if (intent.ref !== formatRef(intent.account, intent.id))
    throw inputError([{ field: 'ref', problem: 'does not belong to the account and the id beside it', remedy: 'Retrieve the intent from the provider instead.' }]);
  return Object.freeze({ ...intent, clientSecret: intent.clientSecret === null ? null : new Secret(intent.clientSecret), raw: new Secret(intent.raw) });
};
