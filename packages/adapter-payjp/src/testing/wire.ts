import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createPayments, type LimitOverrides } from '@oneintent/core';
import { payjp, type PayjpDialect } from '../index.js';

const origin = 'https://api.pay.jp';
export const apiKey = 'sk_test_1a2b3c';

/** One answer that the provider is going to give, once. `path` includes the query. */
export interface Answer {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status?: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as it went over the wire. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes. */
  readonly body: string;
}

const headersOf = (headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]));

/** Lets PAY.JP give these answers and no others; what was sent is in the list, in order. */
export const answering = (...answers: readonly Answer[]): readonly Seen[] => {
  const seen: Seen[] = [];
  for (const { method, path, status = 200, body = {}, headers } of answers) {
    const scope = nock(origin);
    const type = typeof body === 'string' ? 'text/html' : status < 400 ? 'application/json' : 'application/problem+json';
    scope.intercept(path, method).reply(status, body, { 'Content-Type': type, ...headers });
    scope.on('request', (request: Pick<Seen, 'method' | 'path'> & { readonly headers: Readonly<Record<string, unknown>> }, _interceptor: unknown, sent: string) =>
      seen.push({ method: request.method, path: request.path, headers: headersOf(request.headers), body: sent }));
  }
  return seen;
};

/** Nothing leaves the machine; an answer that nobody asked for fails the test that prepared it. */
export const useWire = (): void => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    if (left.length > 0) throw new Error(`Never asked for: ${left.join(', ')}`);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
};

/** A client of one dialect that neither waits nor repeats, unless it is told to. */
export const client = <const D extends PayjpDialect>(dialect: D, more: { readonly retries?: number; readonly limits?: LimitOverrides } = {}) =>
  createPayments({ adapter: payjp({ apiKey, dialect }), retries: 0, sleep: async () => undefined, ...more });

/** What a rejected promise was rejected with. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`Nothing was thrown; the value was ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
