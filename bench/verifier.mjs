// One verifier of webhook deliveries in a process of its own: what it takes from raw bytes to an event that is believed.
import { webhookId } from './payloads.mjs';
import { signed, verifiers } from './webhooks.mjs';

const [name = ''] = process.argv.slice(2);
const verify = await verifiers[name]?.();
if (verify === undefined) throw new Error(`There is no verifier named "${name}"; there are: ${Object.keys(verifiers).join(', ')}.`);

process.once('disconnect', () => process.exit());
process.on('message', async (/** @type {{ readonly milliseconds: number }} */ { milliseconds }) => {
  const delivery = signed();
  const started = performance.now();
  const ends = started + milliseconds;
  let count = 0;
  for (; performance.now() < ends || count === 0; count += 1) {
    const id = await verify(delivery);
    if (id !== webhookId) throw new Error(`${name} gave the id ${String(id)}, not ${webhookId}.`);
  }
  process.send?.({ microseconds: ((performance.now() - started) * 1000) / count });
});
process.send?.({ ready: true });
