/** One page of a list, in the provider's own order (which most providers document as newest first). */
export interface Page<T> {
  readonly data: readonly T[];
  /** Whether the provider says that more follows. */
  readonly hasMore: boolean;
  /** Give it as `cursor` to get the next page; `null` at the end. Opaque: its form differs by provider. */
  readonly nextCursor: string | null;
}
