import type { MethodName } from '@oneintent/core/conformance';
import type { Switches } from '@oneintent/sandbox';
import { otherReadings, type Configuration } from '../conformance/configurations.ts';
import { disturbances } from './network.ts';
import { pickByWeight, randomFrom, type Random } from './random.ts';

/** What an application can do with one order. `again` repeats a call that a crash cut off, `repeat` one that has ended: a job that was delivered twice. */
export type Action =
  | { readonly do: 'create'; readonly confirm: boolean; readonly method: MethodName }
  | { readonly do: 'confirm'; readonly method: MethodName; readonly by: 'ref' | 'snapshot' }
  /** `part` is in hundredths of what was authorised; `null` takes all. */
  | { readonly do: 'capture'; readonly part: number | null; readonly by: 'ref' | 'snapshot' }
  | { readonly do: 'increment'; readonly more: number; readonly by: 'ref' | 'snapshot' }
  | { readonly do: 'cancel' | 'update' | 'retrieve'; readonly by: 'ref' | 'snapshot' }
  /** `part` is in hundredths of what was received; `null` gives back all. */
  | { readonly do: 'refund'; readonly part: number | null; readonly by: 'ref' | 'snapshot' }
  | { readonly do: 'setup'; readonly confirm: boolean; readonly method: MethodName }
  | { readonly do: 'resume'; readonly withInput: boolean }
  | { readonly do: 'again' | 'repeat' | 'list' | 'retrieveRefund' | 'cancelRefund' | 'pass-action' | 'fail-action' }
  | { readonly do: 'wait'; readonly seconds: number };

/** What disturbs one call. */
export interface Disturbance {
  /** At the first exchange, at the second …; `null` where nothing happens. */
  readonly faults: readonly (string | null)[];
  /** Milliseconds after which the caller aborts. */
  readonly abortAfter: number | null;
  /** Milliseconds after which the process dies. What it sent is under way all the same. */
  readonly crashAfter: number | null;
  /** The caller's clock jumps. Milliseconds. */
  readonly jump: { readonly after: number; readonly by: number } | null;
}

/** One call of the application. Without an action, chance chooses among what a well-behaved application may do now. */
export interface CallPlan extends Disturbance {
  readonly order: number;
  readonly action: Action | null;
  /** The very call before it in this step, made by another process at the same time. */
  readonly twin: boolean;
  readonly seed: number;
}

/** Calls that are made at the same time. */
export interface StepPlan {
  readonly seed: number;
  /** All processes are replaced first: what is not stored is forgotten. */
  readonly restart: boolean;
  readonly calls: readonly CallPlan[];
}

/** One provider, a few orders and what is done with them: plain JSON, which plays the same way every time. */
export interface Episode {
  readonly configuration: string;
  readonly switches: Partial<Switches>;
  readonly seed: number;
  readonly orders: readonly { readonly units: number; readonly manual: boolean }[];
  readonly steps: readonly StepPlan[];
}

const calm: Disturbance = { faults: [], abortAfter: null, crashAfter: null, jump: null };

const hour = 3_600_000;

const disturbanceFrom = (random: Random, hasList: boolean): Disturbance => {
  if (random.chance(0.45)) return calm;
  const density = random.pick([0.15, 0.35, 0.35, 0.7, 1]);
  // Where intents cannot be listed, only the key leads back to a lost one, and that is trusted for minutes: no clock of the application may be off by more.
  const furthest = hasList && random.chance(0.3) ? 30 * hour : 120_000;
  return {
    faults: Array.from({ length: 8 }, () => (random.chance(density) ? random.pick(disturbances) : null)),
    abortAfter: random.chance(0.08) ? random.whole(0, random.pick([5, 100, 2_000, 60_000])) : null,
    crashAfter: random.chance(0.1) ? random.whole(0, random.pick([5, 100, 2_000, 60_000])) : null,
    jump: random.chance(0.08) ? { after: random.whole(0, 200), by: random.whole(-furthest, furthest) } : null,
  };
};

const switchesFrom = (random: Random, { dialect }: Configuration): Partial<Switches> =>
  Object.assign({}, ...otherReadings.filter(({ only }) => (only === undefined || only.includes(dialect)) && random.chance(0.25)).map(({ switches }) => switches));

const stepFrom = (random: Random, orders: number, hasList: boolean): StepPlan => {
  const order = random.whole(0, orders - 1);
  const calls = pickByWeight(random, [[75, 1], [20, 2], [5, 3]]) ?? 1;
  return {
    seed: random.seed(),
    restart: random.chance(0.15),
    calls: Array.from({ length: calls }, (_, index) => ({
      ...disturbanceFrom(random, hasList),
      order: index === 0 || random.chance(0.75) ? order : random.whole(0, orders - 1),
      action: null,
      twin: index > 0 && random.chance(0.5),
      seed: random.seed(),
    })),
  };
};

/** The episode that a seed makes of a configuration. */
export const episodeFrom = (seed: number, configuration: Configuration): Episode => {
  const random = randomFrom(seed);
  const orders = random.whole(1, 5);
  const hasList = configuration.adapter.operations['paymentIntents.list'] !== undefined;
  return {
    configuration: configuration.name,
    switches: switchesFrom(random, configuration),
    seed,
    orders: Array.from({ length: orders }, () => ({ units: random.whole(200, 5_000), manual: random.chance(0.6) })),
    steps: Array.from({ length: random.whole(5, 30) }, () => stepFrom(random, orders, hasList)),
  };
};
