import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPayments, money, operationNames, PaymentError, supports, type PaymentsOptions } from '../index.js';
import { acme, apiKey, keys } from '../testing/acme.js';
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

  const noTime = ['is not a number of milliseconds above zero', 'Give milliseconds.'] as const;
  const noFunction = ['is not a function', 'Give one, or leave it out.'] as const;

  it.each<readonly [object, string, string, string]>([
    [{ adapter: null }, 'adapter', 'is not an adapter', 'payjp({ apiKey })'],
    [{ adapter: { ...acme(), operations: undefined } }, 'adapter', 'is not an adapter', 'payjp({ apiKey })'],
    [{ adapter: { ...acme(), readError: undefined } }, 'adapter', 'is not an adapter', 'payjp({ apiKey })'],
    [{ account: 'Jp' }, 'account', 'is not a name', "'shop-eu'"],
    [{ account: 7 }, 'account', 'is not a name', "'shop-eu'"],
    [{ baseUrl: 'ftp://example.com' }, 'baseUrl', 'is not an http(s) address', 'https://'],
    [{ baseUrl: 'http://example.com' }, 'baseUrl', 'is not encrypted', 'Use https'],
    [{ deadline: -1 }, 'deadline', ...noTime],
    [{ deadline: '80000' }, 'deadline', ...noTime],
    [{ deadline: Number.NaN }, 'deadline', ...noTime],
    [{ deadline: Number.POSITIVE_INFINITY }, 'deadline', ...noTime],
    [{ attemptTimeout: 0 }, 'attemptTimeout', ...noTime],
    [{ attemptTimeout: 2 ** 31 }, 'attemptTimeout', 'is longer than a timer can count', '2147483647'],
    [{ retries: -1 }, 'retries', 'is not a whole number from 0', 'Give 0 for none.'],
    [{ retries: '2' }, 'retries', 'is not a whole number from 0', 'Give 0 for none.'],
    [{ webhookSecret: [] }, 'webhookSecret', 'is not a text, or a list of texts', 'dashboard'],
    [{ webhookSecret: ['whsec_a', ' '] }, 'webhookSecret', 'is not a text, or a list of texts', 'dashboard'],
    [{ onExchange: 'log' }, 'onExchange', ...noFunction],
    [{ fetch: {} }, 'fetch', ...noFunction],
    [{ clock: 0 }, 'clock', ...noFunction],
    [{ sleep: 1_000 }, 'sleep', ...noFunction],
    [{ random: 4 }, 'random', ...noFunction],
    [{ timeout: 5 }, 'timeout', 'is not an option', 'adapter, account, baseUrl'],
  ])('%j is refused with its problem and what to do, and with nothing else', (options, field, problem, remedy) => {
    expect(thrownBy(configured(options)).problems).toEqual([{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
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
  it.each<readonly [string, object]>([
    ['the longest time that a timer counts', { attemptTimeout: 2 ** 31 - 1 }],
    ['a whole call longer than a timer counts', { deadline: 2 ** 31 }],
    ['no repetition', { retries: 0 }],
    ['two secrets during a change', { webhookSecret: ['whsec_old', 'whsec_new'] }],
    ['another header for keys, where the provider has no connected accounts', { adapter: acme({ connectedAccountHeader: null }), limits: keys({ place: { header: 'Request-Key' } }) }],
  ])('may have %s', (_what, options) => {
    expect(configured(options)).not.toThrow();
  });

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

  it('waits for what has a status that changes, and for nothing else', () => {
    const { attempts, events, refunds, setupIntents } = bench().payments;
    expect(Object.keys(attempts)).toEqual(['retrieve']);
    expect(Object.keys(events)).toEqual(['retrieve', 'list', 'iterate']);
    for (const resource of [refunds, setupIntents]) expect(Object.keys(resource)).toContain('waitFor');
  });

  it('has its operations for the objects of its own account, and none for those of another or of no account', () => {
    const { payments } = bench([], { adapter: some, account: 'shop' });
    expect(payments.operationsFor('shop:pi_1')).toEqual(payments.operations);
    for (const ref of ['acme:pi_1', 'pi_1', ':pi_1', '']) expect(payments.operationsFor(ref)).toEqual([]);
    expect([supports(payments, 'paymentIntents.capture', { ref: 'shop:pi_1' }), supports(payments, 'paymentIntents.capture', { ref: 'acme:pi_1' })]).toEqual([true, false]);
  });

  it('explains the request that it would send, to its own address, sending nothing', async () => {
    const { payments, requests } = bench([], { baseUrl: 'https://proxy.example/acme' });
    const explained = await payments.explain('paymentIntents.create', { amount: money(1000, 'EUR') });
    expect(explained).toMatchObject({ operation: 'paymentIntents.create', method: 'POST', url: 'https://proxy.example/acme/payments' });
    expect(JSON.stringify(explained)).not.toContain(apiKey);
    expect(requests).toHaveLength(0);
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

  const waiting = async (signal?: AbortSignal) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { fetch, requests } = scriptedFetch(refused, answer(200, payment({ status: 'processing' })));
    const payments = createPayments({ adapter: acme(), fetch, random: (count) => new Uint8Array(count).fill(255) });
    if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('Acme can retrieve.');
    const call = payments.paymentIntents.retrieve('pi_1', { ...(signal && { signal }) });
    // The request's own alarm is cleared by the time that only the pause is left.
    await vi.waitUntil(() => requests.length === 1 && vi.getTimerCount() === 1);
    return { call, requests };
  };

  it.each<readonly [string, AbortSignal | undefined]>([
    ['with a signal', new AbortController().signal],
    ['without a signal', undefined],
  ])('is waited for, by the clock, %s', async (_with, signal) => {
    const { call, requests } = await waiting(signal);
    vi.advanceTimersByTime(400);
    expect(requests).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect((await call).id).toBe('pi_1');
  });

  it('leaves nothing behind on a signal that lives longer than the call', async () => {
    const { signal } = new AbortController();
    const { call } = await waiting(signal);
    vi.advanceTimersByTime(600);
    await call;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends when the call is aborted, leaving no timer behind', async () => {
    const controller = new AbortController();
    const { call, requests } = await waiting(controller.signal);
    controller.abort();
    expect(await errorOf(call)).toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect([requests.length, vi.getTimerCount()]).toEqual([1, 0]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('does not begin when the caller has given up before it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const controller = new AbortController();
    const { fetch, requests } = scriptedFetch(answer(200, payment({ status: 'processing' })));
    const payments = createPayments({ adapter: acme(), fetch });
    if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('Acme can retrieve.');
    const givesUp = (): boolean => {
      controller.abort();
      return false;
    };
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', { until: givesUp }, { signal: controller.signal }))).toMatchObject({ code: 'aborted', currentStatus: 'processing' });
    expect([requests.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});
