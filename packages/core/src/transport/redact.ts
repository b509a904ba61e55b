import type { AnyAdapter } from '../contract/adapter.js';
import { redactText } from '../contract/redact.js';

/** What a redacted value prints as. */
const redacted = '[redacted]';

/** A shorter text is no key, and would be found in words that are none. */
const shortestSecret = 8;

const decoded = (base64: string): string => {
  try {
    return atob(base64);
  } catch {
    return '';
  }
};

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

/** The texts with which a client authorises its requests, and what is in them: the key behind `Bearer`, the pair in a `Basic` credential. */
export const secretsOf = ({ authorization }: Pick<AnyAdapter, 'authorization'>): readonly string[] =>
  Object.values(authorization()).flatMap((value) => {
    const text = value.reveal();
    const credential = text.split(' ').at(-1) ?? text;
    return [text, credential, ...(/^basic /i.test(text) ? decoded(credential).split(':') : [])].filter(({ length }) => length >= shortestSecret);
  });

const redact = (value: unknown, readable: boolean, secrets: readonly string[]): unknown => {
  if (value === null || value === undefined) return value;
  if (typeof value === 'string') return readable ? secrets.reduce((text, secret) => text.replaceAll(secret, redacted), redactText(value)) : redacted;
  if (typeof value === 'number') return readable && Math.abs(value) < 1e11 ? value : redacted;
  if (typeof value !== 'object') return readable ? value : redacted;
  if (Array.isArray(value)) return value.map((item) => redact(item, readable, secrets));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (member === null || openValues.has(key)) return [key, redact(member, true, secrets)];
      return [key, openContainers.has(key) ? redact(member, false, secrets) : redacted];
    }),
  );
};

/**
 * A copy of JSON in which only values known to be harmless are readable, and none of `secrets` in them. `null`, empty containers and the names of members
 * stay.
 */
export const redactJson = (value: unknown, secrets: readonly string[]): unknown => redact(value, false, secrets);

/** Request headers that say how, not who. */
const openHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'idempotency-key', 'stripe-version', 'user-agent']);

/** Headers in which only harmless ones are readable: `constant` are those that the adapter puts on every request, such as an API version. */
export const redactHeaders = (headers: Readonly<Record<string, string>>, constant: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const isConstant = (name: string, value: string): boolean => constant[name] === value && !/key|token|auth|secret/i.test(name);
  const open = (name: string, value: string): boolean => openHeaders.has(name.toLowerCase()) || (Object.hasOwn(constant, name) && isConstant(name, value));
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, open(name, value) ? value : redacted]));
};
