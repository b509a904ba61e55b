import type { Intent } from './intent.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';

/** What is wrong with one field of a request. */
export interface Problem {
  readonly kind: 'missing' | 'unknown' | 'invalid';
  /** From the body's (or query's) root. */
  readonly path: readonly string[];
  readonly message: string;
}

/** What is not there. The last two are named by the request for a refund. */
export type Missing = 'intent' | 'customer' | 'payment_method' | 'payment' | 'setup' | 'refund' | 'event' | 'refunded_intent' | 'refunded_payment';

/** Why a request was not carried out, in the sandbox's own words; each dialect has its own spelling. */
export type Refusal =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'not_found'; readonly what: Missing; readonly id: string }
  | { readonly kind: 'bad_cursor'; readonly parameter: string; readonly id: string }
  | { readonly kind: 'invalid_status'; readonly intent: Intent; readonly verb: string }
  | { readonly kind: 'authorization_expired'; readonly intent: Intent }
  | { readonly kind: 'missing_payment_method'; readonly intent: Intent | null }
  | { readonly kind: 'customer_required' }
  | { readonly kind: 'type_not_allowed' }
  | { readonly kind: 'too_many_metadata_keys'; readonly on: 'create' | 'update' }
  | { readonly kind: 'capture_too_large'; readonly capturable: number }
  | { readonly kind: 'increment_not_larger'; readonly intent: Intent }
  | { readonly kind: 'setup_status'; readonly setup: Setup; readonly verb: string }
  | { readonly kind: 'missing_setup_method'; readonly setup: Setup | null }
  | { readonly kind: 'refund_status'; readonly refund: Refund; readonly verb: string }
  | { readonly kind: 'nothing_to_refund'; readonly intent: Intent }
  | { readonly kind: 'already_refunded'; readonly intent: Intent; readonly attempt: string }
  | { readonly kind: 'refund_too_large'; readonly intent: Intent; readonly amount: number; readonly refundable: number };

/** A refusal that the request's own content explains: nothing was begun, so nothing is stored under its key. */
export const beforeExecution = (refusal: Refusal): boolean =>
  refusal.kind === 'invalid' || refusal.kind === 'not_found' || refusal.kind === 'bad_cursor' || refusal.kind === 'too_many_metadata_keys';
