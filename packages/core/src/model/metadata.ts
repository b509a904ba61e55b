/** What a metadata value may be. Which of them a provider keeps is in its limits. */
export type MetadataValue = string | number | boolean;

/** Flat key-value data on an object of the provider. It has no prototype, so every key is only ever data. */
export type Metadata = Readonly<Record<string, MetadataValue>>;

/** A change of metadata: a value sets a key, `null` deletes it, what is not named stays as it is. */
export type MetadataChange = Readonly<Record<string, MetadataValue | null>>;

/** The metadata key that carries the `attempt` beside the reference, from the second attempt on. */
export const attemptKey = 'oneintent_attempt';

/** The metadata key that carries an operation's `reference` at providers that have metadata, so that a lost create can be found again. */
export const referenceKey = 'oneintent_reference';

/** A copy of entries as a frozen record without a prototype: a key such as `__proto__` is data like any other. */
export const metadataOf = <T extends MetadataValue | null>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> => {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return Object.freeze(record);
};

/** The entries of a flat record, `null` for anything else. Every own key counts, `__proto__` and `constructor` too, which schemas of records drop or refuse. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;

const isValue = (value: unknown): value is MetadataValue => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/**
 * A provider's metadata, read leniently: values that are not text, numbers or booleans are left out (they stay in the provider's own object).
 * @returns the metadata without our own two keys, and what they say; `null` where the provider sent none.
 */
export const readMetadata = (
  value: unknown,
): { readonly metadata: Metadata | null; readonly reference: string | null; readonly attempt: number } => {
  const entries = entriesOf(value);
  if (entries === null) return { metadata: null, reference: null, attempt: 1 };
  const metadata: [string, MetadataValue][] = [];
  let [reference, attempt] = ['', ''];
  for (const [key, member] of entries) {
    if (!isValue(member)) continue;
    if (key === referenceKey) reference = String(member);
    else if (key === attemptKey) attempt = String(member);
    else metadata.push([key, member]);
  }
  return { metadata: metadataOf(metadata), reference: reference || null, attempt: Number(attempt || 1) };
};
