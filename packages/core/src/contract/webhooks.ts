import type { EventType, PaymentEvent } from '../model/event.js';
import type { Fact } from './limits.js';
import type { EventReading } from './readings.js';

/** Where a delivery's proof stands: in a header, or in the query of the address that was posted to (`?<name>=…`). Found twice, it is not believed. */
export interface ProofPlace {
  readonly in: 'header' | 'query';
  readonly name: string;
}

/** How a provider proves that a delivery is its own. Data: verification is the core's. HMACs are HMAC-SHA256 over the raw bytes. */
export type WebhookScheme =
  /** A shared word. It proves nothing about the contents: the event is retrieved before it is believed. */
  | ({ readonly type: 'shared_token' } & ProofPlace)
  /** `t=<unix seconds>,v1=<hex>` over `<t>.<body>`; the whole secret is the key. Several signatures may stand side by side. */
  | { readonly type: 'timestamped_hmac'; readonly header: string; readonly timestampKey: string; readonly signatureKey: string }
  /** The Standard Webhooks specification: `<prefix>id`, `<prefix>timestamp`, `<prefix>signature`; the key is base64 after `whsec_`. */
  | { readonly type: 'standard_webhooks'; readonly headerPrefix: string }
  /**
   * An HMAC of the body alone, or of the whole address that was posted to and the body behind it (`over`), which cannot tell an old delivery from a new one.
   * `prefix` stands before it, such as `sha256=`.
   */
  | ({ readonly type: 'hmac'; readonly encoding: 'hex' | 'base64'; readonly prefix?: string; readonly over?: 'body' | 'address_and_body' } & ProofPlace);

/** One of a provider's event types, and what it means here: `unknown` where the object in it decides. */
export interface SentEvent {
  readonly providerType: string;
  readonly type: EventType;
}

/** A delivery as a framework other than the Web's hands it over. `body` is what arrived, byte by byte: parsed and written again it is something else. */
export interface Delivery {
  readonly body: string | Uint8Array;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * The address that was posted to, with its query. Needed where the proof stands there (then its path and query will do), or where the address is signed: then
   * letter by letter as the provider has it, so behind a proxy give that one. It is read for nothing else.
   */
  readonly url?: string;
}

/** The deliveries of one account. */
export interface Webhooks {
  /**
   * Verifies a delivery and reads it. Sends nothing.
   * @returns the event; its `trust` says how far it may be believed: `signed`, or `token` for a scheme that does not sign, whose event has to be retrieved.
   * @throws PaymentError `webhook_unverified` saying why; `unsupported` where the provider has no webhooks; `configuration` without a secret; `invalid_request`
   * for what is no raw delivery, or has no `url` where the proof stands in the address.
   */
  readonly verify: (delivery: Request | Delivery) => Promise<PaymentEvent>;
}

/** How a provider tells what happens, and what it tells. */
export interface WebhookFacts {
  readonly scheme: WebhookScheme;
  /** The event types to subscribe to. A shared type that is not among them never comes, and has to be polled for. */
  readonly sends: Fact<readonly SentEvent[]>;
  /** Reads an event, as a delivery or as `events.retrieve` brings it. Throws (best by `readWire`) when it has no id or no type. */
  readonly readEvent: (json: unknown) => EventReading;
}
