import { InvalidArgumentError } from 'commander';

/** A time of the command line, as ISO 8601 in UTC. */
export const time = (text: string): string => {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new InvalidArgumentError('Give a time as ISO 8601, such as 2026-04-01 or 2026-04-01T00:00:00+09:00.');
  return new Date(milliseconds).toISOString();
};

/** A number of things, at least one. */
export const count = (text: string): number => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
};

/** The option of every command whose result another program reads. */
export const jsonOption = ['--json', 'print the result as JSON'] as const;

/** Examples below the help of a command. */
export const examples = (...lines: readonly string[]): string => `\nExamples:\n${lines.map((line) => `  $ oneintent ${line}\n`).join('')}`;
