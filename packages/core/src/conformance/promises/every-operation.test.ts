import { describe, expect, it } from 'vitest';
import type { AnyAdapter, ErrorReading, PaymentIntentReading } from '../../adapter.js';
import { acme, apiKey } from '../../testing/acme.js';
import type { Failure } from '../advice.js';
import type { Harness } from '../harness.js';
import { connect } from '../scene.js';
import { promisesFor, proveOne } from '../suite.js';

const secret = 'pay_1_secret_0123456789';
const payment = { id: 'pay_1', status: 'requires_confirmation', amount: 10_000, currency: 'eur', secret };

/** A provider that answers everything with one payment. */
const harnessOf = (adapter: AnyAdapter, more: Partial<Harness> = {}): Harness => ({
  name: 'acme',
  adapter,
  open: () => ({ origin: 'https://stage.example/v1', fetch: async () => Response.json(payment), currency: 'EUR', paymentMethods: { succeeds: 'card' } }),
  ...more,
});

const failureOf = async (id: string, harness: Harness): Promise<Failure | null> => {
  const promised = promisesFor(harness).find((one) => one.id === id);
  if (promised === undefined) throw new Error(`there is no promise ${id}`);
  return (await proveOne(harness, promised)).failure;
};

const { 'paymentIntents.retrieve': retrieve } = acme().operations;
if (retrieve === undefined) throw new Error('acme retrieves payments');
const reading = (change: (read: PaymentIntentReading) => PaymentIntentReading): AnyAdapter => {
  const response: typeof retrieve.response = (answer, input) => {
    const read = retrieve.response(answer, input);
    return read === null ? read : change(read);
  };
  return { ...acme(), operations: { ...acme().operations, 'paymentIntents.retrieve': { ...retrieve, response } } };
};
const quoting = (reads: (error: ErrorReading, text: string) => ErrorReading): AnyAdapter => {
  const { readError } = acme();
  return acme({ readError: (answer, operation) => reads(readError(answer, operation), JSON.stringify(answer.json)) });
};

describe('a secret that can be read', () => {
  const promise = 'paymentIntents.retrieve/secrecy';

  it('is in nothing of a good adapter', async () => {
    expect(await failureOf(promise, harnessOf(acme()))).toBeNull();
  });

  it('in the answer is told with its place, and without itself', async () => {
    const told = await failureOf(promise, harnessOf(reading((read) => ({ ...read, metadata: { kept: secret } }))));
    expect(told).toMatchObject({ about: 'no secret can be read from the answer', expected: 'no secret', seen: 'what the answer holds as secret, at metadata.kept (see src/read.ts)', open: 'src/read.ts' });
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('in the name of a member is told too, and not by that name', async () => {
    const told = await failureOf(promise, harnessOf(reading((read) => ({ ...read, metadata: { [secret]: 'kept' } }))));
    expect(told?.seen).toMatch(/^what the answer holds as secret, at metadata\./);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('in an error is told with the kind of error, its place and which secret it is', async () => {
    const told = await failureOf(promise, harnessOf(quoting((error, text) => (error.kind === 'fault' ? { ...error, hint: text } : { kind: 'fault', code: 'invalid_request', providerCode: null, message: null, field: null, hint: text }))));
    expect(told).toMatchObject({ about: 'no secret can be read from the error of a refusal that quotes it', seen: 'what the header Authorization holds, at message (see src/errors.ts)', open: 'src/errors.ts' });
    for (const hidden of [secret, apiKey]) expect(JSON.stringify(told)).not.toContain(hidden);
  });

  it('in what the hook sees is told as such', async () => {
    const telling = harnessOf(acme(), {
      connect: (options, stage) => connect({}, { ...options, onExchange: (event) => options.onExchange?.({ ...event, account: apiKey }) }, stage),
    });
    expect(await failureOf(promise, telling)).toMatchObject({ about: 'no secret can be read from what the hook sees of a refusal that quotes it', seen: expect.stringMatching(/^what the header Authorization holds, at account /) });
  });
});

it('a key that the provider does not take is shown by how it begins, with its length, the limit and the place', async () => {
  const sent: string[] = [];
  const lengthening = harnessOf(acme(), {
    connect: ({ fetch = globalThis.fetch, ...options }, stage) =>
      connect({}, {
        ...options,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          const key = headers.get('Idempotency-Key');
          if (key !== null) headers.set('Idempotency-Key', key.padEnd(70, 'x'));
          sent.push(headers.get('Idempotency-Key') ?? '');
          return fetch(input, { ...init, headers });
        },
      }, stage),
  });
  const told = await failureOf('paymentIntents.create/key', lengthening);
  const key = sent.find((one) => one !== '') ?? '';
  expect(told).toMatchObject({ about: 'a key that the provider takes is sent', expected: 'at most 64 characters, as [A-Za-z0-9_-]+ has them, in the header Idempotency-Key', open: 'src/limits.ts' });
  expect(told?.seen).toMatch(/^.{4}… \(70 characters\)$/);
  expect(key).toHaveLength(70);
  expect(JSON.stringify(told)).not.toContain(key.slice(0, 5));
});

it('a key that is not sent is told with where it was looked for', async () => {
  const dropping = harnessOf(acme(), {
    connect: ({ fetch = globalThis.fetch, ...options }, stage) =>
      connect({}, {
        ...options,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.delete('Idempotency-Key');
          return fetch(input, { ...init, headers });
        },
      }, stage),
  });
  expect(await failureOf('paymentIntents.create/key', dropping)).toMatchObject({ seen: 'no key in the header Idempotency-Key', open: 'src/limits.ts' });
});
