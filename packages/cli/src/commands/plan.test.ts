import { expect, it } from 'vitest';
import { files, openShop } from '../testing/world.js';

const args = ['plan', '--from', 'jp', '--to', 'eu'];
const usage = (declared: object) => files({ 'usage.json': JSON.stringify(declared) });

it('ends with 0 where nothing in use is lost, and prints Markdown', async () => {
  const { run, jp, eu } = openShop();
  const { exitCode, out, err } = await run([...args, '--usage', 'usage.json'], usage({ currencies: ['EUR'], operations: ['paymentIntents.create'], fields: { 'paymentIntents.create': ['amount', 'customer'] } }));
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toMatch(/^# Migration from payjp payment_flows \(test\) to stripe \(test\)\n\n\*\*Nothing blocks\*\*/);
  expect([...jp.requests(), ...eu.requests()]).toEqual([]);
});

it('ends with 1 where something in use is not there, and names it', async () => {
  const { run } = openShop();
  const { exitCode, out } = await run(['plan', '--from', 'eu', '--to', 'jp', '--usage', 'usage.json', '--json'], usage({ operations: ['paymentIntents.incrementAuthorization'] }));
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ proceed: false, gaps: expect.arrayContaining([expect.objectContaining({ severity: 'blocks', subject: expect.stringContaining('incrementAuthorization') })]) });
});

it('observes as many payments as it is asked to, and only reads', async () => {
  const { run, pay, jp } = openShop();
  for (const reference of ['order-1', 'order-2', 'order-3']) await pay('jp', reference);
  const before = jp.requests().length;
  const { out } = await run([...args, '--observe', '2', '--json']);
  expect(JSON.stringify(JSON.parse(out).gaps)).toContain('"observed":2');
  expect(JSON.stringify(JSON.parse(out).gaps)).not.toContain('"observed":3');
  expect(jp.requests().slice(before).map(({ method }) => method)).toEqual(['GET']);
});

it('says that a plan without any usage says little', async () => {
  expect((await openShop().run(args)).err).toContain('give --usage, --observe or both');
});

it.each([
  ['an account that is not there', ['plan', '--from', 'jp', '--to', 'us'], {}, '--to is not the name of an account. Accounts are jp, eu.'],
  ['a usage with a misspelt member', [...args, '--usage', 'usage.json'], usage({ curencies: ['JPY'] }), 'usage'],
  ['a usage that is a list', [...args, '--usage', 'usage.json'], usage([]), '--usage is not a JSON object.'],
  ['no payment to observe', [...args, '--observe', '0'], {}, 'Give a whole number from 1.'],
  ['two formats at once', [...args, '--json', '--markdown'], {}, '--markdown and --json: choose one.'],
])('ends with 2 for %s', async (_what, wrong, world, says) => {
  const { exitCode, out, err } = await openShop().run(wrong, world);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(says);
});

it('cannot observe an account that has no list, and says what to give instead', async () => {
  const { run, env } = openShop();
  const { exitCode, err } = await run([...args, '--observe', '5'], { env: { ...env, ONEINTENT_JP_PROVIDER: 'paypercut' } });
  expect(exitCode).toBe(2);
  expect(err).toContain("--observe: the account jp can't list its payments. Give --usage.");
});
