/** @param {readonly number[]} numbers at least one */
export const median = (numbers) => {
  const sorted = numbers.toSorted((first, second) => first - second);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/**
 * The same things in another order each time, so that what changes in the machine meanwhile favours none of them.
 * @template T
 * @param {readonly T[]} things
 * @param {number} round
 */
export const reordered = (things, round) => {
  const start = round % Math.max(things.length, 1);
  const rotated = [...things.slice(start), ...things.slice(0, start)];
  return round % 2 === 0 ? rotated : rotated.toReversed();
};
