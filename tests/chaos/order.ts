import type { LivingObject, Money } from '@oneintent/core';
import type { MethodName } from '@oneintent/core/conformance';
import type { Action } from './plan.ts';
import { pickByWeight, type Random } from './random.ts';

/** The operations that the application calls. */
export type Verb = 'create' | 'confirm' | 'capture' | 'increment' | 'cancel' | 'update' | 'retrieve' | 'list' | 'refund' | 'retrieveRefund' | 'cancelRefund' | 'setup';

/** What only reads. */
export const readsOnly = ({ verb }: Pick<Task, 'verb'>): boolean => verb === 'retrieve' || verb === 'list' || verb === 'retrieveRefund';

/** The kind of object that a call ends with. */
export const answersWith = ({ verb }: Pick<Task, 'verb'>): LivingObject['object'] =>
  verb === 'setup' ? 'setup_intent' : verb === 'refund' || verb === 'retrieveRefund' || verb === 'cancelRefund' ? 'refund' : 'payment_intent';

/** One call, as an application stores it before it makes it: plain JSON, from which any process can go on. */
export interface Task {
  /** Which call this was, for the witness. */
  readonly number: number;
  readonly verb: Verb;
  readonly ref: string | null;
  readonly input: { readonly [field: string]: unknown; readonly amount?: Money; readonly confirm?: boolean };
  /** Names the movement: the order's own, `order-1-refund-2` for its second refund, `order-1-setup`. */
  readonly reference: string;
  readonly attempt: number;
  readonly by: 'ref' | 'snapshot';
  /** Milliseconds since the epoch, by a clock that is right. */
  readonly startedAt: number;
  /** `error.resume` as a string, once the outcome is unknown. */
  readonly resume: string | null;
}

/** What an application knows of one refund. */
export interface KnownRefund {
  readonly ref: string;
  readonly reference: string;
  readonly units: number;
  status: string;
}

/** What an application knows of one order: plain JSON, which outlives every process. */
export interface Order {
  readonly reference: string;
  readonly units: number;
  readonly manual: boolean;
  readonly refs: string[];
  current: string | null;
  status: string | null;
  /** The newest snapshot of the current intent, stored. */
  snapshot: string | null;
  total: number;
  /** Minor units, by the newest answer; `null` where the provider does not say. */
  received: number | null;
  attempts: { pay: number; capture: number; increment: number; cancel: number; refund: number; cancelRefund: number; setup: number };
  /** Which refund is the next one: a part given back on purpose has a reference of its own. */
  refundNumber: number;
  readonly refunds: KnownRefund[];
  /** Refs of the setups that are known. */
  readonly setups: string[];
  /** A confirmation under this attempt has been answered. */
  confirmed: boolean;
  captured: boolean;
  /** Grows with everything that is learned, so that a read that began earlier is not believed. */
  version: number;
  pending: Task[];
  interrupted: Task[];
  last: Task | null;
}

export const newOrder = (number: number, { units, manual }: { readonly units: number; readonly manual: boolean }): Order => ({
  reference: `order-${number}`,
  units,
  manual,
  refs: [],
  current: null,
  status: null,
  snapshot: null,
  total: units,
  received: null,
  attempts: { pay: 1, capture: 1, increment: 1, cancel: 1, refund: 1, cancelRefund: 1, setup: 1 },
  refundNumber: 1,
  refunds: [],
  setups: [],
  confirmed: false,
  captured: false,
  version: 0,
  pending: [],
  interrupted: [],
  last: null,
});

/** What a well-behaved application has to know of its provider. */
export interface Facts {
  readonly verbs: ReadonlySet<Verb>;
  readonly keyed: boolean;
}

/** Neither an update nor a saved card moves money: whether it happened keeps nobody from paying. */
export const blocks = ({ verb }: Task): boolean => verb !== 'update' && verb !== 'setup';

const hours = 3_600_000;

/** A key is remembered for a day; an application repeats a job long before. */
const mayRepeat = (task: Task | null, { keyed }: Facts, now: number): boolean =>
  task !== null && now - task.startedAt < 12 * hours && (keyed || (task.verb === 'create' && task.input.confirm === true) || task.verb === 'cancel' || task.verb === 'refund' || task.verb === 'cancelRefund');

/** A payment of which money may go back; an application does not try for ever. */
const mayRefund = ({ status, received, refundNumber, attempts }: Order): boolean =>
  refundNumber <= 4 && attempts.refund <= 3 && (status === 'succeeded' || ((received ?? 0) > 0 && (status === 'requires_capture' || status === 'canceled')));

/** Statuses in which a refund has not ended; what is not told may be any. */
const isOpen = ({ status }: KnownRefund): boolean => status === 'pending' || status === 'requires_action' || status === 'unknown';

/** Which refund is canceled or read next: the newest that is open; any may be read. */
export const refundFor = ({ refunds }: Order, verb: 'cancelRefund' | 'retrieveRefund'): KnownRefund | null =>
  refunds.findLast(isOpen) ?? (verb === 'retrieveRefund' ? refunds.at(-1) : null) ?? null;

const maySetUp = ({ setups, attempts, pending, interrupted }: Order): boolean =>
  setups.length === 0 && attempts.setup <= 3 && ![...pending, ...interrupted].some(({ verb }) => verb === 'setup');

