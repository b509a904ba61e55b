// Step "reconcile": what a response, or an object that is looked up, proves about an operation whose outcome is unknown.
import type { LivingObject } from '../model/event.js';
import { sameMoney } from '../model/money.js';
import { PaymentError } from '../model/payment-error.js';
import type { Asked, Reconciliation } from '../operations/definition.js';
import { operationDefinitions } from '../operations/index.js';
import { receivedAsAsked } from '../operations/payment-intents.js';
import type { CallContext } from './context.js';
import { about, contradictionError } from './errors.js';
import { lookUp } from './look-up.js';
import { notify } from './send.js';

/** What an object proves about a call. It is of the kind that the call's operation returns. */
export const reconcile = (call: CallContext, subject: LivingObject, since: number = call.firstSentAt): Reconciliation => {
  const asked: Asked = { amount: call.amount, confirm: call.confirm, before: call.snapshot, since: new Date(since).toISOString() };
  // The operation's own rule takes objects of the operation's own kind.
  return operationDefinitions[call.operation].reconcile(subject as never, asked);
};

/**
 * Whether a response is about something else than was asked for: a stored response to other content under the same key, or a provider's own doing.
 * Only facts that the response states are compared.
 */
export const contradicts = ({ operation, amount, snapshot }: Pick<CallContext, 'operation' | 'amount' | 'snapshot'>, subject: LivingObject): boolean => {
  if (amount === null || subject.object === 'setup_intent') return false;
  if (subject.object === 'refund') return operation === 'refunds.create' && !sameMoney(subject.amount, amount);
  if (operation === 'paymentIntents.capture') return subject.status === 'succeeded' && !receivedAsAsked(subject, { amount, before: snapshot });
  if (operation === 'paymentIntents.incrementAuthorization') return subject.status === 'requires_capture' && !sameMoney(subject.amount, amount);
  return !sameMoney(subject.amount, amount);
};

const reportResolved = ({ client, calledAs, operation }: CallContext, outcome: 'done' | 'unknown' | 'rejected'): void => {
  const { adapter, account, transport } = client;
  if (transport.onExchange)
    notify(transport.onExchange, { provider: adapter.provider, account, operation: calledAs, step: operation, try: 1, at: transport.clock(), type: 'resolved', outcome });
};

/**
 * Resolves an unknown outcome by looking. Returns the object when the look-up proves that the operation was done; otherwise throws `unknown`, made
 * with what was found.
 */
export const resolveByLooking = async (call: CallContext, unknown: (found: LivingObject | null) => PaymentError): Promise<LivingObject> => {
  const found = (await lookUp(call)) ?? [];
  const results = found.map((subject) => ({ subject, proves: reconcile(call, subject) }));
  const done = results.find(({ proves }) => proves === 'done');
  if (done !== undefined) {
    reportResolved(call, 'done');
    return done.subject;
  }
  const conflict = results.find(({ proves }) => proves === 'conflict');
  if (conflict !== undefined) {
    reportResolved(call, 'rejected');
    throw contradictionError(call, conflict.subject, null);
  }
  const impossible = results.find(({ proves }) => proves === 'impossible');
  if (impossible !== undefined) {
    reportResolved(call, 'rejected');
    throw new PaymentError({
      ...about(call),
      code: 'invalid_state',
      outcome: 'rejected',
      message: `${call.operation} at ${call.client.adapter.provider}: the object is ${impossible.subject.status}; the operation did not happen and no longer can.`,
      subject: impossible.subject,
    });
  }
  reportResolved(call, 'unknown');
  throw unknown(found[0] ?? null);
};
