import { createHmac } from 'node:crypto';
import { apiKey, webhookBody, webhookSecret } from './payloads.mjs';
import { median, reordered } from './statistics.mjs';
import { start } from './throughput.mjs';

/** @typedef {{ readonly body: Uint8Array<ArrayBuffer>, readonly signature: string }} Delivery as an application gets it: the raw bytes, and the signature's header */

/**
 * Who verifies a delivery and parses it, set up as its documentation says. Each gives the id of the event, so that only right answers are counted.
 * @type {Readonly<Record<string, () => Promise<(delivery: Delivery) => unknown>>>}
 */
export const verifiers = {
  'oneintent: generic stripe': async () => {
    const { createPayments } = await import('@oneintent/core');
    const { generic, stripe } = await import('@oneintent/adapter-generic');
    const payments = createPayments({ adapter: generic(stripe, { apiKey }), webhookSecret });
    return async ({ body, signature }) => (await payments.webhooks.verify({ body, headers: { 'stripe-signature': signature } })).id;
  },
  'stripe constructEventAsync': async () => {
    const { Stripe } = await import('stripe');
    return async ({ body, signature }) => (await Stripe.webhooks.constructEventAsync(body, signature, webhookSecret)).id;
  },
  'stripe constructEvent': async () => {
    const { Stripe } = await import('stripe');
    return ({ body, signature }) => Stripe.webhooks.constructEvent(body, signature, webhookSecret).id;
  },
};

/** The delivery, signed now: a signature is believed for 300 seconds. @returns {Delivery} */
export const signed = () => {
  const time = Math.floor(Date.now() / 1000);
  return { body: new TextEncoder().encode(webhookBody), signature: `t=${time},v1=${createHmac('sha256', webhookSecret).update(`${time}.${webhookBody}`).digest('hex')}` };
};

/** @typedef {{ readonly name: string, readonly bytes: number, readonly microseconds: readonly number[] }} Verification a number for each round */

/**
 * Each verifier in a process of its own, one delivery after the other; each once per round, in another order each time.
 * @param {{ readonly rounds: number, readonly milliseconds: number, readonly say: (text: string) => void }} plan
 * @returns {Promise<readonly Verification[]>}
 */
export const measureWebhooks = async ({ rounds, milliseconds, say }) => {
  /** @type {{ readonly name: string, readonly ask: (load: object) => Promise<{ readonly microseconds: number }>, readonly stop: () => void, readonly microseconds: number[] }[]} */
  const processes = [];
  try {
    for (const name of Object.keys(verifiers)) processes.push({ name, microseconds: [], ...(await start('verifier.mjs', [name])) });
    say(`webhooks, ${rounds} rounds`);
    for (const { ask } of processes) await ask({ milliseconds: milliseconds * 3 });
    for (let round = 0; round < rounds; round += 1) {
      for (const { ask, microseconds } of reordered(processes, round)) microseconds.push((await ask({ milliseconds })).microseconds);
    }
    return processes.map(({ name, microseconds }) => ({ name, bytes: Buffer.byteLength(webhookBody), microseconds }));
  } finally {
    for (const { stop } of processes) stop();
  }
};

/**
 * How many times as long as another, in the same rounds.
 * @param {Verification} verification
 * @param {Verification} other
 */
export const timeRatio = ({ microseconds }, other) => median(microseconds.map((number, round) => number / (other.microseconds[round] ?? Number.NaN)));
