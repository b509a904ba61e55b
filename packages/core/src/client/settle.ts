import { sealFailure } from '../contract/complete.js';
import { complete } from '../contract/complete-by-kind.js';
import type { NeutralObject } from '../model/kinds.js';
import type { FailureReading } from '../contract/readings.js';
import type { NeutralOf, OperationName, SingleOperation } from '../operations/definitions.js';
import { vocabulary } from '../operations/definitions.js';
import { isMalformedWire } from '../contract/wire.js';
import { PaymentError } from '../model/payment-error.js';
import { compareSnapshots } from '../lifecycle/compare-snapshots.js';
import { isTerminal } from '../lifecycle/transitions.js';
import type { LivingObject } from '../model/event.js';
import { notify, type Sent } from '../transport/send.js';
import type { Verdict } from '../transport/verdict.js';
import type { ClientContext } from './context.js';
import { about, declinedError, failedError, malformedError, outcomeOf, resumeOf } from './failures.js';
import { contradicts, failureOn, judge, type Asked } from './judge.js';
import { lookUpById, lookUpByReference, retrieveOperations } from './look-up.js';
import { operationOf, requestOf, type PreparedCall } from './prepare.js';
import { contradictionError, outdatedError, untoldError } from './settle-errors.js';
import { runStep, type Course } from './step.js';

/** The part of the whole time that is kept for a look-up, should the answer be lost. Milliseconds. */
const reserve = (deadline: number): number => Math.min(10_000, deadline / 4);

/** When a call ends, and when its sending must end so that a look-up still fits. */
export const courseOf = ({ transport, deadline }: ClientContext, { operation, options }: PreparedCall): { readonly sending: Course; readonly whole: Course; readonly startedAt: number } => {
  const startedAt = transport.clock();
  const total = options.deadline ?? deadline;
  const whole = { operation, connectedAccount: options.connectedAccount, signal: options.signal, endsAt: startedAt + total };
  return { whole, sending: vocabulary[operation].readsOnly ? whole : { ...whole, endsAt: whole.endsAt - reserve(total) }, startedAt };
};

const withFailure = (subject: LivingObject, failure: FailureReading): LivingObject => {
  if (subject.object === 'refund' || failureOn(subject) !== null) return subject;
  return subject.object === 'payment_intent'
    ? Object.freeze({ ...subject, lastPaymentError: sealFailure(failure) })
    : Object.freeze({ ...subject, lastSetupError: sealFailure(failure) });
};

/** The id of the object that an operation answers with, where it is the target's own; `null` when the operation makes it. */
const ownId = ({ operation, id }: PreparedCall): string | null => (vocabulary[operation].target === vocabulary[operation].answer ? id : null);

/** The fields that an answer lacks, by what reading it threw. */
export const malformedFields = (error: unknown): readonly string[] => (isMalformedWire(error) ? error.fields : ['body']);

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

/** Looks for the object that a lost answer was about. `null` when it could not look. */
export const find = async ({ context, call, course }: Ending): Promise<readonly LivingObject[] | null> => {
  const { answer, target } = vocabulary[call.operation];
  if (answer === 'payment_attempt' || answer === 'event') return [];
  const id = ownId(call);
  if (id !== null) {
    const subject = await lookUpById(context, course, answer, id);
    return subject === null ? null : [subject];
  }
  // What a resumed call had made is known by its id, whatever the list shows.
  const made = target === null && call.id !== null ? await lookUpById(context, course, answer, call.id) : null;
  const known = made === null ? [] : [made];
  if (call.reference === null) return known;
  const customer = 'customer' in call.input && typeof call.input.customer === 'string' ? call.input.customer : undefined;
  const byReference = { reference: call.reference, attempt: call.attempt, confirm: call.confirm, customer, paymentIntent: call.id ?? undefined };
  const named = await lookUpByReference(context, course, answer, byReference);
  return named === null && made === null ? null : [...known, ...(named ?? [])];
};

/**
 * Settles an unknown outcome by looking. Returns the object when the look-up proves that the operation was done; otherwise throws `error`, made anew
 * with what was found.
 */
