import { describe, expect, it } from 'vitest';
import { drive, items, payjpDialects, withoutPaypercut, type Reply } from './testing/drive.js';

const fieldsOf = (reply: Reply): readonly unknown[] => (Array.isArray(reply.body['errors']) ? reply.body['errors'].map(({ field }) => field) : []);

describe.each(payjpDialects)('%s: what is refused', (dialect) => {
  const driver = drive({ dialect });
  const base = dialect === 'payjp_payment_flows' ? { amount: 1000, currency: 'jpy' } : { amount: 1000 };

  it.each([
    ['no amount', { amount: undefined }, 'amount'],
    ['a text for an amount', { amount: '1000' }, 'amount'],
    ['a fraction', { amount: 1000.5 }, 'amount'],
    ['49 yen', { amount: 49 }, 'amount'],
    ['ten million yen', { amount: 10_000_000 }, 'amount'],
    ['a return_url without confirm', { return_url: 'https://shop.example' }, 'return_url'],
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['an unknown type of payment method', { payment_method_types: ['cheque'] }, 'payment_method_types.0'],
    ['a fraction in metadata', { metadata: { weight: 1.5 } }, 'metadata.weight'],
    ['null in metadata', { metadata: { gift: null } }, 'metadata.gift'],
    ['a structure in metadata', { metadata: { a: { b: 'c' } } }, 'metadata.a'],
    ['21 keys of metadata', { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v'])) }, 'metadata'],
    ['null for a text', { description: null }, 'description'],
    ['a body that is no object', undefined, ''],
  ])('%s: 422 with the field', async (_name, change, field) => {
    const reply = change === undefined ? await driver.send('POST', driver.base, '[]') : await driver.post(driver.base, { ...base, ...change });
    expect(reply).toMatchObject({ status: 422, body: { title: 'Validation Error', code: 'validation_error', status: 422, instance: driver.base } });
    expect(fieldsOf(reply)).toEqual([field]);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
  });

  it('what is not JSON, or does not say that it is', async () => {
    expect((await driver.send('POST', driver.base, '{')).status).toBe(422);
    expect((await driver.send('POST', driver.base, JSON.stringify(base), { 'content-type': 'text/plain' })).status).toBe(422);
    expect((await driver.send('POST', driver.base)).status).toBe(422);
  });

  it('accepts no body, null and {} where the body is optional', async () => {
    for (const body of [undefined, 'null', '{}']) {
      const id = String((await driver.create({ method: 'succeeds' })).body['id']);
      expect((await driver.send('POST', `${driver.base}/${id}/confirm`, body)).status).toBe(200);
      const other = String((await driver.create()).body['id']);
      expect((await driver.send('POST', `${driver.base}/${other}/cancel`, body)).status).toBe(200);
    }
  });

  it('merges metadata, keeps integers and booleans, and deletes by an empty text', async () => {
    const id = String((await driver.create({ more: { metadata: { a: 'x', n: 3, yes: true, none: '' } } })).body['id']);
    expect((await driver.update(id, { metadata: { a: '', b: 'y' } })).body['metadata']).toEqual({ n: 3, yes: true, b: 'y' });
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, 'v']));
    expect((await driver.update(id, { metadata: many })).body).toMatchObject({ status: 400, title: 'Metadata Limit Exceeded' });
  });

  it('names a customer or payment method that does not exist: 404', async () => {
    const [customer, method] = dialect === 'payjp_payment_flows' ? ['customer_id', 'payment_method_id'] : ['customer', 'payment_method'];
    expect((await driver.post(driver.base, { ...base, [customer]: 'cus_other' })).status).toBe(404);
    expect((await driver.post(driver.base, { ...base, [customer]: driver.sandbox.customer, [method]: 'pm_other' })).status).toBe(404);
  });

  it('refuses a method whose type is not allowed', async () => {
    const reply = await driver.create({ method: 'succeeds', more: { payment_method_types: ['paypay'] } });
    expect(reply.body).toMatchObject({ status: 400, title: 'Payment Method Type Not Allowed', code: 'payment_method_not_in_allowed_types' });
  });
});

