import { isRead, honouredKeys, type OperationName, operationNames, Secret, operationDefinitions } from '../../index.js';
import { equal, failure, fails, holds, masked, oneOf, PromiseBroken } from '../assertions.js';
import { callOn, neededFor, prepareCall } from '../calls.js';
import { asItWas, ownExchange, reachablesOf, recording, replaying, type Last } from '../exchanges.js';
import type { Lever } from '../harness.js';
import { booksOf } from '../movements.js';
import type { Promised } from '../promise.js';
import { says } from '../raw.js';
import { reference, rehearse, type Rehearsed } from '../rehearsal.js';
import type { Scene } from '../scene.js';
import { readsDrifts } from './drift.js';
import { readsOtherWords, readsWithoutOptionals } from './lenient-reading.js';

const deepFrozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) deepFrozen(Reflect.get(value, key));
  }
  return value;
};

const inputUnchanged = async (scene: Scene, operation: OperationName): Promise<void> => {
  const call = deepFrozen(await prepareCall(scene, operation));
  const before = JSON.stringify(call);
  await callOn(scene.payments, call, deepFrozen({ reference }));
  equal(JSON.stringify(call), before, 'target and input are as they were');
};

const abortedBefore = async (scene: Scene, operation: OperationName): Promise<void> => {
  const call = await prepareCall(scene, operation);
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const error = await failure(() => callOn(scene.client({ fetch }), call, { reference, signal: AbortSignal.abort() }), 'an aborted call');
  equal(error.outcome, 'not_sent', 'the error says that nothing was sent');
  equal(exchanges.length, 0, 'nothing was sent');
};

const abortedAfter = async (scene: Scene, operation: OperationName): Promise<void> => {
  const { call, exchanges } = await rehearse(scene, operation);
  const caller = new AbortController();
  const { fetch } = replaying(exchanges, (_, init) => {
    caller.abort();
    return Promise.reject(init?.signal?.reason ?? new Error('the fetch was given no signal'));
  }, ownExchange(exchanges));
  const readsOnly = isRead(operation);
  const error = await fails(
    () => callOn(scene.client({ fetch }), call, { reference, signal: caller.signal }),
    { code: ['aborted'], outcome: [readsOnly ? 'rejected' : 'unknown'] },
    'a call that is aborted after its request has left',
  );
  equal(error.resume !== null, !readsOnly, 'what may have happened can be resumed');
};

const referenceOnce = async (scene: Scene, operation: OperationName): Promise<void> => {
  const call = await prepareCall(scene, operation);
  const first = await callOn(scene.payments, call, { reference });
  const before = JSON.stringify(await booksOf(scene));
  const honoured = honouredKeys(scene.payments.limits, operation) !== null;
  const second = await callOn(scene.client({}), call, { reference }).catch(async (thrown: unknown) => {
    const error = await failure(() => Promise.reject(thrown), 'the same again');
    holds(!honoured, 'where keys are honoured the second call answers as the first did', error.message);
    oneOf(error.code, ['invalid_state', 'invalid_request'], 'without keys, the state refuses the second call');
    return null;
  });
  if (second !== null) equal([Reflect.get(Object(second), 'id'), Reflect.get(Object(second), 'status')], [Reflect.get(Object(first), 'id'), Reflect.get(Object(first), 'status')], 'both answers are the same');
  equal(JSON.stringify(await booksOf(scene)), before, 'the books are as they were after the first call');
};

