import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPayments, money, operationNames, PaymentError, supports, type PaymentsOptions } from '../index.js';
import { acme, apiKey } from '../testing/acme.js';
import { bench, errorOf, payment, thrownBy } from '../testing/client.js';
import { answer, refused, scriptedFetch } from '../testing/scripted-fetch.js';

const configured = (options: object) => () => createPayments({ adapter: acme(), ...options } as PaymentsOptions);

describe('a configuration that is wrong', () => {
  it.each<readonly [string, object, string]>([
    ['no adapter', { adapter: undefined }, 'adapter'],
    ['something else in place of an adapter', { adapter: { hunted: 1 } }, 'adapter'],
    ['a factory in place of an adapter', { adapter: () => acme() }, 'adapter'],
    ['a name in upper case', { account: 'Hunted' }, 'account'],
    ['a name with a colon', { account: 'hunted:1' }, 'account'],
    ['an empty name', { account: '' }, 'account'],
    ['a provider whose name cannot name an account', { adapter: acme({ provider: 'Acme Pay' }) }, 'account'],
    ['no address', { baseUrl: 'hunted' }, 'baseUrl'],
    ['an address of another kind', { baseUrl: 'file:///hunted' }, 'baseUrl'],
    ['an address that is not encrypted', { baseUrl: 'http://hunted.example' }, 'baseUrl'],
    ['an address that only looks like loopback', { baseUrl: 'http://localhost.hunted.example' }, 'baseUrl'],
    ['no time', { deadline: 0 }, 'deadline'],
    ['text as time', { attemptTimeout: 'hunted' }, 'attemptTimeout'],
    ['more time than a timer can count, which would be none', { attemptTimeout: 2 ** 31 }, 'attemptTimeout'],
    ['half a repetition', { retries: 0.5 }, 'retries'],
    ['a fetch that is none', { fetch: 'hunted' }, 'fetch'],
    ['an observer that is none', { onExchange: {} }, 'onExchange'],
    ['a misspelt option', { acount: 'hunted' }, 'acount'],
  ])('%s is refused at start-up, naming the option but no value', (_what, options, field) => {
    const error = thrownBy(configured(options));
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems.map((problem) => problem.field)).toEqual([field]);
    expect(JSON.stringify(error).toLowerCase()).not.toContain('hunted');
  });

  it('is told in one message, with all that is wrong', () => {
    const error = thrownBy(configured({ account: 'A', baseUrl: 'x', deadline: -1, retries: -1 }));
    expect(error.problems.map(({ field }) => field)).toEqual(['account', 'baseUrl', 'deadline', 'retries']);
    for (const { field, remedy } of error.problems) expect(error.message).toMatch(new RegExp(`${field} .*${remedy.slice(0, 5)}`));
  });

  it('shows no key', () => {
    expect(inspect(thrownBy(configured({ account: 'A' })), { depth: null, showHidden: true })).not.toContain(apiKey);
  });
});

describe('a configuration that is right', () => {
  it.each(['http://localhost:4242', 'http://127.0.0.1:4242/', 'http://[::1]:4242', 'https://proxy.example/acme', 'http://acme.localhost'])('may lead to %s', (baseUrl) => {
    expect(configured({ baseUrl })).not.toThrow();
  });

  it('names the account after the provider, or as it says; every ref begins with it', async () => {
    expect(configured({})()).toMatchObject({ account: 'acme', provider: 'acme', livemode: false, dialect: null });
    expect((await bench([answer(200, payment())], { account: 'shop-eu' }).payments.paymentIntents.retrieve('pi_1')).ref).toBe('shop-eu:pi_1');
  });

  it('leads requests below its address, with or without a slash at the end', async () => {
    const { payments, requests } = bench([answer(200, payment())], { baseUrl: 'https://proxy.example/acme//' });
    await payments.paymentIntents.retrieve('pi_1');
    expect(String(requests[0]?.url)).toBe('https://proxy.example/acme/payments/pi_1');
  });
});

