import type { MetadataValue, Status } from './intent.js';
import type { Json } from './json.js';
import { behaviours, type FailureReason } from './payment-methods.js';
import type { PaymentMethodName } from '../contract.js';

/** The six statuses that all dialects share. */
type SetupStatus = Exclude<Status, 'requires_capture'>;

/** How long `processing` lasts. */
const processingSeconds = 60;

/** One confirmation of a setup. */
export interface SetupAttempt {
  readonly id: string;
  readonly at: number;
  readonly method: { readonly id: string; readonly name: PaymentMethodName };
  readonly key: string | null;
  readonly failure: FailureReason | null;
}

/** What was saved, and by whose request. */
interface SavedMethod {
  readonly paymentMethod: string;
  readonly customer: string | null;
  readonly at: number;
  readonly key: string | null;
}

/** Fields that are stored and echoed, and change nothing. */
export interface SetupDetails {
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly paymentMethodOptions: Json;
  readonly automaticPaymentMethods: Json;
}

/** The saving of a payment method. Never changed in place: every step makes a new one. */
export interface Setup {
  readonly id: string;
  readonly clientSecret: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: SetupStatus;
  readonly customer: string | null;
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[];
  readonly usage: 'off_session' | 'on_session';
  /** ISO 4217, upper case, where the provider asks for it. */
  readonly currency: string | null;
  readonly details: SetupDetails;
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  /** Newest last. */
  readonly attempts: readonly SetupAttempt[];
  readonly confirmations: number;
  readonly lastFailure: SetupAttempt | null;
  readonly saved: SavedMethod | null;
  readonly processingSince: number | null;
  readonly canceledAt: number | null;
  readonly cancellationReason: string | null;
}

/** A new attempt to save: it succeeds, fails, waits for the customer or is processed. */
export function attemptSetup(setup: Setup, attempt: Omit<SetupAttempt, 'failure'>, forceAction: boolean): Setup {
  const begun: Setup = {
    ...setup,
    updatedAt: attempt.at,
    paymentMethod: attempt.method.id,
    confirmations: setup.confirmations + 1,
    attempts: [...setup.attempts, { ...attempt, failure: null }],
    lastFailure: null,
  };
  if (behaviours[attempt.method.name].needsAction || forceAction) return { ...begun, status: 'requires_action' };
  return conclude(begun, attempt.at);
}

function conclude(setup: Setup, at: number): Setup {
  const attempt = setup.attempts.at(-1);
  if (attempt === undefined) return setup;
  const { outcome } = behaviours[attempt.method.name];
  if (outcome === 'processing_succeeds' || outcome === 'processing_fails') return { ...setup, status: 'processing', processingSince: at, updatedAt: at };
  return outcome === 'succeeds' ? save(setup, attempt, at) : fail(setup, attempt, outcome, at);
}

const save = (setup: Setup, { method, key }: SetupAttempt, at: number): Setup => ({
  ...setup,
  status: 'succeeded',
  saved: { paymentMethod: method.id, customer: setup.customer, at, key },
  processingSince: null,
  updatedAt: at,
});

function fail(setup: Setup, attempt: SetupAttempt, failure: FailureReason, at: number): Setup {
  const failed = { ...attempt, failure };
  return {
    ...setup,
    status: 'requires_payment_method',
    paymentMethod: null,
    attempts: [...setup.attempts.slice(0, -1), failed],
    lastFailure: failed,
    processingSince: null,
    updatedAt: at,
  };
}

/** The customer has done what `next_action` asked for. */
export const passSetupAction = (setup: Setup, at: number): Setup => conclude(setup, at);

/** The customer has failed what `next_action` asked for. */
export function missSetupAction(setup: Setup, at: number): Setup {
  const attempt = setup.attempts.at(-1);
  return attempt === undefined ? setup : fail(setup, attempt, 'authentication_failed', at);
}

/** Ends the setup; nothing is saved. */
export const cancelSetup = (setup: Setup, reason: string | null, at: number): Setup => ({
  ...setup,
  status: 'canceled',
  canceledAt: at,
  cancellationReason: reason,
  processingSince: null,
  updatedAt: at,
});

/** What time alone has done to the setup: `processing` settles. */
export function passSetupTime(setup: Setup, now: number): Setup {
  const attempt = setup.attempts.at(-1);
  if (setup.processingSince === null || attempt === undefined) return setup;
  const at = setup.processingSince + processingSeconds * 1000;
  if (now < at) return setup;
  return behaviours[attempt.method.name].outcome === 'processing_fails' ? fail(setup, attempt, 'card_declined', at) : save(setup, attempt, at);
}
