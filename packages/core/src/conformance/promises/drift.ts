import { PaymentError, Secret, vocabulary, type OperationName } from '../../index.js';
import { equal, holds, PromiseBroken } from '../assertions.js';
import { callOn } from '../calls.js';
import { driftsOf, type Drift } from '../drift.js';
import { asItWas, replaying, withBody, withMore } from '../exchanges.js';
import { reference, type Rehearsed } from '../rehearsal.js';

type Told = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Told => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoney = (value: unknown): value is Told => isObject(value) && 'minorUnits' in value;
const isWhole = ({ minorUnits }: Told): boolean => Number.isSafeInteger(minorUnits) && Number(minorUnits) >= 0;

/** What an object is not read without. */
const essentials: readonly string[] = ['object', 'account', 'provider', 'id', 'ref', 'status', 'type', 'providerType', 'data', 'minorUnits', 'currency'];

/** What is the provider's own, or made of what the answer says by another rule. */
const left: readonly string[] = ['raw', 'data of an action', 'providerStatus', 'metadata', 'reference'];

const revealed = (value: unknown): unknown => (Secret.is(value) ? value.reveal() : value);

const isTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;

/** The first member in which what is read says something else than before, or says it otherwise; `null` where it says the same, or less. */
const difference = (read: unknown, before: unknown, instead: unknown, name = 'it'): string | null => {
  const [now, then] = [revealed(read), revealed(before)];
  const differs = `${name} was ${JSON.stringify(then)?.slice(0, 80)}, and is ${JSON.stringify(now)?.slice(0, 80)}`;
  if (Secret.is(before) !== Secret.is(read) && read !== null && before !== null) return differs;
  if (now === then || left.includes(name)) return null;
  if (now === null || now === undefined) return essentials.includes(name) ? differs : null;
  if (then === null || then === undefined) return isMoney(now) ? (isWhole(now) ? null : differs) : typeof now === 'number' && now !== instead ? differs : null;
  if (isMoney(then)) return JSON.stringify(now) === JSON.stringify(then) ? null : differs;
  if (Array.isArray(then)) {
    if (!Array.isArray(now) || (name === 'data' && now.length !== then.length)) return differs;
    return name === 'data' ? (then.map((item, index) => difference(now[index], item, instead)).find((found) => found !== null) ?? null) : now.every((item) => typeof item === typeof then[0]) ? null : differs;
  }
  if (isObject(then)) {
    if (!isObject(now)) return differs;
    const inAction = Secret.is(then['data']) || Secret.is(then['url']);
    if (inAction && now['type'] !== then['type']) return null;
    return Object.keys({ ...then, ...now }).map((key) => difference(now[key], then[key], instead, inAction && key === 'data' ? 'data of an action' : key)).find((found) => found !== null) ?? null;
  }
  if (now === 'unknown' && name !== 'id') return null;
  if (name.endsWith('At') || name === 'at') return isTime(now) ? null : differs;
  if (typeof now !== typeof then) return differs;
  if (['status', 'currency', 'minorUnits', 'object', 'account', 'provider', 'type'].includes(name)) return differs;
  // What the answer now says in so many words is what it says.
  return now === instead || (typeof now === 'string' && typeof instead === 'string' && instead !== '' && now.includes(instead)) || name === 'hasMore' || name === 'nextCursor' ? null : differs;
};

const holdsUnder = async (read: () => Promise<unknown>, before: unknown, operation: OperationName, { how, instead }: Omit<Drift, 'body'>): Promise<void> => {
  const { readsOnly } = vocabulary[operation];
  let now: unknown;
  try {
    now = await read();
  } catch (error) {
    if (!PaymentError.is(error)) throw new PromiseBroken(`with ${how}: no crash`, 'an object, or a PaymentError', String(error));
    equal([error.code, error.outcome, error.resume !== null], ['malformed_response', readsOnly ? 'rejected' : 'unknown', !readsOnly], `with ${how}: what cannot be read is malformed, and what it may have changed can be resumed`);
    return;
  }
  const found = difference(now, before, instead);
  holds(found === null, `with ${how}: the answer says the same, or less`, found);
};

/** Each member of the answer alone gone, null, renamed or of another type: it says the same, or less, or that it cannot be read. */
export const readsDrifts = async ({ scene, exchanges, result, call }: Rehearsed): Promise<void> => {
  const body: unknown = JSON.parse(exchanges.at(-1)?.text ?? 'null');
  // One client for some hundred answers: to make it costs as much as to read one.
  let { fetch } = replaying(exchanges, asItWas);
  const payments = scene.client({ fetch: (input, init) => fetch(input, init), retries: 0 });
  for (const drift of [...driftsOf(body), { how: 'a new member in every object', body: withMore(body), instead: undefined }]) {
    ({ fetch } = replaying(exchanges, withBody(drift.body)));
    await holdsUnder(() => callOn(payments, call, { reference }), result, call.operation, drift);
  }
};