const keys = async (scene: Scene, operation: OperationName): Promise<void> => {
  const { call, exchanges } = await rehearse(scene, operation);
  const { encoding } = scene.harness.adapter;
  const own = honouredKeys(scene.payments.limits, operation);
  // Where none is honoured, none has a place: then the one of other operations is looked at, or the usual one.
  const place = honouredKeys(scene.payments.limits)?.place ?? { header: 'Idempotency-Key' };
  const keyOf = async (account: string, options: object): Promise<string | null> => {
    let last: RequestInit | undefined;
    const { fetch } = replaying(exchanges, (recorded, init) => {
      last = init;
      return asItWas(recorded, init);
    }, ownExchange(exchanges));
    const target: unknown = Reflect.get(Object(call.target), 'id');
    // The recorded answer is about the recorded reference, so a client may well refuse it: what counts is what was sent.
    await callOn(scene.client({ fetch, account }), { ...call, ...(call.target !== undefined && { target }) }, options).catch(() => null);
    if ('header' in place) return new Headers(last?.headers).get(place.header);
    const body = typeof last?.body === 'string' ? last.body : '{}';
    const key: unknown = encoding === 'form' ? new URLSearchParams(body).get(place.member) : Reflect.get(JSON.parse(body), place.member);
    return typeof key === 'string' ? key : null;
  };
  const key = await keyOf('suite', { reference });
  if (isRead(operation) || own === null) {
    equal([key, await keyOf('suite', {})], [null, null], 'no key is sent');
    return;
  }
  const random = [await keyOf('suite', {}), await keyOf('suite', {})];
  const where = 'header' in place ? `the header ${place.header}` : `the member ${place.member} of the body`;
  for (const sent of [key, ...random])
    if (sent === null || sent.length > own.maximumLength || !new RegExp(`^(?:${own.alphabet})$`, 'u').test(sent))
      throw new PromiseBroken('a key that the provider takes is sent', `at most ${own.maximumLength} characters, as ${own.alphabet} has them, in ${where}`, sent === null ? `no key in ${where}` : masked(sent));
  holds(random[0] !== random[1], 'without a reference every call has a key of its own');
  if (operation.endsWith('.update')) return;
  equal(await keyOf('suite', { reference }), key, 'the same reference makes the same key');
  const others = [await keyOf('suite', { reference, attempt: 2 }), await keyOf('suite', { reference: 'order-2' }), await keyOf('elsewhere', { reference })];
  equal(new Set([key, ...others]).size, 4, 'another attempt, reference or account makes another key');
};

/** A secret of an exchange, and what it is. */
interface HiddenSecret {
  readonly what: string;
  readonly secret: string;
}

