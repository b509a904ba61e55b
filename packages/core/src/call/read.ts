// Step "read": the one place in which a provider's response becomes neutral objects. Calls, lists and look-ups all read here.
import type { WireAnswer, WireRequest } from '../contract/adapter.js';
import { normalize } from '../contract/normalize.js';
import type { PageReading, Readings } from '../contract/readings.js';
import { isMalformedWire } from '../contract/wire.js';
import type { NeutralObject } from '../model/kinds.js';
import { inputError } from '../model/payment-error.js';
import type { ObjectKind } from '../model/kinds.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import type { ClientContext } from './context.js';

/** An operation of an adapter, whichever it is. Its row in the table of operations says what its request takes and what its response is. */
interface ErasedOperation {
  readonly accepts: readonly string[];
  readonly requires?: readonly string[];
  readonly request: (input: object) => WireRequest;
  readonly response: (answer: WireAnswer, input: object) => unknown;
}

/** An adapter's row of an operation; `null` where the provider has none. */
export const findOperation = (client: ClientContext, name: OperationName): ErasedOperation | null => {
  const row = client.adapter.operations[name];
  // Its functions take what `check` makes for this very operation.
  return row === undefined ? null : (row as unknown as ErasedOperation);
};

/** An adapter's row of an operation; refuses one that it lacks. */
export const operationOf = (client: ClientContext, name: OperationName): ErasedOperation => {
  const row = findOperation(client, name);
  if (row !== null) return row;
  const { adapter, account } = client;
  throw inputError(
    [{ field: name, problem: `is not an operation of ${adapter.provider}`, remedy: 'Ask supports(payments, operation) before, or choose another provider for it.' }],
    { code: 'unsupported', provider: adapter.provider, account, operation: name },
  );
};

/** What a response says: the objects in it, nothing about the object, or the fields that could not be read. */
export type ReadResponse =
  | { readonly type: 'object'; readonly object: NeutralObject }
  | { readonly type: 'page'; readonly objects: readonly NeutralObject[]; readonly hasMore: boolean; readonly nextCursor: string | null }
  | { readonly type: 'nothing' }
  | { readonly type: 'malformed'; readonly fields: readonly string[] };

type AnyReading = Readings[ObjectKind];

/**
 * Reads a success of an operation. Never throws. `only` chooses among the items of a page before they are read whole: one that is not asked for may be
 * unreadable.
 */
export const readResponse = (
  client: ClientContext,
  name: OperationName,
  answer: WireAnswer,
  request: object,
  only: (reading: AnyReading) => boolean = () => true,
): ReadResponse => {
  const { result, page } = operationDefinitions[name];
  // The definition of the operation says of which kind its reading is.
  const toNeutral = (reading: AnyReading): NeutralObject => normalize<ObjectKind>(result, reading, client);
  try {
    const reading = operationOf(client, name).response(answer, request);
    if (reading === null) return { type: 'nothing' };
    if (!page) return { type: 'object', object: toNeutral(reading as AnyReading) };
    const { items, hasMore, nextCursor } = reading as PageReading<AnyReading>;
    return { type: 'page', objects: items.filter((item) => only(item)).map((item) => toNeutral(item)), hasMore, nextCursor };
  } catch (error) {
    return { type: 'malformed', fields: isMalformedWire(error) ? error.fields : ['body'] };
  }
};
