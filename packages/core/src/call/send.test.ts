import { describe, expect, it, vi } from 'vitest';
import type { AnyAdapter, WireRequest } from '../contract/adapter.js';
import { acme, apiKey, keys } from '../testing/acme.js';
import { payment, start } from '../testing/client.js';
import { answer, lost, rawAnswer, refused, scriptedFetch, silence, type Reply } from '../testing/scripted-fetch.js';
import { contextOf } from '../client/configure.js';
import type { ExchangeEvent, ExchangeHook } from '../transport/events.js';
import type { Transport } from '../transport/transport.js';
import { callOf } from '../testing/call.js';
import type { CallContext } from './context.js';
import { send } from './send.js';

const done = answer(200, payment());
const fault = (status: number, problem: string, headers: Readonly<Record<string, string>> = {}): Reply => answer(status, { problem, message: 'hunted' }, headers);

/** What differs from a confirmation whose key protects. */
interface Sending extends Partial<Pick<CallContext, 'connectedAccount' | 'operation'>> {
  readonly keyless?: true;
  readonly endsAt?: number;
  readonly retries?: number;
  readonly request?: WireRequest;
}

interface Setup {
  readonly adapter?: AnyAdapter;
  readonly step?: Sending;
  readonly transport?: Partial<Transport>;
}

/** Sends a confirmation whose key protects, unless said otherwise. Every pause is half of its limit. */
const sending = async (replies: readonly Reply[], { adapter = acme(), step = {}, transport }: Setup = {}) => {
  const { fetch, requests } = scriptedFetch(...replies);
  const slept: number[] = [];
  let now = start;
  const { keyless, request, retries = 2, ...call } = step;
  const limits = { ...adapter.limits, ...keys({ honoured: 'no' }) };
  const client = contextOf({ adapter: keyless === true ? { ...adapter, limits } : adapter, account: 'shop', baseUrl: 'https://api.acme.example/v1' });
  const own: Transport = {
    fetch,
    clock: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
    random: (count) => new Uint8Array(count).fill(128),
    attemptTimeout: 1_000,
    retries,
    onExchange: undefined,
    ...transport,
  };
  const context = callOf({ ...client, transport: own }, call);
  const wire: WireRequest = request ?? { method: 'POST', path: '/payments/pi_1/confirm', body: { paymentMethod: 'hunted' }, query: { limit: 1 } };
  const sent = await send(context, { operation: context.operation, request: () => wire, until: 'endsAt' });
  return { sent, requests, slept };
};

const unprotected: Sending = { keyless: true };
const reading: Sending = { operation: 'paymentIntents.retrieve', keyless: true };

describe('what is sent again', () => {
  it.each<readonly [string, Reply, Sending, number]>([
    ['what never left, whatever protects', refused, unprotected, 2],
    ['a refusal for too many requests in the provider’s own format', fault(429, 'rate_limited'), unprotected, 2],
    ['too many requests by a proxy, without a key', rawAnswer(429, 'slow down'), unprotected, 1],
    ['too many requests by a proxy, with a key', rawAnswer(429, 'slow down'), {}, 2],
    ['a lost answer, without a key', lost, unprotected, 1],
    ['a lost answer, with a key', lost, {}, 2],
    ['a lost answer of a reading', lost, reading, 2],
    ['a 500, without a key', fault(500, 'provider_unavailable'), unprotected, 1],
    ['a 500, with a key', fault(500, 'provider_unavailable'), {}, 2],
    ['a 503 of a proxy, with a key', rawAnswer(503, ''), {}, 2],
    ['a 503 of a proxy, of a reading', rawAnswer(503, ''), reading, 2],
    ['a request still running, with a key', fault(409, 'idempotency_in_progress'), {}, 2],
    ['a request still running, without a key', fault(409, 'idempotency_in_progress'), unprotected, 1],
    ['an invalid request', fault(400, 'invalid_request'), {}, 1],
    ['a key used for other content', fault(400, 'idempotency_key_reused'), {}, 1],
    ['a decline', fault(402, 'declined'), {}, 1],
    ['a redirect', rawAnswer(302, null, { location: '/' }), {}, 1],
    ['a 500 that forbids it', fault(500, 'provider_unavailable', { 'acme-should-retry': 'false' }), {}, 1],
    ['a refusal that asks for it, with a key', fault(400, 'invalid_request', { 'acme-should-retry': 'true' }), {}, 2],
    ['a refusal that asks for it, without a key', fault(400, 'invalid_request', { 'acme-should-retry': 'true' }), unprotected, 1],
    ['a success that cannot be read', rawAnswer(200, '<html>'), {}, 1],
  ])('%s: %#', async (_what, first, step, expected) => {
    const { requests } = await sending([first, done], { step });
    expect(requests).toHaveLength(expected);
  });

  it('is the very same request, key and all', async () => {
    const { requests } = await sending([lost, refused, done]);
    const seen = requests.map(({ method, url, body, headers }) => ({ method, url: String(url), body, key: headers.get('idempotency-key') }));
    const first = { method: 'POST', url: 'https://api.acme.example/v1/payments/pi_1/confirm?limit=1', body: '{"paymentMethod":"hunted"}', key: 'key_1' };
    expect(seen).toEqual([first, first, first]);
  });

  it('stops after the tries that are allowed', async () => {
    expect((await sending([refused, refused, refused])).sent).toMatchObject({ tries: 3, classification: { kind: 'failed', code: 'network' } });
    expect((await sending([refused], { step: { retries: 0 } })).requests).toHaveLength(1);
  });
});

