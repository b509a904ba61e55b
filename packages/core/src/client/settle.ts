import { completePaymentIntent, sealFailure } from '../contract/complete.js';
import type { FailureReading, PaymentIntentReading } from '../contract/readings.js';
import type { OperationName } from '../contract/vocabulary.js';
import { vocabulary } from '../contract/vocabulary.js';
import { isMalformedWire } from '../contract/wire.js';
import { PaymentError } from '../errors/payment-error.js';
import { compareSnapshots } from '../lifecycle/compare-snapshots.js';
import { terminalStatuses } from '../lifecycle/transitions.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import { formatMoney } from '../model/money.js';
import { notify, type Sent } from '../transport/send.js';
import type { Verdict } from '../transport/verdict.js';
import type { ClientContext } from './context.js';
import { about, declinedError, failedError, malformedError, outcomeOf, resumeOf } from './failures.js';
import { contradicts, judge, type Asked } from './judge.js';
import { lookUpById, lookUpByReference } from './look-up.js';
import { operationOf, requestOf, type PreparedCall } from './prepare.js';
import { runStep, type Course } from './step.js';

/** The operations that answer with one payment intent. */
export type IntentOperation = Exclude<OperationName, 'paymentIntents.list'>;

/** The part of the whole time that is kept for a look-up, should the answer be lost. Milliseconds. */
const reserve = (deadline: number): number => Math.min(10_000, deadline / 4);

/** When a call ends, and when its sending must end so that a look-up still fits. */
export const courseOf = ({ transport, deadline }: ClientContext, { operation, options }: PreparedCall): { readonly sending: Course; readonly whole: Course; readonly startedAt: number } => {
  const startedAt = transport.clock();
  const total = options.deadline ?? deadline;
  const whole = { operation, connectedAccount: options.connectedAccount, signal: options.signal, endsAt: startedAt + total };
  return { whole, sending: vocabulary[operation].readsOnly ? whole : { ...whole, endsAt: whole.endsAt - reserve(total) }, startedAt };
};


const withFailure = (intent: PaymentIntent, failure: FailureReading): PaymentIntent =>
  intent.lastPaymentError === null ? Object.freeze({ ...intent, lastPaymentError: sealFailure(failure) }) : intent;

/** The fields that an answer lacks, by what reading it threw. */
export const malformedFields = (error: unknown): readonly string[] => (isMalformedWire(error) ? error.fields : ['body']);

/** The error of an answer, or of an intent found later, that is about something else than was asked for. */
export const contradictionError = (context: ClientContext, call: PreparedCall, intent: PaymentIntent, requestId: string | null): PaymentError => {
  // A key that was never used before names no earlier movement: the provider did this, and not as it was asked.
  const fresh = call.reference === null && call.options.idempotencyKey === undefined;
  const itself = fresh || call.operation === 'paymentIntents.incrementAuthorization';
  // Without a snapshot it is not known what had been received before this capture: the money was taken, by it or by another.
  const unseen = call.operation === 'paymentIntents.capture' && call.snapshot === null;
  const found = call.operation === 'paymentIntents.capture' ? (intent.amountReceived ?? intent.amount) : intent.amount;
  const asked = call.amount === null ? '' : `, not ${formatMoney(call.amount)} ${call.amount.currency}`;
  return new PaymentError({
    ...about(context, call),
    code: itself ? 'malformed_response' : 'idempotency_key_reused',
    outcome: itself || unseen ? 'done' : 'rejected',
    retry: 'never',
    message:
      `${call.operation} at ${context.adapter.provider}: the intent says ${formatMoney(found)} ${found.currency}${asked}. ` +
      (itself ? 'Look at error.intent before you do anything else.' : 'The same reference was used before with another amount; error.intent is what it did.'),
    requestId,
    intent,
  });
};

/** One course of one call: what is needed at every place where it may end. */
export interface Ending {
  readonly context: ClientContext;
  readonly call: PreparedCall;
  readonly course: Course;
  readonly startedAt: number;
}

const settled = ({ context, call, course }: Ending, outcome: 'done' | 'unknown' | 'rejected'): void => {
  const { adapter, account, transport } = context;
  if (transport.onExchange)
    notify(transport.onExchange, {
      provider: adapter.provider,
      account,
      operation: course.operation,
      step: call.operation,
      try: 1,
      at: transport.clock(),
      type: 'resolved',
      outcome,
    });
};

