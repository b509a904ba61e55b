import { faults, type Fault } from '@oneintent/core/conformance';
import type { Fetch } from '@oneintent/core';
import type { Simulation } from './simulation.ts';

/** What the network does with one request beside what the suite's faults do. */
const own = {
  /** Twice at once, as some proxies do after a reset. The first copy is the one that is answered. */
  duplicated: null,
  /** A copy comes much later. */
  'duplicated-late': null,
  /** It reaches the provider only after the caller has given up. */
  delayed: null,
  /** The provider acts, and the answer comes after the caller has given up. */
  'answer-delayed': null,
} as const;

const suite: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.id, fault]));

/** The names of everything that may happen to one exchange. The network's own come oftener, as a provider that acts late is the hardest. */
export const disturbances: readonly [string, ...string[]] = ['delayed', ...Object.keys(own), ...Object.keys(own), ...suite.keys(), 'delayed', 'answer-delayed'];

/** Who makes a request, and what the network does with it. */
export interface Caller {
  readonly faults: readonly (string | null)[];
  /** Exchanges so far. */
  exchanges: number;
  /** Its process has died: nothing leaves any more. */
  dead: boolean;
}

/** One request that reaches the provider: the witness is told whose doing it is. */
export interface Delivery {
  readonly caller: Caller;
  /** A copy that comes after the caller has had an answer. */
  readonly late: boolean;
}

export interface NetworkOptions {
  readonly simulation: Simulation;
  /** The provider. */
  readonly fetch: Fetch;
  readonly caller: () => Caller;
  /** `null` where nobody wants to read it. */
  readonly log: ((line: string) => void) | null;
  readonly count: (fault: string) => void;
}

/** Waits for work until a signal aborts. No listener is left behind: a signal with one, made of others, is held for ever. */
const untilAborted = async <T>(signal: AbortSignal | null | undefined, work: Promise<T>): Promise<T> => {
  if (signal == null) return work;
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, fail) => {
    abort = () => fail(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/** One for each: what waits for a promise that all share is held for ever. */
const never = (): Promise<never> => new Promise(() => undefined);

const describeRequest = (input: unknown, init: RequestInit | undefined): string => {
  const key = new Headers(init?.headers).get('idempotency-key');
  return `${init?.method ?? 'GET'} ${new URL(String(input)).pathname}${key === null ? '' : ` key ${key.slice(0, 6)}`} ${typeof init?.body === 'string' ? init.body : ''}`.trimEnd();
};

/** A fetch that carries requests through a network of moods. */
export const network = ({ simulation, fetch, caller: whose, log, count }: NetworkOptions): Fetch => async (input, init) => {
  const caller = whose();
  if (caller.dead) return never();
  const fault = caller.faults[caller.exchanges] ?? null;
  caller.exchanges += 1;
  const exchange = caller.exchanges;
  const title = log === null ? '' : describeRequest(input, init);
  if (fault !== null) count(fault);

  const latency = (): number => simulation.random().whole(1, 40);
  const deliver = (delay: number, late: boolean): Promise<Response> =>
    new Promise((done, fail) => {
      const owner: Delivery = { caller, late };
      const carry = async (): Promise<void> => {
        const response = await fetch(input, { ...init, signal: null });
        const copy = log === null ? null : response.clone();
        simulation.schedule(latency(), () => done(response), null);
        if (copy !== null) log?.(`${late ? 'a copy of ' : ''}${title} reaches the provider: ${copy.status} ${await copy.text()}`);
      };
      simulation.schedule(delay, () => void carry().catch(fail), owner);
    });
  const givenUp = (): number => simulation.random().whole(26_000, 120_000);

  if (fault === null) return untilAborted(init?.signal, deliver(latency(), false));
  log?.(`exchange ${exchange}, ${title}: ${fault}`);
  if (fault === 'duplicated') {
    const delay = latency();
    const first = deliver(delay, false);
    void deliver(delay + simulation.random().whole(0, 20), false);
    return untilAborted(init?.signal, first);
  }
  if (fault === 'duplicated-late') {
    void deliver(givenUp(), true);
    return untilAborted(init?.signal, deliver(latency(), false));
  }
  if (fault === 'delayed') {
    void deliver(givenUp(), false);
    return untilAborted(init?.signal, never());
  }
  if (fault === 'answer-delayed') {
    void deliver(latency(), false);
    return untilAborted(init?.signal, never());
  }
  const known = suite.get(fault);
  if (known === undefined) throw new TypeError(`there is no fault ${fault}`);
  if (known.providerActs === 'first') await untilAborted(init?.signal, deliver(latency(), false));
  return known.answer(init?.signal ?? null);
};
