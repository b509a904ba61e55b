import { inputError, PaymentError, type Problem } from '../errors/payment-error.js';
import { paymentIntentStatuses, type PaymentIntent } from '../model/payment-intent.js';
import type { CallOptions, PaymentIntentTarget, WaitFor } from '../contract/resources.js';
import { checkOptions } from './call-options.js';
import type { ClientContext } from './context.js';
import { perform } from './perform.js';

/** Milliseconds. */
const defaults = { deadline: 60_000, firstPause: 1_000, longestPause: 10_000 };

const conditionOf = (until: WaitFor['until']): ((intent: PaymentIntent) => boolean) => {
  if (typeof until === 'function') return until;
  return until === undefined ? ({ status }) => status !== 'processing' : ({ status }) => until.includes(status);
};

const isUntil = (until: unknown): boolean =>
  typeof until === 'function' ||
  (Array.isArray(until) && until.length > 0 && until.every((status) => status === 'unknown' || paymentIntentStatuses.some((known) => known === status)));

const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value > 0;

const problemsOf = ({ until, deadline, ...rest }: WaitFor): readonly Problem[] => [
  ...(until === undefined || isUntil(until)
    ? []
    : [{ field: 'until', problem: 'is neither a list of statuses nor a function', remedy: `Statuses are ${paymentIntentStatuses.join(', ')} and unknown.` }]),
  ...(deadline === undefined || isTime(deadline)
    ? []
    : [{ field: 'deadline', problem: 'is not a number of milliseconds above zero', remedy: 'Give milliseconds.' }]),
  ...Object.keys(rest).map((field) => ({ field, problem: 'is nothing that waitFor takes', remedy: 'It takes until and deadline; call options come after them.' })),
];

/** Faults that pass by themselves: waiting goes on. */
const passing: readonly string[] = ['rate_limited', 'provider_unavailable', 'timeout', 'network'];

/** Retrieves until a condition holds, or the deadline has come: then the last snapshot is returned, which is no failure. */
export const waitFor = async (
  context: ClientContext,
  target: PaymentIntentTarget,
  wait: WaitFor = {},
  options: CallOptions = {},
): Promise<PaymentIntent> => {
  const about = { provider: context.adapter.provider, account: context.account, operation: 'paymentIntents.retrieve' } as const;
  const problems = problemsOf(wait);
  if (problems.length > 0) throw inputError(problems, about);
  checkOptions(context, about.operation, options);
  const { clock, sleep } = context.transport;
  const endsAt = clock() + Math.min(wait.deadline ?? defaults.deadline, options.deadline ?? Number.POSITIVE_INFINITY);
  const isThere = conditionOf(wait.until);
  let last: PaymentIntent | null = null;
  for (let pause = defaults.firstPause; ; pause = Math.min(pause * 2, defaults.longestPause)) {
    try {
      last = await perform(context, 'paymentIntents.retrieve', target, undefined, { ...options, deadline: Math.max(1, endsAt - clock()) });
      if (isThere(last)) return last;
    } catch (error) {
      if (!PaymentError.is(error) || !passing.includes(error.code) || (last === null && clock() + pause >= endsAt)) throw error;
    }
    if (clock() + pause >= endsAt && last !== null) return last;
    try {
      await sleep(pause, options.signal);
    } catch {
      throw new PaymentError({ ...about, code: 'aborted', outcome: 'not_sent', message: `${about.operation} at ${about.provider}: the caller aborted the waiting.`, intent: last });
    }
  }
};
