import type { PaymentMethodName } from '../contract.js';
import { keepIntent } from './keep.js';
import type { CaptureMethod, Details, Intent } from './intent.js';
import { heldTotal } from './ledger.js';
import * as lifecycle from './lifecycle.js';
import { changeMetadata, type MetadataChange } from './metadata.js';
import { paymentMethodNames } from './payment-methods.js';
import type { Profile } from './profile.js';
import type { Refusal } from './refusal.js';
import type { Store } from './store.js';

/** What every verb works with. */
export interface Context {
  readonly store: Store;
  readonly profile: Profile;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  readonly key: string | null;
}

/** What became of a verb. `failed`: this very call ended in a decline. */
export type Result<Item = Intent> =
  | { readonly ok: true; readonly item: Item; readonly failed: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/** Undefined: not given. Null: cleared. */
export type DetailsInput = { readonly [Field in keyof Details]?: Details[Field] | undefined };

/** What a confirmation says about who is there. */
interface Presence {
  readonly offSession: boolean;
  /** The caller wants a decline rather than a payment that waits for an action. */
  readonly refuseAction: boolean;
}

/** What a creation says, in the sandbox's own words. */
export interface CreateInput {
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod: CaptureMethod;
  readonly confirmationMethod: 'automatic' | 'manual';
  readonly customer: string | undefined;
  readonly paymentMethod: string | undefined;
  readonly paymentMethodTypes: readonly string[] | undefined;
  readonly details: DetailsInput;
  readonly metadata: MetadataChange;
  /** Null: not to be confirmed yet. */
  readonly confirm: Presence | null;
}

/** What an update says; what is undefined stays as it is. */
export interface UpdateInput {
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
  readonly captureMethod?: CaptureMethod | undefined;
  readonly customer?: string | null | undefined;
  readonly paymentMethod?: string | null | undefined;
  readonly paymentMethodTypes?: readonly string[] | undefined;
  readonly details: DetailsInput;
  readonly metadata: MetadataChange;
}

/** What a confirmation says; what is undefined stays as it is. */
export interface ConfirmInput extends Presence {
  readonly captureMethod?: CaptureMethod | undefined;
  readonly paymentMethod?: string | undefined;
  readonly paymentMethodTypes?: readonly string[] | undefined;
  readonly details: DetailsInput;
}

/** What a capture says. */
export interface CaptureInput {
  /** Undefined: everything that is held. */
  readonly amount: number | undefined;
  /** Undefined: as the switch says. */
  readonly final: boolean | undefined;
  readonly details?: DetailsInput;
  readonly metadata: MetadataChange;
}

/** What an increment says; the switch tells whether its amount is the new total. */
export interface IncrementInput {
  readonly amount: number;
  readonly details: DetailsInput;
  readonly metadata: MetadataChange;
}

const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });

const keep = (context: Context, intent: Intent, failed = false): Result => {
  keepIntent(context.store, intent, context.at);
  return { ok: true, item: intent, failed };
};

const noDetails: Details = {
  description: null,
  receiptEmail: null,
  returnUrl: null,
  setupFutureUsage: null,
  statementDescriptor: null,
  statementDescriptorSuffix: null,
  paymentMethodOptions: null,
  shipping: null,
  automaticPaymentMethods: null,
};

function changeDetails(current: Details, change: DetailsInput): Details {
  const given = <Field extends keyof Details>(field: Field): Details[Field] => {
    const value: Details[Field] | undefined = change[field];
    return value === undefined ? current[field] : value;
  };
  return {
    description: given('description'),
    receiptEmail: given('receiptEmail'),
    returnUrl: given('returnUrl'),
    setupFutureUsage: given('setupFutureUsage'),
    statementDescriptor: given('statementDescriptor'),
    statementDescriptorSuffix: given('statementDescriptorSuffix'),
    paymentMethodOptions: given('paymentMethodOptions'),
    shipping: given('shipping'),
    automaticPaymentMethods: given('automaticPaymentMethods'),
  };
}

/** The test payment method behind an id. */
export const methodName = (profile: Profile, id: string): PaymentMethodName | undefined =>
  paymentMethodNames.find((name) => profile.paymentMethods[name] === id);

