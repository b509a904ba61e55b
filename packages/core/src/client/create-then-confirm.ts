import { PaymentError } from '../model/payment-error.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { ClientContext } from './context.js';
import { resumeOf, retold } from './failures.js';
import { contradicts } from './judge.js';
import { wasConfirmed } from './look-up.js';
import { operationOf, prepare, type PreparedCall } from './prepare.js';
import { courseOf, find, performPrepared } from './settle.js';
import { cannotLook, contradictionError, noTimeLeft } from './settle-errors.js';
import { keyProtects } from './step.js';

/** Whether a create that also confirms could charge twice, should its answer be lost: then it is created first, and confirmed by its id. */
export const mustSplit = ({ adapter, limits }: ClientContext, { operation, confirm }: PreparedCall): boolean =>
  operation === 'paymentIntents.create' && confirm && !keyProtects(limits, operation) && adapter.operations['paymentIntents.confirm'] !== undefined;

/** Fields that a creation takes only together with its confirmation: they go with the second step, where its operation has them. */
const confirmationFields = ['returnUrl', 'offSession'];

const beforeConfirmation: readonly string[] = ['requires_payment_method', 'requires_confirmation'];

const born = ({ createdAt, id }: PaymentIntent): string => `${createdAt ?? ''} ${id}`;

/**
 * The intent to go on with. There can be several: a first step that was thought lost may arrive after all, and make an intent that nobody has confirmed.
 * Confirming that one would charge again. Where none is confirmed yet, it is the oldest: what comes late is never that, so every call takes the same one,
 * also while a confirmation of it is under way.
 */
const furthest = (found: readonly PaymentIntent[]): PaymentIntent | undefined =>
  found.find(({ status }) => !beforeConfirmation.includes(status)) ?? found.find(wasConfirmed) ?? found.toSorted((one, other) => (born(one) < born(other) ? -1 : 1))[0];

/**
 * Create, then confirm by id, for providers that do not honour keys. An intent that carries the reference already is used instead of a new one, so a
 * repeated call does not charge again (as far as the provider's list shows it).
 * @throws PaymentError as the two operations do, told as one; `provider_unavailable` (`not_sent`) when it cannot be looked up whether the reference was used;
 * `timeout` (`not_sent`) when no time is left to confirm what was created.
 */
export const createThenConfirm = async (context: ClientContext, call: PreparedCall): Promise<PaymentIntent> => {
  const { accepts } = operationOf(context, 'paymentIntents.confirm');
  const atConfirmation = (field: string): boolean => confirmationFields.includes(field) && accepts.some((accepted) => accepted === field);
  const entries = Object.entries(call.input).filter(([field]) => field !== 'confirm');
  const details = Object.fromEntries(entries.filter(([field]) => atConfirmation(field)));
  const first = await prepare(context, 'paymentIntents.create', null, Object.fromEntries(entries.filter(([field]) => !atConfirmation(field))), call.options);
  // The second step is checked as well before the first one is sent; its id is not known yet.
  await prepare(context, 'paymentIntents.confirm', { id: 'not-yet-known' }, details, call.options);

  const { whole, startedAt } = courseOf(context, call);
  const found = await find({ context, call, course: whole, startedAt });
  if (found === null) throw cannotLook(context, call);
  const existing = furthest(found.filter((object) => object.object === 'payment_intent'));
  if (existing !== undefined && contradicts(existing, { ...call, before: null })) throw contradictionError(context, call, existing, null);
  const asOne = (id: string | null) => (error: unknown): never => {
    throw PaymentError.is(error) ? retold(error, { operation: call.operation, resume: resumeOf(context, call, id, startedAt) }) : error;
  };
  const created = existing ?? (await performPrepared(context, first).catch(asOne(null)));
  if (wasConfirmed(created)) return created;
  const left = whole.endsAt - context.transport.clock();
  if (left <= 0) throw noTimeLeft(context, call, created);
  // A key of the application's own names the whole call: the second step needs one beside it, the same every time.
  const { idempotencyKey, ...options } = call.options;
  const named = idempotencyKey === undefined ? options : { ...options, reference: idempotencyKey };
  const second = await prepare(context, 'paymentIntents.confirm', created, details, { ...named, deadline: left });
  return performPrepared(context, second, { calledAs: call.operation }).catch(asOne(created.id));
};
