import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { answer, lost, networkError, rawAnswer, refused, scriptedFetch, silence, type Reply } from '../testing/scripted-fetch.js';
import { exchange } from './exchange.js';

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