/** Looks for the intent that a lost answer was about. `null` when it could not look. */
export const find = async ({ context, call, course }: Ending): Promise<readonly PaymentIntent[] | null> => {
  if (call.id !== null) {
    const intent = await lookUpById(context, course, call.id);
    return intent === null ? null : [intent];
  }
  if (call.reference === null) return [];
  const customer = 'customer' in call.input && typeof call.input.customer === 'string' ? call.input.customer : undefined;
  return lookUpByReference(context, course, { reference: call.reference, attempt: call.attempt, confirm: call.confirm, customer });
};

/**
 * Settles an unknown outcome by looking. Returns the intent when the look-up proves that the operation was done; otherwise throws `error`, made anew
 * with what was found.
 */
export const resolve = async (ending: Ending, error: (found: PaymentIntent | null) => PaymentError): Promise<PaymentIntent> => {
  const { context, call } = ending;
  const found = (await find(ending)) ?? [];
  const asked: Asked = { operation: call.operation, amount: call.amount, confirm: call.confirm, before: call.snapshot, since: new Date(ending.startedAt).toISOString() };
  const judged = found.map((intent) => ({ intent, judgement: judge(intent, asked) }));
  const done = judged.find(({ judgement }) => judgement === 'done');
  if (done !== undefined) {
    settled(ending, 'done');
    return done.intent;
  }
  const conflict = judged.find(({ judgement }) => judgement === 'conflict');
  if (conflict !== undefined) {
    settled(ending, 'rejected');
    throw contradictionError(context, call, conflict.intent, null);
  }
  const impossible = judged.find(({ judgement }) => judgement === 'impossible');
  if (impossible !== undefined) {
    settled(ending, 'rejected');
    throw new PaymentError({
      ...about(context, call),
      code: 'invalid_state',
      outcome: 'rejected',
      message: `${call.operation} at ${context.adapter.provider}: the intent is ${impossible.intent.status}; the operation did not happen and no longer can.`,
      intent: impossible.intent,
    });
  }
  settled(ending, 'unknown');
  throw error(found[0] ?? null);
};

/** Whether what an old answer says need not be so any more, and could be read anew. Nothing leaves an end. */
const mayHaveChanged = ({ adapter }: ClientContext, { operation }: PreparedCall, { status }: PaymentIntent): boolean =>
  !vocabulary[operation].readsOnly && adapter.operations['paymentIntents.retrieve'] !== undefined && !terminalStatuses.has(status);

/** The error of an old answer when what became of it since could not be looked up. */
const outdatedError = (context: ClientContext, call: PreparedCall, { id }: PaymentIntent, { requestId }: Sent, startedAt: number): PaymentError =>
  new PaymentError({
    ...about(context, call),
    code: 'unresolved',
    outcome: 'unknown',
    message: `${call.operation} at ${context.adapter.provider}: the answer may be an old one, and what has become of the intent since could not be looked up. Store error.resume and settle it with payments.resume(resume).`,
    requestId,
    resume: resumeOf(context, call, id, startedAt),
  });

const succeed = async (ending: Ending, sent: Sent, reading: () => PaymentIntentReading, replayed: boolean): Promise<PaymentIntent> => {
  const { context, call, course, startedAt } = ending;
  let intent: PaymentIntent;
  try {
    intent = completePaymentIntent(reading(), context);
  } catch (error) {
    const fields = malformedFields(error);
    if (vocabulary[call.operation].readsOnly) throw malformedError(context, call, sent, fields);
    return resolve(ending, (found) => malformedError(context, call, sent, fields, { intent: found, resume: resumeOf(context, call, found?.id ?? call.id, startedAt) }));
  }
  if (call.id !== null && intent.id !== call.id) {
    const wrong = (found: PaymentIntent | null) => malformedError(context, call, sent, ['id'], { intent: found, resume: resumeOf(context, call, call.id, startedAt) });
    if (vocabulary[call.operation].readsOnly) throw malformedError(context, call, sent, ['id']);
    return resolve(ending, wrong);
  }
  // A repeated request may have been answered from store: what it says was true once.
  const mayBeOld = !vocabulary[call.operation].readsOnly && (replayed || sent.tries > 1 || sent.uncertain);
  const fresh = mayBeOld ? await lookUpById(context, course, intent.id) : null;
  if (fresh === null && (replayed || sent.uncertain) && mayHaveChanged(context, call, intent)) throw outdatedError(context, call, intent, sent, startedAt);
  const order = fresh === null ? 'second' : compareSnapshots(fresh, intent);
  // A decline that was told with a success is on the answer only, at providers that keep no error on the intent.
  const kept = order === 'same' && intent.lastPaymentError !== null && fresh !== null ? withFailure(fresh, intent.lastPaymentError) : fresh;
  const newest = kept === null || order === 'second' ? intent : kept;
  if (contradicts(intent, { operation: call.operation, amount: call.amount, before: call.snapshot })) throw contradictionError(context, call, newest, sent.requestId);
  return newest;
};

