import { cut, flows, intents, withOperations, withReading, type Good } from './breaking.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes every payment in an answer, or on a page of them, before the adapter reads it: as one would that reads it otherwise. */
const readAs = (good: Good, change: (payment: Json) => Json): Good => {
  const changed = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(changed);
    if (!isObject(json)) return json;
    if (Array.isArray(json['data'])) return { ...json, data: json['data'].map(changed) };
    return change(json);
  };
  return withOperations(good, (operation, name) =>
    name.startsWith('paymentIntents.') ? { ...operation, response: (answer, input) => operation.response({ ...answer, json: changed(answer.json) }, input) } : operation,
  );
};

/** Text as a program takes it that believes its types. */
const believed = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError(`${typeof value}.toUpperCase is not a function`);
  return value.toUpperCase();
};

/** Defects that show only when a provider's answer is not what it was. */
export const defectsInDrift: Readonly<Record<string, Good>> = {
  'an amount is made a number, whatever it was': readAs(flows, (payment) => ({ ...payment, amount: Number(payment['amount']) })),
  'an amount that cannot be read is nothing': readAs(intents, (payment) => ({ ...payment, amount: typeof payment['amount'] === 'number' ? payment['amount'] : 0 })),
  'an amount is rounded to whole units': readAs(flows, (payment) => ({ ...payment, amount: typeof payment['amount'] === 'number' ? Math.floor(payment['amount']) : payment['amount'] })),
  'the sign of an amount is lost': readAs(flows, (payment) => ({ ...payment, amount: typeof payment['amount'] === 'number' ? Math.abs(payment['amount']) : payment['amount'] })),
  'a status that is missing is taken for succeeded': readAs(flows, (payment) => ({ ...payment, status: payment['status'] ?? 'succeeded' })),
  'a currency that is missing is taken for the dollar': readAs(cut, (payment) => ({ ...payment, currency: payment['currency'] ?? { iso: 'USD', scale: 2 } })),
  'a currency that is no text ends the reading': readAs(flows, (payment) => ({ ...payment, ...('currency' in payment && { currency: believed(payment['currency']) }) })),
  'metadata is laid onto a plain object': withReading(flows, (reading) => ({ ...reading, metadata: Object.assign({}, reading.metadata) })),
};
