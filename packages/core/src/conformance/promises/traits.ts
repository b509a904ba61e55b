import { PaymentError, toBrowser, type Metadata, type OperationName, type PaymentIntent } from '../../index.js';
import { equal, fails, holds, sortedEntries } from '../assertions.js';
import { changed, membersOf, pathKey, recording, replaying, withBody } from '../exchanges.js';
import { faults, faulty as meeting, inOwnWords } from '../faults.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { aWhile, now, openIntent, pay, prepareIntent, settled, type Scene } from '../scene.js';
import { waysOf } from '../ways.js';

/** Loses the answer to the first request that is no read, after the provider has acted. */
const losing = (scene: Scene): { readonly fetch: Scene['stage']['fetch']; readonly lost: () => number } => {
  let lost = 0;
  return {
    lost: () => lost,
    fetch: async (input, init) => {
      const response = await scene.stage.fetch(input, init);
      if (lost > 0 || (init?.method ?? 'GET') === 'GET') return response;
      lost += 1;
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
    },
  };
};

/** Metadata whose keys are those of every object's prototype. Parsed, as a literal would set the prototype. */
const hostile: Metadata = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d","order":"1"}');

/** What a call says; where the books say that it takes time, it may be unknown at first, and is settled when the time is over. */
const acting = async (scene: Scene, { id }: PaymentIntent, act: () => Promise<PaymentIntent>): Promise<PaymentIntent> => {
  try {
    return await act();
  } catch (error) {
    if (!PaymentError.is(error) || error.resume === null || (await scene.entry(id)).status !== 'processing') throw error;
    await scene.stage.advance?.(aWhile);
    const end = await scene.client({}).resume(error.resume, { input: {} });
    if (end.object !== 'payment_intent') throw error;
    return end;
  }
};

const onTarget = (operation: OperationName, verb: 'confirm' | 'capture' | 'cancel', expected: string): Promised => ({
  id: `${operation}/answer-lost`,
  title: `an answer that is lost after the provider has acted is settled, and the provider acts once`,
  operations: ['paymentIntents.create', operation, 'paymentIntents.retrieve'],
  fields: verb === 'confirm' ? [] : ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'],
  ...(verb === 'confirm' && { when: ({ harness }) => waysOf(harness.adapter).waitsWithMethod }),
  levers: ['succeeds', 'ledger'],
  prove: async (scene) => {
    const intent =
      verb === 'confirm' ? await prepareIntent(scene, 'succeeds', 100) : await pay(scene, 'succeeds', 100, { captureMethod: 'manual' });
    const faulty = losing(scene);
    const answer = await settled(scene, await acting(scene, intent, () => scene.client({ fetch: faulty.fetch }).paymentIntents[verb](intent, {}, { reference: 'order-1' })));
    equal(faulty.lost(), 1, 'an answer was lost');
    equal(answer.status, expected, 'the answer agrees with what happened');
    const entry = await scene.entry(intent.id);
    equal([entry.confirmations, entry.captured + entry.released], [1, entry.authorized], 'the books say that it happened once');
  },
});