export const resolve = async (ending: Ending, error: (found: LivingObject | null) => PaymentError): Promise<LivingObject> => {
  const { context, call } = ending;
  const found = (await find(ending)) ?? [];
  const asked: Asked = { operation: call.operation, amount: call.amount, confirm: call.confirm, before: call.snapshot, since: new Date(ending.startedAt).toISOString() };
  const judged = found.map((subject) => ({ subject, judgement: judge(subject, asked) }));
  const done = judged.find(({ judgement }) => judgement === 'done');
  if (done !== undefined) {
    settled(ending, 'done');
    return done.subject;
  }
  const conflict = judged.find(({ judgement }) => judgement === 'conflict');
  if (conflict !== undefined) {
    settled(ending, 'rejected');
    throw contradictionError(context, call, conflict.subject, null);
  }
  const impossible = judged.find(({ judgement }) => judgement === 'impossible');
  if (impossible !== undefined) {
    settled(ending, 'rejected');
    throw new PaymentError({
      ...about(context, call),
      code: 'invalid_state',
      outcome: 'rejected',
      message: `${call.operation} at ${context.adapter.provider}: the object is ${impossible.subject.status}; the operation did not happen and no longer can.`,
      subject: impossible.subject,
    });
  }
  settled(ending, 'unknown');
  throw error(found[0] ?? null);
};

/** Whether what an old answer says need not be so any more, and could be read anew. Nothing leaves an end. */
const mayHaveChanged = ({ adapter }: ClientContext, { object, status }: LivingObject): boolean =>
  adapter.operations[retrieveOperations[object]] !== undefined && !isTerminal(object, status);

/** What an answer says about another object than was asked for; empty when it is the right one. */
const wrongFields = (call: PreparedCall, subject: NeutralObject): readonly string[] => {
  const own = ownId(call);
  if (own !== null) return subject.id === own ? [] : ['id'];
  // What was made for another reference was made by another call.
  if ('reference' in subject && call.reference !== null && subject.reference !== null && subject.reference !== call.reference) return ['metadata'];
  const elsewhere = subject.object === 'refund' && call.id !== null && subject.paymentIntent !== null && subject.paymentIntent !== call.id;
  return elsewhere ? ['payment_intent'] : [];
};

const succeed = async (ending: Ending, sent: Sent, reading: () => NeutralObject | null, replayed: boolean): Promise<NeutralObject> => {
  const { context, call, course, startedAt } = ending;
  const { readsOnly } = vocabulary[call.operation];
  const misread = (fields: readonly string[]): Promise<NeutralObject> => {
    if (readsOnly) throw malformedError(context, call, sent, fields);
    return resolve(ending, (found) => malformedError(context, call, sent, fields, { subject: found, resume: resumeOf(context, call, found?.id ?? null, startedAt) }));
  };
  let told: NeutralObject | null;
  try {
    told = reading();
  } catch (error) {
    return misread(malformedFields(error));
  }
  const { answer } = vocabulary[call.operation];
  const id = ownId(call);
  const anew = told === null && id !== null && answer !== 'payment_attempt' && answer !== 'event' ? await lookUpById(context, course, answer, id) : null;
  const subject = told ?? anew;
  if (subject === null) throw untoldError(context, call, sent, startedAt);
  const wrong = wrongFields(call, subject);
  if (wrong.length > 0) return misread(wrong);
  if (readsOnly || subject.object === 'payment_attempt' || subject.object === 'event') return subject;
  // A repeated request may have been answered from store: what it says was true once.
  const mayBeOld = told !== null && (replayed || sent.tries > 1 || sent.uncertain);
  const fresh = mayBeOld ? await lookUpById(context, course, subject.object, subject.id) : null;
  if (fresh === null && told !== null && (replayed || sent.uncertain) && mayHaveChanged(context, subject)) throw outdatedError(context, call, subject, sent, startedAt);
  const order = fresh === null ? 'second' : compareSnapshots(fresh, subject);
  // A decline that was told with a success is on the answer only, at providers that keep no error on the intent.
  const failure = failureOn(subject);
  const kept = order === 'same' && failure !== null && fresh !== null ? withFailure(fresh, failure) : fresh;
  const newest = kept === null || order === 'second' ? subject : kept;
  if (contradicts(subject, { operation: call.operation, amount: call.amount, before: call.snapshot })) throw contradictionError(context, call, newest, sent.requestId);
  return newest;
};

