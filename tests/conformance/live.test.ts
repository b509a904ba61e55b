import { conformanceMarkdown } from '@oneintent/core/conformance';
import { createSandbox, serve, type Sandbox, type Served } from '@oneintent/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { configurations } from './configurations.ts';
import { liveProviders, runLive, type LiveArguments, type LiveProvider, type LiveWorld } from './live.ts';

const apiKey = 'sk_test_sandbox';
const keys = Object.fromEntries(liveProviders.map(({ variable }) => [variable, apiKey]));

let opened: Served[] = [];
afterEach(async () => {
  await Promise.all(opened.map((served) => served.close()));
  opened = [];
});

/** The provider's test account: one for the whole run, with what others have made there before. */
const testAccount = async ({ configuration }: LiveProvider): Promise<{ readonly sandbox: Sandbox; readonly given: Omit<LiveArguments, 'live'> }> => {
  const dialect = configurations.find(({ name }) => name === configuration)?.dialect;
  if (dialect === undefined) throw new Error(`There is no configuration ${configuration}.`);
  const sandbox = createSandbox({ dialect });
  const served = await serve(sandbox);
  opened.push(served);
  const { customer, paymentMethods } = sandbox;
  const names = ['succeeds', 'card_declined', 'insufficient_funds', 'expired_card', 'three_d_secure'] as const;
  return { sandbox, given: { 'base-url': served.origin, pause: '0', customer, 'payment-method': names.map((name) => `${name}=${paymentMethods[name]}`) } };
};

const run = async (given: LiveArguments, world: Partial<LiveWorld> = {}) => {
  const lines: string[] = [];
  const progress: string[] = [];
  let requests = 0;
  const counting: LiveWorld['fetch'] = (input, init) => {
    requests += 1;
    return fetch(input, init);
  };
  const end = await runLive(given, { env: keys, write: (line) => lines.push(line), progress: (text) => progress.push(text), now: () => Date.parse('2026-11-21T12:00:00Z'), fetch: counting, ...world });
  return { ...end, lines, progress, text: [...lines, ...progress].join('\n'), requests };
};

/** What reads answers in a thousand ways is left out for its time, and so is what needs the books, which nobody has at a provider. */
const quick = '^(?!faults/|races/)(?!.*/(missing-optionals|other-words|drift|secrecy|absent|ids-encoded|fields-sent|time-and-mode|own-faults|connected-account)$)';

const isOpen = ({ status }: { readonly status: string }): boolean => status !== 'succeeded' && status !== 'canceled';

