import { complete } from '../contract/complete-by-kind.js';
import type { NeutralObjects } from '../model/kinds.js';
import type { PageReading, Readings } from '../contract/readings.js';
import type { OperationName } from '../operations/definitions.js';
import type { Operation } from '../contract/adapter.js';
import type { LivingKind } from '../lifecycle/transitions.js';
import { readMetadata } from '../model/metadata.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { ClientContext } from './context.js';
import { runStep, type Course } from './step.js';

/** By which operation an object of each kind is read. */
export const retrieveOperations = { payment_intent: 'paymentIntents.retrieve', setup_intent: 'setupIntents.retrieve', refund: 'refunds.retrieve' } as const satisfies Record<
  LivingKind,
  OperationName
>;

const listOperations = { payment_intent: 'paymentIntents.list', setup_intent: 'setupIntents.list', refund: 'refunds.list' } as const satisfies Record<LivingKind, OperationName>;

type RetrieveOperation = (typeof retrieveOperations)[LivingKind];
/** The lists take each other's queries but for the fields that only one has, and these are given only where they are accepted. */
type ListOperation = Operation<'paymentIntents.list'>;

/** An object, looked up by its id. `null` when the provider has no such operation or does not answer: a look-up proves something or nothing. */
export const lookUpById = async <K extends LivingKind>(context: ClientContext, course: Course, kind: K, id: string): Promise<NeutralObjects[K] | null> => {
  const name: RetrieveOperation = retrieveOperations[kind];
  const operation = context.adapter.operations[name] as Operation<'paymentIntents.retrieve'> | undefined;
  if (operation === undefined || course.signal?.aborted || context.transport.clock() >= course.endsAt) return null;
  const { verdict } = await runStep(context, course, name, operation.request({ id }), null);
  if (verdict.kind !== 'success') return null;
  try {
    // The operation is the kind's own, and so is its reading.
    const reading = operation.response(verdict.answer, { id }) as unknown as Readings[K];
    // An answer about another object proves nothing about this one.
    return reading.id === id ? complete(kind, reading, context) : null;
  } catch {
    return null;
  }
};

/** How many pages a look-up by reference reads at most. */
const pages = 3;

/** Which objects a look-up by reference means. */
export interface ByReference {
  readonly reference: string;
  readonly attempt: number;
  /** Whether one is looked for that has been confirmed too: then one that has not is no reason to look no further. */
  readonly confirm: boolean;
  readonly customer: string | undefined;
  /** The payment intent whose refund is looked for. */
  readonly paymentIntent: string | undefined;
}

/** Whether an attempt to pay has been made with an intent. */
export const wasConfirmed = ({ status, lastPaymentError }: PaymentIntent): boolean =>
  (status !== 'requires_payment_method' && status !== 'requires_confirmation') || lastPaymentError !== null;

/**
 * Objects of a kind that carry a reference in their metadata, among the newest. What is not found proves nothing: the list may lag behind, the object may
 * be further back, or the provider may have no list or no metadata. `null` when there is a list and it could not be read.
 */
export const lookUpByReference = async <K extends LivingKind>(
  context: ClientContext,
  course: Course,
  kind: K,
  { reference, attempt, confirm, customer, paymentIntent }: ByReference,
): Promise<readonly NeutralObjects[K][] | null> => {
  const { adapter, limits, transport } = context;
  const name = listOperations[kind];
  const operation = adapter.operations[name] as ListOperation | undefined;
  if (operation === undefined || limits.metadata.value === null) return [];
  const takes = (field: string): boolean => operation.accepts.some((accepted) => accepted === field);
  const isMeant = (reading: Readings[K]): boolean => {
    const own = readMetadata(reading.metadata);
    // One reference may name the refunds of several payments, and not every list can be narrowed to one.
    const elsewhere = paymentIntent !== undefined && 'paymentIntent' in reading && reading.paymentIntent !== null && reading.paymentIntent !== paymentIntent;
    return own.reference === reference && own.attempt === attempt && !elsewhere;
  };
  const isEnough = (object: NeutralObjects[LivingKind]): boolean => !confirm || object.object !== 'payment_intent' || wasConfirmed(object);
  const found: NeutralObjects[K][] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= pages; page += 1) {
    if (course.signal?.aborted || transport.clock() >= course.endsAt) return null;
    const query = {
      ...(limits.pageSize.value !== null && { limit: limits.pageSize.value }),
      ...(cursor !== null && { cursor }),
      ...(customer !== undefined && takes('customer') && { customer }),
      ...(paymentIntent !== undefined && takes('paymentIntent') && { paymentIntent }),
    };
    const { verdict } = await runStep(context, course, name, operation.request(query), null);
    if (verdict.kind !== 'success') return null;
    try {
      // The operation is the kind's own, and so is its reading.
      const reading = operation.response(verdict.answer, query) as unknown as PageReading<Readings[K]>;
      found.push(...reading.items.filter(isMeant).map((item) => complete(kind, item, context)));
      if (found.some(isEnough)) return found;
      if (!reading.hasMore || reading.nextCursor === null || reading.nextCursor === cursor) return found;
      cursor = reading.nextCursor;
    } catch {
      return null;
    }
  }
  return found;
};
