const withZone = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;
const withoutZone = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** The years 0 to 9999 in milliseconds: beyond them ISO 8601 is written in another form, and what was meant was not that year: milliseconds, say, in place of seconds. */
const [earliest, latest] = [Date.parse('0000-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

const toIso = (milliseconds: number): string | null => (milliseconds >= earliest && milliseconds <= latest ? new Date(milliseconds).toISOString() : null);

/**
 * A provider's time as an ISO 8601 string in UTC with milliseconds (`2026-04-10T05:00:00.000Z`).
 * Reads ISO 8601 with any offset (none means UTC, as providers document UTC), and a number or a digit string of Unix seconds.
 * @returns `null` when there is nothing readable: a time is never worth losing a payment for.
 */
export const readTime = (value: unknown): string | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? toIso(Math.round(value * 1000)) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,11}$/.test(text)) return toIso(Number(text) * 1000);
  if (withZone.test(text)) return toIso(Date.parse(text.replace(' ', 'T').toUpperCase()));
  return withoutZone.test(text) ? toIso(Date.parse(`${text.replace(' ', 'T').toUpperCase()}Z`)) : null;
};
