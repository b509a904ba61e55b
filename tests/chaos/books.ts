import type { LivingObject } from '@oneintent/core';
import type { LedgerEntry, LedgerRefund, Sandbox, SetupEntry } from '@oneintent/sandbox';

export type PaymentRecord = LedgerEntry & { readonly object: 'payment_intent' };
export type RefundRecord = LedgerRefund & { readonly object: 'refund'; readonly payment: string };
export type SetupRecord = SetupEntry & { readonly object: 'setup_intent' };

/** What the books say of one thing at one time. */
export type BookRecord = PaymentRecord | RefundRecord | SetupRecord;

/** One change of one thing, by whoever did it. */
export interface Effect {
  readonly id: string;
  readonly before: BookRecord | null;
  readonly after: BookRecord;
}

/** What is wrong. The kind is what a smaller reproduction has to keep. */
export interface Disagreement {
  readonly kind: 'taken twice' | 'refunded twice' | 'invisible' | 'wrong answer' | 'unresolved' | 'broken';
  readonly what: string;
}

/** A state in which something has been since a tick. */
interface Chapter {
  readonly from: number;
  readonly record: BookRecord;
}

/** The provider's books with their past: what was true, and when. */
export interface Books {
  /** A moment; it only ever grows. */
  readonly tick: () => number;
  /** Looks for what has changed since the last look. */
  readonly observe: () => readonly Effect[];
  readonly payments: () => readonly PaymentRecord[];
  readonly refunds: () => readonly RefundRecord[];
  readonly setups: () => readonly SetupRecord[];
  readonly record: (id: string) => BookRecord | undefined;
  /** Why an object says what was never so since a tick; `null` when it was. */
  readonly contradiction: (object: LivingObject, since: number) => string | null;
}

const signature = (record: BookRecord): string => {
  if (record.object === 'refund') return `${record.status} ${record.amount}`;
  if (record.object === 'setup_intent') return `${record.status} ${record.confirmations} ${record.customer} ${record.usage}`;
  return `${record.status} ${record.amount} ${record.movements.length} ${record.confirmations}`;
};

const inWords = (record: BookRecord): string => {
  if (record.object === 'payment_intent') return `${record.status}, ${record.captured} taken of ${record.amount}`;
  return record.object === 'refund' ? `${record.status}, ${record.amount} given back of ${record.payment}` : record.status;
};

const toldInWords = (object: LivingObject): string => {
  if (object.object === 'payment_intent') return `${object.status}, ${object.amountReceived?.minorUnits ?? '?'} taken of ${object.amount.minorUnits}`;
  return object.object === 'refund' ? `${object.status}, ${object.amount.minorUnits} given back of ${object.paymentIntent ?? '?'}` : object.status;
};

const says = (object: LivingObject, record: BookRecord, isStatusTold: boolean): boolean => {
  if (object.object === 'payment_intent' && record.object === 'payment_intent')
    return object.status === record.status && object.amount.minorUnits === record.amount && (object.amountReceived === null || object.amountReceived.minorUnits === record.captured);
  if (object.object === 'refund' && record.object === 'refund') {
    const status = isStatusTold ? record.status : 'unknown';
    return object.status === status && object.amount.minorUnits === record.amount && (object.paymentIntent === null || object.paymentIntent === record.payment);
  }
  return object.object === record.object && object.status === record.status;
};

/** Money that was ever held or taken, or may be at any moment: what an application has to know of. */
export const hasMoney = ({ authorized, captured, status }: PaymentRecord): boolean => authorized > 0 || captured > 0 || status === 'requires_action' || status === 'processing';

/** Money that has gone back, or is on its way. */
export const isLive = ({ status }: RefundRecord): boolean => status !== 'failed' && status !== 'canceled';

/** A card that is saved, or may be at any moment. */
export const isSaved = ({ saved, status }: SetupRecord): boolean => saved !== null || status === 'requires_action' || status === 'processing';

/** What an application has to know of. */
export const matters = (record: BookRecord): boolean =>
  record.object === 'payment_intent' ? hasMoney(record) : record.object === 'refund' ? isLive(record) : isSaved(record);

const recordsOf = (sandbox: Sandbox): readonly BookRecord[] => [
  ...sandbox.ledger().flatMap((entry): BookRecord[] => [
    { ...entry, object: 'payment_intent' },
    ...entry.refunds.map((refund): RefundRecord => ({ ...refund, object: 'refund', payment: entry.id })),
  ]),
  ...sandbox.setups().map((entry): SetupRecord => ({ ...entry, object: 'setup_intent' })),
];

export const openBooks = (sandbox: Sandbox): Books => {
  const histories = new Map<string, Chapter[]>();
  let tick = 0;
  const newest = (): readonly BookRecord[] => [...histories.values()].flatMap((history) => history.slice(-1).map(({ record }) => record));
  return {
    tick: () => tick,
    observe: () => {
      const effects: Effect[] = [];
      tick += 1;
      for (const record of recordsOf(sandbox)) {
        const history = histories.get(record.id) ?? [];
        const last = history.at(-1);
        if (last !== undefined && signature(last.record) === signature(record)) continue;
        histories.set(record.id, [...history, { from: tick, record }]);
        effects.push({ id: record.id, before: last?.record ?? null, after: record });
      }
      return effects;
    },
    payments: () => newest().filter((record) => record.object === 'payment_intent'),
    setups: () => newest().filter((record) => record.object === 'setup_intent'),
    refunds: () => newest().filter((record) => record.object === 'refund'),
    record: (id) => histories.get(id)?.at(-1)?.record,
    contradiction: (object, since) => {
      const history = histories.get(object.id);
      if (history === undefined) return `the books have no ${object.id}`;
      const isStatusTold = sandbox.switches().refundStatus === 'told';
      const valid = history.filter((_, index) => (history[index + 1]?.from ?? Infinity) > since);
      if (valid.some(({ record }) => says(object, record, isStatusTold))) return null;
      return `the answer says ${toldInWords(object)}; the books say ${valid.map(({ record }) => inWords(record)).join(', then ')}`;
    },
  };
};
