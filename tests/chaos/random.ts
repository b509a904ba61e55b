/** A source of chance that gives the same numbers for the same seed, on every machine. */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  /** A seed for a source of its own, so that what one part draws does not move another. */
  readonly seed: () => number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, which is plenty for choosing steps and nothing for secrets. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => bits() / 2 ** 32;
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    seed: bits,
  };
};

/** One of several by weight. */
export const pickByWeight = <T>(random: Random, items: readonly (readonly [weight: number, item: T])[]): T | null => {
  let rest = random.next() * items.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, item] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  return items.at(-1)?.[1] ?? null;
};
