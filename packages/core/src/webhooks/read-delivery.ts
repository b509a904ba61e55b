import { inputError, type PaymentError } from '../model/payment-error.js';
import type { Delivery } from '../contract/webhooks.js';
import { bytesOf, joinBytes } from './bytes.js';

/** A delivery as bytes, and ways to its headers and to the query of its address. */
export interface RawDelivery {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Every value of a header, whatever the case of its name. */
  readonly header: (name: string) => readonly string[];
  /** Every value of a parameter in the query of the address that was posted to; `null` when that is not known. */
  readonly query: ((name: string) => readonly string[]) | null;
  /** The whole address that was posted to, letter by letter; `null` when it is not known. */
  readonly address: string | null;
}

/** What was given is no delivery: the application's own mistake, not the sender's. */
export const misused = (field: string, problem: string, remedy: string): PaymentError => inputError([{ field, problem, remedy }], { operation: 'webhooks.verify' });

const valuesOf = (headers: Delivery['headers'], name: string): readonly string[] => {
  if (headers instanceof Headers) {
    const value = headers.get(name);
    return value === null ? [] : [value];
  }
  return Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() !== name.toLowerCase() || value === undefined ? [] : value));
};

/** Node's own servers give the path and the query alone: the rest of the address says nothing here. */
const queryOf = (url: unknown): RawDelivery['query'] => {
  if (typeof url !== 'string' || url === '' || !URL.canParse(url, 'http://localhost')) return null;
  const { searchParams } = new URL(url, 'http://localhost');
  return (name) => searchParams.getAll(name);
};

/** Not written anew by `URL`: what was signed is what the provider has. */
const addressOf = (url: unknown): string | null => (typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null);

const readStream = async (stream: ReadableStream<Uint8Array>, maximumBytes: number): Promise<Uint8Array<ArrayBuffer> | null> => {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maximumBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return joinBytes(parts);
};

const bodyBytes = (body: unknown): Uint8Array<ArrayBuffer> => {
  if (typeof body === 'string') return bytesOf(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  throw misused('body', 'is neither text nor bytes', 'Give the raw body. What a framework has parsed is something else than what was signed: turn its parser off for this route.');
};

/** The largest delivery that is read: one mebibyte. Providers' own are some kilobytes. */
export const defaultMaximumBytes = 1_048_576;

/**
 * A delivery's raw bytes, its headers, and its address.
 * @returns `null` when the body is larger than `maximumBytes`; no more of it is read then.
 * @throws PaymentError `invalid_request` when it is no delivery, or its body was read or parsed before.
 */
export const readDelivery = async (delivery: Request | Delivery, maximumBytes: number = defaultMaximumBytes): Promise<RawDelivery | null> => {
  if (typeof delivery !== 'object' || delivery === null || !('headers' in delivery) || typeof delivery.headers !== 'object' || delivery.headers === null)
    throw misused('delivery', 'is not a delivery', 'Give the Request, or { body, headers, url }.');
  const { headers } = delivery;
  const header = (name: string): readonly string[] => valuesOf(headers, name);
  const query = queryOf(delivery.url);
  const address = addressOf(delivery.url);
  if (!(delivery instanceof Request)) {
    const body = bodyBytes(delivery.body);
    return body.length > maximumBytes ? null : { body, header, query, address };
  }
  if (delivery.bodyUsed) throw misused('body', 'has been read before', 'Verify the request before anything else reads it, or give { body, headers }.');
  if (Number(delivery.headers.get('content-length') ?? 0) > maximumBytes) return null;
  const body = delivery.body === null ? new Uint8Array() : await readStream(delivery.body, maximumBytes);
  return body === null ? null : { body, header, query, address };
};
