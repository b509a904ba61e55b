/** How many characters have to be added, removed or exchanged to make one text of the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1)
      next.push(Math.min((next[column - 1] ?? 0) + 1, (row[column] ?? 0) + 1, (row[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
};

/** The three known names that are most like a name, the likest first. */
export const nearest = (name: string, known: readonly string[]): readonly string[] =>
  [...new Set(known)]
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .toSorted((one, other) => one.far - other.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);

/** Whether a name is a known one with a slip in it. */
export const isSlip = (name: string, known: readonly string[]): boolean => known.some((candidate) => candidate !== name && distance(name, candidate) <= 2);
