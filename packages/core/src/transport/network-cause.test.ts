import { describe, expect, it } from 'vitest';
import { networkError } from '../testing/scripted-fetch.js';
import { networkCause, repeatsRequests } from './network-cause.js';

const coded = (code: string, syscall?: string): Error => Object.assign(new Error('quoted: hunted'), { code, ...(syscall && { syscall }) });
const wrapped = (cause: unknown, depth: number): unknown => (depth === 0 ? cause : new Error('wrapped', { cause: wrapped(cause, depth - 1) }));
/** What Node throws when every address of a host was tried. It has the code of its first member. */
const aggregate = (...errors: readonly Error[]): Error => new TypeError('fetch failed', { cause: Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' }) });

describe('a connection’s failure proves that nothing was sent', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused', 'FailedToOpenSocket'])('when its code is %s', (code) => {
    expect(networkCause(networkError(code))).toEqual({ name: 'Error', code, neverSent: true });
  });

  it.each(['ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])('when its code is %s and it came while connecting', (code) => {
    expect(networkCause(networkError(code, 'connect')).neverSent).toBe(true);
    expect(networkCause(networkError(code, 'read')).neverSent).toBe(false);
    expect(networkCause(networkError(code)).neverSent).toBe(false);
  });

  it('when every address was refused', () => {
    expect(networkCause(aggregate(coded('ECONNREFUSED'), coded('ECONNREFUSED'))).neverSent).toBe(true);
    expect(networkCause(aggregate(coded('ECONNREFUSED'), coded('ETIMEDOUT', 'connect'))).neverSent).toBe(true);
  });

  it('when it lies a few causes deep', () => {
    expect([0, 1, 3, 5].map((depth) => networkCause(wrapped(coded('ECONNREFUSED'), depth)).neverSent)).toEqual([true, true, true, true]);
  });

  it.each<readonly [string, unknown]>([
    ['Bun', Object.assign(new Error('Unable to connect. Is the computer able to access the url?'), { code: 'ConnectionRefused', name: 'Error' })],
    ['Deno', new TypeError('error sending request for url (https://api.acme.example/): client error (Connect): tcp connect error: Connection refused (os error 111)')],
    ['Deno without a name server', new TypeError('error sending request for url (https://x.example/): client error (Connect): dns error: failed to lookup address information')],
  ])('as %s says it', (_runtime, error) => {
    expect(networkCause(error).neverSent).toBe(true);
  });
});

describe('a connection’s failure leaves the outcome unknown', () => {
  it.each<readonly [string, unknown]>([
    ['a reset', networkError('ECONNRESET', 'read')],
    ['a broken pipe', networkError('EPIPE', 'write')],
    ['a closed socket', networkError('UND_ERR_SOCKET')],
    ['no headers in time', networkError('UND_ERR_HEADERS_TIMEOUT')],
    ['no body in time', networkError('UND_ERR_BODY_TIMEOUT')],
    ['a code never heard of', networkError('ENOVEL')],
    ['an address that was not refused', aggregate(coded('ECONNREFUSED'), coded('ECONNRESET', 'read'))],
    ['an aggregate of nothing', new AggregateError([])],
    ['Node without a code', new TypeError('fetch failed')],
    ['workerd', new Error('Network connection lost.')],
    ['Bun', Object.assign(new Error('The socket connection was closed unexpectedly.'), { code: 'ConnectionClosed' })],
    ['Deno', new TypeError('error sending request for url (https://api.acme.example/): client error (SendRequest): connection closed before message completed')],
    ['a browser', new TypeError('Failed to fetch')],
    ['a text', 'ECONNREFUSED'],
    ['nothing at all', undefined],
    ['null', null],
  ])('when it is %s', (_what, error) => {
    expect(networkCause(error).neverSent).toBe(false);
  });

  it('when a cause turns in a circle', () => {
    const error = new Error('circle');
    error.cause = error;
    expect(networkCause(error).neverSent).toBe(false);
  });
});

describe('what is kept of a connection’s failure', () => {
  it('is the innermost name and the code', () => {
    const inner = Object.assign(new Error('quoted: hunted'), { name: 'SocketError', code: 'UND_ERR_SOCKET' });
    expect(networkCause(wrapped(inner, 2))).toEqual({ name: 'SocketError', code: 'UND_ERR_SOCKET', neverSent: false });
    expect(networkCause(wrapped({ code: 'ENOVEL' }, 1))).toEqual({ name: 'Error', code: 'ENOVEL', neverSent: false });
  });

  it.each<readonly [string, unknown, string]>([
    ['a TypeError without a code', new TypeError('fetch failed'), 'TypeError'],
    ['a code that is a number', Object.assign(new RangeError('x'), { code: 20 }), 'RangeError'],
    ['a text', 'ECONNREFUSED', 'Error'],
    ['nothing at all', undefined, 'Error'],
    ['null', null, 'Error'],
  ])('of %s is a name alone', (_what, error, name) => {
    expect(networkCause(error)).toEqual({ name, code: null, neverSent: false });
  });

  it.each([undefined, null, 7, {}])('proves nothing by a message that is %j', (message) => {
    expect(networkCause({ message }).neverSent).toBe(false);
  });
});

it('a message is never kept, as it may quote what was sent', () => {
  expect(JSON.stringify(networkCause(wrapped(coded('ECONNRESET'), 2)))).not.toContain('hunted');
});

describe('a runtime whose fetch sends a request again by itself', () => {
  it.each<readonly [string, object, boolean]>([
    ['Deno 2.7.0', { Deno: { version: { deno: '2.7.0' } } }, true],
    ['Deno 2.9.6', { Deno: { version: { deno: '2.9.6' } } }, true],
    ['a later Deno, of which nothing is known', { Deno: { version: { deno: '3.0.0' } } }, true],
    ['Deno 2.6.9', { Deno: { version: { deno: '2.6.9' } } }, false],
    ['Deno 1.46.3', { Deno: { version: { deno: '1.46.3' } } }, false],
    ['Bun 1.3.12', { Bun: { version: '1.3.12' } }, true],
    ['Bun 1.2.0', { Bun: { version: '1.2.0' } }, true],
    ['Bun 1.3.13', { Bun: { version: '1.3.13' } }, false],
    ['Bun 1.10.0', { Bun: { version: '1.10.0' } }, false],
    ['Node', { process: {} }, false],
    ['a runtime that does not say its version', { Deno: {}, Bun: {} }, false],
  ])('is %s: %#', (_name, runtime, expected) => {
    expect(repeatsRequests(runtime)).toBe(expected);
  });

  it('proves nothing by a refused connection, which may be that of the second try', () => {
    expect(networkCause(networkError('ECONNREFUSED', 'connect'), true).neverSent).toBe(false);
    expect(networkCause(new TypeError('client error (Connect): tcp connect error: Connection refused'), true).neverSent).toBe(false);
  });

  it('is believed where the error itself says that nothing was sent', () => {
    expect(networkCause(Object.assign(new Error('queue'), { neverSent: true }), true).neverSent).toBe(true);
  });
});
