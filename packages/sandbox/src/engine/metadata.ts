import type { MetadataValue } from './intent.js';
import type { JsonObject } from './json.js';

/** A change to metadata: an empty string deletes its key. */
export interface MetadataChange {
  /** Drop everything first. */
  readonly clear: boolean;
  readonly entries: readonly (readonly [string, MetadataValue])[];
}

/** No change. */
export const sameMetadata: MetadataChange = { clear: false, entries: [] };

/** Metadata after a change. */
export function changeMetadata(current: ReadonlyMap<string, MetadataValue>, change: MetadataChange): ReadonlyMap<string, MetadataValue> {
  const next = new Map(change.clear ? [] : current);
  for (const [key, value] of change.entries) {
    if (value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** Metadata as JSON. `Object.fromEntries` defines own properties, so a key `__proto__` stays a mere key. */
export const metadataJson = (metadata: ReadonlyMap<string, MetadataValue>): JsonObject => Object.fromEntries(metadata);