const hiddenSecrets = ({ scene, exchanges, result }: Rehearsed): readonly HiddenSecret[] => {
  const headers = Object.entries(scene.harness.adapter.authorization()).map(([name, value]) => ({ what: `what the header ${name} holds`, secret: value.reveal() }));
  const tokens = headers.map(({ what, secret }) => ({ what, secret: secret.split(' ').at(-1) ?? '' }));
  const bodies = exchanges.flatMap(({ text }) => [...text.matchAll(/"([a-z_]*secret[a-z_]*)"\s*:\s*"([^"]+)"/gi)].map(([, name = '', secret = '']) => ({ what: `what the answer holds as ${name}`, secret })));
  return [...headers, ...tokens, ...bodies].filter(({ secret }) => secret.length > 3 && result !== secret);
};

/** Where a secret can be read in a value, and which: never the secret itself, which a member may be named by. `null` where none can. */
const shownIn = (value: unknown, secrets: readonly HiddenSecret[]): string | null => {
  const reachable = reachablesOf(value);
  // A stack says again what a message says.
  const places = [...reachable.filter(({ path }) => !path.includes('stack')), ...reachable, { path: ['what JSON.stringify makes of it'], text: JSON.stringify(value) ?? '' }, { path: ['what String makes of it'], text: String(value) }];
  for (const { path, text } of places) {
    const found = secrets.find(({ secret }) => text.includes(secret));
    if (found !== undefined) return `${found.what}, at ${path.map((part) => (secrets.some(({ secret }) => String(part).includes(secret)) ? 'a member named by it' : part)).join('.') || 'itself'}`;
  }
  return null;
};

const secrecy = async (scene: Scene, operation: OperationName): Promise<void> => {
  const rehearsed = await rehearse(scene, operation);
  const { call, exchanges, result } = rehearsed;
  const secrets = hiddenSecrets(rehearsed);
  const quoted = `No such thing: ${secrets.map(({ secret }) => secret).join(' ')}`;
  const body = { type: 'invalid_request', title: quoted, code: 'invalid', message: quoted, detail: quoted, error: { type: 'invalid_request_error', code: 'invalid', message: quoted } };
  const held = (value: unknown, what: string, file: string): void => {
    const shown = shownIn(value, secrets);
    if (shown !== null) throw new PromiseBroken(`no secret can be read from ${what}`, 'no secret', `${shown} (see ${file})`);
  };
  held(result, 'the answer', 'src/read.ts');
  const failing = async (what: string, last: Last): Promise<void> => {
    const events: unknown[] = [];
    const client = scene.client({ fetch: replaying(exchanges, last).fetch, retries: 0, onExchange: (event) => events.push(event) });
    const error = await failure(() => callOn(client, call, { reference }), what);
    held(error, `the error of ${what}`, 'src/errors.ts');
    for (const event of events) held(event, `what the hook sees of ${what}`, 'src/errors.ts');
  };
  await failing('a refusal that quotes it', () => new Response(JSON.stringify(body), { status: 400, headers: { 'content-type': 'application/json', 'request-id': 'req_1' } }));
  await failing('an answer that cannot be read, and quotes it', () => new Response(JSON.stringify({ id: quoted, object: quoted, status: 7 }), { headers: { 'content-type': 'application/json' } }));
  await failing('a connection that breaks, and quotes it', () => Promise.reject(new TypeError(quoted, { cause: Object.assign(new Error(quoted), { code: 'ECONNRESET' }) })));
};

/** A day: a provider may count in another time zone than its clock. */
const day = 24 * 60 * 60 * 1000;

const timeAndMode = async (scene: Scene, operation: OperationName): Promise<void> => {
  const { result } = await rehearse(scene, operation);
  const { data }: { readonly data?: unknown } = Object(result);
  for (const one of Array.isArray(data) ? data : [result]) {
    const { createdAt, livemode, raw }: { readonly createdAt?: unknown; readonly livemode?: unknown; readonly raw?: unknown } = Object(one);
    if (!Secret.is(raw)) continue;
    if (says({ raw }, /^created(_?at)?$/i)) holds(Math.abs(Date.parse(String(createdAt)) - (scene.stage.now?.() ?? 0)) <= day, 'it was created when the provider says', createdAt);
    if (scene.payments.livemode !== null && ((livemode ?? null) !== null || says({ raw }, /^live_?mode$/i))) equal(livemode, scene.payments.livemode, 'it is of the mode of the key');
  }
};

interface Trait {
  readonly id: string;
  readonly title: string;
  readonly prove: (scene: Scene, operation: OperationName) => Promise<void>;
  /** Operations that it is about. Default: all. */
  readonly of?: (operation: OperationName) => boolean;
  /** Levers that it needs beside those of the operation. */
  readonly needs?: readonly Lever[];
  /** Whether keys, or the object's own state, have to protect. */
  readonly needsProtection?: true;
}

const writes = (operation: OperationName): boolean => !isRead(operation);

/** Proves how an answer is read. Where the answer is nothing and the object is read anew, that is how the reading of the object itself is proven. */
const readingAnswer =
  (reads: (rehearsed: Rehearsed) => Promise<void>): Trait['prove'] =>
  async (scene, operation) => {
    const rehearsed = await rehearse(scene, operation);
    if (ownExchange(rehearsed.exchanges) === rehearsed.exchanges.at(-1)) await reads(rehearsed);
  };

/** What holds of every operation, whatever it does. A new operation has them all. */
const traits: readonly Trait[] = [
  { id: 'input-unchanged', title: "the caller's target, input and options are not changed", prove: inputUnchanged },
  { id: 'aborted-before', title: 'a call that is aborted before it begins sends nothing', prove: abortedBefore },
  { id: 'aborted-after', title: 'a call that is aborted after its request has left says so, and can be resumed where it may have changed something', prove: abortedAfter },
  { id: 'key', title: "the key follows from the reference, the attempt and the account, and is the provider's kind of key", prove: keys },
  { id: 'secrecy', title: 'no key and no client secret can be read from its answer, its errors or what the hook sees', prove: secrecy },
  { id: 'other-words', title: 'a word that is not known is kept as unknown, and changes nothing else', prove: readingAnswer(readsOtherWords) },
  { id: 'missing-optionals', title: 'an answer is read without what it can do without, and never misread', prove: readingAnswer(readsWithoutOptionals) },
  { id: 'drift', title: 'when one member of its answer is gone, null, renamed or of another type, it says the same or less, or that it cannot be read', prove: readingAnswer(readsDrifts) },
  { id: 'time-and-mode', title: 'says when what it answers with was created, and whether that is live, where the provider does', prove: timeAndMode, needs: ['now'] },
  {
    id: 'reference-once',
    title: 'the same reference does it once, and answers the same, from whichever client',
    prove: referenceOnce,
    // That of a payment's creation is a promise of its own.
    of: (operation) => writes(operation) && !operation.endsWith('.update') && operation !== 'paymentIntents.create',
    needs: ['ledger'],
    needsProtection: true,
  },
];

const isProtected = (operation: OperationName): NonNullable<Promised['when']> => ({ harness }) =>
  honouredKeys(harness.adapter.limits, operation) !== null || operationDefinitions[operation].stateProtects;

/** The traits of every operation, as promises. */
export const everyOperationPromises: readonly Promised[] = operationNames.flatMap((operation) => {
  const { operations, fields, levers } = neededFor(operation);
  return traits
    .filter(({ of = () => true }) => of(operation))
    .map(
      ({ id, title, prove, needs = [], needsProtection }): Promised => ({
        id: `${operation}/${id}`,
        title,
        operations,
        ...(fields && { fields }),
        ...(needsProtection && { when: isProtected(operation) }),
        levers: [...levers, ...needs],
        prove: (scene) => prove(scene, operation),
      }),
    );
});
