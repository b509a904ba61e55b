import type { Json } from '../engine/json.js';

/** An answer, before it goes over the wire. */
export interface Answer {
  readonly status: number;
  readonly contentType: 'application/json' | 'application/problem+json';
  readonly body: Json;
  /** Is it kept under the request's idempotency key? A `failure` is kept where failures are. */
  readonly stored: 'always' | 'failure' | 'never';
}

/** A success. */
export const success = (body: Json): Answer => ({ status: 200, contentType: 'application/json', body, stored: 'always' });