describe('payjp_payment_flows: its own rules', () => {
  const driver = drive({ dialect: 'payjp_payment_flows' });

  it('needs a currency, and yen', async () => {
    for (const currency of [undefined, 'JPY', 'eur']) expect(fieldsOf(await driver.post(driver.base, { amount: 1000, currency }))).toEqual(['currency']);
  });

  it('knows neither customer nor payment_method', async () => {
    expect(fieldsOf(await driver.post(driver.base, { amount: 1000, currency: 'jpy', customer: 'cus_sandbox', payment_method: 'pm_succeeds' }))).toEqual(['customer', 'payment_method']);
  });

  it('needs the customer of a payment method, at creation and at confirmation', async () => {
    const refused = { status: 400, title: 'Customer Required For Payment Method', code: 'customer_required_for_payment_method' };
    expect((await driver.create({ more: driver.method('succeeds') })).body).toMatchObject(refused);
    const id = String((await driver.create()).body['id']);
    expect((await driver.confirm(id, driver.method('succeeds'))).body).toMatchObject(refused);
  });

  it('captures from 50 yen, cancels for four reasons only, and knows no automatic_async', async () => {
    const id = String((await driver.create({ method: 'succeeds', confirm: true, manual: true })).body['id']);
    expect(fieldsOf(await driver.capture(id, 49))).toEqual(['amount_to_capture']);
    expect(fieldsOf(await driver.cancel(id, { cancellation_reason: 'abondoned' }))).toEqual(['cancellation_reason']);
    expect(fieldsOf(await driver.create({ more: { capture_method: 'automatic_async' } }))).toEqual(['capture_method']);
  });

  it('refuses to create and confirm without a payment method', async () => {
    expect((await driver.create({ confirm: true })).body).toMatchObject({ status: 400, code: 'missing_payment_method' });
  });
});

describe('payjp_payment_intents: its own rules', () => {
  const driver = drive({ dialect: 'payjp_payment_intents' });

  it('knows no currency, captures asynchronously unless told otherwise, and takes any reason', async () => {
    expect(fieldsOf(await driver.post(driver.base, { amount: 1000, currency: 'jpy' }))).toEqual(['currency']);
    const created = await driver.post(driver.base, { amount: 1000, payment_method: 'pm_succeeds', confirm: true });
    expect(created.body).toMatchObject({ capture_method: 'automatic_async', status: 'processing' });
    const other = await driver.post(driver.base, { amount: 1000 });
    expect((await driver.cancel(String(other.body['id']), { cancellation_reason: 'just so' })).status).toBe(200);
  });
});

describe('paypercut: what is refused', () => {
  const driver = drive({ dialect: 'paypercut' });
  const base = { amount: 1000, currency: 'EUR' };

  it.each([
    ['no currency', { currency: undefined }, 'missing_required_param', 'currency'],
    ['no amount', { amount: undefined }, 'missing_required_param', 'amount'],
    ['a text for an amount', { amount: '1000' }, 'parameter_invalid', 'amount'],
    ['nine digits', { amount: 100_000_000 }, 'amount_too_large', 'amount'],
    ['less than 50', { amount: 49 }, 'parameter_invalid', 'amount'],
    ['yen', { currency: 'JPY' }, 'parameter_invalid', 'currency'],
    ['metadata', { metadata: { a: 'b' } }, 'parameter_invalid', 'metadata'],
    ['description', { description: 'x' }, 'parameter_invalid', 'description'],
    ['off_session without confirm', { off_session: true }, 'parameter_invalid', 'off_session'],
    ['automatic_async', { capture_method: 'automatic_async' }, 'parameter_invalid', 'capture_method'],
  ])('%s', async (_name, change, code, param) => {
    expect(await driver.post(driver.base, { ...base, ...change })).toMatchObject({ status: 400, body: { type: 'invalid_request_error', code, param } });
  });

  it('a cancellation without a body', async () => {
    const id = String((await driver.create()).body['id']);
    expect((await driver.send('POST', `${driver.base}/${id}/cancel`)).status).toBe(400);
    expect((await driver.cancel(id)).status).toBe(200);
  });

  it('an expansion that is not documented; a documented one gives the object', async () => {
    const id = String((await driver.create({ method: 'succeeds' })).body['id']);
    expect((await driver.get(`${driver.base}/${id}?expand=latest_payment`)).body).toMatchObject({ code: 'parameter_invalid' });
    for (const query of ['expand=customer&expand=payment_method', 'expand=customer,payment_method', 'expand[]=customer&expand[]=payment_method'])
      expect((await driver.get(`${driver.base}/${id}?${query}`)).body).toMatchObject({ customer: { id: driver.sandbox.customer }, payment_method: { type: 'card' } });
  });
});

