import type { OperationName } from '../operations/definitions.js';
import { vocabulary } from '../operations/definitions.js';
import type { WireRequest } from '../contract/adapter.js';
import { honouredKeys, type Limits } from '../contract/limits.js';
import type { Money } from '../model/money.js';
import { send, type Sent } from '../transport/send.js';
import type { ClientContext } from './context.js';

/** What all steps of one call share. */
export interface Course {
  /** The operation that the application called. */
  readonly operation: OperationName;
  readonly connectedAccount: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** Repetitions at most; the client's own number when left out. */
  readonly retries?: number;
}

/** Whether the object's own state keeps a second run from moving money twice. A part can be captured twice where the rest stays open. */
export const isGuarded = (operation: OperationName, amount: Money | null): boolean =>
  vocabulary[operation].guardedByState && !(operation === 'paymentIntents.capture' && amount !== null);

/**
 * Whether a repeated key keeps the provider from doing an operation twice. Where keys are only assumed to be honoured, the object's own state must
 * protect as well.
 */
export const keyProtects = (limits: Limits, operation: OperationName, amount: Money | null = null): boolean => {
  const honoured = honouredKeys(limits, operation)?.honoured;
  return honoured === 'documented' || (honoured === 'assumed' && isGuarded(operation, amount));
};

/** Sends one step of a call; reads carry no key. */
export const runStep = (
  { adapter, account, baseUrl, limits, transport }: ClientContext,
  course: Course,
  step: OperationName,
  request: WireRequest,
  key: string | null,
  amount: Money | null = null,
): Promise<Sent> =>
  send(adapter, account, baseUrl, transport, {
    retries: transport.retries,
    ...course,
    step,
    request,
    key: vocabulary[step].readsOnly || honouredKeys(limits, step) === null ? null : key,
    protectedByKey: keyProtects(limits, step, amount),
  });
