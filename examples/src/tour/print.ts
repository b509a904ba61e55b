import { styleText } from 'node:util';
import { operationNames } from '@oneintent/core';
import { booksOf, columns, sum, type BookEntry } from './books.js';
import type { MigrationVisit } from './migration.js';
import type { Played } from './play.js';
import { show } from './stage.js';
import type { Exchange, Step } from './timeline.js';
import type { Visit } from './tour.js';

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan', text: string) => string;

export const plain: Paint = (_, text) => text;

/** Colours are for terminals, and only where nobody has asked for none. */
export const paintFor = (stdout: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint =>
  stdout.isTTY && !env['CI'] && !env['NO_COLOR'] ? (colour, text) => styleText(colour, text, { validateStream: false }) : plain;

/** As wide as what the application is told can be. */
const toldWidth = 25;
const indentation = 5;

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text);

const verbOf = (operation: string): string => operation.replace(/^(paymentIntents|payment_intent)\./, '');

/** Most calls are short; a scene with longer ones gets a wider column. */
const verbWidthOf = (steps: readonly Step[]): number => Math.max(8, ...steps.flatMap((step) => (step.type === 'call' ? verbOf(step.operation).length : []))) + 1;

/** Why there is an exchange that is not simply the call itself. */
const remark = (operation: string, exchange: Exchange, before: Exchange | undefined): string => {
  if (exchange.repeats !== null) return exchange.repeats === 'with_the_same_key' ? '(again, same idempotency key)' : '(again)';
  if (exchange.operation === operation || operation === 'drain') return '';
  if (before?.status === null && /\.(list|retrieve)$/.test(exchange.operation)) return '(asks what happened, repeats nothing)';
  if (exchange.operation.endsWith('.list')) return '(no idempotency keys here, so it looks first)';
  if (exchange.operation === 'events.retrieve') return '(the delivery was not signed, so it asks)';
  if (!exchange.operation.endsWith('.retrieve') || before === undefined) return '';
  if (before.repeats !== null) return '(a repeated answer may be old, so it asks)';
  return (before.status ?? 0) >= 400 ? '(a refusal has no payment in it, so it asks)' : '';
};

/** As many words as fit. */
const fitting = (text: string, width: number): string => {
  const words = text.split(' ');
  const many = words.findLastIndex((_, index) => words.slice(0, index + 1).join(' ').length <= width - 2);
  return text.length <= width ? text : [...words.slice(0, many + 1), '…'].join(' ');
};

const wire = (exchange: Exchange, why: string, width: number): string => {
  const start = `${exchange.method.padEnd(4)} ${exchange.path}`;
  const end = ['→', exchange.status ?? '', exchange.answer, why].filter((part) => part !== '').join(' ');
  const sent = why === '' ? fitting(exchange.sent, width - start.length - end.length - 2) : '';
  return cut([start, sent, end].filter((part) => part !== '').join(' '), width);
};

const colourOf = (told: string) => (/^(succeeded|canceled|\d)/.test(told) ? 'green' : 'yellow');

/** Narrower terminals get two lines instead of two columns. */
const narrowest = 110;

const stepLines = (step: Step, verbWidth: number, width: number, paint: Paint): readonly string[] => {
  if (step.type === 'note') return [`     ${paint('dim', `· ${step.text}`)}`];
  const leftWidth = indentation + verbWidth + toldWidth;
  const rows: readonly (Exchange | null)[] = step.exchanges.length === 0 ? [null] : step.exchanges;
  return rows.flatMap((exchange, index) => {
    const verb = (index === 0 ? verbOf(step.operation) : '').padEnd(verbWidth);
    const told = index === rows.length - 1 ? `→ ${step.told}` : '';
    const left = `     ${verb}${paint(colourOf(step.told), told)}`;
    if (exchange === null) return [left];
    const why = remark(step.operation, exchange, step.exchanges[index - 1]);
    if (width < narrowest) return [...(verb.trim() === '' && told === '' ? [] : [left]), `       ${paint('dim', `│ ${wire(exchange, why, width - 9)}`)}`];
    return [`${left}${' '.repeat(Math.max(0, toldWidth - told.length))} ${paint('dim', `│ ${wire(exchange, why, width - leftWidth - 3)}`)}`];
  });
};

