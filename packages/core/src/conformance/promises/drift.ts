import type { WebhookFacts } from '../../adapter.js';
import { isRead, createPayments, PaymentError, Secret, type ErrorCode, type Outcome } from '../../index.js';
import { errorInWords, holds, PromiseBroken } from '../assertions.js';
import { callOn } from '../calls.js';
import { driftingMembers, driftsOf, driftsTogether, type Drift } from '../drift.js';
import { asItWas, isObject, replaying, withBody, withMore } from '../exchanges.js';
import { reference, type Rehearsed } from '../rehearsal.js';
import type { Scene } from '../scene.js';
import { isWord } from '../words.js';
import { essencesOf, isEssential } from './lenient-reading.js';

type Told = Readonly<Record<string, unknown>>;

const isMoney = (value: unknown): value is Told => isObject(value) && 'minorUnits' in value;
const isWhole = ({ minorUnits }: Told): boolean => Number.isSafeInteger(minorUnits) && Number(minorUnits) >= 0;

/** What an object is not read without. */
const essentials: readonly string[] = ['object', 'account', 'provider', 'id', 'ref', 'status', 'amount', 'type', 'providerType', 'data'];

/** What never becomes another one, whatever the answer says in its place. */
const fixed: readonly string[] = ['object', 'account', 'provider', 'status', 'type'];

/** What is the provider's own, or made of what the answer says by another rule. */
const left: readonly string[] = ['raw', 'data of an action', 'providerStatus', 'metadata', 'reference', 'hasMore', 'nextCursor'];

const firstOf = (found: readonly (string | null)[]): string | null => found.find((one) => one !== null) ?? null;

const revealed = (value: unknown): unknown => (Secret.is(value) ? value.reveal() : value);

const isIsoTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);

/** Whether a text, number or boolean is what it was, or what the answer now says in so many words. */
const isSaid = (now: unknown, then: unknown, instead: readonly unknown[], name: string): boolean => {
  if (now === 'unknown' && name !== 'id') return true;
  if (name === 'at' || name.endsWith('At')) return isIsoTime(now);
  if (typeof now !== typeof then || fixed.includes(name)) return false;
  return instead.some((said) => now === said || (typeof now === 'string' && typeof said === 'string' && said !== '' && now.includes(said)));
};

/** The first member in which what is read says something else than before, or says it otherwise; `null` where it says the same, or less. */
const difference = (read: unknown, before: unknown, instead: readonly unknown[], name = 'it'): string | null => {
  const [now, then] = [revealed(read), revealed(before)];
  const unless = (fine: boolean): string | null => (fine ? null : `${name} was ${shown(before)}, and is ${shown(read)}`);
  if (now === then || left.includes(name)) return null;
  if (now === null || now === undefined) return unless(!essentials.includes(name));
  if (then === null || then === undefined) return unless(isMoney(now) ? isWhole(now) : typeof now !== 'number' || instead.includes(now));
  if (Secret.is(before) !== Secret.is(read)) return unless(false);
  if (isMoney(then)) return unless(JSON.stringify(now) === JSON.stringify(then));
  if (Array.isArray(then)) {
    if (!Array.isArray(now)) return unless(false);
    if (name !== 'data') return unless(now.every((item) => typeof item === typeof then[0]));
    return now.length === then.length ? firstOf(then.map((item, index) => difference(now[index], item, instead))) : unless(false);
  }
  if (!isObject(then)) return unless(isSaid(now, then, instead, name));
  if (!isObject(now)) return unless(false);
  const isAction = Secret.is(then['data']) || Secret.is(then['url']);
  if (isAction && now['type'] !== then['type']) return null;
  return firstOf(Object.keys({ ...then, ...now }).map((key) => difference(now[key], then[key], instead, isAction && key === 'data' ? 'data of an action' : key)));
};

/** What drifts, how it is read, and how the client says that it cannot be: code, outcome, and whether the call can be resumed. */
interface Drifting {
  readonly body: unknown;
  readonly before: unknown;
  readonly read: (body: unknown) => Promise<unknown>;
  readonly unreadable: readonly [ErrorCode, Outcome, boolean];
  /** Whether each member drifts alone, and not only those that an object cannot do without. */
  readonly whole: boolean;
}

