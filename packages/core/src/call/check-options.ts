import { problemIf } from '../model/problems.js';
import { inputError } from '../model/payment-error.js';
import { honouredKeys } from '../contract/limits.js';
import type { CallOptions } from '../operations/verbs.js';
import { isRead, type OperationName } from '../operations/index.js';
import type { ClientContext } from './context.js';

const names: { readonly [O in keyof Required<CallOptions>]: true } = {
  reference: true,
  attempt: true,
  idempotencyKey: true,
  signal: true,
  deadline: true,
  connectedAccount: true,
};

/** Longer references than this are not names of payments. */
const longestReference = 500;

/**
 * Checks the options of a call. A misspelt one is refused: a `refrence` that went unnoticed would cost its idempotency.
 * @throws PaymentError `invalid_request`, or `unsupported` for a connected account where the provider has none.
 */
export const checkOptions = (context: ClientContext, operation: OperationName, given: CallOptions | undefined): CallOptions => {
  if (given === undefined) return {};
  const { adapter, account, limits } = context;
  const about = { provider: adapter.provider, account, operation };
  const options = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as CallOptions;
  const { reference, attempt, idempotencyKey, signal, deadline, connectedAccount } = options;
  const keys = honouredKeys(limits, operation);

  const unsupported = problemIf(
    connectedAccount !== undefined && adapter.connectedAccountHeader === null,
    'connectedAccount',
    `is not something that ${adapter.provider} has`,
    'Leave it out.',
  );
  if (unsupported.length > 0) throw inputError(unsupported, { ...about, code: 'unsupported' });

  const problems = [
    ...Object.keys(options)
      .filter((name) => !Object.hasOwn(names, name))
      .map((field) => ({ field, problem: 'is not a call option', remedy: `Call options are ${Object.keys(names).join(', ')}.` })),
    ...problemIf(
      reference !== undefined && (typeof reference !== 'string' || reference.trim() === '' || reference.length > longestReference || /[\p{Cc}\p{Cs}]/u.test(reference)),
      'reference',
      `is not a text of 1 to ${longestReference} printable characters`,
      "Name the movement of money, for example by the order's number.",
    ),
    ...problemIf(attempt !== undefined && (!Number.isSafeInteger(attempt) || attempt < 1), 'attempt', 'is not a whole number from 1', 'Count attempts 1, 2, 3.'),
    ...problemIf(attempt !== undefined && reference === undefined, 'attempt', 'is given without a reference', 'Give the reference that it is an attempt at.'),
    ...problemIf(
      idempotencyKey !== undefined &&
        (typeof idempotencyKey !== 'string' ||
          (keys !== null && (idempotencyKey.length > keys.maximumLength || !new RegExp(`^(?:${keys.alphabet})$`, 'u').test(idempotencyKey)))),
      'idempotencyKey',
      `is not a key that ${adapter.provider} takes`,
      `${keys === null ? 'Leave it out' : `Use at most ${keys.maximumLength} characters that match ${keys.alphabet}`}, or give a reference.`,
    ),
    ...problemIf(
      idempotencyKey !== undefined && reference !== undefined,
      'idempotencyKey',
      'is given beside a reference, which makes a key of its own',
      'Give one of the two.',
    ),
    ...problemIf(
      idempotencyKey !== undefined && keys === null && !isRead(operation),
      'idempotencyKey',
      `would have no effect: ${adapter.provider} does not honour keys here`,
      'Give a reference, which the library uses for look-ups.',
    ),
    ...problemIf(signal !== undefined && !(signal instanceof AbortSignal), 'signal', 'is not an AbortSignal', 'Use new AbortController().signal.'),
    ...problemIf(
      deadline !== undefined && !(typeof deadline === 'number' && deadline > 0 && Number.isFinite(deadline)),
      'deadline',
      'is not a number of milliseconds above zero',
      'Give milliseconds for the whole call.',
    ),
    ...problemIf(
      connectedAccount !== undefined && (typeof connectedAccount !== 'string' || !/^[\x21-\x7e]+$/.test(connectedAccount)),
      'connectedAccount',
      'is not an account id',
      'Give the id that the provider gave to the account.',
    ),
  ];
  if (problems.length > 0) throw inputError(problems, about);
  return options;
};
