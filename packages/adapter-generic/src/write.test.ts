import { money, type CreatePaymentIntent } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { stripe } from './index.js';
import { answering, answeringAs, errorOf } from './testing/wire.js';
import { fresh } from './testing/payloads.js';

const amount = money(2000, 'USD');
const { id } = fresh;

/** Options as JavaScript can give them, past the types. */
const optionsOf = (generic: unknown): CreatePaymentIntent => ({ amount, providerOptions: { generic } as NonNullable<CreatePaymentIntent['providerOptions']> });

describe('a create without confirm', () => {
  it.each([['returnUrl', { returnUrl: 'https://shop.example' }], ['offSession', { offSession: 'recurring' }]] as const)('takes no %s, nothing sent', async (field, more) => {
    const { payments, requests } = answering();
    expect(await errorOf(payments.paymentIntents.create({ amount, ...more }))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field, remedy: expect.stringContaining('confirm: true') }] });
    expect(requests).toEqual([]);
  });

  it('takes them at a service that does', async () => {
    const { payments, requests } = answeringAs({ ...stripe, onlyWithConfirm: [] }, { status: 200, json: fresh });
    await payments.paymentIntents.create({ amount, returnUrl: 'https://a.example', offSession: 'unscheduled' });
    expect(requests[0]?.body).toBe('amount=2000&currency=usd&capture_method=automatic&return_url=https%3A%2F%2Fa.example&off_session=one_off');
  });
});