export const traitPromises: readonly Promised[] = [
  onTarget('paymentIntents.confirm', 'confirm', 'succeeded'),
  onTarget('paymentIntents.capture', 'capture', 'succeeded'),
  onTarget('paymentIntents.cancel', 'cancel', 'canceled'),
  {
    id: 'paymentIntents.create/answer-lost',
    title: 'a payment whose answer is lost is taken once: settled, or told as unknown and settled by resume',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const faulty = losing(scene);
      const intent = await pay({ ...scene, payments: scene.client({ fetch: faulty.fetch }) }, 'succeeds', 100, {}, { reference: 'order-1' });
      equal(faulty.lost(), 1, 'an answer was lost');
      equal(intent.status, 'succeeded', 'the answer agrees with what happened');
      equal(await scene.captured(), (await scene.entry(intent.id)).authorized, 'it was taken once');
    },
  },
  {
    id: 'traits/secrecy',
    title: 'no key, client secret or next action is printed by an intent, an error or the hook',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['three_d_secure'],
    prove: async (scene) => {
      const printed: string[] = [];
      const payments = scene.client({ onExchange: (event) => printed.push(JSON.stringify(event)) });
      const intent = await pay({ ...scene, payments }, 'three_d_secure', 100);
      const error = await fails(() => payments.paymentIntents.retrieve('no-such-intent'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
      printed.push(JSON.stringify(intent), JSON.stringify(error), String(error), String(error.stack), JSON.stringify(payments));
      const { clientSecret, nextAction } = toBrowser(intent);
      const secrets = [
        ...Object.values(scene.harness.adapter.authorization()).map((value) => value.reveal()),
        ...Object.values(scene.harness.adapter.authorization()).map((value) => value.reveal().split(' ').at(-1) ?? ''),
        clientSecret ?? '',
        nextAction?.type === 'redirect' ? nextAction.url : '',
      ].filter((secret) => secret.length > 3);
      const shown = secrets.filter((secret) => printed.some((text) => text.includes(secret)));
      equal(shown.length, 0, 'nothing secret was printed');
    },
  },
  {
    id: 'traits/redirect',
    title: 'a redirect is not followed with credentials; whether the provider acted is unknown',
    operations: ['paymentIntents.create'],
    levers: [],
    prove: async (scene) => {
      const visited: string[] = [];
      const fetch: Scene['stage']['fetch'] = (input) => {
        visited.push(String(input));
        return Promise.resolve(new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } }));
      };
      await fails(
        () => openIntent({ ...scene, payments: scene.client({ fetch }) }),
        { code: ['malformed_response'], outcome: ['unknown'] },
        'a redirected create',
      );
      equal(visited.filter((url) => url.startsWith('https://elsewhere.example')), [], 'nobody else was asked');
    },
  },
  {
    id: 'traits/rate-limit',
    title: 'too many requests are told as rate_limited, and tried again where it is the provider that says so',
    operations: ['paymentIntents.create'],
    levers: ['ledger'],
    prove: async (scene) => {
      const fault = faults.find(({ id }) => id === '429');
      if (fault === undefined) throw new Error('there is no such fault');
      const tooMany = inOwnWords(scene.harness, fault);
      const create = (fetch: Scene['stage']['fetch'], retries: number): Promise<unknown> => openIntent({ ...scene, payments: scene.client({ fetch, retries }) });
      const { outcome } = await fails(() => create(meeting(scene.stage.fetch, tooMany, () => true).fetch, 0), { code: ['rate_limited'], outcome: ['rejected', 'unknown'] }, 'too many requests');
      // Only its own refusal says that the provider has not acted.
      if (outcome !== 'rejected') {
        holds(scene.harness.refusals?.rateLimited === undefined, "the provider's own refusal is known as its own", outcome);
        throw new NotTested("the harness has not the provider's own refusal of too many requests");
      }
      await create(meeting(scene.stage.fetch, tooMany, (exchange) => exchange === 1).fetch, 1);
      equal((await scene.stage.ledger?.())?.length, 1, 'the second try created it');
    },
  },
  {
    id: 'traits/metadata-keys',
    title: 'metadata under keys such as __proto__ and constructor is data like any other, as it is sent and as it is read',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.metadata'],
    levers: [],
    prove: async (scene) => {
      const { fetch, exchanges } = recording(scene.stage.fetch);
      const { id, metadata } = await openIntent({ ...scene, payments: scene.client({ fetch }) }, { metadata: hostile });
      equal(sortedEntries(metadata), sortedEntries(hostile), 'every key is sent and read back');
      equal(sortedEntries((await scene.payments.paymentIntents.retrieve(id)).metadata), sortedEntries(hostile), 'every key is kept');
      const body: unknown = JSON.parse(exchanges.at(-1)?.text ?? 'null');
      const own = membersOf(body).filter(({ value }) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'hasOwnProperty'));
      const told: readonly unknown[] = ['{"__proto__":{"polluted":"1"},"order":"1"}', '{"constructor":{"prototype":{"polluted":"1"}},"order":"1"}'].map((text) => JSON.parse(text));
      for (const instead of told) {
        const answer = withBody(changed(body, new Map(own.map(({ path }) => [pathKey(path), instead]))));
        const read = await openIntent({ ...scene, payments: scene.client({ fetch: replaying(exchanges, answer).fetch }) }, { metadata: hostile });
        holds(Reflect.get({}, 'polluted') === undefined, 'no other object is changed');
        holds(Reflect.get(Object(read.metadata), 'polluted') === undefined, 'what is inside a key is not read as a key');
        equal(read.metadata?.['order'], '1', 'the other keys are read');
      }
    },
  },
  {
    id: 'traits/wrong-key',
    title: 'a key that the provider does not accept is an authentication error, and nothing is created',
    operations: ['paymentIntents.create'],
    levers: ['ledger'],
    prove: async (scene) => {
      const fetch: Scene['stage']['fetch'] = (input, init) => {
        const headers = new Headers(init?.headers);
        for (const name of Object.keys(scene.harness.adapter.authorization())) headers.set(name, 'Bearer sk_test_not_the_key');
        return scene.stage.fetch(input, { ...init, headers });
      };
      await fails(() => openIntent({ ...scene, payments: scene.client({ fetch }) }), { code: ['authentication'], outcome: ['rejected'] }, 'a wrong key');
      equal((await scene.stage.ledger?.())?.length, 0, 'nothing was created');
    },
  },
  {
    id: 'traits/unchanged-after-read',
    title: 'reading changes nothing',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    levers: ['ledger'],
    prove: async (scene) => {
      const intent = await openIntent(scene);
      const before = await scene.stage.ledger?.();
      await now(scene, intent);
      holds(JSON.stringify(before) === JSON.stringify(await scene.stage.ledger?.()), 'the books are as they were');
    },
  },
];
