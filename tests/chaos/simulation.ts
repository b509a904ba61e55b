import { createHash } from 'node:crypto';
import { randomFrom, type Random } from './random.ts';

/** Something that will happen at a moment of the simulated time. */
interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  readonly owner: unknown;
}

/** Time, chance and the order of things, all from a seed: nothing waits, and a seed gives the same run to the last byte. */
export interface Simulation {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: () => Random;
  /** From here on chance comes from another seed. */
  readonly reseed: (seed: number) => void;
  /** `owner` is who is told to the witness for what the task changes; by default whoever owns the task that is running. */
  readonly schedule: (milliseconds: number, run: () => void, owner?: unknown) => () => void;
  /** Rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Until nothing is under way any more. */
  readonly settle: () => Promise<void>;
}

/** Sees what every task did. */
export type Witness = (owner: unknown) => void;

const realImmediate = setImmediate;

/** Until every promise that can go on has gone on. */
const turn = (): Promise<void> =>
  new Promise((done) => {
    realImmediate(done);
  });

type Restore = () => void;

const replace = (target: object, name: string, value: unknown): Restore => {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, own);
  };
};

/** What a timer's number stands for. */
const timers = () => {
  const cancels = new Map<number, () => void>();
  let last = 0;
  return {
    add: (cancel: () => void): number => {
      last += 1;
      cancels.set(last, cancel);
      return last;
    },
    clear: (timer: unknown): void => {
      if (typeof timer !== 'number') return;
      cancels.get(timer)?.();
      cancels.delete(timer);
    },
  };
};

/**
 * Everything by which time, chance and threads get into client and sandbox, replaced: timers, the clock, Web Crypto's randomness and digests (which come
 * from a thread, whenever that is ready), and the message channel with which the sandbox takes its moment for a request that carries a key.
 */
const replaceGlobals = (simulation: Simulation): Restore => {
  const { add, clear } = timers();
  class Channel {
    readonly port1: { onmessage: (() => void) | null; close: () => void } = { onmessage: null, close: () => undefined };
    readonly port2 = {
      postMessage: (): void => {
        simulation.schedule(simulation.random().whole(0, 30), () => this.port1.onmessage?.());
      },
    };
  }
  const restores = [
    replace(Date, 'now', simulation.now),
    replace(performance, 'now', simulation.now),
    replace(globalThis, 'setTimeout', (run: () => void, milliseconds = 0) => add(simulation.schedule(milliseconds, run, null))),
    replace(globalThis, 'clearTimeout', clear),
    replace(globalThis, 'MessageChannel', Channel),
    replace(crypto, 'getRandomValues', (bytes: Uint8Array) => bytes.map((_, index, all) => (all[index] = simulation.random().whole(0, 255)))),
    replace(crypto.subtle, 'digest', (_: string, bytes: Uint8Array) => Promise.resolve(new Uint8Array(createHash('sha256').update(bytes).digest()).buffer)),
  ];
  return () => {
    for (const restore of restores.toReversed()) restore();
  };
};

/** Nothing is left that could happen, and still somebody waits. */
export class Stuck extends Error {}

/**
 * Runs something in a simulated world. Everything in it has to be in this process and made of promises.
 * @throws Stuck when it waits for something that never comes.
 */
export const simulate = async <T>(seed: number, startsAt: string, witness: (simulation: Simulation) => Witness, main: (simulation: Simulation) => Promise<T>): Promise<T> => {
  let now = Date.parse(startsAt);
  let random = randomFrom(seed);
  let scheduled = 0;
  let current: unknown = null;
  const tasks: Task[] = [];

  const simulation: Simulation = {
    now: () => now,
    random: () => random,
    reseed: (next) => {
      random = randomFrom(next);
    },
    schedule: (milliseconds, run, owner = current) => {
      scheduled += 1;
      const task: Task = { at: now + Math.max(0, milliseconds), order: scheduled, run, owner };
      const place = tasks.findIndex(({ at }) => at > task.at);
      tasks.splice(place < 0 ? tasks.length : place, 0, task);
      return () => {
        const index = tasks.indexOf(task);
        if (index >= 0) tasks.splice(index, 1);
      };
    },
    sleep: (milliseconds, signal) =>
      new Promise((done, fail) => {
        if (signal?.aborted) {
          fail(signal.reason);
          return;
        }
        const cancel = simulation.schedule(milliseconds, done, null);
        signal?.addEventListener('abort', () => {
          cancel();
          fail(signal.reason);
        }, { once: true });
      }),
    settle: async () => {
      for (let last = tasks.at(-1); last !== undefined; last = tasks.at(-1)) await simulation.sleep(last.at - now + 1);
    },
  };

  const restore = replaceGlobals(simulation);
  try {
    const sees = witness(simulation);
    const progress = { hasEnded: false };
    const result = main(simulation).finally(() => {
      progress.hasEnded = true;
    });
    result.catch(() => undefined);
    await turn();
    while (!progress.hasEnded) {
      const task = tasks.shift();
      if (task === undefined) throw new Stuck('something waits for what never comes');
      now = Math.max(now, task.at);
      if (task.owner !== null) sees(null);
      current = task.owner;
      task.run();
      await turn();
      if (task.owner !== null) sees(task.owner);
      current = null;
    }
    return await result;
  } finally {
    restore();
  }
};
