import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { explain, money, type Limits } from '../index.js';
import { canonicalJson } from '../model/canonical-json.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, lost } from '../testing/scripted-fetch.js';
import { deriveKey, sha256, type KeyParts } from './key.js';

const parts: KeyParts = { account: 'jp', livemode: false, operation: 'paymentIntents.capture', target: 'pfw_1', reference: 'order-42', attempt: 1 };

describe('the key of a movement', () => {
  it('is the same for ever: this vector never changes', async () => {
    // printf '%s' '["jp",false,"paymentIntents.capture","pfw_1","order-42",1]' | sha256sum
    expect(await deriveKey(parts, null)).toBe('3090373f4b652662e5346556ebdee45bd56b0a8a9d19fda4b583002bf54a9457');
  });

  it.each<Partial<KeyParts>>([
    { account: 'eu' },
    { livemode: true },
    { livemode: null },
    { operation: 'paymentIntents.cancel' },
    { target: 'pfw_2' },
    { target: null },
    { reference: 'order-43' },
    { attempt: 2 },
    { connectedAccount: 'acct_1' },
  ])('differs with %j', async (change) => {
    expect(await deriveKey({ ...parts, ...change }, null)).not.toBe(await deriveKey(parts, null));
  });

  it('cannot be the same for different parts that read the same when strung together', async () => {
    const arbitrary = fc.record({
      account: fc.constantFrom('a', 'ab'),
      livemode: fc.constantFrom(true, false, null),
      operation: fc.constantFrom('b', 'bc'),
      target: fc.constantFrom(null, 'null', 'c', '","'),
      reference: fc.constantFrom('1', '","', 'c'),
      attempt: fc.constantFrom(1, 11),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, arbitrary, async (left, right) => {
        expect((await deriveKey(left, null)) === (await deriveKey(right, null))).toBe(canonicalJson(left) === canonicalJson(right));
      }),
    );
  });
});

