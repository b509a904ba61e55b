import { parseRef } from '../model/ref.js';
import { namedByField } from '../operations/named-by-field.js';
import type { Mapping, MigrationDirectory, Side } from './directory.js';
import { sideOf, type Sides } from './sides.js';

/** Values of the side `from` that have another name at the side `to`, by input field: `{ captureMethod: { automatic_async: 'automatic' } }`. Only what a team has accepted. */
export type ValueMappings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An input as one side takes it. */
export interface Translation {
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields that name something which this side does not have. */
  readonly elsewhere: readonly string[];
  /** Fields that name something by a bare id of the side `from` for which there is no mapping. */
  readonly unmapped: readonly string[];
}

/** What of the provider's own a field names by its id, which the other provider knows by another; `null` where it names nothing of that kind. */
export const mappedKindOf = (field: string): Mapping['kind'] | null => {
  const named = namedByField(field);
  return named === 'object' ? null : named;
};

/** Writes an input for one side: ids by the directory's mappings, values by those that were accepted. Refs say whose an id is; a bare one is the side `from`'s. */
export const translate = async (
  sides: Sides,
  side: Side,
  given: Readonly<Record<string, unknown>>,
  { directory, values }: { readonly directory: MigrationDirectory; readonly values: ValueMappings },
): Promise<Translation> => {
  const elsewhere: string[] = [];
  const unmapped: string[] = [];
  const written = async (field: string, value: unknown): Promise<unknown> => {
    if (typeof value !== 'string') return value;
    const kind = mappedKindOf(field);
    if (kind === null) return side === 'to' && Object.hasOwn(values, field) && Object.hasOwn(values[field] ?? {}, value) ? values[field]?.[value] : value;
    const ref = parseRef(value);
    const owner = ref === null ? null : sideOf(sides, ref.account);
    const id = ref === null || owner === null ? value : ref.id;
    if ((owner ?? 'from') === side) return id;
    if (side === 'from') {
      elsewhere.push(field);
      return id;
    }
    const mapping = await directory.mapping(kind, id);
    if (mapping === null) (owner === null ? unmapped : elsewhere).push(field);
    return mapping?.to ?? id;
  };
  const entries: (readonly [string, unknown])[] = [];
  for (const [field, value] of Object.entries(given)) if (value !== undefined) entries.push([field, await written(field, value)]);
  return { input: Object.fromEntries(entries), elsewhere, unmapped };
};