/** What a well-behaved application may do with an order now, by weight: while an outcome is unknown it only settles and reads. */
const mayDo = (order: Order, facts: Facts, now: number): readonly (readonly [number, Action['do']])[] => {
  const { status, current, captured } = order;
  const reads: readonly (readonly [number, Action['do']])[] = [[0.6, 'wait'], [0.4, 'list'], ...(current === null ? [] : [[0.8, 'retrieve'] as const])];
  const settles: readonly (readonly [number, Action['do']])[] = [...(order.pending.length > 0 ? [[facts.keyed ? 6 : 1.5, 'resume'] as const] : []), ...(order.interrupted.length > 0 ? [[6, 'again'] as const] : [])];
  if (order.interrupted.length > 0 || order.pending.some(blocks)) return [...reads, ...settles];
  const repeats: readonly (readonly [number, Action['do']])[] = mayRepeat(order.last, facts, now) ? [[0.7, 'repeat']] : [];
  const moves: readonly (readonly [number, Action['do']])[] =
    current === null
      ? [[12, 'create']]
      : status === 'requires_action'
        ? [[4, 'pass-action'], [2, 'fail-action'], [0.5, 'cancel']]
        : status === 'processing'
          ? [[5, 'wait'], [0.5, 'cancel']]
          : status === 'requires_capture'
            ? [...(captured ? [] : [[6, 'capture'] as const, [2, 'increment'] as const]), [0.8, 'cancel'], [0.3, 'update']]
            : status === 'succeeded' || status === 'canceled'
              ? [[0.1, 'cancel']]
              : [[7, 'confirm'], [1, 'update'], [0.4, 'cancel']];
  const refunds: readonly (readonly [number, Action['do']])[] = [
    ...(mayRefund(order) ? [[4, 'refund'] as const] : []),
    ...(order.refunds.some(isOpen) ? [[2, 'cancelRefund'] as const] : []),
    ...(order.refunds.some((refund) => refund.status === 'requires_action') ? [[2, 'pass-action'] as const, [0.5, 'fail-action'] as const] : []),
    ...(order.refunds.length > 0 ? [[0.8, 'retrieveRefund'] as const] : []),
  ];
  const setups: readonly (readonly [number, Action['do']])[] = maySetUp(order) ? [[0.8, 'setup']] : [];
  return [...reads, ...settles, ...repeats, ...moves, ...refunds, ...setups];
};

const methods: readonly (readonly [number, MethodName])[] = [
  [10, 'succeeds'],
  [2, 'card_declined'],
  [1, 'insufficient_funds'],
  [1, 'expired_card'],
  [4, 'three_d_secure'],
  [2, 'processing_succeeds'],
  [2, 'processing_fails'],
];

const seconds: readonly (readonly [number, number])[] = [[6, 61], [3, 5], [2, 700], [1, 90_000], [1, 8 * 86_400]];

const actionOf = (kind: Action['do'], random: Random): Action => {
  const by = random.chance(0.5) ? 'ref' : 'snapshot';
  const method = pickByWeight(random, methods) ?? 'succeeds';
  switch (kind) {
    case 'create':
      return { do: kind, confirm: random.chance(0.7), method };
    case 'setup':
      return { do: kind, confirm: random.chance(0.7), method };
    case 'refund':
      return { do: kind, part: random.chance(0.4) ? null : random.whole(10, 70), by };
    case 'confirm':
      return { do: kind, method, by };
    case 'capture':
      return { do: kind, part: random.chance(0.5) ? null : random.whole(30, 90), by };
    case 'increment':
      return { do: kind, more: random.whole(50, 400), by };
    case 'cancel':
    case 'update':
    case 'retrieve':
      return { do: kind, by };
    case 'resume':
      return { do: kind, withInput: random.chance(0.7) };
    case 'wait':
      return { do: kind, seconds: pickByWeight(random, seconds) ?? 61 };
    default:
      return { do: kind };
  }
};

/** Beside a call on the same order, only what another part of an application does on its own account. */
const beside: ReadonlySet<string> = new Set(['retrieve', 'list', 'update', 'cancel', 'pass-action', 'fail-action', 'retrieveRefund', 'cancelRefund']);

const needs: { readonly [K in Action['do']]?: Verb } = { create: 'create', confirm: 'confirm', capture: 'capture', increment: 'increment', cancel: 'cancel', update: 'update', retrieve: 'retrieve', list: 'list', refund: 'refund', retrieveRefund: 'retrieveRefund', cancelRefund: 'cancelRefund', setup: 'setup' };

/** Whether an application would do it now; `alone` when no other call on the order is under way. */
export const wouldDo = (order: Order, facts: Facts, now: number, alone: boolean, kind: Action['do']): boolean => {
  const verb = needs[kind];
  return (verb === undefined || facts.verbs.has(verb)) && (alone || beside.has(kind)) && mayDo(order, facts, now).some(([, name]) => name === kind);
};

/** One of the things that an application would do now. */
export const choose = (order: Order, facts: Facts, now: number, alone: boolean, random: Random): Action | null => {
  const kind = pickByWeight(random, mayDo(order, facts, now).filter(([, name]) => wouldDo(order, facts, now, alone, name)));
  return kind === null ? null : actionOf(kind, random);
};
