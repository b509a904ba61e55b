import type { PaymentIntent } from './payment-intent.js';
import type { Refund } from './refund.js';
import type { SecretValue } from './secret.js';
import type { SetupIntent } from './setup-intent.js';

/** What can have happened, in words that all providers share. */
export const eventTypes = [
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.succeeded',
  'setup_intent.setup_failed',
  'setup_intent.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const;

/** A shared type. */
export type KnownEventType = (typeof eventTypes)[number];

/** A shared type, or `unknown` for one that this version does not have: `providerType` says which. */
export type EventType = KnownEventType | 'unknown';

/**
 * How far what an event says can be believed. `signed`: its delivery carried a signature over its bytes. `retrieved`: it was read from the provider.
 * `token`: its delivery carried a shared word only, which proves nothing about its contents; retrieve before you act.
 */
export type EventTrust = 'signed' | 'retrieved' | 'token';

/** An object that has a life of its own. */
export type LivingObject = PaymentIntent | SetupIntent | Refund;

/** Something that happened at the provider. `type` says what happened; `subject` is a snapshot, and snapshots arrive late, twice and out of order. */
export interface PaymentEvent {
  readonly object: 'event';
  /** The name of the account in your application; the first part of `ref`. */
  readonly account: string;
  readonly provider: string;
  /** The provider's own id: what deliveries of one event have in common. */
  readonly id: string;
  /** `account:id`. */
  readonly ref: string;
  readonly type: EventType;
  /** The provider's own word. */
  readonly providerType: string;
  readonly livemode: boolean | null;
  /** When it happened. ISO 8601 in UTC with milliseconds. */
  readonly createdAt: string | null;
  /** What it happened to, as it was then; `null` where it is of a kind that this model does not have, or could not be read. */
  readonly subject: LivingObject | null;
  readonly trust: EventTrust;
  /** The provider's event as it came. Prints as `[redacted]`. */
  readonly raw: SecretValue<unknown>;
}
