// Strategy "create then confirm": for a provider that does not honour keys. A create that also confirms could charge twice there if its response is lost.
import type { LivingObject } from '../model/event.js';
import { PaymentError } from '../model/payment-error.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import { checkStep } from './check.js';
import { timeLeft, type CallContext } from './context.js';
import { asErrorOf, cannotLook, contradictionError, noTimeLeft } from './errors.js';
import { execute } from './execute.js';
import { lookUp, wasConfirmed } from './look-up.js';
import { keyProtects } from './protection.js';
import { operationOf } from './read.js';
import { contradicts } from './reconcile.js';

/** Whether a create that also confirms could charge twice, should its response be lost: then it is created first, and confirmed by its id. */
export const mustSplit = ({ client: { adapter, limits }, operation, confirm }: CallContext): boolean =>
  operation === 'paymentIntents.create' && confirm && !keyProtects(limits, operation) && adapter.operations['paymentIntents.confirm'] !== undefined;

/** Fields that a creation takes only together with its confirmation: they go with the second step, where its operation has them. */
const confirmationFields = ['returnUrl', 'offSession'];

const beforeConfirmation: readonly string[] = ['requires_payment_method', 'requires_confirmation'];

const born = ({ createdAt, id }: PaymentIntent): string => `${createdAt ?? ''} ${id}`;

/**
 * The intent to go on with. There can be several: a first step whose response was lost may arrive after all, and make an intent that nobody has confirmed.
 * Confirming that one would charge again. Where none is confirmed yet, it is the oldest: what arrives late is never that, so every call takes the same one,
 * also while a confirmation of it is under way.
 */
const furthest = (found: readonly PaymentIntent[]): PaymentIntent | undefined =>
  found.find(({ status }) => !beforeConfirmation.includes(status)) ?? found.find(wasConfirmed) ?? found.toSorted((one, other) => (born(one) < born(other) ? -1 : 1))[0];

const isIntent = (object: { readonly object: string }): object is PaymentIntent => object.object === 'payment_intent';

/**
 * Create, then confirm by id. An intent that carries the reference already is used instead of a new one, so a repeated call does not charge again (as far as
 * the provider's list shows it).
 * @throws PaymentError as the two operations do, as one; `provider_unavailable` (`not_sent`) when it cannot be looked up whether the reference was used;
 * `timeout` (`not_sent`) when no time is left to confirm what was created.
 */
export const createThenConfirm = async (call: CallContext): Promise<LivingObject> => {
  const { accepts } = operationOf(call.client, 'paymentIntents.confirm');
  const atConfirmation = (field: string): boolean => confirmationFields.includes(field) && accepts.includes(field);
  const entries = Object.entries(call.input).filter(([field]) => field !== 'confirm');
  const details = Object.fromEntries(entries.filter(([field]) => atConfirmation(field)));
  const named = call.reference === null ? {} : { reference: call.reference, attempt: call.attempt };
  const creation = Object.fromEntries(entries.filter(([field]) => !atConfirmation(field)));
  const first = await checkStep(call, 'paymentIntents.create', null, creation, call.callersKey ? { idempotencyKey: call.key } : named);
  // The second step is checked as well before the first one is sent; its id is not known yet.
  await checkStep(call, 'paymentIntents.confirm', { id: 'not-yet-known' }, details);

  const found = await lookUp(call);
  if (found === null) throw cannotLook(call);
  const existing = furthest(found.filter(isIntent));
  if (existing !== undefined && contradicts({ ...call, snapshot: null }, existing)) throw contradictionError(call, existing, null);
  const run = async (step: CallContext, made: string | null): Promise<PaymentIntent> => {
    try {
      const object = await execute(step);
      if (isIntent(object)) return object;
    } catch (error) {
      throw PaymentError.is(error) ? asErrorOf(call, error, made) : error;
    }
    throw new TypeError('A payment intent was expected.');
  };
  const created = existing ?? (await run(first, null));
  if (wasConfirmed(created)) return created;
  if (timeLeft(call, 'sendBy') <= 0) throw noTimeLeft(call, created);
  // A key of the application's own names the whole call: the second step needs another one, the same every time.
  const second = await checkStep(call, 'paymentIntents.confirm', created, details, call.callersKey ? { reference: call.key } : named);
  return run(second, created.id);
};