describe('a later answer after a try that may have acted', () => {
  it.each<readonly [string, readonly Reply[], boolean]>([
    ['is uncertain after a lost one', [lost, fault(400, 'invalid_request')], true],
    ['is uncertain after a 500', [rawAnswer(500, ''), refused, fault(400, 'invalid_request')], true],
    ['is certain after what never left', [refused, fault(400, 'invalid_request')], false],
    ['is certain after a refusal for too many', [fault(429, 'rate_limited'), fault(400, 'invalid_request')], false],
  ])('%s', async (_what, replies, uncertain) => {
    expect((await sending(replies)).sent.uncertain).toBe(uncertain);
  });
});

describe('the pauses', () => {
  it('grow', async () => {
    expect((await sending([refused, refused, done])).slept).toEqual([250, 500]);
  });

  it('are as long as the provider asks, in seconds or by a date', async () => {
    const { slept } = await sending([fault(429, 'rate_limited', { 'retry-after': '7' }), fault(429, 'rate_limited', { 'retry-after': 'Fri, 10 Apr 2026 05:00:30 GMT' }), done]);
    expect(slept).toEqual([7_000, 23_000]);
  });

  it('never go past the end of the call: it ends instead, saying what the provider asked for', async () => {
    const { sent, slept, requests } = await sending([fault(429, 'rate_limited', { 'retry-after': '60' }), done]);
    expect({ slept, tries: requests.length, retryAfter: sent.retryAfter }).toEqual({ slept: [], tries: 1, retryAfter: 60 });
  });

  it('end with the call when it is aborted, and then nothing is sent again', async () => {
    const sleep = () => Promise.reject(new DOMException('aborted', 'AbortError'));
    const { sent, requests } = await sending([lost, done], { transport: { sleep } });
    expect(requests).toHaveLength(1);
    expect(sent).toMatchObject({ uncertain: true, classification: { code: 'network', outcome: 'unknown' } });
  });
});

describe('the time', () => {
  const answersAfter =
    (milliseconds: number): Reply =>
    async (received) => {
      await Promise.race([new Promise((next) => { setTimeout(next, milliseconds); }), silence(received)]);
      return done(received);
    }; // prettier-ignore
  const after = async (milliseconds: number, setup: Setup) => {
    vi.useFakeTimers();
    try {
      const call = sending([answersAfter(milliseconds)], { ...setup, step: { ...setup.step, retries: 0 } });
      await vi.advanceTimersByTimeAsync(10_000);
      return (await call).sent.classification;
    } finally {
      vi.useRealTimers();
    }
  };

  it('of one try is as long as it is allowed', async () => {
    expect(await after(900, { transport: { attemptTimeout: 1_000 } })).toMatchObject({ kind: 'success' });
    expect(await after(1_100, { transport: { attemptTimeout: 1_000 } })).toMatchObject({ kind: 'failed', code: 'timeout', outcome: 'unknown' });
  });

  it('of one try ends with the whole call', async () => {
    expect(await after(900, { step: { endsAt: start + 500 } })).toMatchObject({ kind: 'failed', code: 'timeout', outcome: 'unknown' });
  });
});