describe('stripe: what is refused', () => {
  const driver = drive({ dialect: 'stripe' });
  const refused = (code: string | undefined, param: string) => ({ status: 400, body: { error: { type: 'invalid_request_error', param, ...(code === undefined ? {} : { code }) } } });

  it.each([
    ['currency=eur', 'parameter_missing', 'amount'],
    ['amount=1000', 'parameter_missing', 'currency'],
    ['amount=10.5&currency=eur', 'parameter_invalid_integer', 'amount'],
    ['amount=&currency=eur', 'parameter_invalid_empty', 'amount'],
    ['amount=49&currency=eur', 'amount_too_small', 'amount'],
    ['amount=100000000&currency=eur', 'amount_too_large', 'amount'],
    ['amount=1005&currency=kwd', 'parameter_invalid_integer', 'amount'],
    ['amount=10050&currency=isk', 'parameter_invalid_integer', 'amount'],
    ['amount=1000&currency=eur&colour=red', 'parameter_unknown', 'colour'],
    ['amount=1000&currency=eur&payment_method_id=pm_1', 'parameter_unknown', 'payment_method_id'],
    ['amount=1000&currency=eur&metadata[a][b]=c', undefined, 'metadata[a]'],
    ['amount=1000&currency=eur&confirm=yes', undefined, 'confirm'],
    ['amount=1000&currency=eur&return_url=https://shop.example', undefined, 'return_url'],
    ['amount=1000&currency=eur&customer=cus_other', 'resource_missing', 'customer'],
    ['amount=1000&currency=eur&payment_method=pm_other', 'resource_missing', 'payment_method'],
    ['amount=1000&currency=eur&expand[]=everything', undefined, 'expand[0]'],
  ])('%s', async (form, code, param) => {
    expect(await driver.send('POST', driver.base, form)).toMatchObject(refused(code, param));
  });

  it('JSON', async () => {
    const reply = await driver.send('POST', driver.base, '{"amount":1000,"currency":"eur"}', { 'content-type': 'application/json' });
    expect(reply).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } });
  });

  it('amount and metadata at a confirmation', async () => {
    const id = String((await driver.create({ method: 'succeeds' })).body['id']);
    expect(await driver.confirm(id, { amount: 2000 })).toMatchObject(refused('parameter_unknown', 'amount'));
    expect(await driver.confirm(id, { metadata: { a: 'b' } })).toMatchObject(refused('parameter_unknown', 'metadata'));
  });

  it('a missing payment with 404', async () => {
    expect(await driver.retrieve('pi_nope')).toMatchObject({ status: 404, body: { error: { code: 'resource_missing', param: 'intent' } } });
  });

  it('reads every spelling of brackets and spaces', async () => {
    const form = 'amount=1000&currency=EUR&metadata%5Border%5D=a%20%26+b&metadata[__proto__]=p&payment_method_types[]=card&payment_method_types%5B1%5D=link&description=two+words';
    expect((await driver.send('POST', driver.base, form)).body).toMatchObject({ currency: 'eur', payment_method_types: ['card', 'link'], description: 'two words' });
    const [newest] = items(await driver.list('?limit=1'));
    expect(Object.entries(Object(newest?.['metadata']))).toEqual([['order', 'a & b'], ['__proto__', 'p']]);
  });

  it('clears by an empty text: one key of metadata, all of it, a description, a method', async () => {
    const created = await driver.create({ method: 'succeeds', more: { description: 'd', metadata: { a: '1', b: '2' } } });
    const id = String(created.body['id']);
    expect((await driver.update(id, { metadata: { a: '' }, description: '' })).body).toMatchObject({ metadata: { b: '2' }, description: null });
    expect((await driver.update(id, { metadata: '', payment_method: '' })).body).toMatchObject({ metadata: {}, payment_method: null, status: 'requires_payment_method' });
  });

  it('changes of the amount once it is held; a description may change', async () => {
    const id = String((await driver.create({ method: 'succeeds', confirm: true, manual: true })).body['id']);
    expect((await driver.update(id, { amount: 2000 })).body).toMatchObject({ error: { code: 'payment_intent_unexpected_state', payment_intent: { id } } });
    expect((await driver.update(id, { description: 'held' })).body).toMatchObject({ description: 'held' });
  });
});

it.each(withoutPaypercut)('%s: a key __proto__ is a key like any other', async (dialect) => {
  const driver = drive({ dialect });
  const metadata: unknown = JSON.parse('{"__proto__":"p","constructor":"c"}');
  const { body } = await driver.create({ more: { metadata } });
  expect(Object.entries(Object(body['metadata']))).toEqual([['__proto__', 'p'], ['constructor', 'c']]);
  expect(Object.prototype).not.toHaveProperty('p');
});