describe.each(liveProviders)('the suite at the test account of $name', (provider) => {
  it('proves what can be proven there, says what could not be tested, and leaves nothing open that can be canceled', { timeout: 60_000 }, async () => {
    const { sandbox, given } = await testAccount(provider);
    const { exitCode, report, lines, progress, text } = await run({ ...given, live: provider.name, only: quick });
    expect(report?.results.filter(({ result }) => result === 'failed' || result === 'deviates')).toEqual([]);
    expect(exitCode).toBe(0);
    const proven = report?.results.filter(({ result }) => result === 'proven').map(({ id }) => id);
    expect(proven).toEqual(expect.arrayContaining(['paymentIntents.create/key', 'paymentIntents.create/aborted-after', 'paymentIntents.retrieve/not-found']));
    expect(lines[0]).toMatch(/: [1-9]\d+ proven at the provider, 2026-11-21; 0 failed, [1-9]\d+ not tested, 0 deviate/);
    expect(text).toMatch(/not tested, \d+: no ledger \(the provider's own books cannot be asked\)/);
    expect(progress.at(-2)).toBe(`${provider.configuration}: ${report?.results.length} of ${report?.results.length} promises, 0 failed`);
    expect(sandbox.ledger().length).toBeGreaterThan(10);
    const [named, nameless] = [true, false].map((isNamed) => lines.filter((line) => /^ {2}(payment|setup)_intent /.test(line) && !line.includes('whose id is not known') === isNamed));
    expect(sandbox.setups().filter(({ id, ...setup }) => isOpen(setup) && !named?.some((line) => line.includes(id)))).toEqual([]);
    expect(sandbox.ledger().filter(isOpen).length).toBeLessThanOrEqual(nameless?.length ?? 0);
    expect(report === null ? '' : conformanceMarkdown([report])).toContain('proven at the provider (2026-11-21)');
    for (const printed of [text, JSON.stringify(report)]) expect(printed).not.toContain(apiKey);
  });

  it('goes no further than one payment when the key is not accepted', async () => {
    const { given } = await testAccount(provider);
    const wrong = 'sk_test_other';
    const { exitCode, report, text, requests } = await run({ ...given, live: provider.name }, { env: { [provider.variable]: wrong } });
    expect({ exitCode, report, requests }).toEqual({ exitCode: 1, report: null, requests: 1 });
    expect(text).toContain(`Look at the key in ${provider.variable}.`);
    expect(text).not.toContain(wrong);
  });
});

it('without a payment method what needs none is proven, and it says how to give one', async () => {
  const [provider] = liveProviders;
  if (provider === undefined) throw new Error('There is no provider.');
  const { given } = await testAccount(provider);
  const { exitCode, text } = await run({ ...given, live: provider.name, 'payment-method': [], only: '^paymentIntents.(create|cancel)/' });
  expect(exitCode).toBe(0);
  expect(text).toMatch(/ [1-9]\d* proven/);
  expect(text).toMatch(/not tested, \d+: no succeeds \(give one with --payment-method succeeds=ID\)/);
});

it('a run that is stopped ends the promise that it is at, puts it away and says how far it came', async () => {
  const [provider] = liveProviders;
  if (provider === undefined) throw new Error('There is no provider.');
  const { sandbox, given } = await testAccount(provider);
  const stop = new AbortController();
  const { exitCode, report, text } = await run({ ...given, live: provider.name, only: '^paymentIntents.create/' }, { signal: stop.signal, progress: () => stop.abort() });
  expect([exitCode, report?.results.length]).toEqual([1, 1]);
  expect(text).toMatch(/Stopped after 1 of \d+ promises\./);
  expect(sandbox.ledger().filter(isOpen)).toEqual([]);
});

describe('nothing is sent, and the exit code is 2', () => {
  it.each(liveProviders)('when the key for $name is missing, and the message says what to set', async ({ name, variable }) => {
    const { exitCode, report, text, requests } = await run({ live: name }, { env: {} });
    expect({ exitCode, report, requests }).toEqual({ exitCode: 2, report: null, requests: 0 });
    expect(text).toContain(`set ${variable} to a secret test key`);
  });

  it.each([
    ['the key is a live key', { live: 'stripe' }, { STRIPE_API_KEY: 'sk_live_0123456789' }, 'STRIPE_API_KEY holds a live key'],
    ['the key is a public one', { live: 'stripe' }, { STRIPE_API_KEY: 'pk_test_0123456789' }, 'does not hold a secret test key'],
    ['the provider is not known', { live: 'acme' }, keys, '--live takes one of payjp, payjp_payment_intents, paypercut, stripe.'],
    ['a payment method has another name', { live: 'stripe', 'payment-method': ['visa=pm_1'] }, keys, '--payment-method is [NAME=]ID'],
    ['the pause is none', { live: 'stripe', pause: 'short' }, keys, '--pause is a number of milliseconds'],
    ['the pattern is none', { live: 'stripe', only: '(' }, keys, 'Invalid regular expression'],
    ['a payment method comes without the customer that owns it', { live: 'payjp', 'payment-method': ['pm_1'] }, keys, 'customer'],
    ['the address would carry the key unencrypted', { live: 'payjp', 'base-url': 'http://api.example.com' }, keys, 'is not encrypted'],
  ])('when %s', async (_when, given: LiveArguments, env, problem) => {
    const { exitCode, report, text, requests } = await run(given, { env });
    expect({ exitCode, report, requests }).toEqual({ exitCode: 2, report: null, requests: 0 });
    expect(text).toContain(problem);
    expect(text).not.toContain('0123456789');
  });
});
