import type { PaymentIntent } from '@oneintent/core';
import type { LedgerEntry } from '@oneintent/sandbox';
import type { Played } from './play.js';
import { show, type Movements } from './stage.js';

/** What the provider says of one payment, in minor units; `null` where it does not say. */
export interface BookEntry {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly authorised: number | null;
  readonly captured: number | null;
  readonly released: number | null;
  readonly refunded: number | null;
  /** How often money was taken. */
  readonly captures: number | null;
}

/** A sandbox's ledger, as books. */
export const booksOf = (ledger: readonly LedgerEntry[]): readonly BookEntry[] =>
  ledger.map(({ id, status, amount, authorized, captured, released, refunded, movements }) => ({
    id,
    status,
    amount,
    authorised: authorized,
    captured,
    released,
    refunded,
    captures: movements.filter(({ type }) => type === 'captured').length,
  }));

/** What the provider's own books say of all that was played. */
export interface Verdict {
  readonly payments: number;
  readonly authorised: number | null;
  readonly captured: number | null;
  readonly released: number | null;
  readonly refunded: number | null;
  /** Scenes in which more money was taken than promised, or more often. */
  readonly takenTwice: number;
  /** Payments of which the application was last told something else than the books say. */
  readonly wrongAnswers: number;
  readonly problems: readonly string[];
}

type Column = keyof Movements;
/** What the books are added up by. */
export const columns: readonly Column[] = ['authorised', 'captured', 'released', 'refunded'];

/** All movements of one kind, in minor units; `null` when none of the payments says. */
export const sum = (entries: readonly BookEntry[], column: Column): number | null => {
  const said = entries.flatMap((entry) => entry[column] ?? []);
  return said.length === 0 && entries.length > 0 ? null : said.reduce((total, units) => total + units, 0);
};

/** The newest snapshot of each payment. */
const lastTold = (intents: readonly PaymentIntent[]): readonly PaymentIntent[] => [...new Map(intents.map((intent) => [intent.id, intent])).values()];

const isWrong = (intent: PaymentIntent, entry: BookEntry | undefined): boolean =>
  entry !== undefined &&
  (entry.status !== intent.status ||
    entry.amount !== intent.amount.minorUnits ||
    (intent.amountReceived !== null && entry.captured !== null && entry.captured !== intent.amountReceived.minorUnits));

/** Holds what was promised and what was told against the provider's books. */
export const verdictOf = (played: readonly Played[], books: readonly BookEntry[], currency: string): Verdict => {
  const tested = played.filter(({ notTested }) => notTested === null);
  const orders = tested.map((scene) => {
    const ids = new Set(scene.intents.map(({ id }) => id));
    return { scene, entries: books.filter(({ id }) => ids.has(id)) };
  });
  const known = new Set(played.flatMap(({ intents }) => intents.map(({ id }) => id)));
  const strangers = books.filter(({ id }) => !known.has(id));
  const twice = orders.filter(
    ({ scene, entries }) => entries.reduce((total, { captures }) => total + (captures ?? 0), 0) > scene.captures || (sum(entries, 'captured') ?? 0) > scene.money.captured,
  );
  const told = lastTold(tested.flatMap(({ intents }) => intents));
  const entryOf = (intent: PaymentIntent): BookEntry | undefined => books.find(({ id }) => id === intent.id);
  const missing = told.filter((intent) => entryOf(intent) === undefined);
  const wrong = told.filter((intent) => isWrong(intent, entryOf(intent)));
  const moved = orders.flatMap(({ scene, entries }) =>
    columns.flatMap((column) => {
      const seen = sum(entries, column);
      return seen === null || seen === scene.money[column]
        ? []
        : [`${scene.title}: the books show ${show(seen, currency)} ${column} instead of ${show(scene.money[column], currency)}`];
    }),
  );
  return {
    payments: books.length,
    authorised: sum(books, 'authorised'),
    captured: sum(books, 'captured'),
    released: sum(books, 'released'),
    refunded: sum(books, 'refunded'),
    takenTwice: twice.length + strangers.filter(({ captured }) => (captured ?? 0) > 0).length,
    wrongAnswers: wrong.length + missing.length,
    problems: [
      ...played.flatMap(({ title, problems }) => problems.map((problem) => `${title}: ${problem}`)),
      ...moved,
      ...strangers.map(({ id }) => `the books have a payment ${id} of which the application was never told`),
      ...missing.map(({ id }) => `the payment ${id} is not in the books, or could not be read there`),
      ...wrong.map(({ id }) => `the books say something else about the payment ${id} than the application was told`),
    ],
  };
};
