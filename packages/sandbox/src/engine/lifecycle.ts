import type { Attempt, Intent } from './intent.js';
import { heldTotal, move } from './ledger.js';
import { behaviours, type FailureReason } from './payment-methods.js';

/** How long `processing` lasts. */
const processingSeconds = 60;
/** How long an authorisation is held. */
export const authorizationSeconds = 7 * 86_400;

/** What decides the outcome of a confirmation, beside the payment method. */
export interface Terms {
  readonly at: number;
  /** 3-D Secure was asked for whatever the method. */
  readonly forceAction: boolean;
  /** Nobody is there to act, and the provider declines instead of waiting. */
  readonly declineAction: boolean;
  readonly asyncCapture: 'processing' | 'succeeded';
  readonly confirmationLimit: number | null;
}

const withLastAttempt = (intent: Intent, change: Partial<Attempt>): Intent => {
  const last = intent.attempts.at(-1);
  return last === undefined ? intent : { ...intent, attempts: [...intent.attempts.slice(0, -1), { ...last, ...change }] };
};

/** A new attempt on the payment: it succeeds, fails, waits for the customer or is processed. */
export function attemptPayment(intent: Intent, attempt: Omit<Attempt, 'charged' | 'failure'>, terms: Terms): Intent {
  const begun: Intent = {
    ...intent,
    updatedAt: terms.at,
    paymentMethod: attempt.method.id,
    confirmations: intent.confirmations + 1,
    attempts: [...intent.attempts, { ...attempt, charged: false, failure: null }],
    lastFailure: null,
    authenticated: null,
  };
  const acts = behaviours[attempt.method.name].needsAction || terms.forceAction;
  if (!acts || intent.authenticated === attempt.method.id) return charge(begun, terms);
  if (terms.declineAction) return fail(withLastAttempt(begun, { charged: true }), 'authentication_required', terms);
  return { ...begun, status: 'requires_action' };
}

function charge(intent: Intent, terms: Terms): Intent {
  const attempt = intent.attempts.at(-1);
  if (attempt === undefined) return intent;
  const charged = withLastAttempt(intent, { charged: true });
  const { outcome } = behaviours[attempt.method.name];
  if (outcome === 'processing_succeeds' || outcome === 'processing_fails') return process(charged, terms.at);
  if (outcome !== 'succeeds') return fail(charged, outcome, terms);
  const waits = intent.captureMethod === 'automatic_async' && terms.asyncCapture === 'processing';
  return waits ? process(charged, terms.at) : authorize(charged, terms.at);
}

const process = (intent: Intent, at: number): Intent => ({ ...intent, status: 'processing', processingSince: at, updatedAt: at });

function authorize(intent: Intent, at: number): Intent {
  const key = intent.attempts.at(-1)?.key ?? null;
  const held: Intent = { ...move(intent, 'authorized', intent.amount, at, key), authorizedAt: at, processingSince: null, updatedAt: at };
  if (intent.captureMethod === 'manual') return { ...held, status: 'requires_capture' };
  return { ...move(held, 'captured', intent.amount, at, key), status: 'succeeded' };
}

function fail(intent: Intent, failure: FailureReason, terms: Pick<Terms, 'at' | 'confirmationLimit'>): Intent {
  const failed = withLastAttempt(intent, { failure });
  const failures = intent.failures + 1;
  const ended = terms.confirmationLimit !== null && failures >= terms.confirmationLimit;
  return {
    ...failed,
    status: ended ? 'canceled' : 'requires_payment_method',
    canceledAt: ended ? terms.at : null,
    paymentMethod: null,
    processingSince: null,
    failures,
    lastFailure: failed.attempts.at(-1) ?? null,
    updatedAt: terms.at,
  };
}

/** The customer has done what `next_action` asked for. */
export function passAction(intent: Intent, terms: Terms): Intent {
  const attempt = intent.attempts.at(-1);
  if (intent.confirmationMethod === 'manual' && attempt !== undefined)
    return { ...intent, status: 'requires_confirmation', authenticated: attempt.method.id, updatedAt: terms.at };
  return charge(intent, terms);
}

/** The customer has failed what `next_action` asked for. */
export const missAction = (intent: Intent, terms: Terms): Intent => fail(intent, 'authentication_failed', terms);

/**
 * Takes `amount` of what is held.
 * @param closes whether the rest is released; otherwise it stays capturable.
 */
export function capture(intent: Intent, amount: number, closes: boolean, at: number, key: string | null): Intent {
  const taken = move(intent, 'captured', amount, at, key);
  const rest = heldTotal(taken);
  if (!closes && rest > 0) return { ...taken, updatedAt: at };
  return { ...move(taken, 'released', rest, at, key), status: 'succeeded', updatedAt: at };
}

/** Ends the payment and releases what is held. */
export function cancel(intent: Intent, reason: string | null, at: number, key: string | null): Intent {
  const released = move(intent, 'released', heldTotal(intent), at, key);
  return { ...released, status: 'canceled', canceledAt: at, cancellationReason: reason, processingSince: null, updatedAt: at };
}

/** Enlarges the authorisation to `total`. */
export const increment = (intent: Intent, total: number, at: number, key: string | null): Intent => ({
  ...move(intent, 'incremented', total - intent.amount, at, key),
  amount: total,
  updatedAt: at,
});

/** The first thing that time alone has done to the payment: `processing` settles, or an authorisation runs out. The same payment: nothing. */
export function passTime(intent: Intent, now: number, rules: { confirmationLimit: number | null; expiryReason: string | null }): Intent {
  const settled = settle(intent, now, rules.confirmationLimit);
  if (settled !== intent || settled.status !== 'requires_capture' || settled.authorizedAt === null) return settled;
  const end = settled.authorizedAt + authorizationSeconds * 1000;
  if (now < end) return settled;
  const partly = settled.movements.some(({ type }) => type === 'captured');
  const ended = cancel(settled, rules.expiryReason, end, null);
  return partly ? { ...ended, status: 'succeeded', canceledAt: null, cancellationReason: null } : { ...ended, expired: true };
}

function settle(intent: Intent, now: number, confirmationLimit: number | null): Intent {
  const { processingSince } = intent;
  const attempt = intent.attempts.at(-1);
  if (processingSince === null || attempt === undefined) return intent;
  const at = processingSince + processingSeconds * 1000;
  if (now < at) return intent;
  if (behaviours[attempt.method.name].outcome === 'processing_fails') return fail(intent, 'card_declined', { at, confirmationLimit });
  return authorize(intent, at);
}
