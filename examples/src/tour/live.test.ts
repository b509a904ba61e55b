import type { Fetch } from '@oneintent/core';
import { createSandbox, serve, type Sandbox, type Served } from '@oneintent/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { command } from './command.js';
import { plain } from './print.js';
import { providers, type Provider } from './providers.js';

const apiKey = 'sk_test_sandbox';
const keys = Object.fromEntries(providers.map(({ variable }) => [variable, apiKey]));

let opened: Served[] = [];
afterEach(async () => {
  await Promise.all(opened.map((served) => served.close()));
  opened = [];
});

/** The provider's test mode, as far as the tour can tell. */
const testMode = async ({ dialect }: Provider): Promise<{ readonly sandbox: Sandbox; readonly origin: string }> => {
  const sandbox = createSandbox({ dialect });
  const served = await serve(sandbox);
  opened.push(served);
  return { sandbox, origin: served.origin };
};

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = keys) => {
  const written: string[] = [];
  let requests = 0;
  const counting: Fetch = (input, init) => {
    requests += 1;
    return fetch(input, init);
  };
  const code = await command(args, { env, write: (text) => written.push(text), paint: plain, width: 136, fetch: counting, run: 'tour-test' });
  return { code, text: written.join(''), requests };
};

const cards = ({ customer, paymentMethods }: Sandbox, good: keyof Sandbox['paymentMethods'] = 'succeeds'): readonly string[] =>
  ['--customer', customer, '--payment-method', paymentMethods[good], '--declined-payment-method', paymentMethods.card_declined];

describe.each(providers)('a live run at $title', (provider) => {
  it('does everything that needs neither a browser nor webhooks once it has payment methods, and takes no more than it says', async () => {
    const { sandbox, origin } = await testMode(provider);
    const { code, text } = await run(['--live', provider.name, '--base-url', origin, ...cards(sandbox)]);
    expect(text).toContain('As promised, as far as it was tested: 8 of 12 scenes.');
    expect(code).toBe(0);
    expect(text.match(/not tested: .*/g)).toEqual([
      'not tested: only the customer, in a browser, can pass it',
      'not tested: only the customer, in a browser, can give it',
      'not tested: the provider cannot reach this machine',
      'not tested: it needs two providers, and this run has one',
    ]);
    expect(sandbox.ledger().map(({ status, captured }) => `${status} ${captured}`)).toEqual([
      'canceled 0', 'succeeded 800', 'succeeded 500', 'succeeded 300', 'canceled 0', 'succeeded 700', 'succeeded 900',
    ]); // prettier-ignore
    expect(sandbox.ledger().flatMap(({ refunds }) => refunds.map(({ amount }) => amount))).toEqual([300, 200]);
  });

  it('prints no key, and not the authorisation', async () => {
    const { sandbox, origin } = await testMode(provider);
    const { text } = await run(['--live', provider.name, '--base-url', origin, ...cards(sandbox)]);
    expect(text).not.toContain(apiKey);
    expect(text).not.toMatch(/Bearer|_secret_/);
  });

  it('cancels what it had to leave open', async () => {
    const { sandbox, origin } = await testMode(provider);
    const { text } = await run(['--live', provider.name, '--base-url', origin, ...cards(sandbox, 'three_d_secure')]);
    expect(text).toContain("not tested: the provider asks for 3-D Secure, which needs the customer's browser");
    expect(text).toMatch(/Cleaned up: [1-9]\d* open payments? canceled\./);
    expect(sandbox.ledger().filter(({ status }) => status !== 'canceled' && status !== 'succeeded')).toEqual([]);
  });

  it('says that a key which is not accepted is not, once, and goes no further', async () => {
    const { origin } = await testMode(provider);
    const wrong = 'sk_test_other';
    const { code, text, requests } = await run(['--live', provider.name, '--base-url', origin], { [provider.variable]: wrong });
    expect(code).toBe(1);
    expect(text).toContain('✗ authentication:');
    expect(text).toContain('not tested: the API key is not accepted');
    expect(text).not.toContain(wrong);
    expect(requests).toBe(1);
  });
});

describe.each(providers.filter(({ testMethods }) => testMethods === undefined))('a live run at $title without a payment method', (provider) => {
  it('does what needs none and says what the rest needs', async () => {
    const { sandbox, origin } = await testMode(provider);
    const { code, text } = await run(['--live', provider.name, '--base-url', origin]);
    expect(code).toBe(0);
    expect(text).toContain('As promised, as far as it was tested: 2 of 12 scenes.');
    expect(text).toContain('not tested: a browser has to make a payment method first; give its id with --payment-method');
    expect(sandbox.ledger().map(({ status, captured }) => ({ status, captured }))).toEqual([{ status: 'canceled', captured: 0 }]);
  });
});

describe('nothing is sent, and the exit code is 2', () => {
  it.each(providers)('when the key for $name is missing, and the message says what to set', async ({ name, variable }) => {
    const { code, text, requests } = await run(['--live', name], {});
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).toContain(`set ${variable} to a test key`);
  });

  it.each(providers)('when the key for $name is a live key, which is not printed', async ({ name, variable }) => {
    const { code, text, requests } = await run(['--live', name], { [variable]: 'sk_live_0123456789' });
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).toContain(`${variable} holds a live key`);
    expect(text).not.toContain('0123456789');
  });

  it('when the key is something else, which is not printed', async () => {
    const { code, text, requests } = await run(['--live', 'payjp'], { PAYJP_API_KEY: 'pk_test_0123456789' });
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).not.toContain('0123456789');
  });

  it('when a payment method is given that the provider takes only with its customer', async () => {
    const { code, text, requests } = await run(['--live', 'payjp', '--payment-method', 'pm_1']);
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).toContain('Give the customer that owns it');
  });

  it('when the address would carry the key unencrypted', async () => {
    const { code, text, requests } = await run(['--live', 'payjp', '--base-url', 'http://api.example.com']);
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).toContain('is not encrypted');
  });

  it.each([
    ['an unknown option', ['--fast'], 'There is no option --fast.'],
    ['an unknown provider', ['--live', 'acme'], '--live takes one of payjp, payjp_payment_intents, paypercut, stripe.'],
    ['an option of --live without it', ['--customer', 'cus_1'], 'These options go with --live <provider>.'],
    ['--live without a provider', ['--live'], '--live is not used as the help says.'],
    ['a key among the arguments', ['sk_test_0123456789'], 'There are no arguments other than options.'],
  ])('for %s, with the help', async (_what, args, problem) => {
    const { code, text, requests } = await run(args);
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(text).toContain(problem);
    expect(text).toContain('Usage: npm start');
    expect(text).not.toContain('0123456789');
  });
});

describe('--help', () => {
  it('explains every option and names the variable of every provider', async () => {
    const { code, text } = await run(['--help']);
    expect(code).toBe(0);
    for (const word of ['--live', '--payment-method', '--declined-payment-method', '--customer', '--base-url', ...providers.flatMap(({ name, variable }) => [name, variable])])
      expect(text).toContain(word);
  });
});