const sceneLines = (scene: Played, number: number, width: number, paint: Paint): readonly string[] => [
  `  ${number}. ${paint('bold', scene.title)}`,
  ...scene.steps.flatMap((step) => stepLines(step, verbWidthOf(scene.steps), width, paint)),
  ...(scene.notTested === null ? [] : [`     ${paint('yellow', `not tested: ${scene.notTested}`)}`]),
  ...scene.problems.map((problem) => `     ${paint('red', `✗ ${problem}`)}`),
];

export const visitText = (visited: Pick<Visit, 'title' | 'choice' | 'origin' | 'mediaType' | 'played'>, width: number, paint: Paint): string =>
  [
    '',
    `${paint('bold', paint('cyan', `▌${visited.title}`))}   ${paint('dim', [visited.choice, visited.origin, visited.mediaType ?? ''].join('   '))}`,
    ...visited.played.flatMap((scene, index) => sceneLines(scene, index + 1, width, paint)),
    '',
  ].join('\n');

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`);
};

export const matrixText = (visits: readonly Visit[], paint: Paint): string =>
  [
    paint('bold', 'What each provider can do (– is refused as "unsupported", before anything is sent)'),
    ...table([['', ...visits.map(({ title }) => title)], ...operationNames.map((name) => [name, ...visits.map(({ operations }) => (operations.includes(name) ? '✓' : '–'))])]),
    '',
  ].join('\n');

export const verdictText = (visits: readonly Pick<Visit, 'title' | 'currency' | 'verdict'>[], whose: string, paint: Paint): string => {
  const amount = (units: number | null, currency: string): string => (units === null ? '–' : show(units, currency));
  return [
    paint('bold', whose),
    ...table([
      ['', 'payments', ...columns, 'taken twice', 'wrong answers'],
      ...visits.map(({ title, currency, verdict }) => [
        title,
        String(verdict.payments),
        amount(verdict.authorised, currency),
        amount(verdict.captured, currency),
        amount(verdict.released, currency),
        amount(verdict.refunded, currency),
        String(verdict.takenTwice),
        String(verdict.wrongAnswers),
      ]),
    ]),
    '',
  ].join('\n');
};

/** Both sides' ledgers, their sum, and what the shop has ordered. */
export const migrationText = ({ sides, currency, orders, played, verdict }: MigrationVisit, paint: Paint): string => {
  const amount = (units: number | null): string => (units === null ? '–' : show(units, currency));
  const side = (title: string, books: readonly BookEntry[]): readonly string[] => [title, String(books.length), ...columns.map((column) => amount(sum(books, column))), '', ''];
  return [
    paint('bold', "The migration by both sides' own ledgers"),
    ...table([
      ['', 'payments', ...columns, 'taken twice', 'wrong answers'],
      side(sides.from.title, booksOf(sides.from.ledger)),
      side(sides.to.title, booksOf(sides.to.ledger)),
      ['both', String(verdict.payments), ...columns.map((column) => amount(verdict[column])), String(verdict.takenTwice), String(verdict.wrongAnswers)],
      ['what the shop has ordered', String(orders.length), ...columns.map((column) => amount(played.reduce((total, { money }) => total + money[column], 0))), '', ''],
    ]),
    '',
  ].join('\n');
};

/** What was done with payments that were left open. */
export const cleanUpText = (cleanedUp: number, leftOpen: readonly string[]): string =>
  [
    `Cleaned up: ${cleanedUp} open ${cleanedUp === 1 ? 'payment' : 'payments'} canceled. Captured test payments stay.`,
    ...(leftOpen.length === 0 ? [] : [`May still be open: ${leftOpen.join(', ')}`]),
    '',
  ].join('\n');

/** The last lines: what is off, or that nothing is. */
export const conclusionText = (problems: readonly string[], good: string, paint: Paint): string =>
  problems.length === 0 ? `${paint('green', good)}\n` : `${paint('red', 'Not as promised:')}\n${problems.map((problem) => `  ✗ ${problem}`).join('\n')}\n`;
