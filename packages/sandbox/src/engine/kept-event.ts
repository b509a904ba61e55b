import type { DeliveryPost } from '../contract.js';
import type { JsonObject } from './json.js';

/** What is to be reported of a change: an event's type, and the object as it is rendered at that moment. */
export interface EventDraft {
  readonly type: string;
  readonly object: JsonObject;
}

/** An event, before a dialect gives it its envelope. */
export interface KeptEvent extends EventDraft {
  readonly id: string;
  /** When it happened, in milliseconds since the epoch by the sandbox's clock. */
  readonly createdAt: number;
}

/** The delivery of one event. Never changed in place. */
export interface DeliveryState {
  readonly event: KeptEvent;
  /** Everything that was posted, duplicates included. */
  readonly posts: readonly DeliveryPost[];
  /** How often it was tried; a duplicate is no try of its own. */
  readonly attempts: number;
  /** Milliseconds since the epoch; null when it is not tried again. */
  readonly dueAt: number | null;
  readonly acknowledged: boolean;
}
