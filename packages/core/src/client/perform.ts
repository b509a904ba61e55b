import { complete } from '../contract/complete-by-kind.js';
import type { Readings, PageReading } from '../contract/readings.js';
import type { CallOptions, Target } from '../operations/resources.js';
import { vocabulary, type AnswerOf, type NeutralOf, type PageOperation, type SingleOperation } from '../operations/definitions.js';
import type { Page } from '../model/page.js';
import type { ClientContext } from './context.js';
import { createThenConfirm, mustSplit } from './create-then-confirm.js';
import { declinedError, failedError, malformedError } from './failures.js';
import { lookBefore, mustLook } from './look-before.js';
import { operationOf, prepare, requestOf } from './prepare.js';
import { withRemainingAmount } from './remaining-amount.js';
import { courseOf, malformedFields, performPrepared } from './settle.js';
import { runStep } from './step.js';

/** Checks and performs an operation that answers with one object. */
export const perform = async <K extends SingleOperation>(
  context: ClientContext,
  name: K,
  target: Target | null,
  given: object | undefined,
  options: CallOptions | undefined,
): Promise<NeutralOf<K>> => {
  const input = name === 'refunds.create' ? await withRemainingAmount(context, target, given, options) : given;
  const call = await prepare(context, name, target, input, options);
  // What is done in two steps answers with what its last step answers with.
  if (mustSplit(context, call)) return (await createThenConfirm(context, call)) as NeutralOf<K>;
  if (mustLook(context, call)) return (await lookBefore(context, call)) as NeutralOf<K>;
  return performPrepared(context, call);
};

/** Checks and performs a list. */
export const performList = async <K extends PageOperation>(
  context: ClientContext,
  name: K,
  query: object | undefined,
  options: CallOptions | undefined,
): Promise<Page<NeutralOf<K>>> => {
  const call = await prepare(context, name, null, query, options);
  const { whole } = courseOf(context, call);
  const sent = await runStep(context, whole, call.operation, requestOf(context, call), null);
  const { verdict } = sent;
  if (verdict.kind === 'failed') throw failedError(context, call, sent, verdict);
  if (verdict.kind === 'declined') throw declinedError(context, call, sent, verdict);
  const kind: AnswerOf<K> = vocabulary[name].answer;
  try {
    // The operation's row says of which kind its items are.
    const { items, hasMore, nextCursor } = operationOf(context, name).response(verdict.answer, call.request) as PageReading<Readings[AnswerOf<K>]>;
    const data = Object.freeze(items.map((item) => complete(kind, item, context)));
    return Object.freeze({ data, hasMore: hasMore && nextCursor !== null, nextCursor: hasMore ? nextCursor : null });
  } catch (error) {
    throw malformedError(context, call, sent, malformedFields(error));
  }
};
