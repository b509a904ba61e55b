import { match, P } from 'ts-pattern';
import type { AnyAdapter, WireAnswer } from '../contract/adapter.js';
import type { ErrorReading, FaultCode } from '../contract/readings.js';
import type { OperationName } from '../operations/index.js';
import type { ErrorCode, Outcome } from '../errors/codes.js';
import type { ExchangeResult } from './exchange.js';
import type { NetworkCause } from './network-cause.js';

/** When a failed exchange may be tried again: whatever the operation, only where a key (or reading only) protects, or never. */
export type Retriable = 'always' | 'protected' | 'never';

/** What one exchange means, as far as its status and its body say. */
export type Classification =
  | { readonly kind: 'success'; readonly answer: WireAnswer; readonly replayed: boolean }
  | { readonly kind: 'declined'; readonly answer: WireAnswer; readonly reading: Extract<ErrorReading, { kind: 'declined' }> }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly outcome: Outcome;
      readonly retriable: Retriable;
      readonly answer: WireAnswer | null;
      readonly reading: Extract<ErrorReading, { kind: 'fault' }> | null;
      readonly cause: NetworkCause | null;
    };

const faults: { readonly [C in FaultCode]: { readonly outcome: Outcome; readonly retriable: Retriable } } = {
  invalid_request: { outcome: 'rejected', retriable: 'never' },
  authentication: { outcome: 'rejected', retriable: 'never' },
  permission: { outcome: 'rejected', retriable: 'never' },
  not_found: { outcome: 'rejected', retriable: 'never' },
  invalid_state: { outcome: 'rejected', retriable: 'never' },
  idempotency_key_reused: { outcome: 'rejected', retriable: 'never' },
  idempotency_in_progress: { outcome: 'unknown', retriable: 'protected' },
  rate_limited: { outcome: 'rejected', retriable: 'always' },
  provider_unavailable: { outcome: 'unknown', retriable: 'protected' },
};

/** What a status alone says, when the body is not in the provider's format: a proxy may have answered for it. */
const byStatus = (status: number): { readonly code: ErrorCode; readonly outcome: Outcome; readonly retriable: Retriable } =>
  match(status)
    .returnType<{ readonly code: ErrorCode; readonly outcome: Outcome; readonly retriable: Retriable }>()
    .with(401, () => ({ code: 'authentication', outcome: 'rejected', retriable: 'never' }))
    .with(403, () => ({ code: 'permission', outcome: 'rejected', retriable: 'never' }))
    .with(404, () => ({ code: 'not_found', outcome: 'rejected', retriable: 'never' }))
    .with(P.union(400, 402, 405, 406, 411, 413, 414, 415, 422, 431), () => ({ code: 'invalid_request', outcome: 'rejected', retriable: 'never' }))
    .with(P.union(408, 504), () => ({ code: 'timeout', outcome: 'unknown', retriable: 'protected' }))
    .with(409, () => ({ code: 'idempotency_in_progress', outcome: 'unknown', retriable: 'protected' }))
    .with(429, () => ({ code: 'rate_limited', outcome: 'unknown', retriable: 'protected' }))
    .with(P.number.gte(500), () => ({ code: 'provider_unavailable', outcome: 'unknown', retriable: 'protected' }))
    .otherwise(() => ({ code: 'malformed_response', outcome: 'unknown', retriable: 'never' }));

const retryWish = (adapter: AnyAdapter, answer: WireAnswer): boolean | null =>
  match(adapter.shouldRetryHeader === null ? null : answer.header(adapter.shouldRetryHeader)?.toLowerCase())
    .with('true', () => true)
    .with('false', () => false)
    .otherwise(() => null);

const readErrorSafely = (adapter: AnyAdapter, answer: WireAnswer, operation: OperationName): ErrorReading => {
  try {
    return adapter.readError(answer, operation);
  } catch {
    return { kind: 'unrecognised' };
  }
};

const classifyAnswer = (adapter: AnyAdapter, operation: OperationName, answer: WireAnswer): Classification => {
  const reading = readErrorSafely(adapter, answer, operation);
  if (reading.kind === 'declined') return { kind: 'declined', answer, reading };
  const fault = reading.kind === 'fault' ? { code: reading.code, ...faults[reading.code] } : byStatus(answer.status);
  const wish = retryWish(adapter, answer);
  return {
    kind: 'failed',
    ...fault,
    retriable: wish === false ? 'never' : wish === true && fault.retriable === 'never' ? 'protected' : fault.retriable,
    answer,
    reading: reading.kind === 'fault' ? reading : null,
    cause: null,
  };
};

/** What one exchange means for an operation. A redirect was not followed and a body that is too large was not read: whether the provider acted is unknown. */
export const classify = (adapter: AnyAdapter, operation: OperationName, result: ExchangeResult): Classification => {
  if (result.type === 'lost')
    return {
      kind: 'failed',
      code: result.why === 'not_called' ? 'configuration' : result.why,
      outcome: result.sent ? 'unknown' : 'not_sent',
      retriable: result.why === 'aborted' || result.why === 'not_called' ? 'never' : result.sent ? 'protected' : 'always',
      answer: null,
      reading: null,
      cause: result.cause,
    };
  const { answer, unusable } = result;
  if (unusable !== null) return { kind: 'failed', code: 'malformed_response', outcome: 'unknown', retriable: 'never', answer, reading: null, cause: null };
  if (answer.status >= 200 && answer.status < 300)
    return { kind: 'success', answer, replayed: adapter.replayedHeader !== null && answer.header(adapter.replayedHeader) === 'true' };
  return classifyAnswer(adapter, operation, answer);
};
