import { inspect } from 'node:util';
import { createPayments, paymentsFromConfig, Secret, type SelectionConfig } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { paypercut, type PaypercutOptions } from './index.js';
import { fresh } from './testing/payloads.js';
import { answering, errorOf } from './testing/wire.js';

/** What JavaScript may pass, whatever the types say. */
const untyped = (options: unknown): PaypercutOptions => options as PaypercutOptions;

describe('the configuration', () => {
  it.each([
    ['sk_test_a', false],
    ['sk_live_a', true],
  ])('%s says the mode', (apiKey, livemode) => {
    expect(createPayments({ adapter: paypercut({ apiKey }) }).livemode).toBe(livemode);
    expect(paypercut({ apiKey: new Secret(apiKey) }).livemode).toBe(livemode);
  });

  it.each(['', 'pk_test_public', 'sk_other_a', 'sk_test_', 'sk_test_a\nX-Other: 1', ' sk_test_a'])('refuses the key %j', (apiKey) => {
    const problem = apiKey.startsWith('pk_') ? 'is a public key, which is for browsers' : 'is not a secret key of Paypercut';
    expect(() => paypercut({ apiKey })).toThrow(expect.objectContaining({
      code: 'configuration', outcome: 'not_sent', provider: 'paypercut', problems: [{ field: 'apiKey', problem, remedy: expect.stringContaining('sk_test_ or sk_live_') }],
    }));
  });

  it.each([undefined, {}, { apiKey: 7 }, { apiKey: ['sk_test_a'] }, { apiKey: new Secret(7) }, { apiKey: new Secret(['sk_test_a']) }])('refuses what is no key', (options) => {
    expect(() => paypercut(untyped(options))).toThrow('begins with sk_test_ or sk_live_');
  });

  it('says that a public key is for browsers, without quoting it', () => {
    expect(() => paypercut({ apiKey: 'pk_test_0123456789' })).toThrow(/^(?!.*0123456789).*is a public key, which is for browsers/);
  });
});

describe('the adapter that it makes', () => {
  it("acts for a connected account, and for none that was not named, in Paypercut's header", async () => {
    const accounts: (string | null)[] = [];
    const payments = createPayments({
      adapter: paypercut({ apiKey: 'sk_test_a' }),
      fetch: async (_address, init) => {
        accounts.push(new Headers(init?.headers).get('Paypercut-Account'));
        return Response.json(fresh);
      },
    });
    await payments.paymentIntents.retrieve(fresh.id, { connectedAccount: 'ac_1' });
    await payments.paymentIntents.retrieve(fresh.id);
    expect(accounts).toEqual(['ac_1', null]);
  });

  it('refuses to cancel what has been paid, nothing sent, and says from where Paypercut does: not while it is working', async () => {
    const { payments, requests } = answering({ status: 200, json: { ...fresh, status: 'succeeded' } });
    const paid = await payments.paymentIntents.retrieve(fresh.id);
    expect(await errorOf(payments.paymentIntents.cancel(paid))).toMatchObject({
      outcome: 'not_sent',
      problems: [{ field: 'target', remedy: 'It is possible from requires_payment_method, requires_confirmation, requires_action, requires_capture.' }],
    });
    expect(requests).toHaveLength(1);
  });

  it('says how sure each of its facts is, and where it stands', () => {
    const { limits, legalFrom } = paypercut({ apiKey: 'sk_test_a' });
    const { lists, ...documented } = limits;
    expect(lists).toEqual({ value: 'unknown', confidence: 'unverified', source: expect.stringContaining('is not published') });
    for (const fact of [...Object.values(documented), ...Object.values(legalFrom)]) expect(fact).toMatchObject({ confidence: 'documented', source: expect.stringMatching(/./) });
  });
});

describe('Paypercut, chosen by name in a configuration', () => {
  /** As a configuration that was read from a file: nothing is known of its type. */
  const chosen = (options: object) => paymentsFromConfig({ accounts: { bg: { provider: 'paypercut', ...options } } } as SelectionConfig, { paypercut: () => import('./index.js') });

  it('is made with the key, sealed or not', async () => {
    for (const apiKey of ['sk_live_a', new Secret('sk_live_a')])
      expect((await chosen({ apiKey }).catch((error: unknown) => error))).toMatchObject({ problems: [{ field: 'accounts.bg.apiKey', problem: expect.stringContaining('is a live key') }] });
    expect((await chosen({ apiKey: new Secret('sk_test_a') })).default).toMatchObject({ provider: 'paypercut', account: 'bg', livemode: false });
  });

  it.each([
    ['no key', {}, 'is missing'],
    ['a key for browsers', { apiKey: 'pk_test_0123456789' }, 'is a public key'],
    ['what is no key', { apiKey: 7 }, 'is not a secret key'],
  ])('%s is refused, saying what to give, without the value', async (_what, options, problem) => {
    const error = await chosen(options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'configuration', problems: [{ field: 'accounts.bg.apiKey', problem: expect.stringContaining(problem), remedy: expect.stringContaining('sk_test_ or sk_live_') }] });
    expect(inspect(error, { depth: 9 })).not.toContain('0123456789');
  });
});
