import type { SecretValue } from './secret.js';

/** How a 3-D Secure step runs, in words that all providers share. */
export const threeDSecureFlows = ['frictionless', 'method', 'challenge'] as const;

/**
 * What the customer has to do next. What is inside is secret (it lets its holder act as the customer), so it prints as `[redacted]`;
 * `toBrowser(intent)` hands it to the customer's browser.
 */
export type NextAction =
  /** Send the customer to `url`; they come back to `returnUrl`. */
  | { readonly type: 'redirect'; readonly url: SecretValue<string>; readonly returnUrl: string | null }
  /** Hand the client secret to the provider's own browser library, which does the rest. */
  | { readonly type: 'provider_sdk'; readonly data: SecretValue<unknown> }
  /** A 3-D Secure step that the page runs itself: a hidden `method` frame, a visible `challenge`, or nothing (`frictionless`). */
  | { readonly type: 'three_d_secure'; readonly flow: (typeof threeDSecureFlows)[number] | 'unknown'; readonly data: SecretValue<unknown> }
  /** Show something to the customer: a voucher, a bank account, a QR code. `kind` is the provider's own word. */
  | { readonly type: 'display'; readonly kind: string; readonly data: SecretValue<unknown> }
  /** A kind that this version does not know, or whose shape the provider does not publish. `providerType` is the provider's own word, if it has one. */
  | { readonly type: 'opaque'; readonly providerType: string | null; readonly data: SecretValue<unknown> };