const decline = async (ending: Ending, sent: Sent, verdict: Extract<Verdict, { kind: 'declined' }>): Promise<PaymentIntent> => {
  const { context, call, course, startedAt } = ending;
  const { failure, intent: reading, id } = verdict.reading;
  const { replayedHeader } = context.adapter;
  const replayed = replayedHeader !== null && verdict.answer.header(replayedHeader) === 'true';
  if (reading !== null && (call.id === null || reading.id === call.id) && sent.tries === 1 && !sent.uncertain && !replayed) {
    try {
      return withFailure(completePaymentIntent(reading, context), failure);
    } catch {
      // The intent in the answer could not be read: look it up as if it had not been there.
    }
  }
  const known = call.id ?? id ?? reading?.id ?? null;
  const intent = known === null ? null : await lookUpById(context, course, known);
  if (intent !== null) return intent.status === 'requires_payment_method' || intent.status === 'canceled' || !(sent.uncertain || replayed) ? withFailure(intent, failure) : intent;
  if (!sent.uncertain || vocabulary[call.operation].readsOnly) throw declinedError(context, call, sent, verdict);
  // An earlier try may have gone through where this one was declined.
  return resolve(ending, (found) =>
    declinedError(context, call, sent, verdict, { outcome: 'unknown', intent: found, resume: resumeOf(context, call, found?.id ?? call.id, startedAt) }));
};

/** Makes of a sent step what the call returns or throws. */
const finish = async (ending: Ending, sent: Sent): Promise<PaymentIntent> => {
  const { context, call, course, startedAt } = ending;
  const { verdict } = sent;
  if (verdict.kind === 'success') {
    const operation = operationOf(context, call.operation as IntentOperation);
    return succeed(ending, sent, () => operation.response(verdict.answer, call.request as never), verdict.replayed);
  }
  if (verdict.kind === 'declined') return decline(ending, sent, verdict);

  const outcome = outcomeOf(call, sent);
  if (outcome === 'unknown') {
    const unknown = (found: PaymentIntent | null) =>
      failedError(context, call, sent, verdict, { outcome, intent: found, resume: resumeOf(context, call, found?.id ?? call.id, startedAt) });
    if (verdict.code === 'aborted') throw unknown(null);
    return resolve(ending, unknown);
  }
  const current = verdict.code === 'invalid_state' && call.id !== null ? await lookUpById(context, course, call.id) : null;
  throw failedError(context, call, sent, verdict, { outcome, intent: current });
};

/**
 * Sends a prepared call that answers with one payment intent. `calledAs` is what the application called, where this is a step of that; `firstSentAt`
 * says that the very request was sent before, so that neither a refusal nor a failure to send it again proves anything about the first time.
 */
export const performPrepared = async (
  context: ClientContext,
  call: PreparedCall,
  { firstSentAt, calledAs = call.operation }: { readonly firstSentAt?: number; readonly calledAs?: OperationName } = {},
): Promise<PaymentIntent> => {
  const { sending, whole, startedAt } = courseOf(context, call);
  const sent = await runStep(context, { ...sending, operation: calledAs }, call.operation, requestOf(context, call), call.key);
  const ending = { context, call, course: { ...whole, operation: calledAs }, startedAt: firstSentAt ?? startedAt };
  return finish(ending, firstSentAt === undefined ? sent : { ...sent, uncertain: true });
};
