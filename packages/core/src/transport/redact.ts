import { scrub } from '../contract/complete.js';

/** What a redacted value prints as. */
const redacted = '[redacted]';

/** Members whose plain values say nothing secret and nothing personal. Everything else is redacted: a new field of a provider is secret until it is known. */
const openValues: ReadonlySet<string> = new Set([
  'id', 'object', 'status', 'livemode', 'type', 'kind', 'mode',
  'amount', 'amount_capturable', 'amount_received', 'amount_to_capture', 'final_capture', 'currency', 'iso', 'scale',
  'capture_method', 'confirmation_method', 'confirm', 'off_session', 'setup_future_usage', 'request_three_d_secure', 'request_extended_authorization',
  'customer', 'customer_id', 'payment_method', 'payment_method_id', 'payment_method_types', 'latest_charge', 'latest_payment',
  'created', 'created_at', 'updated', 'updated_at', 'canceled_at', 'expired_at', 'cancellation_reason',
  'code', 'decline_code', 'advice_code', 'network_decline_code', 'network_advice_code', 'param', 'field', 'title', 'trace_id',
  'limit', 'offset', 'starting_after', 'ending_before', 'has_more', 'payment_intent',
]); // prettier-ignore

/** Members that are looked into, but whose own text is none to be shown: `error` may be a sentence that quotes what was sent. */
const openContainers: ReadonlySet<string> = new Set(['data', 'items', 'error', 'errors', 'payment_method_options', 'card', 'last_payment_error']);

const redact = (value: unknown, readable: boolean): unknown => {
  if (value === null || value === undefined) return value;
  if (typeof value === 'string') return readable ? scrub(value) : redacted;
  if (typeof value === 'number') return readable && Math.abs(value) < 1e11 ? value : redacted;
  if (typeof value !== 'object') return readable ? value : redacted;
  if (Array.isArray(value)) return value.map((item) => redact(item, readable));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (member === null || openValues.has(key)) return [key, redact(member, true)];
      return [key, openContainers.has(key) ? redact(member, false) : redacted];
    }),
  );
};

/** A copy of JSON in which only values known to be harmless are readable. `null`, empty containers and the names of members stay. */
export const redactJson = (value: unknown): unknown => redact(value, false);

/** Request headers that say how, not who. */
const openHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'idempotency-key', 'stripe-version', 'user-agent']);

/** Headers in which only harmless ones are readable. */
export const redactHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, openHeaders.has(name.toLowerCase()) ? value : redacted]));
