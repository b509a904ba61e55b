/**
 * One call, from the client to the provider and back. The steps, a file each, and what their failure means for the money:
 *
 * | step | file | when it fails |
 * |---|---|---|
 * | check | `check.ts` (with `check-*.ts`, `key.ts`) | nothing was sent |
 * | journal | `journal.ts` | nothing was sent; a known operation is answered here |
 * | strategy | here: direct (`execute.ts`), `find-first.ts`, `create-then-confirm.ts`, `refund-what-is-left.ts` | nothing was sent, or as the step below that failed |
 * | for each request that may move money (`execute.ts`): | | |
 * | – begin | `journal.ts` | nothing was sent |
 * | – send | `send.ts` over `transport/` | by proof only: not sent, or refused; otherwise **money may have moved** |
 * | – read | `read.ts` | **money may have moved** |
 * | – reconcile | `reconcile.ts` with `look-up.ts` and the rules in `operations/` | proven done, proven undone, or **money may have moved** (`outcome: 'unknown'`, with `resume`) |
 * | – record | `journal.ts` | the money has moved as the result says |
 *
 * Every step gets one context (`context.ts`), made when the call begins: its end is fixed there, and no step has a deadline of its own. `resume.ts` enters
 * with an operation that was begun earlier. `errors.ts` has the words.
 */
import type { Page } from '../model/page.js';
import type { NeutralObject } from '../model/kinds.js';
import { isRead, type OperationName, type PageOperation, type ResultOf, type SingleOperation } from '../operations/index.js';
import type { Target } from '../operations/targets.js';
import type { CallOptions } from '../operations/verbs.js';
import { check } from './check.js';
import type { CallContext, ClientContext } from './context.js';
import { createThenConfirm, mustSplit } from './create-then-confirm.js';
import { declinedError, failedError, malformedError } from './errors.js';
import { execute } from './execute.js';
import { findFirst, mustFindFirst } from './find-first.js';
import { operationOf, readResponse } from './read.js';
import { lacksAmount, refundWhatIsLeft } from './refund-what-is-left.js';
import { send } from './send.js';

/** How a checked call is carried out. */
const strategyFor = (call: CallContext): ((call: CallContext) => Promise<NeutralObject>) => {
  if (mustSplit(call)) return createThenConfirm;
  return mustFindFirst(call) ? findFirst : execute;
};

const checked = (client: ClientContext, operation: OperationName, target: Target | null, input: object | undefined, options: CallOptions | undefined): Promise<CallContext> =>
  operation === 'refunds.create' && lacksAmount(client, input) ? refundWhatIsLeft(client, target, input, options) : check(client, { operation, target, input, options });

/** Checks and carries out an operation that returns one object. */
export const callOperation = async <K extends SingleOperation>(
  client: ClientContext,
  operation: K,
  target: Target | null,
  input: object | undefined,
  options: CallOptions | undefined,
): Promise<ResultOf<K>> => {
  const call = await checked(client, operation, target, input, options);
  const known = isRead(operation) ? null : await client.journal.find(call);
  // Every end of a call is an object of the kind that its operation returns.
  return (known ?? (await strategyFor(call)(call))) as ResultOf<K>;
};

/** Checks and reads a page. */
export const callList = async <K extends PageOperation>(client: ClientContext, operation: K, query: object | undefined, options: CallOptions | undefined): Promise<Page<ResultOf<K>>> => {
  const call = await check(client, { operation, target: null, input: query, options });
  const request = operationOf(client, operation).request(call.request);
  const sent = await send(call, { operation, request: () => request, until: 'endsAt' });
  const { classification } = sent;
  if (classification.kind === 'failed') throw failedError(call, sent, classification);
  if (classification.kind === 'declined') throw declinedError(call, sent, classification);
  const read = readResponse(client, operation, classification.answer, call.request);
  if (read.type !== 'page') throw malformedError(call, sent, read.type === 'malformed' ? read.fields : ['body']);
  const { objects, hasMore, nextCursor } = read;
  // The definition of the operation says of which kind its items are.
  return Object.freeze({ data: Object.freeze(objects) as readonly ResultOf<K>[], hasMore: hasMore && nextCursor !== null, nextCursor: hasMore ? nextCursor : null });
};
