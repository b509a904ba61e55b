import type { PaymentIntent } from '@oneintent/core';
import type { LedgerEntry, Sandbox } from '@oneintent/sandbox';

/** One change of one intent, by whoever did it. */
export interface Effect {
  readonly id: string;
  readonly before: LedgerEntry | null;
  readonly after: LedgerEntry;
}

/** What is wrong. The kind is what a smaller reproduction has to keep. */
export interface Disagreement {
  readonly kind: 'taken twice' | 'invisible' | 'wrong answer' | 'unresolved' | 'broken';
  readonly what: string;
}

/** Every state in which an intent has ever been. */
interface History {
  readonly from: number;
  readonly entry: LedgerEntry;
}

/** The provider's books with their past: what was true, and when. */
export interface Books {
  /** A moment; it only ever grows. */
  readonly tick: () => number;
  /** Looks for what has changed since the last look. */
  readonly observe: () => readonly Effect[];
  readonly entries: () => readonly LedgerEntry[];
  readonly entry: (id: string) => LedgerEntry | undefined;
  /** Why an intent says what was never so since a tick; `null` when it was. */
  readonly contradiction: (intent: PaymentIntent, since: number) => string | null;
}

const sameEntry = (one: LedgerEntry, other: LedgerEntry): boolean =>
  one.status === other.status && one.amount === other.amount && one.movements.length === other.movements.length && one.confirmations === other.confirmations;

const inWords = ({ status, amount, captured }: LedgerEntry): string => `${status}, ${captured} taken of ${amount}`;

const says = (intent: PaymentIntent, entry: LedgerEntry): boolean =>
  intent.status === entry.status && intent.amount.minorUnits === entry.amount && (intent.amountReceived === null || intent.amountReceived.minorUnits === entry.captured);

/** Money that was ever held or taken, or may be at any moment: what an application has to know of. */
export const hasMoney = ({ authorized, captured, status }: LedgerEntry): boolean => authorized > 0 || captured > 0 || status === 'requires_action' || status === 'processing';

export const openBooks = (sandbox: Sandbox): Books => {
  const histories = new Map<string, History[]>();
  let tick = 0;
  return {
    tick: () => tick,
    observe: () => {
      const effects: Effect[] = [];
      tick += 1;
      for (const entry of sandbox.ledger()) {
        const history = histories.get(entry.id) ?? [];
        const last = history.at(-1);
        if (last !== undefined && sameEntry(last.entry, entry)) continue;
        histories.set(entry.id, [...history, { from: tick, entry }]);
        effects.push({ id: entry.id, before: last?.entry ?? null, after: entry });
      }
      return effects;
    },
    entries: () => [...histories.values()].flatMap((history) => history.slice(-1).map(({ entry }) => entry)),
    entry: (id) => histories.get(id)?.at(-1)?.entry,
    contradiction: (intent, since) => {
      const history = histories.get(intent.id);
      if (history === undefined) return `the books have no ${intent.id}`;
      const valid = history.filter((_, index) => (history[index + 1]?.from ?? Infinity) > since);
      if (valid.some(({ entry }) => says(intent, entry))) return null;
      const answer = `${intent.status}, ${intent.amountReceived?.minorUnits ?? '?'} taken of ${intent.amount.minorUnits}`;
      return `the answer says ${answer}; the books say ${valid.map(({ entry }) => inWords(entry)).join(', then ')}`;
    },
  };
};
