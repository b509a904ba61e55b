// One request that may move money, from the journal to the call's end: begin, send, read, reconcile, record. Every strategy ends here.
import { normalize } from '../contract/normalize.js';
import { redactFailure } from '../contract/redact.js';
import type { FailureReading, PaymentIntentReading, SetupIntentReading } from '../contract/readings.js';
import { compareSnapshots } from '../lifecycle/compare-snapshots.js';
import { isTerminal } from '../lifecycle/transitions.js';
import type { LivingObject } from '../model/event.js';
import type { NeutralObject } from '../model/kinds.js';
import { isRead, operationDefinitions } from '../operations/index.js';
import { failureOn } from '../operations/reconcile-rules.js';
import type { Classification } from '../transport/classify.js';
import type { CallContext } from './context.js';
import { contradictionError, declinedError, failedError, malformedError, outcomeOf, outdatedError, resumeOf, unreadError } from './errors.js';
import { isLiving, isLivingKind, lookUpById, ownId, retrieveOperations } from './look-up.js';
import { operationOf, readResponse } from './read.js';
import { contradicts, resolveByLooking } from './reconcile.js';
import { send, type Sent } from './send.js';

const withFailure = (subject: LivingObject, failure: FailureReading): LivingObject => {
  if (subject.object === 'refund' || failureOn(subject) !== null) return subject;
  return subject.object === 'payment_intent'
    ? Object.freeze({ ...subject, lastPaymentError: redactFailure(failure) })
    : Object.freeze({ ...subject, lastSetupError: redactFailure(failure) });
};

/** Whether what an old response says need not be so any more, and the object can be read again. Nothing leaves a final status. */
const mayHaveChanged = ({ client }: CallContext, { object, status }: LivingObject): boolean =>
  client.adapter.operations[retrieveOperations[object]] !== undefined && !isTerminal(object, status);

/** The fields in which a response is about another object than was asked for; empty when it is the right one. */
const wrongFields = (call: CallContext, subject: NeutralObject): readonly string[] => {
  const own = ownId(call);
  if (own !== null) return subject.id === own ? [] : ['id'];
  // What was made for another reference was made by another call.
  if ('reference' in subject && call.reference !== null && subject.reference !== null && subject.reference !== call.reference) return ['metadata'];
  const elsewhere = subject.object === 'refund' && call.id !== null && subject.paymentIntent !== null && subject.paymentIntent !== call.id;
  return elsewhere ? ['payment_intent'] : [];
};

/** Reads a success. What cannot be read, or is about another object, leaves the outcome unknown: then the object is looked up. */
const finishSuccess = async (call: CallContext, sent: Sent, { answer, replayed }: Extract<Classification, { kind: 'success' }>): Promise<NeutralObject> => {
  const misread = (fields: readonly string[]): Promise<NeutralObject> => {
    if (isRead(call.operation)) throw malformedError(call, sent, fields);
    return resolveByLooking(call, (found) => malformedError(call, sent, fields, { subject: found, resume: resumeOf(call, found?.id ?? null) }));
  };
  const read = readResponse(call.client, call.operation, answer, call.request);
  if (read.type === 'malformed') return misread(read.fields);
  const said = read.type === 'object' ? read.object : null;
  const { result } = operationDefinitions[call.operation];
  const id = ownId(call);
  const subject = said ?? (id !== null && isLivingKind(result) ? await lookUpById(call, result, id) : null);
  if (subject === null) throw unreadError(call, sent);
  const wrong = wrongFields(call, subject);
  if (wrong.length > 0) return misread(wrong);
  if (isRead(call.operation) || !isLiving(subject)) return subject;
  // A repeated request may have been answered from store: what it says was true once.
  const mayBeOld = said !== null && (replayed || sent.tries > 1 || sent.uncertain);
  const fresh = mayBeOld ? await lookUpById(call, subject.object, subject.id) : null;
  if (fresh === null && said !== null && (replayed || sent.uncertain) && mayHaveChanged(call, subject)) throw outdatedError(call, subject, sent);
  const order = fresh === null ? 'second' : compareSnapshots(fresh, subject);
  // A decline that came with a success is on the response only, at providers that keep no error on the intent.
  const failure = failureOn(subject);
  const kept = order === 'same' && failure !== null && fresh !== null ? withFailure(fresh, failure) : fresh;
  const newest = kept === null || order === 'second' ? subject : kept;
  if (contradicts(call, subject)) throw contradictionError(call, newest, sent.requestId);
  return newest;
};

