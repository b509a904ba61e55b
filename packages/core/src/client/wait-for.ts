import { PaymentError, invalidInput } from '../errors/payment-error.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { CallOptions, PaymentIntentTarget, WaitFor } from '../contract/resources.js';
import type { ClientContext } from './context.js';
import { perform } from './perform.js';

/** Milliseconds. */
const defaults = { deadline: 60_000, firstPause: 1_000, longestPause: 10_000 };

const conditionOf = (until: WaitFor['until']): ((intent: PaymentIntent) => boolean) => {
  if (typeof until === 'function') return until;
  return until === undefined ? ({ status }) => status !== 'processing' : ({ status }) => until.includes(status);
};

/** Faults that pass by themselves: waiting goes on. */
const passing: readonly string[] = ['rate_limited', 'provider_unavailable', 'timeout', 'network'];

/** Retrieves until a condition holds, or the deadline has come: then the last snapshot is returned, which is no failure. */
export const waitFor = async (
  context: ClientContext,
  target: PaymentIntentTarget,
  { until, deadline = defaults.deadline }: WaitFor = {},
  options: CallOptions = {},
): Promise<PaymentIntent> => {
  if (!(typeof deadline === 'number' && deadline > 0)) throw invalidInput('deadline', 'is not a number of milliseconds above zero', 'Give milliseconds.');
  const { clock, sleep } = context.transport;
  const endsAt = clock() + deadline;
  const isThere = conditionOf(until);
  let last: PaymentIntent | null = null;
  for (let pause = defaults.firstPause; ; pause = Math.min(pause * 2, defaults.longestPause)) {
    try {
      last = await perform(context, 'paymentIntents.retrieve', target, undefined, { ...options, deadline: Math.max(1, endsAt - clock()) });
      if (isThere(last)) return last;
    } catch (error) {
      if (!PaymentError.is(error) || !passing.includes(error.code) || (last === null && clock() + pause >= endsAt)) throw error;
    }
    if (clock() + pause >= endsAt && last !== null) return last;
    await sleep(pause, options.signal);
  }
};
