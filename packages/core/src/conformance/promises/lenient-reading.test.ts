import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { path, readWire, type AnyAdapter, type PaymentIntentReading } from '../../adapter.js';
import { acme, readingOf } from '../../testing/acme.js';
import { failureOf } from '../advice.js';
import { callOn, type Call } from '../calls.js';
import { recording } from '../exchanges.js';
import { reference, type Rehearsed } from '../rehearsal.js';
import { openScene } from '../scene.js';
import { readsDrifts } from './drift.js';
import { readsOtherWords, readsWithoutOptionals } from './lenient-reading.js';

/** An adapter that can only create and retrieve. */
const adapterReading = (read: (json: unknown) => Partial<PaymentIntentReading>): AnyAdapter => {
  const response = ({ json }: { readonly json: unknown }): PaymentIntentReading => readingOf({ ...read(json), raw: json });
  return {
    ...acme(),
    operations: {
      'paymentIntents.create': { accepts: ['amount'], request: ({ amount }) => ({ method: 'POST', path: '/payments', body: { amount: amount.units } }), response },
      'paymentIntents.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/payments/${id}` }), response },
    },
  };
};

/** What is created, or retrieved where an id is given. */
const rehearsedOn = async (adapter: AnyAdapter, body: object, target: string | null): Promise<Rehearsed> => {
  const fetch = async (): Promise<Response> => Response.json(body);
  const scene = await openScene({ name: 'acme', adapter, open: () => ({ origin: 'https://stage.example/v1', fetch, currency: 'EUR', paymentMethods: {} }) });
  const call: Call = target === null ? { operation: 'paymentIntents.create', input: { amount: scene.amount(10) } } : { operation: 'paymentIntents.retrieve', target, input: {} };
  const recorded = recording(fetch);
  return { scene, call, exchanges: recorded.exchanges, result: await callOn(scene.client({ fetch: recorded.fetch }), call, { reference }) };
};

/** What the suite tells of the promise where it is broken; `null` where it is kept. */
const brokenBy = async (promise: (rehearsed: Rehearsed) => Promise<void>, adapter: AnyAdapter, body: object, target: string | null = 'pay_1') => {
  const rehearsed = await rehearsedOn(adapter, body, target);
  return promise(rehearsed).then(
    () => null,
    (error: unknown) => failureOf('paymentIntents.retrieve/other-words', error, null),
  );
};

const wire = z.object({
  id: z.string().min(1),
  state: z.string().min(1),
  amount: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  note: z.string().nullish(),
  card: z.object({ brand: z.string().nullish() }).nullish(),
});
const words: Readonly<Record<string, string>> = { NEW: 'requires_payment_method', AtWork: 'processing', 'paid-out': 'succeeded', done: 'succeeded' };
const plain = (json: unknown): Partial<PaymentIntentReading> => {
  const { id, state, amount, currency } = readWire(wire, json);
  return { id, status: words[state] ?? state, amount, currency };
};
const answer = (state: string) => ({ id: 'pay_1', state, amount: 1000, currency: 'EUR', note: 'for tea', card: { brand: 'VISA' } });

describe.each(['NEW', 'AtWork', 'paid-out', 'done'])('a provider whose status is %s', (state) => {
  it('is read well by an adapter that keeps what it does not know', async () => {
    expect(await brokenBy(readsOtherWords, adapterReading(plain), answer(state))).toBeNull();
    expect(await brokenBy(readsWithoutOptionals, adapterReading(plain), answer(state))).toBeNull();
  });

  it.each(['requires_capture', words[state] ?? ''])('is not, where every other word is read as %s: which word was replaced, and what was made of it, is said', async (guess) => {
    const guessing = adapterReading((json) => {
      const { state: told } = readWire(wire, json);
      return { ...plain(json), status: words[told] ?? guess };
    });
    const told = await brokenBy(readsOtherWords, guessing, answer(state));
    expect(`${told?.about} ${told?.seen}`).toMatch(new RegExp(`a_?word_?of_?tomorrow in place of ${state} at state`, 'i'));
    expect(told?.seen).toContain(guess);
  });

  it('is not, where its own word is not kept', async () => {
    const mute = adapterReading((json) => ({ ...plain(json), status: words[readWire(wire, json).state] ?? 'strange' }));
    expect((await brokenBy(readsOtherWords, mute, answer(state)))?.about).toMatch(new RegExp(`in place of ${state} at state the provider's own word is kept`));
  });
});