describe('what Stripe lacks is refused, nothing sent', () => {
  it.each([
    ['confirm', 'description', () => answering().payments.paymentIntents.confirm(id, { description: 'x' })],
    ['update', 'returnUrl', () => answering().payments.paymentIntents.update(id, { returnUrl: 'https://a.example' })],
    ['create', 'metadata.a', () => answering().payments.paymentIntents.create({ amount, metadata: { a: 1 } })],
    ['cancel', 'reason', () => answering().payments.paymentIntents.cancel(id, { reason: 'automatic' })],
  ] as const)('%s: %s', async (_verb, field, call) => {
    expect(await errorOf(call())).toMatchObject({ code: 'unsupported', outcome: 'not_sent', problems: [{ field }] });
  });

  it.each([
    ['51 keys', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']))],
    ['a key of 41 characters', { ['k'.repeat(41)]: 'v' }],
    ['a value of 501 characters', { k: 'v'.repeat(501) }],
    ['an empty value, which would delete', { k: '' }],
  ])('metadata with %s', async (_what, metadata) => {
    expect(await errorOf(answering().payments.paymentIntents.create({ amount, metadata }))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
  });
});

describe('providerOptions.generic.body', () => {
  const bodyOf = async (body: object) => {
    const { payments, requests } = answering({ status: 200, json: fresh });
    await payments.paymentIntents.create(optionsOf({ body }));
    return requests[0]?.body;
  };

  it('is sent beside the neutral fields, nested with them where both have an object', async () => {
    const { payments, requests } = answering({ status: 200, json: fresh });
    const body = { payment_method_options: { card: { request_extended_authorization: 'if_available' } }, shipping: { name: 'Olive', address: null } };
    await payments.paymentIntents.create({ amount, threeDSecure: 'any', providerOptions: { generic: { body } } });
    expect(requests[0]?.body).toBe(
      'amount=2000&currency=usd&payment_method_options[card][request_three_d_secure]=any&payment_method_options[card][request_extended_authorization]=if_available' +
        '&capture_method=automatic&shipping[name]=Olive&shipping[address]=',
    );
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('may have a member named %s, which is data like any other', async (name) => {
    expect(await bodyOf(JSON.parse(`{"${name}":{"${name}":"x"}}`))).toBe(`amount=2000&currency=usd&capture_method=automatic&${name}[${name}]=x`);
  });

  it.each([
    ['amount', { amount: 1 }],
    ['currency', { currency: 'eur' }],
    ['confirm', { confirm: true }],
    ['metadata', { metadata: { oneintent_reference: 'other' } }],
    ['capture_method', { capture_method: 'manual' }],
    ['payment_method_options.card.request_three_d_secure', { payment_method_options: { card: { request_three_d_secure: 'any' } } }],
    ['payment_method_options', { payment_method_options: '' }],
    ['payment_method_options.card', { payment_method_options: { card: null } }],
    ['off_session', { off_session: true }],
  ])('cannot stand in for %s, given or not', async (member, body) => {
    const { payments, requests } = answering();
    expect(await errorOf(payments.paymentIntents.create(optionsOf({ body })))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: `providerOptions.generic.body.${member}` }] });
    expect(requests).toEqual([]);
  });

  it.each([
    ['capture', 'amount_to_capture', () => answering().payments.paymentIntents.capture(id, { providerOptions: { generic: { body: { amount_to_capture: 1 } } } })],
    ['capture', 'final_capture', () => answering().payments.paymentIntents.capture(id, { providerOptions: { generic: { body: { final_capture: false } } } })],
    ['cancel', 'cancellation_reason', () => answering().payments.paymentIntents.cancel(id, { providerOptions: { generic: { body: { cancellation_reason: 'x' } } } })],
    ['confirm', 'amount', () => answering().payments.paymentIntents.confirm(id, { providerOptions: { generic: { body: { amount: 1 } } } })],
  ] as const)('of a %s cannot stand in for %s', async (_verb, member, call) => {
    expect(await errorOf(call())).toMatchObject({ outcome: 'not_sent', problems: [{ field: `providerOptions.generic.body.${member}` }] });
  });

  it("cannot stand in under the service's own name either", async () => {
    const { payments } = answeringAs({ ...stripe, names: { amount: 'total' } });
    expect(await errorOf(payments.paymentIntents.create(optionsOf({ body: { total: 1 } })))).toMatchObject({ problems: [{ field: 'providerOptions.generic.body.total' }] });
  });

  const keys = { honoured: 'documented', place: { member: 'request_key' }, alphabet: '.+', maximumLength: 64, window: null, except: ['paymentIntents.cancel'] } as const;
  const keyed = { ...stripe, limits: { ...stripe.limits, idempotency: { value: keys, source: 'a letter', confidence: 'documented' } } } as const;

  it('cannot have the member in which the idempotency key goes: the key would overwrite it', async () => {
    const { payments, requests } = answeringAs(keyed);
    const error = await errorOf(payments.paymentIntents.create(optionsOf({ body: { request_key: 'mine' } })));
    expect(error).toMatchObject({ outcome: 'not_sent', problems: [{ field: 'providerOptions.generic.body.request_key', remedy: expect.stringContaining('idempotencyKey') }] });
    expect(requests).toEqual([]);
  });

  it('may have that member where no key goes: in an operation without keys, or where the key goes into a header', async () => {
    const canceling = answeringAs(keyed, { status: 200, json: { ...fresh, status: 'canceled' } });
    await canceling.payments.paymentIntents.cancel(id, { providerOptions: { generic: { body: { request_key: 'mine' } } } });
    expect(canceling.requests.map(({ body }) => body)).toEqual(['request_key=mine']);
    expect(await bodyOf({ request_key: 'mine' })).toContain('request_key=mine');
  });

  it.each([{}, { generic: {} }])('may be left out: %j adds nothing', async (providerOptions) => {
    const { payments, requests } = answering({ status: 200, json: fresh });
    await payments.paymentIntents.create({ amount, providerOptions });
    expect(requests[0]?.body).toBe('amount=2000&currency=usd&capture_method=automatic');
  });

  it.each([
    ['what is no plain JSON', stripe, { at: new Date(0) }, 'is not as this adapter has it', 'plain JSON'],
    ["a neutral field's member", stripe, { amount: 1 }, 'belongs to a neutral field', 'Give the neutral field'],
    ['what a form cannot say', stripe, { expand: [] }, 'is empty', 'Leave it out'],
    ['the place of the key', keyed, { request_key: 'mine' }, 'the idempotency key', 'reference'],
  ])('that is refused for %s says what is wrong, and what to do', async (_what, profile, body, problem, remedy) => {
    const { problems } = await errorOf(answeringAs(profile).payments.paymentIntents.create(optionsOf({ body })));
    expect(problems).toMatchObject([{ problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
  });

  it('is sent to a service whose profile says nothing of keys', async () => {
    const { limits: _limits, ...profile } = stripe;
    const { payments, requests } = answeringAs(profile, { status: 200, json: fresh });
    await payments.paymentIntents.create(optionsOf({ body: { request_key: 'mine' } }));
    expect(requests[0]?.body).toBe('amount=2000&currency=usd&capture_method=automatic&request_key=mine');
  });

  it('may be an object without a prototype, as some parsers make them', async () => {
    expect(await bodyOf(Object.assign(Object.create(null) as object, { shipping: 'fast' }))).toContain('&shipping=fast');
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const round: unknown[] = [];
  round.push(round);
  it.each([
    ['a circle of lists', { body: { a: round } }],
    ['one wrong member among right ones', { body: { a: 1, b: { c: 'x', d: new Date(0) } } }],
    ['a function', { body: { a: () => 1 } }],
    ['a date', { body: { a: new Date(0) } }],
    ['undefined', { body: { a: [undefined] } }],
    ['NaN', { body: { a: Number.NaN } }],
    ['a bigint', { body: { a: 1n } }],
    ['half a character', { body: { a: '\ud800' } }],
    ['half a character in a name', { body: { 'a\udc00': 1 } }],
    ['a circle', { body: cyclic }],
    ['a list in its place', { body: [] }],
    ['text in its place', { body: 'a=1' }],
    ['__proto__', { body: JSON.parse('{"__proto__":{"amount":1}}') as unknown }],
    ['__proto__ deep inside', { body: JSON.parse('{"a":[{"__proto__":{"amount":1}}]}') as unknown }],
    ['an option that is not there', { headers: {} }],
  ])('with %s is refused, nothing sent', async (_what, options) => {
    const { payments, requests } = answering();
    expect(await errorOf(payments.paymentIntents.create(optionsOf(options)))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'providerOptions' }] });
    expect(requests).toEqual([]);
  });

  it('with what a form cannot say is refused, and said in JSON', async () => {
    const body = { automatic_payment_methods: {}, expand: [[]] };
    expect(await errorOf(answering().payments.paymentIntents.create(optionsOf({ body })))).toMatchObject({
      outcome: 'not_sent',
      problems: [{ field: 'providerOptions.generic.body.automatic_payment_methods' }, { field: 'providerOptions.generic.body.expand.0' }],
    });
    const { payments, requests } = answeringAs({ ...stripe, encoding: 'json' }, { status: 200, json: fresh });
    await payments.paymentIntents.create(optionsOf({ body }));
    expect(requests[0]?.body).toBe('{"amount":2000,"currency":"usd","capture_method":"automatic","automatic_payment_methods":{},"expand":[[]]}');
  });
});
