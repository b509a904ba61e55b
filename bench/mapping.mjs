// One configuration in a process of its own: what it costs to make a neutral intent of a provider's JSON.
import { createPayments, supports } from '@oneintent/core';
import { configurations, missing } from './clients.mjs';
import { median } from './statistics.mjs';

const [name = '', budget = '1000'] = process.argv.slice(2);
const { shape, adapter: make } = configurations[name] ?? missing(name);
const adapter = await make('http://127.0.0.1');
const read = adapter.operations['paymentIntents.retrieve']?.response;
if (read === undefined) throw new Error(`${name} cannot retrieve.`);

const length = 100;
const one = JSON.stringify(shape.payment);
const many = JSON.stringify(Array.from({ length }, () => shape.payment));

/**
 * A list made of the adapter's own reader of one payment, over a fetch that never leaves memory. Everything is as in a real call; what a list costs more
 * that reads its items than one that ignores them, by the item, is the reading and the completion of one intent.
 * @param {(items: readonly unknown[]) => readonly unknown[]} chosen
 */
const list = (chosen) => {
  /** @type {import('@oneintent/core/adapter').Operation<'paymentIntents.list'>} */
  const operation = {
    accepts: [],
    request: () => ({ method: 'GET', path: '/' }),
    response: ({ json, ...answer }) => ({
      items: chosen(Array.isArray(json) ? json : []).map((item) => read({ ...answer, json: item }, { id: shape.payment.id })),
      hasMore: false,
      nextCursor: null,
    }),
  };
  /** @type {import('@oneintent/core').Payments<never>} */
  const payments = createPayments({ adapter: { ...adapter, operations: { 'paymentIntents.list': operation } }, fetch: async () => new Response(many) });
  if (!supports(payments, 'paymentIntents.list')) throw new Error('A client with a list has a list.');
  return async (/** @type {number} */ expected) => {
    const { data } = await payments.paymentIntents.list();
    if (data.length !== expected) throw new Error(`${name} read ${data.length} items, not ${expected}.`);
  };
};

const reading = list((items) => items);
const ignoring = list(() => []);

/** Microseconds of one call of `work`. @param {() => unknown} work */
const time = async (work) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) * 1000;
};
const parse = () => {
  for (let count = 0; count < length; count += 1) JSON.parse(one);
};

/** @type {{ readonly parse: number, readonly map: number }[]} */
const samples = [];
const warmUntil = performance.now() + Number(budget) / 2;
const ends = warmUntil + Number(budget);
while (performance.now() < ends || samples.length === 0) {
  const sample = { parse: await time(parse), map: (await time(() => reading(length))) - (await time(() => ignoring(0))) };
  if (performance.now() > warmUntil) samples.push(sample);
}

process.send?.({
  name,
  bytes: Buffer.byteLength(one),
  jsonParseMicroseconds: median(samples.map((sample) => sample.parse)) / length,
  mapMicroseconds: median(samples.map((sample) => sample.map)) / length,
});
process.disconnect?.();