describe('a call', () => {
  const amount = money(1000, 'EUR');
  const sent = async (options: object, more: object = {}, input: object = {}) => {
    const { payments, requests } = bench([answer(200, payment({ amount: 'amount' in input ? 2000 : 1000 }))], more);
    await payments.paymentIntents.create({ amount, ...input }, options);
    return requests[0]?.headers.get('idempotency-key') ?? null;
  };

  it('has the same key for the same reference, on every machine, whatever its content', async () => {
    const key = await deriveKey({ account: 'acme', livemode: false, operation: 'paymentIntents.create', target: null, reference: 'order-1', attempt: 1 }, null);
    expect(await sent({ reference: 'order-1' })).toBe(key);
    expect(await sent({ reference: 'order-1' }, {}, { amount: money(2000, 'EUR'), description: 'other' })).toBe(key);
    expect(await sent({ reference: 'order-1', attempt: 1 })).toBe(key);
    expect(await sent({ reference: 'order-1', attempt: 2 })).not.toBe(key);
    expect(await sent({ reference: 'order-1' }, { account: 'other' })).not.toBe(key);
  });

  it('without a reference has a random one', async () => {
    let byte = 0;
    const random = (count: number) => new Uint8Array(count).fill((byte += 1));
    expect([await sent({}, { random }), await sent({}, { random })]).toEqual(['01'.repeat(32), '02'.repeat(32)]);
  });

  it('has the key of an application that keeps its own', async () => {
    expect(await sent({ idempotencyKey: 'my_key-1' })).toBe('my_key-1');
  });

  it('has as many digits of its key as the provider takes, derived or random', async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ maximumLength: 45 }) } });
    const whole = await sent({ reference: 'order-1' });
    expect(await sent({ reference: 'order-1' }, { adapter })).toBe(whole?.slice(0, 45));
    expect(await sent({}, { adapter })).toMatch(/^[0-9a-f]{45}$/);
  });

  it('has none for an operation that takes none, and is protected there as where keys are not honoured', async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ except: ['paymentIntents.cancel'] }) } });
    const { payments, requests } = bench([lost, answer(200, payment({ status: 'requires_capture' })), answer(200, payment())], { adapter });
    expect(await errorOf(payments.paymentIntents.cancel('pi_1', {}, { reference: 'order-1' }))).toMatchObject({ outcome: 'unknown' });
    expect(requests.map(({ method, headers }) => [method, headers.has('idempotency-key')])).toEqual([['POST', false], ['GET', false]]);
    expect(await errorOf(payments.paymentIntents.cancel('pi_1', {}, { idempotencyKey: 'my_key-1' }))).toMatchObject({ problems: [{ field: 'idempotencyKey' }] });
    await payments.paymentIntents.create({ amount }, { reference: 'order-1' });
    expect(requests.at(-1)?.headers.has('idempotency-key')).toBe(true);
  });

  it('has none where the provider does not honour keys', async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
    expect(await sent({}, { adapter })).toBeNull();
  });

  it.each([
    ['json', (body: string | null) => JSON.parse(body ?? '')],
    ['form', (body: string | null) => Object.fromEntries(new URLSearchParams(body ?? ''))],
  ] as const)('has it at the top of its %s body where the provider takes it there, and in no header', async (encoding, parsed) => {
    const adapter = acme({ encoding, limits: { ...acme().limits, ...keys({ place: { member: 'idempotency_key' } }) } });
    const { payments, requests, events } = bench([answer(200, payment()), answer(200, payment({ status: 'canceled' })), answer(200, payment())], { adapter });
    await payments.paymentIntents.create({ amount }, { idempotencyKey: 'my_key-1' });
    await payments.paymentIntents.cancel('pi_1', {}, { idempotencyKey: 'my_key-2' });
    await payments.paymentIntents.retrieve('pi_1');
    expect(parsed(requests[0]?.body ?? null)).toMatchObject({ currency: 'eur', idempotency_key: 'my_key-1' });
    expect(parsed(requests[1]?.body ?? null)).toEqual({ idempotency_key: 'my_key-2' });
    expect(requests[2]).toMatchObject({ body: null });
    expect(requests.map(({ headers }) => [...headers.values()].some((value) => value.startsWith('my_key')))).toEqual([false, false, false]);
    expect(events.find(({ type }) => type === 'request')).toMatchObject({ body: { currency: 'eur', idempotency_key: '[redacted]' } });
    expect(await explain(adapter, 'paymentIntents.cancel', {}, { target: 'pi_1', options: { idempotencyKey: 'my_key-2' } })).toMatchObject({
      body: { idempotency_key: '[redacted]' },
      bytes: requests[1]?.body?.length,
    });
  });

  it('has the same one in its body when it is sent again', async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ place: { member: 'idempotency_key' } }) } });
    const { payments, requests } = bench([lost, answer(200, payment()), answer(200, payment())], { adapter });
    await payments.paymentIntents.create({ amount }, { reference: 'order-1' });
    expect(requests.slice(0, 2).map(({ json }) => Reflect.get(Object(json), 'idempotency_key'))).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), Reflect.get(Object(requests[0]?.json), 'idempotency_key')]);
  });

  it.each([
    ['that do not say where they go', { honoured: 'documented', alphabet: '.+', maximumLength: 64, window: null }],
    ['that have two places', { honoured: 'documented', place: { header: 'Key', member: 'key' }, alphabet: '.+', maximumLength: 64, window: null }],
    ['that have an empty place', { honoured: 'documented', place: { header: '' }, alphabet: '.+', maximumLength: 64, window: null }],
    ['that are honoured in a way that nobody knows', { honoured: 'surely', place: { header: 'Key' }, alphabet: '.+', maximumLength: 64, window: null }],
  ])('is not repeated on an adapter\'s keys %s: none is sent, and nothing else would protect', async (_what, value) => {
    const good = acme({ without: ['paymentIntents.list'] });
    // An adapter that did not come through defineAdapter, which refuses such keys; a configuration is refused as well.
    const limits = { ...good.limits, idempotency: { value, source: 'a careless adapter', confidence: 'documented' } } as unknown as Limits;
    const { payments, requests } = bench([lost], { adapter: { ...good, limits } });
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true, paymentMethod: 'pm_1' }))).toMatchObject({ outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it('that reads has none', async () => {
    const { payments, requests } = bench([answer(200, payment()), answer(200, { data: [] })]);
    await payments.paymentIntents.retrieve('pi_1', { reference: 'order-1' });
    await payments.paymentIntents.list();
    expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([false, false]);
  });

  it('has another key for each target and operation', async () => {
    const { payments, requests } = bench(['pi_1', 'pi_2', 'pi_1'].map((id) => answer(200, payment({ id, status: 'succeeded' }))));
    await payments.paymentIntents.capture('pi_1', {}, { reference: 'order-1' });
    await payments.paymentIntents.capture('pi_2', {}, { reference: 'order-1' });
    await payments.paymentIntents.cancel('pi_1', {}, { reference: 'order-1' }).catch(() => undefined);
    expect(new Set(requests.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(3);
  });
});

describe('SHA-256', () => {
  afterEach(() => vi.restoreAllMocks());

  // printf 'abc' | sha256sum, and so on; half a character counts as U+FFFD.
  const vectors = [
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['¥1000 お茶 🍵', '323a7c91284e9791ed107a39edb20f220ed020dd66d7bb9fa485a8171afb84ad'],
    ['\uD83C', '83d544ccc223c057d2bf80d3f2a32982c32c3c0db8e2674820da5064783fb097'],
  ] as const;

  it.each(vectors)('of %j is the one of the standard, whether or not the runtime has the modules of Node', async (text, digest) => {
    expect(await sha256(text)).toBe(digest);
    const webCrypto = vi.spyOn(crypto.subtle, 'digest');
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    expect(await sha256(text)).toBe(digest);
    expect(webCrypto).toHaveBeenCalledOnce();
  });
});
