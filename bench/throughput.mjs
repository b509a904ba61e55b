import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reordered, median } from './statistics.mjs';

/** @typedef {import('./client.mjs').Load} Load */
/** @typedef {import('./client.mjs').Cost} Cost */

export const concurrencies = [1, 16, 64];
const operations = /** @type {const} */ (['retrieve', 'create']);

/** @typedef {{ readonly client: string, readonly operation: Load['operation'], readonly concurrency: number, readonly rounds: readonly Cost[] }} Cell */

/**
 * A process of ours, and its next message. One that ends instead is an error.
 * @param {string} file
 * @param {readonly string[]} [args]
 */
export const start = async (file, args = []) => {
  const child = fork(join(import.meta.dirname, file), args);
  const next = async () => {
    const ended = new AbortController();
    const message = once(child, 'message', { signal: ended.signal });
    const end = once(child, 'exit', { signal: ended.signal });
    try {
      const [said] = await Promise.race([message, end.then(([code]) => Promise.reject(new Error(`${[file, ...args].join(' ')} ended with code ${String(code)}.`)))]);
      return said;
    } finally {
      ended.abort();
      await Promise.allSettled([message, end]);
    }
  };
  return { first: await next(), ask: async (/** @type {object} */ question) => (child.send(question), next()), stop: () => void (child.connected && child.disconnect()) };
};

/**
 * Each client in its own process against one server; each cell once per round, in another order each time.
 * @param {{ readonly names: readonly string[], readonly rounds: number, readonly milliseconds: number, readonly say: (text: string) => void }} plan
 * @returns {Promise<readonly Cell[]>}
 */
export const measureThroughput = async ({ names, rounds, milliseconds, say }) => {
  const server = await start('server.mjs');
  /** @type {{ readonly name: string, readonly ask: (load: object) => Promise<Cost>, readonly stop: () => void }[]} */
  const processes = [];
  try {
    for (const name of names) processes.push({ name, ...(await start('client.mjs', [name, server.first.origin])) });
    const cells = operations.flatMap((operation) =>
      concurrencies.flatMap((concurrency) => names.map((client) => ({ client, operation, concurrency, rounds: /** @type {Cost[]} */ ([]) }))));

    say('warming up');
    for (const { ask } of processes) for (const operation of operations) await ask({ operation, concurrency: 16, warmUp: milliseconds * 3, milliseconds });

    for (let round = 0; round < rounds; round += 1) {
      say(`round ${round + 1} of ${rounds}`);
      for (const operation of operations) {
        for (const concurrency of concurrencies) {
          for (const { name, ask } of reordered(processes, round)) {
            const cost = await ask({ operation, concurrency, warmUp: milliseconds / 5, milliseconds });
            cells.find((cell) => cell.client === name && cell.operation === operation && cell.concurrency === concurrency)?.rounds.push(cost);
          }
        }
      }
    }
    return cells;
  } finally {
    for (const { stop } of processes) stop();
    server.stop();
  }
};

/** @param {Cell} cell @param {keyof Cost} what */
export const typical = ({ rounds }, what) => median(rounds.map((cost) => cost[what]));

/**
 * How often the throughput of another, in the same rounds: what both share of the machine's moods is left out.
 * @param {Cell} cell
 * @param {Cell} other
 */
export const throughputRatio = (cell, other) =>
  median(cell.rounds.map(({ requestsPerSecond }, round) => requestsPerSecond / (other.rounds[round]?.requestsPerSecond ?? Number.NaN)));