describe('a client', () => {
  const others = operationNames.filter((name) => !name.startsWith('paymentIntents.'));
  const some = acme({ without: [...others, 'paymentIntents.list', 'paymentIntents.cancel', 'paymentIntents.incrementAuthorization'] });

  it('says what it can do', () => {
    const { payments } = bench([], { adapter: some });
    expect(payments.operations).toEqual(['paymentIntents.create', 'paymentIntents.retrieve', 'paymentIntents.update', 'paymentIntents.confirm', 'paymentIntents.capture']);
    expect(payments.accepts('paymentIntents.capture')).toEqual(['amount']);
    expect(payments.accepts('paymentIntents.cancel')).toEqual([]);
  });

  it('shows the verbs that it has, and no others, in loops and prints', () => {
    const { paymentIntents } = bench([], { adapter: some }).payments;
    expect(Object.keys(paymentIntents)).toEqual(['create', 'retrieve', 'waitFor', 'update', 'confirm', 'capture']);
    expect(inspect(paymentIntents)).not.toContain('cancel');
    expect(Object.keys(bench([], { adapter: some }).payments)).not.toContain('refunds');
    expect(Object.keys(bench().payments.paymentIntents)).toContain('iterate');
  });

  it('refuses the verbs that it lacks with unsupported, nothing sent', async () => {
    const { payments, requests } = bench([], { adapter: some });
    const { paymentIntents } = payments;
    for (const call of [
      () => paymentIntents.cancel('pi_1'),
      () => paymentIntents.list(),
      () => paymentIntents.incrementAuthorization('pi_1', { amount: money(1000, 'EUR') }),
    ])
      expect(await errorOf(call())).toMatchObject({ code: 'unsupported', outcome: 'not_sent', provider: 'acme', account: 'acme' });
    expect(thrownBy(() => paymentIntents.iterate())).toMatchObject({ code: 'unsupported', operation: 'paymentIntents.list' });
    expect(requests).toHaveLength(0);
  });

  it('is safe to await, to inspect, to write to JSON and to clone by spreading', async () => {
    const { payments } = bench();
    expect(await payments).toBe(payments);
    expect(await payments.paymentIntents).toBe(payments.paymentIntents);
    const printed = `${inspect(payments, { depth: null, showHidden: true })}${JSON.stringify(payments)}${JSON.stringify({ ...payments })}`;
    expect(printed).not.toContain(apiKey);
  });

  it('cannot be changed', () => {
    const { payments } = bench();
    expect([Object.isFrozen(payments), Object.isFrozen(payments.paymentIntents), Object.isFrozen(payments.operations)]).toEqual([true, true, true]);
  });

  it('throws only errors of this library, with provider, account and operation', async () => {
    const { payments } = bench([answer(404, { problem: 'not_found', message: 'hunted' })], { account: 'shop' });
    const error = await errorOf(payments.paymentIntents.retrieve('pi_1'));
    expect(PaymentError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'not_found', outcome: 'rejected', retry: 'never', provider: 'acme', account: 'shop', operation: 'paymentIntents.retrieve', httpStatus: 404, providerCode: 'not_found' });
    expect(`${inspect(error)}${JSON.stringify(error)}`).not.toContain('hunted');
    expect(error.providerMessage?.reveal()).toBe('hunted');
  });
});

describe('the pause between repetitions, where none is injected', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const waiting = async (signal: AbortSignal) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { fetch, requests } = scriptedFetch(refused, answer(200, payment()));
    const payments = createPayments({ adapter: acme(), fetch, random: (count) => new Uint8Array(count).fill(255) });
    if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('Acme can retrieve.');
    const call = payments.paymentIntents.retrieve('pi_1', { signal });
    // The request's own alarm is cleared by the time that only the pause is left.
    await vi.waitUntil(() => requests.length === 1 && vi.getTimerCount() === 1);
    return { call, requests };
  };

  it('is waited for, by the clock', async () => {
    const { call, requests } = await waiting(new AbortController().signal);
    vi.advanceTimersByTime(400);
    expect(requests).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect((await call).id).toBe('pi_1');
  });

  it('ends when the call is aborted, leaving no timer behind', async () => {
    const controller = new AbortController();
    const { call, requests } = await waiting(controller.signal);
    controller.abort();
    expect(await errorOf(call)).toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect([requests.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});