/** Why a payment or a setup may not have this customer and this method; null when it may. */
export function checkParties(profile: Profile, intent: Pick<Intent, 'customer' | 'paymentMethod' | 'paymentMethodTypes'>): Refusal | null {
  const { customer, paymentMethod, paymentMethodTypes } = intent;
  if (customer !== null && customer !== profile.customer) return { kind: 'not_found', what: 'customer', id: customer };
  if (paymentMethod === null) return null;
  if (profile.methodNeedsCustomer && customer === null) return { kind: 'customer_required' };
  if (methodName(profile, paymentMethod) === undefined) return { kind: 'not_found', what: 'payment_method', id: paymentMethod };
  return paymentMethodTypes.includes('card') ? null : { kind: 'type_not_allowed' };
}

/** The payment with that id. */
export function retrieve(context: Context, id: string): Result {
  const intent = context.store.intents.get(id);
  return intent === undefined ? refuse({ kind: 'not_found', what: 'intent', id }) : { ok: true, item: intent, failed: false };
}

/** Makes a payment, and confirms it where that is asked for. */
export function create(context: Context, input: CreateInput): Result {
  const { profile, at } = context;
  const metadata = changeMetadata(new Map(), input.metadata);
  if (metadata.size > profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'create' });
  const intent: Intent = {
    ...profile.newIntent(at),
    createdAt: at,
    updatedAt: at,
    amount: input.amount,
    currency: input.currency,
    captureMethod: input.captureMethod,
    confirmationMethod: input.confirmationMethod,
    status: input.paymentMethod === undefined ? 'requires_payment_method' : 'requires_confirmation',
    customer: input.customer ?? null,
    paymentMethod: input.paymentMethod ?? null,
    paymentMethodTypes: input.paymentMethodTypes ?? ['card'],
    details: changeDetails(noDetails, input.details),
    metadata,
    attempts: [],
    confirmations: 0,
    failures: 0,
    lastFailure: null,
    authenticated: null,
    processingSince: null,
    authorizedAt: null,
    movements: [],
    canceledAt: null,
    cancellationReason: null,
    expired: false,
  };
  const refusal = checkParties(profile, intent);
  if (refusal !== null) return refuse(refusal);
  if (input.confirm === null) return keep(context, intent);
  if (intent.paymentMethod === null) return refuse({ kind: 'missing_payment_method', intent: null });
  return attempt(context, intent, intent.paymentMethod, input.confirm);
}

