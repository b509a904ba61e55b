import nock from 'nock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answer, lost, networkError, rawAnswer, refused, scriptedFetch, silence, type Reply } from '../testing/scripted-fetch.js';
import { exchange, type Fetch } from './exchange.js';

const request = { method: 'POST', url: 'https://api.acme.example/v1/payments', headers: { Accept: 'text/x', Authorization: 'Bearer x', 'Content-Type': 'application/json' }, body: '{"a":1}' };
const send = async (reply: Reply, { timeout = 1_000, signal }: { readonly timeout?: number; readonly signal?: AbortSignal } = {}) => {
  const { fetch, requests } = scriptedFetch(reply);
  return { result: await exchange(request, { fetch, timeout, signal }), requests };
};

describe('an exchange', () => {
  it('sends the request as it is, once', async () => {
    const { requests } = await send(answer(200, {}));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', body: '{"a":1}', redirect: 'manual' });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({ accept: 'text/x', authorization: 'Bearer x', 'content-type': 'application/json' });
  });

  it('gives the status, the JSON, and headers whatever their case', async () => {
    const { result } = await send(answer(402, { problem: 'declined' }, { 'Acme-Request': 'req_1' }));
    expect(result).toMatchObject({ type: 'answer', unusable: null, answer: { status: 402, json: { problem: 'declined' } } });
    expect(result.type === 'answer' && [result.answer.header('ACME-REQUEST'), result.answer.header('other')]).toEqual(['req_1', null]);
  });

  it.each([500, 503, 429, 408, 409])('never repeats by itself, not after %d either', async (status) => {
    expect((await send(answer(status, {}))).requests).toHaveLength(1);
  });

  it.each<readonly [string, Reply]>([
    ['HTML', rawAnswer(200, '<html>', { 'content-type': 'text/html' })],
    ['nothing', rawAnswer(204, null)],
    ['half of a JSON', rawAnswer(200, '{"id":"pi_1","sta', { 'content-type': 'application/json' })],
  ])('has no JSON when the body is %s', async (_what, reply) => {
    expect((await send(reply)).result).toMatchObject({ type: 'answer', answer: { json: undefined } });
  });

  it.each([300, 301, 302, 303, 307, 308])('does not follow a %d, with which credentials would travel', async (status) => {
    const { result, requests } = await send(rawAnswer(status, null, { location: 'https://elsewhere.example/' }));
    expect(requests).toHaveLength(1);
    expect(result).toMatchObject({ type: 'answer', unusable: 'redirect' });
  });

  it('tells a lost answer from a request that never left', async () => {
    expect((await send(lost)).result).toMatchObject({ type: 'lost', why: 'network', sent: true, cause: { code: 'ECONNRESET' } });
    expect((await send(refused)).result).toMatchObject({ type: 'lost', why: 'network', sent: false, cause: { code: 'ECONNREFUSED' } });
  });

  it('knows a redirect whose status a browser hides', async () => {
    const opaque = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
    expect((await send(() => opaque)).result).toMatchObject({ type: 'answer', unusable: 'redirect' });
  });

  it('calls a connection that did not open in time a time-out of something that never left', async () => {
    const notOpened: Reply = () => {
      throw networkError('UND_ERR_CONNECT_TIMEOUT');
    };
    expect((await send(notOpened)).result).toMatchObject({ type: 'lost', why: 'timeout', sent: false });
  });

  it('takes a body that breaks off for a lost answer', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    expect((await send(() => new Response(body, { status: 200 }))).result).toMatchObject({ type: 'lost', why: 'network', sent: true });
  });

  it('gives up after its time, as something that may have been sent', async () => {
    expect((await send(silence, { timeout: 5 })).result).toMatchObject({ type: 'lost', why: 'timeout', sent: true });
  });

  it('gives up on a body that does not end', async () => {
    const endless: Reply = ({ signal }) =>
      new Response(new ReadableStream({ start: (controller) => void signal?.addEventListener('abort', () => controller.error(signal.reason)) }), { status: 200 });
    expect((await send(endless, { timeout: 5 })).result).toMatchObject({ type: 'lost', why: 'timeout', sent: true });
  });

  it('sends nothing when it is aborted before', async () => {
    const { result, requests } = await send(answer(200, {}), { signal: AbortSignal.abort() });
    expect(requests).toHaveLength(0);
    expect(result).toEqual({ type: 'lost', why: 'aborted', sent: false, cause: null });
  });

  it('may have sent when it is aborted after', async () => {
    const controller = new AbortController();
    const reply: Reply = (received) => {
      queueMicrotask(() => controller.abort());
      return silence(received);
    };
    const { result, requests } = await send(reply, { signal: controller.signal });
    expect(requests).toHaveLength(1);
    expect(result).toMatchObject({ type: 'lost', why: 'aborted', sent: true });
  });
});

