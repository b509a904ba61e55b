import { PaymentError, type Problem } from '@oneintent/core';
import { CommanderError } from 'commander';
import type { ExitCode, World } from './world.js';

/** The command line, or a file that it names, is wrong. Ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One sentence about an error that is not ours. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an error says that the user wanted it to end. */
export const isAborted = (error: unknown): boolean =>
  PaymentError.is(error) ? error.code === 'aborted' : error instanceof Error && error.name === 'AbortError';

const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError || (PaymentError.is(error) && ['configuration', 'invalid_request'].includes(error.code)) ? 2 : 1;
};

/** Problems for people, a line each. */
export const problemLines = (problems: readonly Problem[], indent = '  '): string => problems.map(({ field, problem, remedy }) => `${indent}${field} ${problem}. ${remedy}\n`).join('');

const wordsOf = (error: unknown): string => {
  if (isAborted(error)) return 'Stopped.\n';
  if (!PaymentError.is(error)) return `${sentenceOf(error)}\n`;
  if (error.problems.length > 0) return `${error.code}:\n${problemLines(error.problems)}`;
  return `${error.code}: ${error.message}${error.requestId === null ? '' : ` (request ${error.requestId})`}\n`;
};

/** Tells what went wrong, for people or as a line of JSON, and says what to end with. */
export const tellFailure = (world: World, error: unknown, json: boolean): ExitCode => {
  const exitCode = exitCodeOf(error);
  // Commander has told its own already.
  if (error instanceof CommanderError) return exitCode;
  const asJson = (): string => `${JSON.stringify({ error: PaymentError.is(error) ? error : { code: error instanceof UsageError ? 'usage' : 'failed', message: sentenceOf(error) } })}\n`;
  world.printError(json ? asJson() : `oneintent: ${wordsOf(error)}`);
  return exitCode;
};
