import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPayments, money } from '@oneintent/core';
import { generic, stripe, type Profile } from './index.js';
import { apiKey, thrownBy } from './testing/wire.js';

const least = { name: 'acme', baseUrl: 'https://api.acme.example', operations: ['paymentIntents.create'] } as const satisfies Profile;
const make = (profile: unknown) => () => generic(profile as Profile, { apiKey });
const problemsOf = (change: object) => thrownBy(make({ ...least, ...change })).problems;
const fact = (value: unknown) => ({ value, source: 'a letter', confidence: 'documented' });
const idempotency = { honoured: 'documented', place: { header: 'Idempotency-Key' }, alphabet: '[0-9a-f]+', maximumLength: 64, window: null };

describe('a profile that is wrong is refused at start-up, and the error names the member', () => {
  it.each<readonly [string, object]>([
    ['name', { name: 'Acme Pay' }],
    ['name', { name: undefined }],
    ['baseUrl', { baseUrl: 'api.acme.example' }],
    ['baseUrl', { baseUrl: 'ftp://acme.example' }],
    ['baseUrl', { baseUrl: 'mailto:https://acme.example' }],
    ['baseUrl', { baseUrl: 'https://user:pass@acme.example' }],
    ['baseUrl', { baseUrl: 'https://acme.example?a=1' }],
    ['pathPrefix', { pathPrefix: 'v1' }],
    ['pathPrefix', { pathPrefix: '/v1/' }],
    ['resource', { resource: '/payment_intents' }],
    ['resource', { resource: '' }],
    ['operations', { operations: [] }],
    ['operations', { operations: 'paymentIntents.create' }],
    ['operations.1', { operations: ['paymentIntents.create', 'paymentIntents.captrue'] }],
    ['accepts.paymentIntents.create.1', { accepts: { 'paymentIntents.create': ['amount', 'colour'] } }],
    ['accepts.paymentIntents.create', { accepts: { 'paymentIntents.create': ['customer'] } }],
    ['accepts.paymentIntents.incrementAuthorization', { operations: ['paymentIntents.incrementAuthorization'], accepts: { 'paymentIntents.incrementAuthorization': ['description'] } }],
    ['accepts.paymentIntents.list', { accepts: { 'paymentIntents.list': ['limit'] } }],
    ['accepts', { accepts: { 'paymentIntents.captrue': [] } }],
    ['onlyWithConfirm.0', { onlyWithConfirm: ['return_url'] }],
    ['authentication.type', { authentication: { type: 'digest' } }],
    ['authentication.name', { authentication: { type: 'header' } }],
    ['authentication.name', { authentication: { type: 'header', name: 'X Key' } }],
    ['authentication.name', { authentication: { type: 'header', name: 'User-Agent' } }],
    ['keyPrefixes.live', { keyPrefixes: { test: ['sk_'] } }],
    ['headers.Authorization', { headers: { Authorization: 'x' } }],
    ['headers.X-Version', { headers: { 'X-Version': 'a\r\nX-Other: b' } }],
    ['encoding', { encoding: 'xml' }],
    ['time', { time: 'milliseconds' }],
    ['pagination.type', { pagination: { type: 'page' } }],
    ['pagination.member', { pagination: { type: 'cursor', parameter: 'cursor' } }],
    ['pagination.parameter', { pagination: { type: 'id', parameter: '' } }],
    ['envelope.hasMore', { envelope: { items: 'items' } }],
    ['envelope.items', { envelope: { items: '__proto__', hasMore: 'more' } }],
    ['names', { names: { colour: 'color' } }],
    ['names.customer', { names: { customer: 'customer[id]' } }],
    ['names.customer', { names: { customer: 'payment_method' } }],
    ['names.payment_method', { names: { customer: 'payer', payment_method: 'payer' } }],
    ['pagination.parameter', { operations: ['paymentIntents.list'], pagination: { type: 'id', parameter: 'limit' } }],
    ['headers.X Version', { headers: { 'X Version': '1' } }],
    ['aliases', { aliases: { colour: ['color'] } }],
    ['aliases.customer', { aliases: { customer: 'customer_id' } }],
    ['increment', { increment: 'delta', operations: ['paymentIntents.incrementAuthorization'] }],
    ['finalCapture', { finalCapture: 'yes' }],
    ['connectedAccountHeader', { connectedAccountHeader: 'Acme Account' }],
    ['requestIdHeaders.0', { requestIdHeaders: [''] }],
    ['replayedHeader', { replayedHeader: 7 }],
    ['limits.currencies.value.0', { limits: { currencies: fact(['eur']) } }],
    ['accepts.paymentIntents.create', { limits: { metadata: fact(null) }, accepts: { 'paymentIntents.create': ['amount', 'metadata'] } }],
    ['limits.idempotency.value.place.header', { limits: { idempotency: fact({ ...idempotency, place: { header: 'Key:' } }) } }],
    ['limits.idempotency.value.place', { limits: { idempotency: fact({ ...idempotency, place: { header: 'Key', member: 'key' } }) } }],
    ['limits.idempotency.value.alphabet', { limits: { idempotency: fact({ ...idempotency, alphabet: '[a-z' }) } }],
    ['limits.idempotency.value.alphabet', { limits: { idempotency: fact({ ...idempotency, alphabet: '[0-9]+' }) } }],
    ['limits.idempotency.value.place.header', { limits: { idempotency: fact({ ...idempotency, place: { header: 'authorization' } }) } }],
    ['limits.idempotency.value.place.header', { limits: { idempotency: fact({ ...idempotency, place: { header: 'X-Version' } }) }, headers: { 'x-version': '1' } }],
    ['limits.idempotency.value.place.header', { limits: { idempotency: fact({ ...idempotency, place: { header: 'Acme-Account' } }) }, connectedAccountHeader: 'acme-account' }],
    ['limits.idempotency.value.place.header', { limits: { idempotency: fact({ ...idempotency, place: { header: 'X-Key' } }) }, authentication: { type: 'header', name: 'x-key' } }],
    ['limits.idempotency.value.place.member', { limits: { idempotency: fact({ ...idempotency, place: { member: 'customer' } }) } }],
    ['limits.idempotency.value.place.member', { limits: { idempotency: fact({ ...idempotency, place: { member: 'payer' } }) }, names: { customer: 'payer' } }],
    ['limits', { limits: { speed: fact(1) } }],
  ])('profile.%s: %j', (field, change) => {
    const error = thrownBy(make({ ...least, ...change }));
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems.map((problem) => problem.field)).toContain(`profile.${field}`);
    for (const { problem, remedy } of error.problems) expect([problem, remedy]).toEqual([expect.stringMatching(/\w{2,}/), expect.stringMatching(/^[A-Z].*\.$/)]);
  });

  it.each([null, undefined, 'stripe', 7, []])('as %j', (profile) => {
    expect(thrownBy(make(profile))).toMatchObject({ code: 'configuration', problems: [{ field: 'profile' }] });
  });

  it('all problems are in one error', () => {
    expect(problemsOf({ name: 'A', encoding: 'xml', colour: 'red' }).map(({ field }) => field).toSorted()).toEqual(['profile', 'profile.encoding', 'profile.name']);
  });

  it.each([
    [{ colour: 'red', size: 7 }, '(colour, size)', 'correct their spelling'],
    [{ encoding: 'xml' }, 'not one of the values', 'Use one of form, json.'],
    [{ finalCapture: 'yes' }, 'is not of the type boolean', 'plain JSON'],
    [{ headers: { 'X Version': '1' } }, 'is not the name of a header', "Write it as the service does, such as 'Idempotency-Key'."],
    [{ name: 'Acme Pay' }, 'is not a name of lower-case letters', "Use one such as 'acme-pay'."],
  ])('%j: it is told what is wrong, and what to do', (change, problem, remedy) => {
    expect(problemsOf(change)).toMatchObject([{ problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
  });

  it('of two members with one name, the one that the profile named is at fault', () => {
    expect(problemsOf({ names: { customer: 'payment_method' } }).map(({ field }) => field)).toEqual(['profile.names.customer']);
  });

  it('a function is no data', () => {
    expect(problemsOf({ resource: () => 'payment_intents' })).toMatchObject([{ field: 'profile.resource', remedy: expect.stringContaining('plain JSON') }]);
  });

  it('says why increments by a difference cannot be offered', () => {
    expect(problemsOf({ increment: 'delta', operations: ['paymentIntents.incrementAuthorization'] })[0]?.problem).toContain('new total');
    expect(make({ ...least, increment: 'delta' })).not.toThrow();
  });
});

describe('a profile is taken', () => {
  it.each<readonly [string, object]>([
    ['of a service on this machine', { baseUrl: 'http://localhost:12111' }],
    ['with fewer fields, and the amount among them', { accepts: { 'paymentIntents.create': ['amount', 'customer'] } }],
    ['with fewer fields, and metadata that the service has', { accepts: { 'paymentIntents.create': ['amount', 'metadata'] }, limits: { metadata: fact({ maximumKeys: 5, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string'] }) } }],
    ['with fewer fields, and without metadata that the service lacks', { accepts: { 'paymentIntents.create': ['amount'] }, limits: { metadata: fact(null) } }],
    ['with names that would meet only in a list that the service lacks', { pagination: { type: 'id', parameter: 'limit' } }],
    ["with a list's parameter that is called as a member of a body", { pagination: { type: 'id', parameter: 'customer' } }],
  ])('%s', (_what, change) => {
    expect(make({ ...least, ...change })).not.toThrow();
  });
});

describe('a profile', () => {
  it('is plain JSON: it can be kept in a file', () => {
    const copy = JSON.parse(JSON.stringify(stripe)) as Profile;
    expect(copy).toEqual(stripe);
    expect(generic(copy, { apiKey }).limits).toEqual(generic(stripe, { apiKey }).limits);
  });

  it('may be changed later without changing the adapter', async () => {
    const mine = { ...least, operations: ['paymentIntents.create'] as ('paymentIntents.create' | 'paymentIntents.cancel')[], headers: { 'X-Version': '1' } };
    const adapter = generic(mine, { apiKey });
    mine.operations.push('paymentIntents.cancel');
    mine.headers['X-Version'] = '2';
    expect([Object.keys(adapter.operations), adapter.headers]).toEqual([['paymentIntents.create'], { 'X-Version': '1' }]);
  });

  it('that says nothing of keys gets no trust in them: none is sent', async () => {
    const sent: Headers[] = [];
    const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      sent.push(new Headers(init?.headers));
      return Response.json({ id: 'a', status: 'requires_payment_method', amount: 5, currency: 'eur' });
    };
    const { paymentIntents } = createPayments({ adapter: generic(least, { apiKey }), fetch });
    await paymentIntents.create({ amount: money(5, 'EUR') }, { reference: 'order-1' });
    expect(sent.map((headers) => headers.get('idempotency-key'))).toEqual([null]);
  });

  const keyed = (change: object) => {
    const bodies: unknown[] = [];
    const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      bodies.push(JSON.parse(String(init?.body)));
      return Response.json({ id: 'a', status: 'canceled', amount: 5, currency: 'eur' });
    };
    const limits = { idempotency: fact({ ...idempotency, place: { member: 'key' }, ...change }) } as NonNullable<Profile['limits']>;
    const profile = { ...least, operations: ['paymentIntents.create', 'paymentIntents.cancel'], encoding: 'json', limits } as const satisfies Profile;
    return { bodies, payments: createPayments({ adapter: generic(profile, { apiKey }), fetch }) };
  };

  it('that says how long keys may be gets no longer ones', async () => {
    const { bodies, payments } = keyed({ maximumLength: 36 });
    await payments.paymentIntents.create({ amount: money(5, 'EUR') }, { reference: 'order-1' });
    expect(bodies).toEqual([expect.objectContaining({ key: expect.stringMatching(/^[0-9a-f]{36}$/) })]);
  });

  it('that names operations without keys gets none there', async () => {
    const { bodies, payments } = keyed({ except: ['paymentIntents.cancel'] });
    await payments.paymentIntents.create({ amount: money(5, 'EUR') }, { reference: 'order-1' });
    await payments.paymentIntents.cancel('a', {}, { reference: 'order-1' });
    expect(bodies).toEqual([expect.objectContaining({ key: expect.any(String) }), expect.not.objectContaining({ key: expect.anything() })]);
  });

  it('that says that there is no metadata does not take it', () => {
    const adapter = generic({ ...least, limits: { metadata: { value: null, source: 'a letter', confidence: 'documented' } } }, { apiKey });
    const { accepts } = adapter.operations['paymentIntents.create'];
    expect(accepts).toEqual(generic(least, { apiKey }).operations['paymentIntents.create'].accepts.filter((field) => field !== 'metadata'));
    expect(accepts).toContain('amount');
    expect(accepts).not.toContain('metadata');
  });

  it('marks what it does not state as unverified', () => {
    const { limits } = generic(least, { apiKey });
    expect(Object.values(limits).map(({ confidence, source }) => `${confidence}: ${source}`)).toEqual(Array.from({ length: 11 }, () => 'unverified: not stated by the profile'));
  });
});

describe('the key', () => {
  it.each([['sk_test_1', false], ['rk_test_1', false], ['sk_live_1', true], ['rk_live_1', true]])('%s says the mode of Stripe', (key, livemode) => {
    expect(generic(stripe, { apiKey: key }).livemode).toBe(livemode);
  });

  it.each(['pk_test_hunted', 'hunted', 'sk_test_', '', 'sk_test_hunted\r\nX: y', 'sk_test_hünted', 7, undefined, null])('%j is refused for Stripe, and not quoted', (key) => {
    const error = thrownBy(() => generic(stripe, { apiKey: key as string }));
    expect(error).toMatchObject({ code: 'configuration', provider: 'stripe', problems: [{ field: 'apiKey' }] });
    expect(inspect(error)).not.toMatch(/h[uü]nted/);
  });

  it('is of any visible form where a profile does not say how keys begin', () => {
    expect(generic(least, { apiKey: 'any-Key.1=' }).livemode).toBeNull();
    expect(thrownBy(() => generic(least, { apiKey: 'a b' })).problems).toEqual([
      { field: 'apiKey', problem: expect.stringContaining('visible characters'), remedy: 'Give the secret key as the service gave it.' },
    ]);
  });

  it('that is wrong is told how right ones begin, also where there are no options at all', () => {
    const remedy = expect.stringContaining('sk_test_ or rk_test_ or sk_live_ or rk_live_');
    expect(thrownBy(() => generic(stripe, { apiKey: 'pk_test_1' })).problems).toMatchObject([{ remedy }]);
    expect(thrownBy(() => Reflect.apply(generic, undefined, [stripe]) as unknown)).toMatchObject({ code: 'configuration', problems: [{ field: 'apiKey', remedy }] });
  });
});
