import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allDialects, drive } from './testing/drive.js';

const names = ['reason', 'charge', 'payment', 'payment_intent', 'payment_flow_id', 'usage', 'off_session', 'amount', 'currency', 'confirm', 'capture_method', 'metadata', 'customer', 'payment_method', 'payment_method_options', 'expand', 'amount_to_capture', '__proto__'];
const jsonBody = fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.constantFrom(...names), fc.jsonValue()).map((value) => JSON.stringify(value)));
const formName = fc.tuple(fc.constantFrom(...names), fc.array(fc.constantFrom('[card]', '[]', '[0]', '[__proto__]', '[', ']', '%5B%5D'), { maxLength: 3 })).map(([name, keys]) => name + keys.join(''));
const formBody = fc.array(fc.tuple(formName, fc.oneof(fc.string(), fc.constantFrom('1000', 'eur', 'true', 'card', '')))).map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'));

describe.each(allDialects)('%s: whatever arrives', (dialect) => {
  it('is answered in JSON, never by a fault of the sandbox', async () => {
    const driver = drive({ dialect });
    const { body: held } = await driver.create({ method: 'succeeds', confirm: true, manual: true });
    const path = fc.constantFrom('', `/${String(held['id'])}`, ...['confirm', 'capture', 'cancel', 'increment_authorization'].map((verb) => `/${String(held['id'])}/${verb}`), '/nope/capture', '/%E0%A4%A');
    const query = fc.constantFrom('', '?limit=1', '?limit[]=1', '?expand=x', '?expand[][a]=1', '?created[gte]=x', '?starting_after=', '?__proto__=1', '?last_key=x', '?payment_intent=x&charge=y', '?status[]=x');
    const setup = String((await driver.setup()).body['id']);
    const others = fc.constantFrom(driver.refunds, `${driver.refunds}/nope`, `${driver.refunds}/nope/cancel`, driver.setups, `${driver.setups}/${setup}`, `${driver.setups}/${setup}/confirm`, `${driver.setups}/${setup}/cancel`);
    const anywhere = fc.oneof(path.map((place) => `${driver.base}${place}`), others);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'POST', 'DELETE'), anywhere, query, fc.oneof(jsonBody, formBody), async (method, place, search, body) => {
        const reply = await driver.send(method, `${place}${search}`, method === 'GET' ? undefined : body);
        expect(reply.status).toBeLessThan(500);
        expect(reply.headers.get('content-type')).toMatch(/^application\/(problem\+)?json$/);
      }),
      { numRuns: 400 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

it('stripe: automatic payment methods, shipping and other structures are echoed', async () => {
  const driver = drive({ dialect: 'stripe' });
  const shipping = { name: 'Ana', address: { city: 'Sofia', line1: '1 Vitosha Blvd' } };
  const { body } = await driver.create({ more: { automatic_payment_methods: { enabled: true }, shipping, allowed_payment_method_types: ['card', 'link'] } });
  expect(body).toMatchObject({ automatic_payment_methods: { enabled: true, allow_redirects: 'always' }, shipping, payment_method_types: ['card', 'link'] });
});
