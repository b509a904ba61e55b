import type { CallPlan, Episode, StepPlan } from './plan.ts';

/** Whether an episode still goes wrong in the same way. */
export type StillFails = (episode: Episode) => Promise<boolean>;

const without = <T>(items: readonly T[], from: number, count: number): readonly T[] => [...items.slice(0, from), ...items.slice(from + count)];

const replaced = <T>(items: readonly T[], at: number, item: T): readonly T[] => items.map((old, index) => (index === at ? item : old));

/** Every way to make one call simpler. */
const simplerCalls = (call: CallPlan): readonly CallPlan[] => [
  ...(call.faults.some((fault) => fault !== null) ? [{ ...call, faults: [] }] : []),
  ...call.faults.flatMap((fault, index) => (fault === null ? [] : [{ ...call, faults: replaced(call.faults, index, null) }])),
  ...(call.abortAfter === null ? [] : [{ ...call, abortAfter: null }]),
  ...(call.crashAfter === null ? [] : [{ ...call, crashAfter: null }]),
  ...(call.jump === null ? [] : [{ ...call, jump: null }]),
];

const simplerSteps = (step: StepPlan): readonly StepPlan[] => [
  ...(step.restart ? [{ ...step, restart: false }] : []),
  ...(step.calls.length > 1 ? step.calls.map((_, index) => ({ ...step, calls: without(step.calls, index, 1).map((call, place) => (place === 0 ? { ...call, twin: false } : call)) })) : []),
  ...step.calls.flatMap((call, index) => simplerCalls(call).map((simpler) => ({ ...step, calls: replaced(step.calls, index, simpler) }))),
];

/** Every way to make an episode simpler, the boldest first. */
const simplerEpisodes = function* (episode: Episode): Generator<Episode> {
  const { steps, switches } = episode;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = steps.length - size; from > -size; from -= size) yield { ...episode, steps: without(steps, Math.max(0, from), size) };
  for (const name of Object.keys(switches)) yield { ...episode, switches: Object.fromEntries(Object.entries(switches).filter(([other]) => other !== name)) };
  for (const [index, step] of steps.entries()) for (const simpler of simplerSteps(step)) yield { ...episode, steps: replaced(steps, index, simpler) };
};

/** The simplest episode within reach that still goes wrong in the same way. */
export const shrink = async (episode: Episode, stillFails: StillFails, most = 1_500): Promise<Episode> => {
  let smallest = episode;
  let tries = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const candidate of simplerEpisodes(smallest)) {
      tries += 1;
      if (tries > most) return smallest;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      improved = true;
      break;
    }
  }
  return smallest;
};
