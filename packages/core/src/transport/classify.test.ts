import { describe, expect, it } from 'vitest';
import type { WireAnswer } from '../contract/adapter.js';
import { acme } from '../testing/acme.js';
import { classify, type Retriable } from './classify.js';

const adapter = acme();
const judged = (status: number, json: unknown, headers: Readonly<Record<string, string>> = {}, unusable: 'redirect' | null = null) => {
  const answer: WireAnswer = { status, json, header: (name) => headers[name.toLowerCase()] ?? null };
  return classify(adapter, 'paymentIntents.confirm', { type: 'answer', answer, unusable });
};
const failed = (code: string, outcome: string, retriable: Retriable) => ({ kind: 'failed', code, outcome, retriable });

describe('a fault in the provider’s own format', () => {
  it.each<readonly [string, string, Retriable]>([
    ['invalid_request', 'rejected', 'never'],
    ['authentication', 'rejected', 'never'],
    ['permission', 'rejected', 'never'],
    ['not_found', 'rejected', 'never'],
    ['invalid_state', 'rejected', 'never'],
    ['idempotency_key_reused', 'rejected', 'never'],
    ['idempotency_in_progress', 'unknown', 'protected'],
    ['rate_limited', 'rejected', 'always'],
    ['provider_unavailable', 'unknown', 'protected'],
  ])('%s is %s and may be repeated: %s', (problem, outcome, retriable) => {
    expect(judged(400, { problem })).toMatchObject({ ...failed(problem, outcome, retriable), reading: { providerCode: problem } });
  });
});

describe('an answer that is not in the provider’s format', () => {
  it.each<readonly [number, string, string, Retriable]>([
    [400, 'invalid_request', 'rejected', 'never'],
    [401, 'authentication', 'rejected', 'never'],
    [402, 'invalid_request', 'rejected', 'never'],
    [403, 'permission', 'rejected', 'never'],
    [404, 'not_found', 'rejected', 'never'],
    [408, 'timeout', 'unknown', 'protected'],
    [409, 'idempotency_in_progress', 'unknown', 'protected'],
    [410, 'malformed_response', 'unknown', 'never'],
    [418, 'malformed_response', 'unknown', 'never'],
    [422, 'invalid_request', 'rejected', 'never'],
    [429, 'rate_limited', 'unknown', 'protected'],
    [499, 'malformed_response', 'unknown', 'never'],
    [500, 'provider_unavailable', 'unknown', 'protected'],
    [502, 'provider_unavailable', 'unknown', 'protected'],
    [504, 'timeout', 'unknown', 'protected'],
    [520, 'provider_unavailable', 'unknown', 'protected'],
  ])('with HTTP %d is %s, outcome %s, and may be repeated: %s', (status, code, outcome, retriable) => {
    expect(judged(status, undefined)).toMatchObject({ ...failed(code, outcome, retriable), reading: null });
  });

  it('is judged by its status when the adapter’s reader of errors fails', () => {
    const broken = acme({
      readError: () => {
        throw new TypeError('a defect');
      },
    });
    const answer: WireAnswer = { status: 500, json: {}, header: () => null };
    expect(classify(broken, 'paymentIntents.confirm', { type: 'answer', answer, unusable: null })).toMatchObject(failed('provider_unavailable', 'unknown', 'protected'));
  });
});

describe('the provider’s own wish about a retry', () => {
  it('forbids any', () => {
    expect(judged(429, { problem: 'rate_limited' }, { 'acme-should-retry': 'false' })).toMatchObject({ retriable: 'never' });
    expect(judged(500, undefined, { 'acme-should-retry': 'FALSE' })).toMatchObject({ retriable: 'never' });
  });

  it('allows one only under the protection of a key', () => {
    expect(judged(400, { problem: 'invalid_request' }, { 'acme-should-retry': 'true' })).toMatchObject({ retriable: 'protected' });
    expect(judged(500, undefined, { 'acme-should-retry': 'true' })).toMatchObject({ retriable: 'protected' });
  });

  it('takes nothing from a refusal that may be repeated anyway', () => {
    expect(judged(429, { problem: 'rate_limited' }, { 'acme-should-retry': 'true' })).toMatchObject({ retriable: 'always' });
  });

  it('is nothing when it is unreadable', () => {
    expect(judged(500, undefined, { 'acme-should-retry': 'maybe' })).toMatchObject({ retriable: 'protected' });
  });
});

it('a decline is no failure', () => {
  expect(judged(402, { problem: 'declined', id: 'pi_1' })).toMatchObject({ kind: 'declined', reading: { id: 'pi_1', failure: { reason: 'insufficient_funds' } } });
});

it.each([200, 201, 202, 299])('HTTP %d is a success, which may be a stored one', (status) => {
  expect(judged(status, {})).toMatchObject({ kind: 'success', replayed: false });
  expect(judged(status, {}, { 'acme-replayed': 'true' })).toMatchObject({ kind: 'success', replayed: true });
});

it('a redirect leaves the outcome unknown, whatever its body says', () => {
  expect(judged(307, { problem: 'invalid_request' }, {}, 'redirect')).toMatchObject(failed('malformed_response', 'unknown', 'never'));
});

it.each<readonly ['network' | 'timeout' | 'aborted', boolean, string, Retriable]>([
  ['network', false, 'not_sent', 'always'],
  ['network', true, 'unknown', 'protected'],
  ['timeout', false, 'not_sent', 'always'],
  ['timeout', true, 'unknown', 'protected'],
  ['aborted', false, 'not_sent', 'never'],
  ['aborted', true, 'unknown', 'never'],
])('no answer because of %s, sent: %s, is %s and may be repeated: %s', (why, sent, outcome, retriable) => {
  expect(classify(adapter, 'paymentIntents.confirm', { type: 'lost', why, sent, cause: null })).toMatchObject(failed(why, outcome, retriable));
});
