// Payment intents as JSON that an application keeps. A stored intent outlives the library that wrote it, so version 1 of the form is held by a frozen sample
// (testing/stored-v1.json): every member and word in it is read for ever, and what was added later is `null` where the JSON lacks it.
import * as z from 'zod/mini';
import { failureAdvices, failureReasons } from './failure.js';
import { inputError } from './payment-error.js';
import { knownWord } from './known-word.js';
import type { Metadata } from './metadata.js';
import { entriesOf, metadataOf } from './metadata.js';
import { threeDSecureFlows, type NextAction } from './next-action.js';
import { cancellationReasons, captureMethods, confirmationMethods, futureUsages, paymentIntentStatuses, type PaymentIntent } from './payment-intent.js';
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

const text = z.string();
const optionalText = z.nullable(text);
const time = z.iso.datetime();
const optionalTime = z.nullable(time);

/** A word of a closed list. A later version may have written one that this version does not know: that is `unknown`. */
const word = <T extends string>(words: readonly T[]) => z.pipe(text, z.transform((value: string): T | 'unknown' => knownWord(words, value) ?? 'unknown'));

const money = z.pipe(
  z.object({ minorUnits: z.int().check(z.gte(0)), currency: text.check(z.refine((code) => code === code.toUpperCase())) }),
  z.transform((value: { minorUnits: number; currency: string }) => Object.freeze(value)),
);

const failure = z.object({
  reason: z.pipe(z.unknown(), z.transform((value: unknown) => failureReasons.find((reason) => reason === value) ?? 'unknown')),
  // Advice has no word for unknown: what is not understood cannot be followed.
  advice: z.pipe(optionalText, z.transform((value: string | null) => failureAdvices.find((advice) => advice === value) ?? null)),
  message: optionalText,
  providerCode: optionalText,
  declineCode: optionalText,
  networkDeclineCode: optionalText,
  networkAdviceCode: optionalText,
});

const metadataValue = z.union([text, z.number(), z.boolean()]);
const metadata = z.pipe(
  z.unknown(),
  z.transform((value: unknown, { issues }): Metadata => {
    const entries = entriesOf(value);
    if (entries === null) issues.push({ code: 'custom', message: 'is not a record', input: value });
    return metadataOf(
      (entries ?? []).flatMap(([key, member]) => {
        const { data } = metadataValue.safeParse(member);
        if (data === undefined) issues.push({ code: 'custom', path: [key], message: 'is not a value', input: member });
        return data === undefined ? [] : [[key, data] as const];
      }),
    );
  }),
);

/**
 * A member that the model got after version 1 was first written: JSON that lacks it has `null`. Every member that is added to the facts below has to be one, or the
 * sample is no longer read.
 */
export const addedLater = <T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | null> => z.prefault(z.nullable(schema), null);

const facts = {
  v: z.literal(1),
  object: z.literal('payment_intent'),
  account: text.check(z.regex(accountPattern)),
  provider: text.check(z.minLength(1)),
  id: text.check(z.minLength(1)),
  ref: text,
  reference: optionalText,
  livemode: z.nullable(z.boolean()),
  amount: money,
  amountCapturable: z.nullable(money),
  amountReceived: z.nullable(money),
  captureMethod: z.nullable(word(captureMethods)),
  confirmationMethod: z.nullable(word(confirmationMethods)),
  clientSecret: optionalText,
  customer: optionalText,
  paymentMethod: optionalText,
  paymentMethodTypes: z.nullable(z.array(text)),
  latestPayment: optionalText,
  description: optionalText,
  statementDescriptor: optionalText,
  receiptEmail: optionalText,
  setupFutureUsage: z.nullable(word(futureUsages)),
  metadata: z.nullable(metadata),
  returnUrl: optionalText,
  createdAt: optionalTime,
  updatedAt: optionalTime,
  authorizationExpiresAt: z.nullable(z.object({ at: time, source: text })),
  lastPaymentError: z.nullable(failure),
  raw: z.unknown(),
};

const actions = [
  z.object({ type: z.literal('redirect'), url: text, returnUrl: optionalText }),
  z.object({ type: z.literal('provider_sdk'), data: z.unknown() }),
  z.object({ type: z.literal('three_d_secure'), flow: word(threeDSecureFlows), data: z.unknown() }),
  z.object({ type: z.literal('display'), kind: text, data: z.unknown() }),
  z.object({ type: z.literal('opaque'), providerType: optionalText, data: z.unknown() }),
] as const;
const actionTypes: readonly string[] = actions.flatMap(({ shape }) => [...shape.type.def.values]);

/** A kind of next action that a later version has added is opaque to this one. */
const asKnownAction = (value: unknown): unknown => {
  const type: unknown = Reflect.get(Object(value), 'type');
  return typeof type === 'string' && !actionTypes.includes(type) ? { type: 'opaque', providerType: type, data: value } : value;
};

const nextAction = z.nullable(
  z.pipe(
    z.pipe(z.transform(asKnownAction), z.discriminatedUnion('type', actions)),
    z.transform((action: z.output<(typeof actions)[number]>): NextAction => ('url' in action ? { ...action, url: new Secret(action.url) } : { ...action, data: new Secret(action.data) })),
  ),
);

/** The schema of a stored intent with members that version 1 did not have; without any it is the schema of today. */
export const storedIntent = <M extends z.core.$ZodShape>(added: M) =>
  z.discriminatedUnion('status', [
    z.object({ ...facts, ...added, status: z.literal(['requires_payment_method', 'requires_confirmation', 'processing', 'requires_capture', 'succeeded']) }),
    z.object({ ...facts, ...added, status: z.literal('requires_action'), nextAction }),
    z.object({ ...facts, ...added, status: z.literal('canceled'), canceledAt: optionalTime, cancellationReason: z.nullable(word(cancellationReasons)) }),
    z.object({ ...facts, ...added, status: z.literal('unknown'), providerStatus: text, nextAction }),
  ]);

const stored = storedIntent({});
const statuses: readonly string[] = [...paymentIntentStatuses, 'unknown'];

/** A status that a later version has added is unknown to this one, and kept as the word that was used. */
const withKnownStatus = (json: unknown): unknown => {
  const status: unknown = Reflect.get(Object(json), 'status');
  return typeof status === 'string' && !statuses.includes(status) ? { nextAction: null, ...Object(json), status: 'unknown', providerStatus: status } : json;
};

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

const remedy = 'Retrieve the intent from the provider instead.';

/**
 * An intent from {@link storePaymentIntent} of this or another version, checked. Members that this version does not have are left out; words that it does not know
 * are `unknown`.
 * @throws PaymentError `invalid_request` naming the fields that are not as they must be. Nothing is sent.
 */
export const readStoredPaymentIntent = (json: unknown): PaymentIntent => {
  const result = stored.safeParse(withKnownStatus(json));
  if (!result.success)
    throw inputError(result.error.issues.map(({ path }) => ({ field: path.join('.') || 'json', problem: 'is not as storePaymentIntent wrote it', remedy })));
  const { v: _, ...intent } = result.data;
  if (intent.ref !== formatRef(intent.account, intent.id)) throw inputError([{ field: 'ref', problem: 'does not belong to the account and the id beside it', remedy }]);
  return Object.freeze({ ...intent, clientSecret: intent.clientSecret === null ? null : new Secret(intent.clientSecret), raw: new Secret(intent.raw ?? null) });
};
