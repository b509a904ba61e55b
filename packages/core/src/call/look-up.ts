// Look-ups: what an object is now, by its id or by the reference in its metadata. A look-up proves something or nothing.
import { readMetadata } from '../model/metadata.js';
import type { LivingObject } from '../model/event.js';
import type { NeutralObject } from '../model/kinds.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { LivingKind } from '../lifecycle/transitions.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import { timeLeft, type CallContext } from './context.js';
import { findOperation, readResponse } from './read.js';
import { send } from './send.js';

/** By which operation an object of each kind is read. */
export const retrieveOperations = { payment_intent: 'paymentIntents.retrieve', setup_intent: 'setupIntents.retrieve', refund: 'refunds.retrieve' } as const satisfies Record<
  LivingKind,
  OperationName
>;

const listOperations = { payment_intent: 'paymentIntents.list', setup_intent: 'setupIntents.list', refund: 'refunds.list' } as const satisfies Record<LivingKind, OperationName>;

/** Whether a kind of object has a status of its own that changes. */
export const isLivingKind = (kind: string | null): kind is LivingKind => kind !== null && Object.hasOwn(retrieveOperations, kind);

/** Whether an object has a status of its own that changes. */
export const isLiving = (object: NeutralObject): object is LivingObject => isLivingKind(object.object);

const mayLook = (call: CallContext): boolean => !call.signal?.aborted && timeLeft(call, 'endsAt') > 0;

/** An object, looked up by its id. `null` when the provider has no such operation, does not answer, or no time is left. */
export const lookUpById = async (call: CallContext, kind: LivingKind, id: string): Promise<LivingObject | null> => {
  const name = retrieveOperations[kind];
  const operation = findOperation(call.client, name);
  if (operation === null || !mayLook(call)) return null;
  const { classification } = await send(call, { operation: name, request: () => operation.request({ id }), until: 'endsAt' });
  if (classification.kind !== 'success') return null;
  const read = readResponse(call.client, name, classification.answer, { id });
  // A response about another object proves nothing about this one.
  return read.type === 'object' && read.object.id === id && read.object.object === kind ? read.object : null;
};

/** How many pages a look-up by reference reads at most. */
const pages = 3;

/** Which objects a look-up by reference means. */
export interface ByReference {
  readonly reference: string;
  readonly attempt: number;
  /** Whether one is looked for that has been confirmed too: then one that has not is no reason to stop looking. */
  readonly confirm: boolean;
  readonly customer: string | undefined;
  /** The payment intent whose refund is looked for. */
  readonly paymentIntent: string | undefined;
}

/** Whether an intent has been confirmed at least once. */
export const wasConfirmed = ({ status, lastPaymentError }: PaymentIntent): boolean =>
  (status !== 'requires_payment_method' && status !== 'requires_confirmation') || lastPaymentError !== null;

/**
 * Objects of a kind that carry a reference in their metadata, among the newest. What is not found proves nothing: the list may lag, the object may
 * be further back, or the provider may have no list or no metadata. `null` when there is a list and it could not be read.
 */
export const lookUpByReference = async (
  call: CallContext,
  kind: LivingKind,
  { reference, attempt, confirm, customer, paymentIntent }: ByReference,
): Promise<readonly LivingObject[] | null> => {
  const { limits } = call.client;
  const name = listOperations[kind];
  const operation = findOperation(call.client, name);
  if (operation === null || limits.metadata.value === null) return [];
  const takes = (field: string): boolean => operation.accepts.includes(field);
  const isMeant = (reading: object): boolean => {
    const own = readMetadata('metadata' in reading ? reading.metadata : null);
    // One reference may name the refunds of several payments, and not every list can be narrowed to one.
    const elsewhere = paymentIntent !== undefined && 'paymentIntent' in reading && (reading.paymentIntent ?? null) !== null && reading.paymentIntent !== paymentIntent;
    return own.reference === reference && own.attempt === attempt && !elsewhere;
  };
  const isEnough = (object: LivingObject): boolean => !confirm || object.object !== 'payment_intent' || wasConfirmed(object);
  const found: LivingObject[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= pages; page += 1) {
    if (!mayLook(call)) return null;
    const query = {
      ...(limits.pageSize.value !== null && { limit: limits.pageSize.value }),
      ...(cursor !== null && { cursor }),
      ...(customer !== undefined && takes('customer') && { customer }),
      ...(paymentIntent !== undefined && takes('paymentIntent') && { paymentIntent }),
    };
    const { classification } = await send(call, { operation: name, request: () => operation.request(query), until: 'endsAt' });
    if (classification.kind !== 'success') return null;
    const read = readResponse(call.client, name, classification.answer, query, isMeant);
    if (read.type !== 'page') return null;
    found.push(...read.objects.filter((object): object is LivingObject => object.object === kind));
    if (found.some(isEnough)) return found;
    if (!read.hasMore || read.nextCursor === null || read.nextCursor === cursor) return found;
    cursor = read.nextCursor;
  }
  return found;
};

/** The id of the object that an operation returns, where that is its target; `null` when the operation makes it. */
export const ownId = ({ operation, id }: CallContext): string | null => (operationDefinitions[operation].target === operationDefinitions[operation].result ? id : null);

/** Looks for the objects that an operation was about, or made. `null` when it could not look. */
export const lookUp = async (call: CallContext): Promise<readonly LivingObject[] | null> => {
  const { result, target } = operationDefinitions[call.operation];
  if (!isLivingKind(result)) return [];
  const id = ownId(call);
  if (id !== null) {
    const subject = await lookUpById(call, result, id);
    return subject === null ? null : [subject];
  }
  // What a resumed call had made is known by its id, whatever the list shows.
  const made = target === null && call.id !== null ? await lookUpById(call, result, call.id) : null;
  const known = made === null ? [] : [made];
  if (call.reference === null) return known;
  const { customer } = call.input;
  const named = await lookUpByReference(call, result, {
    reference: call.reference,
    attempt: call.attempt,
    confirm: call.confirm,
    customer: typeof customer === 'string' ? customer : undefined,
    paymentIntent: call.id ?? undefined,
  });
  return named === null && made === null ? null : [...known, ...(named ?? [])];
};
