/** Milliseconds. */
const first = 500;
const longest = 8_000;

/** Seconds that an answer asks to wait: `Retry-After` as a number of seconds or as an HTTP date; `null` when it says nothing readable. */
export const retryAfterSeconds = (value: string | null, now: number): number | null => {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
};

/**
 * Milliseconds to wait before try number `next` (2 is the first repetition): exponential with full jitter, but never less than the provider asked for.
 * `random` is in [0, 1).
 */
export const backOff = (next: number, random: number, retryAfter: number | null): number =>
  Math.max(Math.round(random * Math.min(longest, first * 2 ** (next - 2))), Math.ceil((retryAfter ?? 0) * 1000));
