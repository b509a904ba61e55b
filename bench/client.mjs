// One client in a process of its own: does what it is told for as long as it is told, and says what it took.
import { clients, missing } from './clients.mjs';
import { median } from './statistics.mjs';

const [name = '', origin = ''] = process.argv.slice(2);
const { id, connect } = clients[name] ?? missing(name);
const calls = await connect(origin);

/** @typedef {{ readonly operation: 'retrieve' | 'create', readonly concurrency: number, readonly milliseconds: number }} Load */
/** @typedef {{ readonly requestsPerSecond: number, readonly p50Milliseconds: number, readonly cpuMicroseconds: number }} Cost */

/** @param {Load} load @returns {Promise<Cost>} */
const run = async ({ operation, concurrency, milliseconds }) => {
  const call = calls[operation];
  /** @type {number[]} */
  const latencies = [];
  const before = process.cpuUsage();
  const started = performance.now();
  const ends = started + milliseconds;
  const work = async () => {
    for (let now = performance.now(); now < ends; ) {
      const answered = await call();
      if (answered !== id) throw new Error(`${name} gave the id ${String(answered)}, not ${id}.`);
      const then = performance.now();
      latencies.push(then - now);
      now = then;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { requestsPerSecond: latencies.length / seconds, p50Milliseconds: median(latencies), cpuMicroseconds: (user + system) / latencies.length };
};

process.once('disconnect', () => process.exit());
process.on('message', async (/** @type {{ readonly warmUp: number } & Load} */ { warmUp, ...load }) => {
  await run({ ...load, milliseconds: warmUp });
  process.send?.(await run(load));
});
process.send?.({ ready: true });
