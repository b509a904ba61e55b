import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { Secret } from './secret.js';
import { snapshot } from '../testing/client.js';
import { errorCodes } from '../errors/codes.js';
import { inputError, invalidInput, PaymentError } from './payment-error.js';

const hunted = 'hunted_secret_value';
const error = new PaymentError({
  code: 'invalid_state',
  outcome: 'rejected',
  message: 'A message.',
  provider: 'acme',
  account: 'shop',
  operation: 'paymentIntents.capture',
  httpStatus: 400,
  providerCode: 'wrong_status',
  providerMessage: new Secret(`The key ${hunted} may not.`),
  requestId: 'req_1',
  retryAfter: 3,
  problems: [{ field: 'amount', problem: 'is wrong', remedy: 'Mend it.' }],
  subject: snapshot({ status: 'requires_action', clientSecret: hunted, nextAction: { type: 'redirect', url: `https://${hunted}.example`, returnUrl: null }, raw: { hunted } }),
  cause: { name: 'SocketError', code: 'UND_ERR_SOCKET' },
});

describe('a PaymentError', () => {
  it.each<readonly [string, () => string]>([
    ['String()', () => String(error)],
    ['JSON', () => JSON.stringify(error)],
    ['inspect', () => inspect(error, { depth: null, showHidden: true })],
    ['its stack', () => error.stack ?? ''],
    ['spreading', () => inspect({ ...error }, { depth: null })],
  ])('shows no secret in %s', (_way, print) => {
    expect(print()).not.toContain(hunted);
  });

  it('says everything else in JSON', () => {
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'PaymentError',
      message: 'A message.',
      code: 'invalid_state',
      outcome: 'rejected',
      retry: 'never',
      provider: 'acme',
      account: 'shop',
      operation: 'paymentIntents.capture',
      httpStatus: 400,
      providerCode: 'wrong_status',
      providerMessage: '[redacted]',
      requestId: 'req_1',
      retryAfter: 3,
      problems: [{ field: 'amount', problem: 'is wrong', remedy: 'Mend it.' }],
      currentStatus: 'requires_action',
      resume: null,
    });
  });

  it('is an Error with the cause that is known', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error.cause).toEqual({ name: 'SocketError', code: 'UND_ERR_SOCKET' });
  });

  it('is recognised when another copy of the package threw it', async () => {
    vi.resetModules();
    const other = await import('./payment-error.js');
    expect(other.PaymentError).not.toBe(PaymentError);
    expect(PaymentError.is(new other.PaymentError({ code: 'network', outcome: 'unknown', message: 'x' }))).toBe(true);
    expect(other.PaymentError.is(error)).toBe(true);
  });

  it('is recognised by the mark that every version of the package gives it', () => {
    const fromAnotherVersion = { [Symbol.for('oneintent.PaymentError')]: true, code: 'network' };
    expect(PaymentError.is(fromAnotherVersion)).toBe(true);
    expect(Reflect.get(error, Symbol.for('oneintent.PaymentError'))).toBe(true);
  });

  it('has no problems where none was told', () => {
    expect(new PaymentError({ code: 'network', outcome: 'unknown', message: 'x' }).problems).toEqual([]);
  });

  it.each([null, undefined, 'PaymentError', {}, new Error('x'), { code: 'network', outcome: 'unknown' }])('is not %j', (value) => {
    expect(PaymentError.is(value)).toBe(false);
  });

  it('takes what may be done next from its code, unless it knows better', () => {
    const make = (retry?: 'same_key') => new PaymentError({ code: 'rate_limited', outcome: 'rejected', message: 'x', ...(retry && { retry }) }).retry;
    expect([make(), make('same_key')]).toEqual(['after_delay', 'same_key']);
  });

  it('of an input names each field, its problem and the remedy in one message', () => {
    const problems = [
      { field: 'amount', problem: 'is missing', remedy: 'Give it.' },
      { field: 'customer', problem: 'is empty', remedy: 'Leave it out.' },
    ];
    expect(inputError(problems, { operation: 'paymentIntents.create' })).toMatchObject({
      message: 'paymentIntents.create: amount is missing. Give it. customer is empty. Leave it out. Nothing was sent.',
      problems,
      code: 'invalid_request',
      outcome: 'not_sent',
    });
  });

  it('of an input outside an operation says the problem alone', () => {
    expect(invalidInput('currency', 'is not a currency', 'Use an ISO 4217 code.')).toMatchObject({
      message: 'currency is not a currency. Use an ISO 4217 code.',
      problems: [{ field: 'currency', problem: 'is not a currency', remedy: 'Use an ISO 4217 code.' }],
      operation: null,
      outcome: 'not_sent',
    });
  });
});

describe('the codes', () => {
  it('are the ones that applications branch on', () => {
    expect(Object.keys(errorCodes).toSorted()).toEqual([
      'aborted', 'authentication', 'configuration', 'idempotency_in_progress', 'idempotency_key_reused', 'invalid_request', 'invalid_state',
      'malformed_response', 'migration_refused', 'network', 'not_found', 'payment_declined', 'permission', 'provider_unavailable', 'rate_limited', 'timeout',
      'unresolved', 'unsupported', 'webhook_unverified',
    ]); // prettier-ignore
  });

  it('never say to start a movement again whose outcome may be unknown', () => {
    expect(errorCodes.unresolved.retry).toBe('look_up_first');
    expect(errorCodes.idempotency_in_progress.retry).toBe('look_up_first');
  });
});
