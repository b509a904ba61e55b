import type { Intent } from './intent.js';

/** What is wrong with one field of a request. */
export interface Problem {
  readonly kind: 'missing' | 'unknown' | 'invalid';
  /** From the body's (or query's) root. */
  readonly path: readonly string[];
  readonly message: string;
}

/** Why a request was not carried out, in the sandbox's own words; each dialect has its own spelling. */
export type Refusal =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'not_found'; readonly what: 'intent' | 'customer' | 'payment_method' | 'payment'; readonly id: string }
  | { readonly kind: 'bad_cursor'; readonly parameter: string; readonly id: string }
  | { readonly kind: 'invalid_status'; readonly intent: Intent; readonly verb: string }
  | { readonly kind: 'authorization_expired'; readonly intent: Intent }
  | { readonly kind: 'missing_payment_method'; readonly intent: Intent | null }
  | { readonly kind: 'customer_required' }
  | { readonly kind: 'type_not_allowed' }
  | { readonly kind: 'too_many_metadata_keys'; readonly on: 'create' | 'update' }
  | { readonly kind: 'capture_too_large'; readonly capturable: number }
  | { readonly kind: 'increment_not_larger'; readonly intent: Intent };

/** A refusal that the request's own content explains: nothing was begun, so nothing is stored under its key. */
export const beforeExecution = (refusal: Refusal): boolean =>
  refusal.kind === 'invalid' || refusal.kind === 'not_found' || refusal.kind === 'bad_cursor' || refusal.kind === 'too_many_metadata_keys';
