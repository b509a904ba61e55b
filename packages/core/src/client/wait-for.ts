import { inputError, PaymentError, type Problem } from '../model/payment-error.js';
import { paymentIntentStatuses } from '../model/payment-intent.js';
import { refundStatuses } from '../model/refund.js';
import { setupIntentStatuses } from '../model/setup-intent.js';
import type { NeutralObject, NeutralObjects } from '../model/kinds.js';
import type { CallOptions, WaitFor } from '../operations/verbs.js';
import type { Target } from '../operations/targets.js';
import type { LivingKind } from '../lifecycle/transitions.js';
import { checkOptions } from '../call/check-options.js';
import type { ClientContext } from '../call/context.js';
import { retrieveOperations } from '../call/look-up.js';
import { callOperation } from '../call/index.js';

/** Milliseconds. */
const defaults = { deadline: 60_000, firstPause: 1_000, longestPause: 10_000 };

const statusesOf: { readonly [K in LivingKind]: readonly string[] } = { payment_intent: paymentIntentStatuses, setup_intent: setupIntentStatuses, refund: refundStatuses };

/** The statuses in which the provider is at work. A refund whose status is not known is polled, as providers leave it out while they are. */
const working: { readonly [K in LivingKind]: readonly string[] } = { payment_intent: ['processing'], setup_intent: ['processing'], refund: ['pending', 'unknown'] };

const conditionOf = <K extends LivingKind>(kind: K, until: WaitFor<NeutralObjects[K]>['until']): ((snapshot: NeutralObjects[K]) => boolean) => {
  if (typeof until === 'function') return until;
  return until === undefined ? ({ status }) => !working[kind].includes(status) : ({ status }) => until.some((wanted) => wanted === status);
};

const isUntil = (kind: LivingKind, until: unknown): boolean =>
  typeof until === 'function' ||
  (Array.isArray(until) && until.length > 0 && until.every((status) => status === 'unknown' || statusesOf[kind].some((known) => known === status)));

const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value > 0;

const problemsOf = (kind: LivingKind, { until, deadline, ...rest }: { readonly until?: unknown; readonly deadline?: unknown }): readonly Problem[] => [
  ...(until === undefined || isUntil(kind, until)
    ? []
    : [{ field: 'until', problem: 'is neither a list of statuses nor a function', remedy: `Statuses are ${statusesOf[kind].join(', ')} and unknown.` }]),
  ...(deadline === undefined || isTime(deadline)
    ? []
    : [{ field: 'deadline', problem: 'is not a number of milliseconds above zero', remedy: 'Give milliseconds.' }]),
  ...Object.keys(rest).map((field) => ({ field, problem: 'is nothing that waitFor takes', remedy: 'It takes until and deadline; call options come after them.' })),
];

/** Faults that pass by themselves: waiting goes on. */
const passing: readonly string[] = ['rate_limited', 'provider_unavailable', 'timeout', 'network'];

/** Retrieves until a condition holds, or the deadline has come: then the last snapshot is returned, which is no failure. */
export const waitFor = async <K extends LivingKind>(
  context: ClientContext,
  kind: K,
  target: Target,
  wait: WaitFor<NeutralObjects[K]> = {},
  options: CallOptions = {},
): Promise<NeutralObjects[K]> => {
  const about = { provider: context.adapter.provider, account: context.account, operation: retrieveOperations[kind] };
  const problems = problemsOf(kind, wait);
  if (problems.length > 0) throw inputError(problems, about);
  checkOptions(context, about.operation, options);
  const { clock, sleep } = context.transport;
  const endsAt = clock() + Math.min(wait.deadline ?? defaults.deadline, options.deadline ?? Number.POSITIVE_INFINITY);
  const isThere = conditionOf(kind, wait.until);
  let last: NeutralObjects[K] | null = null;
  for (let pause = defaults.firstPause; ; pause = Math.min(pause * 2, defaults.longestPause)) {
    try {
      // The operation is the kind's own.
      last = (await callOperation<(typeof about)['operation']>(context, about.operation, target, undefined, { ...options, deadline: Math.max(1, endsAt - clock()) })) as NeutralObject as NeutralObjects[K];
      if (isThere(last)) return last;
    } catch (error) {
      if (!PaymentError.is(error) || !passing.includes(error.code) || (last === null && clock() + pause >= endsAt)) throw error;
    }
    if (clock() + pause >= endsAt && last !== null) return last;
    try {
      await sleep(pause, options.signal);
    } catch {
      throw new PaymentError({ ...about, code: 'aborted', outcome: 'not_sent', message: `${about.operation} at ${about.provider}: the caller aborted the waiting.`, subject: last });
    }
  }
};