describe('a response that is too large', () => {
  const mebibyte = new Uint8Array(1024 * 1024).fill(120);
  const endless = (): { readonly reply: Reply; readonly read: () => number } => {
    let read = 0;
    const body = new ReadableStream({ pull: (controller) => { read += 1; controller.enqueue(mebibyte); } }, { highWaterMark: 0 }); // prettier-ignore
    return { reply: () => new Response(body, { status: 200 }), read: () => read };
  };

  it('is not read on beyond 5 MB, and is unusable', async () => {
    const { reply, read } = endless();
    expect((await send(reply)).result).toMatchObject({ type: 'answer', unusable: 'too_large', answer: { status: 200, json: undefined } });
    expect(read()).toBeLessThanOrEqual(6);
  });

  it('is unusable also where a fetch gives no stream', async () => {
    const reply: Reply = () => Object.defineProperty(new Response(), 'body', { value: undefined }) as Response;
    const long: Reply = (received) => Object.assign(reply(received), { text: async () => 'x'.repeat(5_000_001) });
    const short: Reply = (received) => Object.assign(reply(received), { text: async () => '{"id":"pi_1"}' });
    expect((await send(long)).result).toMatchObject({ type: 'answer', unusable: 'too_large' });
    expect((await send(short)).result).toMatchObject({ type: 'answer', unusable: null, answer: { json: { id: 'pi_1' } } });
  });

  it('of just under 5 MB is read', async () => {
    const text = JSON.stringify({ text: 'x'.repeat(4_999_000) });
    expect((await send(() => new Response(text))).result).toMatchObject({ type: 'answer', unusable: null, answer: { json: JSON.parse(text) } });
  });

  it('is read as UTF-8 though a character lies in two chunks', async () => {
    const bytes = new TextEncoder().encode('{"name":"支払い"}');
    const body = new ReadableStream({ start: (controller) => { for (const byte of bytes) controller.enqueue(Uint8Array.of(byte)); controller.close(); } }); // prettier-ignore
    expect((await send(() => new Response(body))).result).toMatchObject({ answer: { json: { name: '支払い' } } });
  });
});