it('a status that hangs on no word is said to', async () => {
  const blind = adapterReading((json) => ({ ...plain(json), status: 'succeeded' }));
  expect(await brokenBy(readsOtherWords, blind, { id: 'pay_1', state: '1', amount: 1000, currency: 'EUR' })).toMatchObject({ expected: 'unknown', seen: 'no word in the answer that decides a status' });
});

describe('an id that is made of several', () => {
  const composed = z.object({ part: z.string().min(1), of: z.object({ payment: z.union([z.string(), z.int()]) }), state: z.string(), amount: z.int(), currency: z.string() });
  const body = { part: 'abc', of: { payment: 'tr_1' }, state: 'NEW', amount: 1000, currency: 'EUR', note: 'for tea' };
  const composing = adapterReading((json) => {
    const { part, of, state, amount, currency } = readWire(composed, json);
    return { id: `${of.payment}.${part}`, status: words[state] ?? state, amount, currency };
  });

  it.each([['texts', body, 'tr_1.abc'], ['of what is created', body, null], ['a number and a text', { ...body, of: { payment: 41 } }, '41.abc']])('is one all the same: %s', async (_what, told, id) => {
    expect(await brokenBy(readsWithoutOptionals, composing, told, id)).toBeNull();
    expect(await brokenBy(readsOtherWords, composing, told, id)).toBeNull();
  });

  it('is not made up where a part of it is gone', async () => {
    const careless = adapterReading((json) => {
      const { of, state, amount, currency } = readWire(composed.extend({ part: z.string().nullish() }), json);
      const { part }: { readonly part?: unknown } = Object(json);
      return { id: `${of.payment}.${String(part)}`, status: words[state] ?? state, amount, currency };
    });
    expect((await brokenBy(readsWithoutOptionals, careless, body, null))?.about).toContain('with part null the answer is malformed, or says the same');
  });
});

describe('an answer that cannot be read without what it could do without', () => {
  it('names the one member that is missed, and how the reading fails', async () => {
    const strict = adapterReading((json) => {
      readWire(wire.extend({ note: z.string() }), json);
      return plain(json);
    });
    expect(await brokenBy(readsWithoutOptionals, strict, answer('NEW'))).toMatchObject({ about: 'with note null the answer is read', seen: expect.stringMatching(/^malformed_response, rejected: .*\(note\)/), open: 'src/read.ts' });
  });

  it('names each of several', async () => {
    const strict = adapterReading((json) => {
      readWire(wire.extend({ note: z.string(), card: z.object({ brand: z.string() }) }), json);
      return plain(json);
    });
    expect((await brokenBy(readsWithoutOptionals, strict, answer('NEW')))?.about).toBe('with note null the answer is read (and without each of card, card.brand)');
  });

  it('names those that may not be missed together', async () => {
    const either = adapterReading((json) => {
      const { note, card } = readWire(wire, json);
      return { ...plain(json), amount: note == null && card == null ? 0 : 1000 };
    });
    expect(await brokenBy(readsWithoutOptionals, either, answer('NEW'))).toMatchObject({ about: 'with note, card null the answer says the same', seen: expect.stringContaining('"minorUnits":0') });
  });
});

describe('an answer in which many members drift at once', () => {
  const note = (json: unknown): unknown => Reflect.get(Object(json), 'note');

  it('is said to be misread by the one member that is, with what was made of it', async () => {
    const careless = adapterReading((json) => ({ ...plain({ ...Object(json), note: null }), description: typeof note(json) === 'string' ? 'for tea' : 'for coffee' }));
    expect(await brokenBy(readsDrifts, careless, answer('NEW'), null)).toMatchObject({
      about: 'with note gone: the answer says the same, or less',
      expected: 'the same, or less',
      seen: 'description was "for tea", and is "for coffee"',
    });
  });

  it('is read well by a careful adapter, whatever case its words have', async () => {
    for (const state of ['NEW', 'AtWork', 'done']) expect(await brokenBy(readsDrifts, adapterReading(plain), answer(state), null)).toBeNull();
  });
});