/** Holds what is read under a drift against what was read before. Tells whether it could be read. */
const hold = async ({ before, read, unreadable }: Drifting, { how, body, instead }: Drift): Promise<boolean> => {
  let now: unknown;
  try {
    now = await read(body);
  } catch (error) {
    if (!PaymentError.is(error)) throw new PromiseBroken(`with ${how}: no crash`, 'an object, or a PaymentError', String(error));
    const [code, outcome, isResumed] = unreadable;
    if (error.code !== code || error.outcome !== outcome || (error.resume !== null) !== isResumed)
      throw new PromiseBroken(
        `with ${how}: what cannot be read is said to be so, and what it may have changed can be resumed`,
        `${code}, ${outcome}, ${isResumed ? 'with' : 'without'} resume`,
        `${errorInWords(error)} (${error.resume === null ? 'without' : 'with'} resume)`,
        error,
      );
    // What an adapter throws of its own counts as the whole body. So does an item of a list, where it is no object.
    holds(instead.some(Array.isArray) || !error.problems.some(({ field }) => field === 'body'), `with ${how}: the error names what cannot be read`, error.problems.map(({ field }) => field));
    return false;
  }
  const found = difference(now, before, instead);
  if (found !== null) throw new PromiseBroken(`with ${how}: the answer says the same, or less`, 'the same, or less', found);
  return true;
};

const holdEach = async (drifting: Drifting): Promise<void> => {
  const { body, before, whole } = drifting;
  const results = essencesOf(before).flatMap((one): readonly unknown[] => [one, Reflect.get(Object(one), 'subject')]);
  const members = driftingMembers(body);
  const statuses = results.map((result): unknown => Reflect.get(Object(result), 'providerStatus'));
  const isIncidental = (value: unknown): boolean => typeof value !== 'object' && !isEssential(value, results) && !(isWord(value) && statuses.includes(value));
  const together = members.filter(({ value }) => value === null || (!whole && isIncidental(value)));
  for (const drift of driftsOf(body, members.filter((member) => !together.includes(member)))) await hold(drifting, drift);
  let couldRead = await hold(drifting, { how: 'a new member in every object', body: withMore(body), instead: [] });
  let broken: unknown = null;
  for (const drift of driftsTogether(body, together)) {
    try {
      couldRead = (await hold(drifting, drift)) && couldRead;
    } catch (error) {
      broken ??= error;
    }
  }
  // One of them that makes the whole unreadable hides the others; and which of them it is that is misread is to be said.
  if (!couldRead || broken !== null) for (const drift of driftsOf(body, together)) await hold(drifting, drift);
  if (broken !== null) throw broken;
};

/** Each member of an operation's answer gone, null, renamed or of another type: it says the same, or less, or that it cannot be read. */
export const readsDrifts = async ({ scene, exchanges, result, call }: Rehearsed): Promise<void> => {
  const readsOnly = isRead(call.operation);
  // One client for some hundred answers: to make it costs as much as to read one.
  let { fetch } = replaying(exchanges, asItWas);
  const payments = scene.client({ fetch: (input, init) => fetch(input, init), retries: 0 });
  await holdEach({
    body: JSON.parse(exchanges.at(-1)?.text ?? 'null'),
    before: result,
    read: (body) => {
      ({ fetch } = replaying(exchanges, withBody(body)));
      return callOn(payments, call, { reference });
    },
    unreadable: readsOnly ? ['malformed_response', 'rejected', false] : ['malformed_response', 'unknown', true],
    // What is incidental in one answer is so in others of its kind: in one of them each of its members changes alone.
    whole: call.operation.endsWith('.retrieve'),
  });
};

/** Each member of a delivery gone, null, renamed or of another type: the event says the same, or less, or it is refused. */
export const readsDriftsOfDelivery = async ({ harness: { adapter }, stage }: Scene, delivered: string): Promise<void> => {
  if (adapter.webhooks === null) return;
  const token = 'whook_of_the_suite';
  // A word in place of a signature, which a changed body would not fit: how it is read is the same.
  const webhooks: WebhookFacts = { ...adapter.webhooks, scheme: { type: 'shared_token', in: 'header', name: 'x-suite' } };
  const client = createPayments({ adapter: { ...adapter, webhooks }, account: 'suite', baseUrl: stage.origin, webhookSecret: token });
  const read = (body: unknown): Promise<unknown> => client.webhooks.verify({ headers: { 'x-suite': token }, body: JSON.stringify(body) });
  const body: unknown = JSON.parse(delivered);
  await holdEach({ body, before: await read(body), read, unreadable: ['webhook_unverified', 'rejected', false], whole: true });
};