describe('the request', () => {
  it('is authorised, has the adapter’s headers, and names the connected account', async () => {
    const { requests } = await sending([done], { step: { connectedAccount: 'acct_1' } });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json, application/problem+json',
      'acme-version': '1',
      'acme-account': 'acct_1',
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': 'key_1',
    });
  });

  it('of a reading says no media type of a body that it does not have, and no account that nobody named', async () => {
    const { requests } = await sending([done], { step: { ...reading, request: { method: 'GET', path: '/payments/pi_1' } } });
    expect(requests[0]).toMatchObject({ method: 'GET', body: null });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json, application/problem+json',
      'acme-version': '1',
      authorization: `Bearer ${apiKey}`,
    });
  });

  it('says that its body is a form where the adapter’s is', async () => {
    const { requests } = await sending([done], { adapter: acme({ encoding: 'form' }) });
    expect(requests[0]).toMatchObject({ body: 'paymentMethod=hunted' });
    expect(requests[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  });

  it('names no connected account to a provider that has none', async () => {
    const { requests } = await sending([done], { adapter: acme({ connectedAccountHeader: null }), step: { connectedAccount: 'acct_1' } });
    expect([...(requests[0]?.headers.values() ?? [])].join(' ')).not.toContain('acct_1');
  });

  it('has no key when there is none to be sent', async () => {
    expect((await sending([done], { step: unprotected })).requests[0]?.headers.has('idempotency-key')).toBe(false);
  });

  it.each<readonly [Reply, string | null]>([
    [answer(200, payment(), { 'acme-request': 'req_h' }), 'req_h'],
    [answer(200, { ...payment(), trace_id: 'req_m' }), 'req_m'],
    [answer(200, { ...payment(), trace_id: 7 }), null],
    [answer(200, null), null],
    [rawAnswer(200, '<html>'), null],
    [lost, null],
  ])('has the id that the provider gave it: %#', async (reply, requestId) => {
    expect((await sending([reply], { step: { retries: 0 } })).sent.requestId).toBe(requestId);
  });

  it('has the first id that there is, wherever the provider puts it', async () => {
    const adapter = acme({ requestId: { headers: ['acme-request', 'acme-trace'], members: ['trace_id', 'error.trace.id'] } });
    const idOf = async (reply: Reply) => (await sending([reply], { adapter })).sent.requestId;
    expect(await idOf(answer(200, payment(), { 'acme-trace': 'req_2' }))).toBe('req_2');
    expect(await idOf(answer(400, { problem: 'invalid_request', trace_id: 7, error: { trace: { id: 'req_3' } } }))).toBe('req_3');
    expect(await idOf(answer(400, { problem: 'invalid_request', error: { trace: null } }))).toBeNull();
  });
});

describe('onExchange', () => {
  const watched = async (replies: readonly Reply[]): Promise<readonly ExchangeEvent[]> => {
    const events: ExchangeEvent[] = [];
    await sending(replies, { transport: { onExchange: (event) => events.push(event) } });
    return events;
  };

  it('tells every request, answer and pause, in order', async () => {
    const about = { provider: 'acme', account: 'shop', operation: 'paymentIntents.confirm', step: 'paymentIntents.confirm' };
    expect(await watched([fault(429, 'rate_limited', { 'acme-request': 'req_1' }), lost, done])).toEqual([
      expect.objectContaining({ ...about, type: 'request', try: 1, at: start, method: 'POST', url: 'https://api.acme.example/v1/payments/pi_1/confirm?limit=1', body: { paymentMethod: '[redacted]' } }),
      expect.objectContaining({ ...about, type: 'response', try: 1, status: 429, requestId: 'req_1', code: 'rate_limited', milliseconds: 0 }),
      expect.objectContaining({ ...about, type: 'retry', try: 1, code: 'rate_limited', delay: 250 }),
      expect.objectContaining({ ...about, type: 'request', try: 2, at: start + 250 }),
      expect.objectContaining({ ...about, type: 'response', try: 2, status: null, body: null, requestId: null, code: 'network' }),
      expect.objectContaining({ ...about, type: 'retry', try: 2, delay: 500 }),
      expect.objectContaining({ ...about, type: 'request', try: 3 }),
      expect.objectContaining({ ...about, type: 'response', try: 3, status: 200, code: null }),
    ]);
    expect(await watched([fault(402, 'declined')])).toEqual([expect.anything(), expect.objectContaining({ code: 'payment_declined' })]);
  });

  it('shows no key, no secret and nothing of a person', async () => {
    const events = await watched([fault(500, 'provider_unavailable'), rawAnswer(503, `hunted ${apiKey}`), answer(200, { ...payment({ secret: 'hunted', action: 'https://hunted.example' }), metadata: { a: 'hunted' } })]);
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`hunted|${apiKey}`));
    expect(events).toHaveLength(8);
  });

  it.each<readonly [string, ExchangeHook]>([
    ['throws', () => { throw new Error('a defect of the observer'); }],
    ['rejects', async () => { throw new Error('a defect of the observer'); }],
  ])('never breaks a payment when it %s', async (_how, onExchange) => {
    const unhandled = vi.fn<() => void>();
    process.on('unhandledRejection', unhandled);
    const { sent } = await sending([done], { transport: { onExchange } });
    await new Promise((next) => { setImmediate(next); });
    process.off('unhandledRejection', unhandled);
    expect(sent.classification.kind).toBe('success');
    expect(unhandled).not.toHaveBeenCalled();
  }); // prettier-ignore
});
