import { PaymentError, type ErrorCode, type Money, type Outcome, type PaymentErrorShape } from '../index.js';

/** A broken promise: what was promised, what was expected, what was seen. */
export class PromiseBroken extends Error {
  constructor(promise: string, expected: unknown, seen: unknown) {
    super(`${promise}\n  expected: ${JSON.stringify(expected)}\n  seen:     ${JSON.stringify(seen)}`);
    this.name = 'PromiseBroken';
  }
}

const text = (value: unknown): string => JSON.stringify(value, (_, member: unknown) => (member === undefined ? null : member));

/** Equal as JSON. */
export const equal = (seen: unknown, expected: unknown, promise: string): void => {
  if (text(seen) !== text(expected)) throw new PromiseBroken(promise, expected, seen);
};

export const oneOf = (seen: unknown, expected: readonly unknown[], promise: string): void => {
  if (!expected.includes(seen)) throw new PromiseBroken(promise, `one of ${text(expected)}`, seen);
};

export const holds = (condition: boolean, promise: string, seen: unknown = condition): void => {
  if (!condition) throw new PromiseBroken(promise, true, seen);
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
    throw new PromiseBroken(`${promise}: every error is a PaymentError`, 'PaymentError', String(error));
  }
  throw new PromiseBroken(promise, 'an error', value);
};

/** Runs what has to fail with one of certain codes. */
export const fails = async (
  action: () => Promise<unknown>,
  expected: { readonly code: readonly ErrorCode[]; readonly outcome: readonly Outcome[] },
  promise: string,
): Promise<PaymentErrorShape> => {
  const error = await failure(action, promise);
  oneOf(error.code, expected.code, `${promise}: the error's code`);
  oneOf(error.outcome, expected.outcome, `${promise}: the error's outcome`);
  return error;
};