/** The intent that came with a decline, with the failure on it; `null` when it could not be read. */
const declinedIntent = (call: CallContext, kind: 'payment_intent' | 'setup_intent', reading: PaymentIntentReading | SetupIntentReading, failure: FailureReading): LivingObject | null => {
  try {
    return withFailure(normalize(kind, reading as never, call.client), failure);
  } catch {
    return null;
  }
};

/** Ends a decline: with the intent, which carries it, wherever it can be had. */
const finishDecline = async (call: CallContext, sent: Sent, classification: Extract<Classification, { kind: 'declined' }>): Promise<NeutralObject> => {
  const { failure, intent: reading, id } = classification.reading;
  const { replayedHeader } = call.client.adapter;
  const replayed = replayedHeader !== null && classification.answer.header(replayedHeader) === 'true';
  const { result } = operationDefinitions[call.operation];
  const own = ownId(call);
  if (result !== 'payment_intent' && result !== 'setup_intent')
    throw declinedError(call, sent, classification, sent.uncertain ? { outcome: 'unknown', resume: resumeOf(call, null) } : {});
  if (reading !== null && (own === null || reading.id === own) && sent.tries === 1 && !sent.uncertain && !replayed) {
    const intent = declinedIntent(call, result, reading, failure);
    if (intent !== null) return intent;
  }
  const known = own ?? id ?? reading?.id ?? null;
  const subject = known === null ? null : await lookUpById(call, result, known);
  if (subject !== null) return subject.status === 'requires_payment_method' || subject.status === 'canceled' || !(sent.uncertain || replayed) ? withFailure(subject, failure) : subject;
  if (!sent.uncertain || isRead(call.operation)) throw declinedError(call, sent, classification);
  // An earlier try may have gone through where this one was declined.
  return resolveByLooking(call, (found) => declinedError(call, sent, classification, { outcome: 'unknown', subject: found, resume: resumeOf(call, found?.id ?? null) }));
};

/** Ends a failure: an unknown outcome is looked up, a refusal is an error. */
const finishFailure = async (call: CallContext, sent: Sent, classification: Extract<Classification, { kind: 'failed' }>): Promise<NeutralObject> => {
  const outcome = outcomeOf(call, sent);
  if (outcome === 'unknown') {
    const unknown = (found: LivingObject | null) => failedError(call, sent, classification, { outcome, subject: found, resume: resumeOf(call, found?.id ?? null) });
    if (classification.code === 'aborted') throw unknown(null);
    return resolveByLooking(call, unknown);
  }
  const { target } = operationDefinitions[call.operation];
  const current = classification.code === 'invalid_state' && call.id !== null && isLivingKind(target) ? await lookUpById(call, target, call.id) : null;
  throw failedError(call, sent, classification, { outcome, subject: current });
};

const finish = (call: CallContext, sent: Sent): Promise<NeutralObject> => {
  const { classification } = sent;
  if (classification.kind === 'success') return finishSuccess(call, sent, classification);
  return classification.kind === 'declined' ? finishDecline(call, sent, classification) : finishFailure(call, sent, classification);
};

/** Sends the request of a checked call and returns what it made of the object. What only reads leaves no trace in the journal. */
export const execute = async (call: CallContext): Promise<NeutralObject> => {
  const { client, operation } = call;
  // Written before anything is begun: a defect of the adapter shows itself as it is, and nothing was sent.
  const request = operationOf(client, operation).request(call.request);
  const sending = { operation, request: () => request, until: 'sendBy' } as const;
  const run = async (): Promise<NeutralObject> => {
    const sent = await send(call, sending);
    return finish(call, call.sentBefore ? { ...sent, uncertain: true } : sent);
  };
  if (isRead(operation)) return run();
  await client.journal.begin(call);
  let object: NeutralObject;
  try {
    object = await run();
  } catch (error) {
    await client.journal.record(call, { error });
    throw error;
  }
  if (isLiving(object)) await client.journal.record(call, { object });
  return object;
};