const decline = async (ending: Ending, sent: Sent, verdict: Extract<Verdict, { kind: 'declined' }>): Promise<NeutralObject> => {
  const { context, call, course, startedAt } = ending;
  const { failure, intent: reading, id } = verdict.reading;
  const { replayedHeader } = context.adapter;
  const replayed = replayedHeader !== null && verdict.answer.header(replayedHeader) === 'true';
  const { answer } = vocabulary[call.operation];
  const own = ownId(call);
  if (answer !== 'payment_intent' && answer !== 'setup_intent') throw declinedError(context, call, sent, verdict, sent.uncertain ? { outcome: 'unknown', resume: resumeOf(context, call, null, startedAt) } : {});
  if (reading !== null && (own === null || reading.id === own) && sent.tries === 1 && !sent.uncertain && !replayed) {
    try {
      return withFailure(complete(answer, reading as never, context), failure);
    } catch {
      // The intent in the answer could not be read: look it up as if it had not been there.
    }
  }
  const known = own ?? id ?? reading?.id ?? null;
  const subject = known === null ? null : await lookUpById(context, course, answer, known);
  if (subject !== null) return subject.status === 'requires_payment_method' || subject.status === 'canceled' || !(sent.uncertain || replayed) ? withFailure(subject, failure) : subject;
  if (!sent.uncertain || vocabulary[call.operation].readsOnly) throw declinedError(context, call, sent, verdict);
  // An earlier try may have gone through where this one was declined.
  return resolve(ending, (found) =>
    declinedError(context, call, sent, verdict, { outcome: 'unknown', subject: found, resume: resumeOf(context, call, found?.id ?? null, startedAt) }));
};

/** Makes of a sent step what the call returns or throws. */
const finish = async (ending: Ending, sent: Sent): Promise<NeutralObject> => {
  const { context, call, course, startedAt } = ending;
  const { verdict } = sent;
  const row = vocabulary[call.operation];
  if (verdict.kind === 'success') {
    const operation = operationOf(context, call.operation as SingleOperation);
    // The operation's row says of which kind its reading is.
    const read = (): NeutralObject | null => {
      const reading = operation.response(verdict.answer, call.request as never);
      return reading === null ? null : complete(row.answer, reading as never, context);
    };
    return succeed(ending, sent, read, verdict.replayed);
  }
  if (verdict.kind === 'declined') return decline(ending, sent, verdict);

  const outcome = outcomeOf(call, sent);
  if (outcome === 'unknown') {
    const unknown = (found: LivingObject | null) =>
      failedError(context, call, sent, verdict, { outcome, subject: found, resume: resumeOf(context, call, found?.id ?? null, startedAt) });
    if (verdict.code === 'aborted') throw unknown(null);
    return resolve(ending, unknown);
  }
  const { target } = row;
  const isLiving = target === 'payment_intent' || target === 'setup_intent' || target === 'refund';
  const current = verdict.code === 'invalid_state' && call.id !== null && isLiving ? await lookUpById(context, course, target, call.id) : null;
  throw failedError(context, call, sent, verdict, { outcome, subject: current });
};

/**
 * Sends a prepared call that answers with one object. `calledAs` is what the application called, where this is a step of that; `firstSentAt`
 * says that the very request was sent before, so that neither a refusal nor a failure to send it again proves anything about the first time.
 */
export const performPrepared = async <K extends SingleOperation>(
  context: ClientContext,
  call: PreparedCall<K>,
  { firstSentAt, calledAs = call.operation }: { readonly firstSentAt?: number; readonly calledAs?: OperationName } = {},
): Promise<NeutralOf<K>> => {
  const { sending, whole, startedAt } = courseOf(context, call);
  const sent = await runStep(context, { ...sending, operation: calledAs }, call.operation, requestOf(context, call), call.key, call.amount);
  const ending = { context, call: call as PreparedCall, course: { ...whole, operation: calledAs }, startedAt: firstSentAt ?? startedAt };
  // Every end of a call is an object of the kind that its operation answers with.
  return (await finish(ending, firstSentAt === undefined ? sent : { ...sent, uncertain: true })) as NeutralOf<K>;
};
