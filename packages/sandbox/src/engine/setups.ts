import type { PaymentMethodName } from '../contract.js';
import { keepSetup } from './keep.js';
import { changeMetadata, type MetadataChange } from './metadata.js';
import type { Profile } from './profile.js';
import type { Refusal } from './refusal.js';
import * as life from './setup.js';
import type { Setup, SetupDetails } from './setup.js';
import type { Store } from './store.js';
import { asksForAction, checkParties, methodName, type Context, type Result } from './verbs.js';

/** Undefined: not given. Null: cleared. */
type SetupDetailsInput = { readonly [Field in keyof SetupDetails]?: SetupDetails[Field] | undefined };

/** What a creation says, in the sandbox's own words. */
export interface CreateSetupInput {
  readonly customer: string | undefined;
  readonly paymentMethod: string | undefined;
  readonly paymentMethodTypes: readonly string[] | undefined;
  readonly usage: 'off_session' | 'on_session' | undefined;
  readonly currency?: string;
  readonly details: SetupDetailsInput;
  readonly metadata: MetadataChange;
  readonly confirm: boolean;
}

/** What an update says; what is undefined stays as it is. */
export interface UpdateSetupInput {
  readonly customer?: string | null | undefined;
  readonly paymentMethod?: string | null | undefined;
  readonly paymentMethodTypes?: readonly string[] | undefined;
  readonly details: SetupDetailsInput;
  readonly metadata: MetadataChange;
}

/** What a confirmation says; what is undefined stays as it is. */
export interface ConfirmSetupInput {
  readonly paymentMethod?: string | undefined;
  readonly details: SetupDetailsInput;
}

const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });

const keep = (context: Context, setup: Setup, failed = false): Result<Setup> => ({ ok: true, item: keepSetup(context.store, setup), failed });

const changeDetails = (current: SetupDetails, change: SetupDetailsInput): SetupDetails => ({
  description: change.description === undefined ? current.description : change.description,
  returnUrl: change.returnUrl === undefined ? current.returnUrl : change.returnUrl,
  paymentMethodOptions: change.paymentMethodOptions === undefined ? current.paymentMethodOptions : change.paymentMethodOptions,
  automaticPaymentMethods: change.automaticPaymentMethods === undefined ? current.automaticPaymentMethods : change.automaticPaymentMethods,
});

const noDetails: SetupDetails = { description: null, returnUrl: null, paymentMethodOptions: null, automaticPaymentMethods: null };

/** The setup with that id. */
export function retrieveSetup({ store }: Context, id: string): Result<Setup> {
  const setup = store.setups.get(id);
  return setup === undefined ? refuse({ kind: 'not_found', what: 'setup', id }) : { ok: true, item: setup, failed: false };
}

/** Makes a setup, and confirms it where that is asked for. */
export function createSetup(context: Context, input: CreateSetupInput): Result<Setup> {
  const { profile, at } = context;
  const metadata = changeMetadata(new Map(), input.metadata);
  if (metadata.size > profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'create' });
  const setup: Setup = {
    ...profile.newSetup(at),
    createdAt: at,
    updatedAt: at,
    status: input.paymentMethod === undefined ? 'requires_payment_method' : 'requires_confirmation',
    customer: input.customer ?? null,
    paymentMethod: input.paymentMethod ?? null,
    paymentMethodTypes: input.paymentMethodTypes ?? ['card'],
    usage: input.usage ?? 'off_session',
    currency: input.currency ?? null,
    details: changeDetails(noDetails, input.details),
    metadata,
    attempts: [],
    confirmations: 0,
    lastFailure: null,
    saved: null,
    processingSince: null,
    canceledAt: null,
    cancellationReason: null,
  };
  const refusal = checkParties(profile, setup);
  if (refusal !== null) return refuse(refusal);
  return input.confirm ? attempt(context, setup, null) : keep(context, setup);
}

