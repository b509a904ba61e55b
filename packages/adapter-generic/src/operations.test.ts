import { createPayments, money } from '@oneintent/core';
import nock from 'nock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generic, stripe, type Profile } from './index.js';
import { authorised, canceled, captured, fresh, redirected } from './testing/payloads.js';

const { id } = fresh;
const usd = (minorUnits: number) => money(minorUnits, 'USD');

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

/** Expects one request, of exactly these bytes, and gives the headers that came with it. */
const expectRequest = (origin: string, verb: 'get' | 'post', path: string, body: string | undefined, json: nock.Body) => {
  const seen: Record<string, unknown> = {};
  nock(origin)[verb](path, body).reply(function answer(_uri, received) {
    Object.assign(seen, this.req.headers, { body: typeof received === 'string' ? received : JSON.stringify(received) });
    return [200, json];
  });
  return seen;
};

describe('Stripe: forms', () => {
  const origin = 'https://api.stripe.com';
  const payments = createPayments({ adapter: generic(stripe, { apiKey: 'sk_test_1' }), retries: 0 }).paymentIntents;
  const headers = { accept: 'application/json, application/problem+json', authorization: 'Bearer sk_test_1', 'stripe-version': '2026-08-26.dahlia', host: 'api.stripe.com' };
  const posted = { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/) };

  it('create sends what is given, and always how to capture', async () => {
    const seen = expectRequest(origin, 'post', '/v1/payment_intents', 'amount=2000&currency=usd&capture_method=automatic', fresh);
    await payments.create({ amount: usd(2000) });
    expect(seen).toMatchObject(posted);
  });

  it('create sends every field in nested brackets, percent-encoded', async () => {
    const body =
      'amount=2000&currency=usd&customer=cus_Olive&payment_method=pm_1&payment_method_options[card][request_three_d_secure]=any&payment_method_types[0]=card' +
      '&payment_method_types[1]=link&capture_method=manual&confirm=true&return_url=https%3A%2F%2Fshop.example%2Fback%3Fa%3D1&off_session=recurring' +
      '&setup_future_usage=off_session&statement_descriptor=OLIVES&receipt_email=olive%40example.com&description=Two%20bottles%20%26%20a%20jar' +
      '&metadata[a]=b%20%26%20c&metadata[oneintent_reference]=order-42&automatic_payment_methods[enabled]=true&expand[0]=latest_charge';
    const seen = expectRequest(origin, 'post', '/v1/payment_intents', body, authorised);
    await payments.create(
      {
        amount: usd(2000), customer: 'cus_Olive', paymentMethod: 'pm_1', paymentMethodTypes: ['card', 'link'], captureMethod: 'manual', confirm: true,
        returnUrl: 'https://shop.example/back?a=1', offSession: 'recurring', setupFutureUsage: 'off_session', threeDSecure: 'any', statementDescriptor: 'OLIVES',
        receiptEmail: 'olive@example.com', description: 'Two bottles & a jar', metadata: { a: 'b & c' },
        providerOptions: { generic: { body: { automatic_payment_methods: { enabled: true }, expand: ['latest_charge'] } } },
      },
      { reference: 'order-42', connectedAccount: 'acct_1' },
    ); // prettier-ignore
    expect(seen).toEqual({ ...posted, 'stripe-account': 'acct_1', body });
  });

  it.each([['unscheduled', '&off_session=one_off'], ['recurring', '&off_session=recurring'], [false, '']] as const)(
    'a customer who is away (%s) is said as Stripe says it', async (offSession, member) => {
      expectRequest(origin, 'post', `/v1/payment_intents/${id}/confirm`, `payment_method=pm_1${member}`, captured);
      expect((await payments.confirm(id, { paymentMethod: 'pm_1', offSession })).status).toBe('succeeded');
    });

  it('retrieve asks without a body and without a key', async () => {
    const seen = expectRequest(origin, 'get', `/v1/payment_intents/${id}`, undefined, fresh);
    await payments.retrieve(id);
    expect(seen).toEqual({ ...headers, body: '' });
  });

  it('no id reaches another path', async () => {
    expectRequest(origin, 'get', '/v1/payment_intents/..%2Fcustomers%3Fa%3D1', undefined, { ...fresh, id: '../customers?a=1' });
    expect((await payments.retrieve('../customers?a=1')).id).toBe('../customers?a=1');
  });

  it('update names the currency with the amount, and clears a metadata key by an empty text', async () => {
    const body = 'amount=2500&currency=usd&customer=cus_2&capture_method=manual&description=Three&metadata[a]=1&metadata[gone]=';
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}`, body, { ...fresh, amount: 2500 });
    await payments.update(id, { amount: usd(2500), customer: 'cus_2', captureMethod: 'manual', description: 'Three', metadata: { a: '1', gone: null } });
    expect(seen).toMatchObject(posted);
  });

  it('confirm without anything to say has an empty body', async () => {
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}/confirm`, '', redirected);
    await payments.confirm(id);
    expect(seen).toEqual({ ...posted, body: '' });
  });

  it('confirm sends every field that it has', async () => {
    const body =
      'payment_method=pm_1&payment_method_options[card][request_three_d_secure]=challenge&payment_method_types[0]=card&capture_method=manual' +
      '&return_url=https%3A%2F%2Fshop.example&setup_future_usage=on_session&receipt_email=a%40example.com';
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}/confirm`, body, redirected);
    await payments.confirm(id, {
      paymentMethod: 'pm_1', paymentMethodTypes: ['card'], captureMethod: 'manual', returnUrl: 'https://shop.example', setupFutureUsage: 'on_session',
      threeDSecure: 'challenge', receiptEmail: 'a@example.com',
    }); // prettier-ignore
    expect(seen).toMatchObject(posted);
  });

  it('capture takes everything with an empty body, or a part by its amount', async () => {
    const whole = expectRequest(origin, 'post', `/v1/payment_intents/${id}/capture`, '', captured);
    await payments.capture(id);
    expect(whole).toEqual({ ...posted, body: '' });
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}/capture`, 'amount_to_capture=1500&statement_descriptor=OLIVES&metadata[part]=1', captured);
    await payments.capture(id, { amount: usd(1500), statementDescriptor: 'OLIVES', metadata: { part: '1' } });
    expect(seen).toMatchObject(posted);
  });

  it('cancel has an empty body, or its reason', async () => {
    const bare = expectRequest(origin, 'post', `/v1/payment_intents/${id}/cancel`, '', canceled);
    await payments.cancel(id);
    expect(bare).toEqual({ ...posted, body: '' });
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}/cancel`, 'cancellation_reason=requested_by_customer', canceled);
    expect(await payments.cancel(id, { reason: 'requested_by_customer' })).toMatchObject({ cancellationReason: 'requested_by_customer', canceledAt: '2026-04-10T06:00:00.000Z' });
    expect(seen).toMatchObject(posted);
  });

  it('increment sends the new total', async () => {
    const seen = expectRequest(origin, 'post', `/v1/payment_intents/${id}/increment_authorization`, 'amount=2500&description=More&statement_descriptor=O&metadata[a]=1', {
      ...authorised,
      amount: 2500,
    });
    await payments.incrementAuthorization(id, { amount: usd(2500), description: 'More', statementDescriptor: 'O', metadata: { a: '1' } });
    expect(seen).toMatchObject(posted);
  });

  it('list filters in whole Unix seconds, and goes on after the last id', async () => {
    const query = '?limit=2&starting_after=pi_0&customer=cus_Olive&created[gte]=1775797201&created[lt]=1775800800';
    const seen = expectRequest(origin, 'get', `/v1/payment_intents${query}`, undefined, { object: 'list', data: [fresh, { ...fresh, id: 'pi_2' }], has_more: true });
    const page = await payments.list({ limit: 2, cursor: 'pi_0', customer: 'cus_Olive', createdFrom: '2026-04-10T05:00:00.001Z', createdBefore: '2026-04-10T08:00:00+02:00' });
    expect(page).toMatchObject({ hasMore: true, nextCursor: 'pi_2', data: [{ id }, { id: 'pi_2' }] });
    expect(seen).toEqual({ ...headers, body: '' });
  });
});

/** Another service of the same shape, which differs wherever a profile can say so. */
const acme = {
  name: 'acme-pay',
  baseUrl: 'https://api.acme.example/gateway',
  pathPrefix: '/2026/payments',
  resource: 'intents',
  operations: ['paymentIntents.create', 'paymentIntents.retrieve', 'paymentIntents.capture', 'paymentIntents.list'],
  authentication: { type: 'header', name: 'X-Acme-Key' },
  headers: { 'Acme-Version': '7' },
  encoding: 'json',
  time: 'iso',
  pagination: { type: 'cursor', parameter: 'start_key', member: 'last_key' },
  envelope: { items: 'items', hasMore: 'more' },
  names: { customer: 'customer_id', amount_to_capture: 'amount' },
  aliases: { customer: ['customer_id', 'payer'], created: ['created_at'], amount_capturable: ['capturable'] },
  finalCapture: true,
  onlyWithConfirm: [],
  connectedAccountHeader: 'Acme-Account',
  limits: {
    metadata: { value: { maximumKeys: null, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string', 'integer', 'boolean'] }, source: 'a letter', confidence: 'third_party' },
    idempotency: { value: { honoured: 'documented', place: { header: 'X-Request-Token' }, alphabet: '[0-9a-f]+', maximumLength: 64, window: 3600 }, source: 'a letter', confidence: 'third_party' },
  },
} as const satisfies Profile;

describe('another service: JSON, with names of its own', () => {
  const origin = 'https://api.acme.example';
  const root = '/gateway/2026/payments/intents';
  const payments = createPayments({ adapter: generic(acme, { apiKey: 'key-1' }), retries: 0 }).paymentIntents;
  const headers = { accept: 'application/json, application/problem+json', 'x-acme-key': 'key-1', 'acme-version': '7', host: 'api.acme.example' };
  const theirs = { id: 'in_1', status: 'requires_capture', amount: 2000, currency: 'USD', customer_id: 'c1', created_at: '2026-04-10T07:00:00+02:00', capturable: 2000 };

  it('create', async () => {
    const body = '{"amount":2000,"currency":"usd","customer_id":"c1","capture_method":"automatic","return_url":"https://shop.example","metadata":{"n":1,"yes":true}}';
    const seen = expectRequest(origin, 'post', root, body, theirs);
    const intent = await payments.create({ amount: usd(2000), customer: 'c1', returnUrl: 'https://shop.example', metadata: { n: 1, yes: true } }, { connectedAccount: 'a1' });
    expect(seen).toMatchObject({ ...headers, 'content-type': 'application/json', 'x-request-token': expect.stringMatching(/^[0-9a-f]{64}$/), 'acme-account': 'a1' });
    expect(seen).not.toHaveProperty('authorization');
    expect(intent).toMatchObject({ provider: 'acme-pay', livemode: null, customer: 'c1', createdAt: '2026-04-10T05:00:00.000Z', amountCapturable: usd(2000), amountReceived: null });
  });

  it('capture says that a part is the last one, only of a part', async () => {
    expectRequest(origin, 'post', `${root}/in_1/capture`, '{"amount":1500,"final_capture":true}', { ...theirs, status: 'succeeded' });
    await payments.capture('in_1', { amount: usd(1500) });
    expectRequest(origin, 'post', `${root}/in_1/capture`, '{}', { ...theirs, status: 'succeeded' });
    expect((await payments.capture('in_1')).status).toBe('succeeded');
  });

  it('list goes on with the cursor that the answer gives, until there is none', async () => {
    expectRequest(origin, 'get', `${root}?created[gte]=2026-04-10T05%3A00%3A00Z`, undefined, { items: [theirs], last_key: 'k/1' });
    expectRequest(origin, 'get', `${root}?start_key=k%2F1&created[gte]=2026-04-10T05%3A00%3A00Z`, undefined, { items: [{ ...theirs, id: 'in_2' }], last_key: null });
    const ids: string[] = [];
    for await (const intent of payments.iterate({ createdFrom: '2026-04-10T05:00:00Z' })) ids.push(intent.id);
    expect(ids).toEqual(['in_1', 'in_2']);
  });

  it('a filter and an operation that are not there are refused, nothing sent', async () => {
    const narrow = createPayments({ adapter: generic({ ...acme, accepts: { 'paymentIntents.list': ['limit', 'cursor'] } }, { apiKey: 'key-1' }) });
    await expect(narrow.paymentIntents.list({ customer: 'c1' })).rejects.toMatchObject({ code: 'unsupported', outcome: 'not_sent', problems: [{ field: 'customer' }] });
    const cancel: unknown = Reflect.get(payments, 'cancel');
    await expect(Promise.resolve().then(() => (typeof cancel === 'function' ? cancel('in_1') : undefined))).rejects.toMatchObject({ code: 'unsupported', outcome: 'not_sent' });
  });
});

describe('a list by counting', () => {
  const profile = { name: 'counting', baseUrl: 'https://count.example', operations: ['paymentIntents.list'], pagination: { type: 'offset', parameter: 'offset' } } as const satisfies Profile;
  const payments = createPayments({ adapter: generic(profile, { apiKey: 'k' }), retries: 0 }).paymentIntents;
  const page = (...ids: readonly string[]) => ({ data: ids.map((one) => ({ ...fresh, id: one })) });

  it('goes on where the page before ended, as long as pages are full or the service says that more follows', async () => {
    expectRequest('https://count.example', 'get', '/v1/payment_intents?limit=2', undefined, page('a', 'b'));
    expectRequest('https://count.example', 'get', '/v1/payment_intents?limit=2&offset=2', undefined, { ...page('c'), has_more: true });
    expectRequest('https://count.example', 'get', '/v1/payment_intents?limit=2&offset=3', undefined, page('d'));
    const ids: string[] = [];
    for await (const intent of payments.iterate({ limit: 2 })) ids.push(intent.id);
    expect(ids).toEqual(['a', 'b', 'c', 'd']);
  });

  it('that is empty has an end, and no cursor', async () => {
    expectRequest('https://count.example', 'get', '/v1/payment_intents?limit=2&offset=4', undefined, page());
    expect(await payments.list({ limit: 2, cursor: '4' })).toMatchObject({ data: [], hasMore: false, nextCursor: null });
  });

  it('that says that more follows an empty page has an end all the same: nothing goes round in circles', async () => {
    expectRequest('https://count.example', 'get', '/v1/payment_intents?offset=12', undefined, { ...page(), has_more: true });
    expect(await payments.list({ cursor: '12' })).toMatchObject({ data: [], hasMore: false, nextCursor: null });
  });

  it.each(['pi_1', '4x', '-1', '1e3'])('takes no cursor of another list: %j', async (cursor) => {
    const problem = { field: 'cursor', problem: expect.stringContaining('cursor'), remedy: expect.stringContaining('nextCursor') };
    await expect(payments.list({ cursor })).rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [problem] });
  });
});

describe('authentication', () => {
  const retrieve = { name: 'acme', baseUrl: 'https://auth.example', operations: ['paymentIntents.retrieve'] } as const satisfies Profile;
  it.each([
    [{ type: 'bearer' }, { authorization: 'Bearer sk_test_1' }],
    [{ type: 'basic' }, { authorization: `Basic ${Buffer.from('sk_test_1:').toString('base64')}` }],
    [{ type: 'header', name: 'X-Api-Key' }, { 'x-api-key': 'sk_test_1' }],
  ] as const)('by $type', async (authentication, header) => {
    const seen = expectRequest('https://auth.example', 'get', '/v1/payment_intents/pi_1', undefined, { ...fresh, id: 'pi_1' });
    await createPayments({ adapter: generic({ ...retrieve, authentication }, { apiKey: 'sk_test_1' }) }).paymentIntents.retrieve('pi_1');
    expect(seen).toMatchObject(header);
  });
});

it('talks to the address that it is given', async () => {
  nock('https://stripe.example').get(`/mirror/v1/payment_intents/${id}`).reply(200, fresh);
  const elsewhere = createPayments({ adapter: generic(stripe, { apiKey: 'sk_test_1', baseUrl: 'https://stripe.example/mirror' }) });
  expect((await elsewhere.paymentIntents.retrieve(id)).id).toBe(id);
});