/** Changes a payment; a weighty change makes it ready to be confirmed anew. */
export function update(context: Context, id: string, input: UpdateInput): Result {
  const found = retrieve(context, id);
  if (!found.ok) return found;
  const { item: intent } = found;
  const { profile, at } = context;
  const touched = [input.amount, input.currency, input.captureMethod, input.customer, input.paymentMethod, input.paymentMethodTypes];
  const weighty = touched.some((value) => value !== undefined);
  if (profile.noUpdateFrom.includes(intent.status) || (weighty && profile.fixedFrom.includes(intent.status)))
    return refuse({ kind: 'invalid_status', intent, verb: 'update' });
  const metadata = changeMetadata(intent.metadata, input.metadata);
  if (metadata.size > profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'update' });
  const next: Intent = {
    ...intent,
    updatedAt: at,
    amount: input.amount ?? intent.amount,
    currency: input.currency ?? intent.currency,
    captureMethod: input.captureMethod ?? intent.captureMethod,
    customer: input.customer === undefined ? intent.customer : input.customer,
    paymentMethod: input.paymentMethod === undefined ? intent.paymentMethod : input.paymentMethod,
    paymentMethodTypes: input.paymentMethodTypes ?? intent.paymentMethodTypes,
    details: changeDetails(intent.details, input.details),
    metadata,
  };
  const refusal = weighty ? checkParties(profile, next) : null;
  if (refusal !== null) return refuse(refusal);
  if (!weighty) return keep(context, next);
  // An authentication that was begun was for what the payment used to be.
  return keep(context, { ...next, authenticated: null, status: next.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation' });
}

/** Tries to charge the payment method. A decline is a result, not a refusal. */
export function confirm(context: Context, id: string, input: ConfirmInput): Result {
  const found = retrieve(context, id);
  if (!found.ok) return found;
  const { item: intent } = found;
  if (!context.profile.confirmFrom.includes(intent.status)) return refuse({ kind: 'invalid_status', intent, verb: 'confirm' });
  const next: Intent = {
    ...intent,
    captureMethod: input.captureMethod ?? intent.captureMethod,
    paymentMethod: input.paymentMethod ?? intent.paymentMethod,
    paymentMethodTypes: input.paymentMethodTypes ?? intent.paymentMethodTypes,
    details: changeDetails(intent.details, input.details),
  };
  if (next.paymentMethod === null) return refuse({ kind: 'missing_payment_method', intent });
  const refusal = checkParties(context.profile, next);
  return refusal === null ? attempt(context, next, next.paymentMethod, input) : refuse(refusal);
}

function attempt(context: Context, intent: Intent, method: string, presence: Presence): Result {
  const { profile, at, key } = context;
  const name = methodName(profile, method);
  if (name === undefined) return refuse({ kind: 'not_found', what: 'payment_method', id: method });
  const declineAction = presence.refuseAction || (presence.offSession && profile.offSessionDeclinesAction);
  const started = { id: profile.newAttempt(at), at, method: { id: method, name }, key };
  const next = lifecycle.attemptPayment(intent, started, { ...terms(context, intent), declineAction });
  return keep(context, next, next.lastFailure !== null);
}

/** What decides the outcome of this payment's confirmation now. */
export function terms({ store, at }: Pick<Context, 'store' | 'at'>, intent: Intent): lifecycle.Terms {
  const { automaticAsync, confirmationLimit } = store.switches;
  return { at, forceAction: asksForAction(intent.details), declineAction: false, asyncCapture: automaticAsync, confirmationLimit };
}

/** Do the options ask for 3-D Secure whatever the method? */
export function asksForAction({ paymentMethodOptions: options }: Pick<Details, 'paymentMethodOptions'>): boolean {
  if (typeof options !== 'object' || options === null || !('card' in options)) return false;
  const { card } = options;
  if (typeof card !== 'object' || card === null || !('request_three_d_secure' in card)) return false;
  return card.request_three_d_secure === 'any' || card.request_three_d_secure === 'challenge';
}

/** Takes some or all of what is held. */
export function capture(context: Context, id: string, input: CaptureInput): Result {
  const found = retrieve(context, id);
  if (!found.ok) return found;
  const { item: intent } = found;
  if (intent.expired) return refuse({ kind: 'authorization_expired', intent });
  if (intent.status !== 'requires_capture') return refuse({ kind: 'invalid_status', intent, verb: 'capture' });
  const held = heldTotal(intent);
  const amount = input.amount ?? held;
  if (amount > held) return refuse({ kind: 'capture_too_large', capturable: held });
  const closes = input.final ?? context.store.switches.partialCapture === 'closes';
  const described = {
    ...intent,
    details: changeDetails(intent.details, input.details ?? {}),
    metadata: changeMetadata(intent.metadata, input.metadata),
  };
  return keep(context, lifecycle.capture(described, amount, closes, context.at, context.key));
}

/** Ends a payment and releases what is held. */
export function cancel(context: Context, id: string, reason: string | null): Result {
  const found = retrieve(context, id);
  if (!found.ok) return found;
  const { item: intent } = found;
  if (!context.profile.cancelFrom.includes(intent.status)) return refuse({ kind: 'invalid_status', intent, verb: 'cancel' });
  return keep(context, lifecycle.cancel(intent, reason, context.at, context.key));
}

/** Holds more. */
export function increment(context: Context, id: string, input: IncrementInput): Result {
  const found = retrieve(context, id);
  if (!found.ok) return found;
  const { item: intent } = found;
  if (intent.status !== 'requires_capture') return refuse({ kind: 'invalid_status', intent, verb: 'increment_authorization' });
  const total = context.store.switches.increment === 'delta' ? intent.amount + input.amount : input.amount;
  if (total <= intent.amount) return refuse({ kind: 'increment_not_larger', intent });
  const described: Intent = {
    ...intent,
    details: changeDetails(intent.details, input.details),
    metadata: changeMetadata(intent.metadata, input.metadata),
  };
  return keep(context, lifecycle.increment(described, total, context.at, context.key));
}
