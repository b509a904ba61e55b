/** Query of `events.list`. A filter that the provider lacks is refused, never applied silently on our side. */
export interface ListEvents {
  /** The page's size. The provider's own default when left out. */
  readonly limit?: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  /** Only events of this type of the provider's. */
  readonly providerType?: string;
  /** Only events about the object with this id of the provider's. */
  readonly subject?: string;
  /** Only events at or after this time (ISO 8601). */
  readonly createdFrom?: string;
  /** Only events before this time (ISO 8601). */
  readonly createdBefore?: string;
}
