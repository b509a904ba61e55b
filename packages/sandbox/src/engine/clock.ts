/** A clock that runs with real time, from a start of one's choice, and can be moved forward. */
export interface Clock {
  /** Milliseconds to add to the real time. */
  offset: number;
}

/**
 * @param now ISO 8601 start; undefined for the real time.
 * @throws TypeError when `now` is not a date.
 */
export function startClock(now: string | undefined): Clock {
  if (now === undefined) return { offset: 0 };
  const start = Date.parse(now);
  if (Number.isNaN(start)) throw new TypeError(`createSandbox: now is not an ISO 8601 date: ${now}`);
  return { offset: start - Date.now() };
}

/** Milliseconds since the Unix epoch by this clock. */
export const readClock = (clock: Clock): number => Date.now() + clock.offset;

/** ISO 8601, UTC, milliseconds. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** Whole seconds since the Unix epoch. */
export const unixTime = (at: number): number => Math.floor(at / 1000);
