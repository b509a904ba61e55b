/** JSON with the members of every object in alphabetical order: equal content gives equal text. Digests of it are stored, so it never changes. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
      : member,
  ) ?? 'null';
