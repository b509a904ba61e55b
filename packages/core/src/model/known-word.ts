/** A word of a closed list, or `unknown` for any other. */
export const knownWord = <T extends string>(words: readonly T[], value: string | null): T | 'unknown' | null =>
  value === null ? null : (words.find((word) => word === value) ?? 'unknown');
