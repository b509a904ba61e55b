import { PaymentError, type ErrorCode, type Money, type Outcome, type PaymentErrorShape } from '../index.js';

/** A broken promise: what was held, what was expected and what was seen, as JSON or in words; and the error that was seen in place of what was expected, where it was one. */
export class PromiseBroken extends Error {
  constructor(
    readonly about: string,
    readonly expected: string,
    readonly seen: string,
    readonly error: PaymentErrorShape | null = null,
  ) {
    super(`${about}\n  expected: ${expected}\n  seen:     ${seen}`);
    this.name = 'PromiseBroken';
  }
}

const text = (value: unknown): string => JSON.stringify(value, (_, member: unknown) => (member === undefined ? null : member));

/** What an error says of itself: code, outcome and message. */
export const errorInWords = ({ code, outcome, message }: PaymentErrorShape): string => `${code}, ${outcome}: ${message}`;

/** A secret or a key as it can be shown: how it begins, and how long it is. */
export const masked = (secret: string): string => `${secret.slice(0, 4)}… (${secret.length} characters)`;

/** The members of an object in alphabetical order, for content whose order says nothing. */
export const sortedEntries = (record: object | null): readonly (readonly [string, unknown])[] => Object.entries(record ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Equal as JSON. */
export const equal = (seen: unknown, expected: unknown, promise: string): void => {
  if (text(seen) !== text(expected)) throw new PromiseBroken(promise, text(expected), text(seen));
};

export const oneOf = (seen: unknown, expected: readonly unknown[], promise: string): void => {
  if (!expected.includes(seen)) throw new PromiseBroken(promise, `one of ${text(expected)}`, text(seen));
};

export const holds = (condition: boolean, promise: string, seen: unknown = condition): void => {
  if (!condition) throw new PromiseBroken(promise, 'true', text(seen));
};

/** The same money, or nothing said. */
export const moneyIs = (seen: Money | null, expected: Money, promise: string): void => {
  if (seen !== null) equal(seen, expected, promise);
};

/** Runs what has to fail, and returns its error. */
export const failure = async (action: () => Promise<unknown>, promise: string): Promise<PaymentErrorShape> => {
  let value: unknown;
  try {
    value = await action();
  } catch (error) {
    if (PaymentError.is(error)) return error;
    throw new PromiseBroken(`${promise}: every error is a PaymentError`, 'a PaymentError', String(error));
  }
  throw new PromiseBroken(promise, 'an error', text(value));
};

/** Runs what has to fail with one of certain codes. */
export const fails = async (
  action: () => Promise<unknown>,
  expected: { readonly code: readonly ErrorCode[]; readonly outcome: readonly Outcome[] },
  promise: string,
): Promise<PaymentErrorShape> => {
  const error = await failure(action, promise);
  const held = (what: 'code' | 'outcome', allowed: readonly string[]): void => {
    if (!allowed.includes(error[what])) throw new PromiseBroken(`${promise}: the error's ${what}`, `one of ${text(allowed)}`, errorInWords(error), error);
  };
  held('code', expected.code);
  held('outcome', expected.outcome);
  return error;
};