describe('a fetch that does not mind its signal', () => {
  const deaf: Reply = () => new Promise<Response>(() => undefined);

  it('is abandoned after the time, as something that may have been sent', async () => {
    expect((await send(deaf, { timeout: 5 })).result).toEqual({ type: 'lost', why: 'timeout', sent: true, cause: null });
  });

  it('is abandoned when the caller aborts', async () => {
    const controller = new AbortController();
    const reply: Reply = (received) => {
      queueMicrotask(() => controller.abort());
      return deaf(received);
    };
    expect((await send(reply, { signal: controller.signal })).result).toEqual({ type: 'lost', why: 'aborted', sent: true, cause: null });
  });

  it('ends no process by rejecting later', async () => {
    const unhandled = vi.fn<() => void>();
    process.on('unhandledRejection', unhandled);
    const late: Reply = () => new Promise((_, fail) => { setTimeout(() => fail(new Error('late')), 10); }); // prettier-ignore
    expect((await send(late, { timeout: 1 })).result).toMatchObject({ why: 'timeout' });
    await new Promise((next) => { setTimeout(next, 20); }); // prettier-ignore
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('leaves no listener at the signal of the caller', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await send(answer(200, {}), { signal });
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(added.mock.calls.map(([type, listener]) => [type, listener]));
  });
});

describe('what proves that nothing was sent', () => {
  const failing =
    (error: unknown): Reply =>
    async () => {
      throw error;
    };

  it('is a fetch that says so', async () => {
    expect((await send(failing(Object.assign(new Error('in the queue'), { neverSent: true })))).result).toMatchObject({ type: 'lost', why: 'network', sent: false });
    expect((await send(failing(new TypeError('fetch failed', { cause: { neverSent: true } })))).result).toMatchObject({ sent: false });
  });

  it('is not a fetch that says anything else', async () => {
    for (const neverSent of [false, 'true', 1, null, undefined]) expect((await send(failing(Object.assign(new Error('reset'), { neverSent })))).result).toMatchObject({ sent: true });
  });

  it('is a fetch that says so when it is aborted', async () => {
    const reply: Reply = ({ signal }) => new Promise((_, fail) => { signal?.addEventListener('abort', () => fail(Object.assign(new Error('aborted in the queue'), { neverSent: true }))); }); // prettier-ignore
    expect((await send(reply, { timeout: 5 })).result).toMatchObject({ type: 'lost', why: 'timeout', sent: false });
  });

  it('is a failure before fetch is called', async () => {
    const { fetch, requests } = scriptedFetch(answer(200, {}));
    const result = await exchange({ ...request, headers: { Authorization: 'Bearer sk\n1' } }, { fetch, timeout: 1_000 });
    expect(requests).toEqual([]);
    expect(result).toMatchObject({ type: 'lost', why: 'not_called', sent: false });
    expect(JSON.stringify(result)).not.toContain('sk');
  });
});

describe('a strange fetch', () => {
  const trap: object = new Proxy({}, { get: () => { throw new Error('trap'); }, has: () => { throw new Error('trap'); } }); // prettier-ignore
  const used = async (): Promise<Response> => {
    const response = new Response('{}');
    await response.text();
    return response;
  };
  /** JavaScript can return anything. */
  const returning = (value: unknown) => (async () => value) as unknown as Fetch;
  const rejecting = (reason: unknown): Fetch => async () => { throw reason; }; // prettier-ignore

  it.each<readonly [string, Fetch]>([
    ['throws at once', () => { throw new Error('at once'); }],
    ['returns nothing', returning(undefined)],
    ['returns null', returning(null)],
    ['returns an empty object', returning({})],
    ['returns a response that was read', used],
    ['returns a body that breaks without a reason', async () => new Response(new ReadableStream({ pull: (controller) => controller.error(null) }))],
    ['rejects with null', rejecting(null)],
    ['rejects with undefined', rejecting(undefined)],
    ['rejects with a text', rejecting('boom')],
    ['rejects with a frozen error', rejecting(Object.freeze(new Error('frozen')))],
    ['rejects with an object that cannot be read', rejecting(trap)],
  ])('that %s may have sent the request: the outcome is not known', async (_how, fetch) => {
    expect(await exchange(request, { fetch, timeout: 1_000 })).toMatchObject({ type: 'lost', why: 'network', sent: true });
  }); // prettier-ignore

  it.each<readonly [string, object]>([
    ['has no headers', { status: 200, text: async () => '{"id":"pi_1"}' }],
    ['has headers that cannot be read', { status: 200, headers: { get: () => { throw new Error('trap'); } }, text: async () => '{"id":"pi_1"}' }],
  ])('whose response %s gave a response all the same', async (_what, response) => {
    const result = await exchange(request, { fetch: returning(response), timeout: 1_000 });
    expect(result).toMatchObject({ type: 'answer', answer: { status: 200, json: { id: 'pi_1' } } });
    expect(result.type === 'answer' && result.answer.header('request-id')).toBeNull();
  }); // prettier-ignore
});

describe('what is asked of fetch', () => {
  it('is never to answer from a cache', async () => {
    let cache: unknown;
    await exchange(request, { timeout: 1_000, fetch: async (_, init) => { cache = init?.cache; return new Response('{}'); } }); // prettier-ignore
    expect(cache).toBe('no-store');
  });

  it('works where there is no AbortSignal.any', async () => {
    const any = Object.getOwnPropertyDescriptor(AbortSignal, 'any');
    Object.defineProperty(AbortSignal, 'any', { value: undefined, configurable: true });
    try {
      expect((await send(answer(200, {}), { signal: new AbortController().signal })).result).toMatchObject({ type: 'answer' });
    } finally {
      Object.defineProperty(AbortSignal, 'any', any ?? {});
    }
  });
});

describe('with the fetch of the platform', () => {
  afterEach(() => nock.cleanAll());

  it('a whole exchange goes over the wire as written', async () => {
    const scope = nock('https://api.acme.example', { reqheaders: { authorization: 'Bearer x' } }).post('/v1/payments', { a: 1 }).reply(201, { id: 'pi_1' }, { 'request-id': 'req_1' });
    const result = await exchange(request, { timeout: 1_000 });
    expect(result).toMatchObject({ type: 'answer', answer: { status: 201, json: { id: 'pi_1' } } });
    expect(scope.isDone()).toBe(true);
  });

  it('a redirect is not followed', async () => {
    const elsewhere = nock('https://elsewhere.example').get('/').reply(200, {}).post('/').reply(200, {});
    nock('https://api.acme.example').post('/v1/payments').reply(302, undefined, { location: 'https://elsewhere.example/' });
    expect(await exchange(request, { timeout: 1_000 })).toMatchObject({ type: 'answer', unusable: 'redirect' });
    expect(elsewhere.pendingMocks()).toHaveLength(2);
  });
});
