import { expect, it } from 'vitest';
import { files, openShop } from '../testing/world.js';

const order = JSON.stringify({ amount: { minorUnits: 1000, currency: 'JPY' }, description: 'Tea for Hanako', confirm: false });

it('shows the request with its idempotency key, tells nothing personal, and sends nothing', async () => {
  const { run, jp } = openShop();
  const args = ['explain', 'paymentIntents.create', '--input', 'order.json', '--reference', 'order-1', '--json'];
  const { exitCode, out, err } = await run(args, files({ 'order.json': order }));
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ operation: 'paymentIntents.create', method: 'POST', url: expect.stringContaining('/v2/payment_flows'), body: { amount: 1000, description: '[redacted]' } });
  expect(out).not.toContain('Hanako');
  expect((await run(args, files({ 'order.json': order }))).out).toBe(out);
  expect(jp.requests()).toEqual([]);
});

it('reads the input from the standard input, and prints it for people', async () => {
  const { out } = await openShop().run(['explain', 'paymentIntents.create', '--account', 'jp', '--input', '-'], files({ '-': order }));
  expect(out).toMatch(/^POST https:\/\/jp\.sandbox\.invalid\/v2\/payment_flows\n[\s\S]*Authorization: \[redacted\]\n[\s\S]*"amount": 1000/);
});

it('ends with 1 and says why where the provider would refuse', async () => {
  const { exitCode, out } = await openShop().run(['explain', 'paymentIntents.create', '--input', 'order.json'], files({ 'order.json': JSON.stringify({ amount: { minorUnits: 10, currency: 'JPY' } }) }));
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^paymentIntents.create would be refused: invalid_request\n {2}amount/);
});

it.each([
  ['an unknown operation', ['paymentIntents.pay'], 'There is no such operation'],
  ['an unknown account', ['paymentIntents.create', '--account', 'us'], '--account is not the name of an account. Accounts are jp, eu.'],
  ['a file that is not there', ['paymentIntents.create', '--input', 'none.json'], 'none.json can\'t be read: there is no such file'],
  ['a file that is no JSON', ['paymentIntents.create', '--input', 'bad.json'], 'bad.json is not JSON.'],
  ['a file that is a list', ['paymentIntents.create', '--input', 'list.json'], '--input is not a JSON object.'],
])('ends with 2 for %s', async (_what, args, says) => {
  const { exitCode, out, err } = await openShop().run(['explain', ...args], files({ 'bad.json': '{"description": ', 'list.json': '[]' }));
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(says);
});
