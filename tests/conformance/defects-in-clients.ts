import { createHmac, randomUUID } from 'node:crypto';
import { cut, flows, withDelivery, withHeaders, withoutClock, type Arrived, type Good } from './breaking.ts';

const key = 'Idempotency-Key';

/** Parsed and written again, as a framework's JSON middleware leaves it. */
const writtenAgain = ({ headers, body }: Arrived): Arrived => {
  try {
    return { headers, body: JSON.stringify(JSON.parse(body)) };
  } catch {
    return { headers, body };
  }
};

/** Signs what it should verify. */
const signedHere = ({ headers, body }: Arrived, secret: string): Arrived => {
  const [, time = ''] = /t=(\d+)/.exec(headers.get('Paypercut-Signature') ?? '') ?? [];
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return { headers: new Headers({ 'Paypercut-Signature': `t=${time},v1=${signature}` }), body };
};

/** Defects of what is the core's here and the adapter's elsewhere: keys, retries, and what is believed of a delivery. */
export const defectsInClients: Readonly<Record<string, Good>> = {
  'every attempt has a key of its own': withHeaders(flows, () => (headers) => {
    if (headers.has(key)) headers.set(key, randomUUID());
  }),
  'a retry goes without its key': withHeaders(flows, () => {
    const sent = new Set<string>();
    return (headers) => {
      const own = headers.get(key);
      if (own !== null && sent.has(own)) headers.delete(key);
      else if (own !== null) sent.add(own);
    };
  }),
  'one key for every call': withHeaders(flows, () => (headers) => {
    if (headers.has(key)) headers.set(key, 'order');
  }),
  'an old delivery is believed': withoutClock(cut),
  'a delivery is parsed and written again before it is verified': withDelivery(cut, writtenAgain),
  'a signature is made where it should be compared': withDelivery(cut, signedHere),
  'any token is taken for the right one': withDelivery(flows, ({ body }, secret) => ({ headers: new Headers({ 'X-Payjp-Webhook-Token': secret }), body })),
};
