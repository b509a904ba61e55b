import type { NextAction } from './next-action.js';
import type { PaymentIntent, PaymentIntentStatus } from './payment-intent.js';
import type { SetupIntent } from './setup-intent.js';

/** A next action with its contents readable, for the payer's browser. */
export type BrowserNextAction =
  | { readonly type: 'redirect'; readonly url: string; readonly returnUrl: string | null }
  | { readonly type: 'provider_sdk'; readonly data: unknown }
  | { readonly type: 'three_d_secure'; readonly flow: string; readonly data: unknown }
  | { readonly type: 'display'; readonly kind: string; readonly data: unknown }
  | { readonly type: 'opaque'; readonly providerType: string | null; readonly data: unknown };

/** What a customer's browser needs to go on with a payment, or with the saving of a method. Plain JSON, and the one deliberate way out for its secrets. */
export interface BrowserPayment {
  readonly provider: string;
  readonly id: string;
  readonly status: PaymentIntentStatus;
  readonly clientSecret: string | null;
  readonly nextAction: BrowserNextAction | null;
}

const readable = (action: NextAction): BrowserNextAction =>
  action.type === 'redirect' ? { ...action, url: action.url.reveal() } : { ...action, data: action.data.reveal() };

/**
 * What to send to the browser of the customer who pays this intent, or saves a method by it, and to nobody else: the client secret and the next action, in the clear.
 * Never log it.
 */
export const toBrowser = (intent: PaymentIntent | SetupIntent): BrowserPayment => ({
  provider: intent.provider,
  id: intent.id,
  status: intent.status,
  clientSecret: intent.clientSecret?.reveal() ?? null,
  nextAction: 'nextAction' in intent && intent.nextAction !== null ? readable(intent.nextAction) : null,
});