/** Changes a setup; a weighty change makes it ready to be confirmed anew. */
export function updateSetup(context: Context, id: string, input: UpdateSetupInput): Result<Setup> {
  const found = retrieveSetup(context, id);
  if (!found.ok) return found;
  const { item: setup } = found;
  const { profile, at } = context;
  const weighty = [input.customer, input.paymentMethod, input.paymentMethodTypes].some((value) => value !== undefined);
  if (profile.noUpdateFrom.includes(setup.status) || (weighty && profile.fixedFrom.includes(setup.status)))
    return refuse({ kind: 'setup_status', setup, verb: 'update' });
  const metadata = changeMetadata(setup.metadata, input.metadata);
  if (metadata.size > profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'update' });
  const next: Setup = {
    ...setup,
    updatedAt: at,
    customer: input.customer === undefined ? setup.customer : input.customer,
    paymentMethod: input.paymentMethod === undefined ? setup.paymentMethod : input.paymentMethod,
    paymentMethodTypes: input.paymentMethodTypes ?? setup.paymentMethodTypes,
    details: changeDetails(setup.details, input.details),
    metadata,
  };
  const refusal = weighty ? checkParties(profile, next) : null;
  if (refusal !== null) return refuse(refusal);
  return keep(context, weighty ? { ...next, status: next.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation' } : next);
}

/** Tries to save the payment method. A decline is a result, not a refusal. */
export function confirmSetup(context: Context, id: string, input: ConfirmSetupInput): Result<Setup> {
  const found = retrieveSetup(context, id);
  if (!found.ok) return found;
  const { item: setup } = found;
  if (belongsToSession(context) || !context.profile.confirmFrom.includes(setup.status)) return refuse({ kind: 'setup_status', setup, verb: 'confirm' });
  const next: Setup = {
    ...setup,
    paymentMethod: input.paymentMethod ?? setup.paymentMethod,
    details: changeDetails(setup.details, input.details),
  };
  const refusal = checkParties(context.profile, next);
  return refusal === null ? attempt(context, next, setup) : refuse(refusal);
}

function attempt(context: Context, setup: Setup, before: Setup | null): Result<Setup> {
  if (setup.paymentMethod === null) return refuse({ kind: 'missing_setup_method', setup: before });
  const name = methodName(context.profile, setup.paymentMethod);
  if (name === undefined) return refuse({ kind: 'not_found', what: 'payment_method', id: setup.paymentMethod });
  const next = begin(context, setup, name);
  return keep(context, next, next.lastFailure !== null);
}

const begin = ({ profile, at, key }: Omit<Context, 'store'>, setup: Setup, name: PaymentMethodName): Setup =>
  life.attemptSetup(setup, { id: profile.newSetupAttempt(at), at, method: { id: profile.paymentMethods[name], name }, key }, asksForAction(setup.details));

/** Ends a setup; nothing is saved. */
export function endSetup(context: Context, id: string, reason: string | null): Result<Setup> {
  const found = retrieveSetup(context, id);
  if (!found.ok) return found;
  const { item: setup } = found;
  if (belongsToSession(context) || !context.profile.cancelFrom.includes(setup.status)) return refuse({ kind: 'setup_status', setup, verb: 'cancel' });
  return keep(context, life.cancelSetup(setup, reason, context.at));
}

const belongsToSession = ({ store }: Context): boolean => store.switches.setupsOwnedBySession;

/**
 * The customer gives a payment method in the browser, or passes the action that is waited for.
 * @throws Error when there is no such setup, or it has ended or is being processed.
 */
export function completeInBrowser(store: Store, profile: Profile, id: string, name: PaymentMethodName, at: number): void {
  const setup = store.setups.get(id);
  if (setup === undefined) throw new Error(`No such setup in the sandbox: ${id}`);
  if (setup.status === 'requires_action') {
    keepSetup(store, life.passSetupAction(setup, at));
    return;
  }
  if (setup.status !== 'requires_payment_method' && setup.status !== 'requires_confirmation')
    throw new Error(`${setup.id} has nothing to complete: its status is ${setup.status}`);
  keepSetup(store, begin({ profile, at, key: null }, setup, name));
}
