import { storePaymentIntent, type Money, type PaymentErrorShape, type PaymentIntent } from '@oneintent/core';
import type { MethodName } from '@oneintent/core/conformance';
import type { Action } from './plan.ts';
import { pickByWeight, type Random } from './random.ts';

/** The operations that the application calls. */
export type Verb = 'create' | 'confirm' | 'capture' | 'increment' | 'cancel' | 'update' | 'retrieve' | 'list';

/** One call, as an application stores it before it makes it: plain JSON, from which any process can go on. */
export interface Task {
  /** Which call this was, for the witness. */
  readonly number: number;
  readonly verb: Verb;
  readonly ref: string | null;
  readonly input: { readonly [field: string]: unknown; readonly amount?: Money; readonly confirm?: boolean };
  readonly attempt: number;
  readonly by: 'ref' | 'snapshot';
  /** Milliseconds since the epoch, by a clock that is right. */
  readonly startedAt: number;
  /** `error.resume` as a string, once the outcome is unknown. */
  readonly resume: string | null;
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
  attempts: { pay: number; capture: number; increment: number; cancel: number };
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
  attempts: { pay: 1, capture: 1, increment: 1, cancel: 1 },
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

/** An update moves no money: whether it happened keeps nobody from paying. */
const blocks = ({ verb }: Task): boolean => verb !== 'update';

const hours = 3_600_000;

/** A key is remembered for a day; an application repeats a job long before. */
const mayRepeat = (task: Task | null, { keyed }: Facts, now: number): boolean =>
  task !== null && now - task.startedAt < 12 * hours && (keyed || (task.verb === 'create' && task.input.confirm === true) || task.verb === 'cancel');

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
  return [...reads, ...settles, ...repeats, ...moves];
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
const beside: ReadonlySet<string> = new Set(['retrieve', 'list', 'update', 'cancel', 'pass-action', 'fail-action']);

const needs: { readonly [K in Action['do']]?: Verb } = { create: 'create', confirm: 'confirm', capture: 'capture', increment: 'increment', cancel: 'cancel', update: 'update', retrieve: 'retrieve', list: 'list' };

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

const addRef = (order: Order, ref: string): void => {
  if (!order.refs.includes(ref)) order.refs.push(ref);
};

/** The newest status, by an answer or by a notice of the provider. A confirmation that ended without money was declined: the next one is another attempt. */
export const notice = (order: Order, status: string): void => {
  order.version += 1;
  order.status = status;
  if (!order.confirmed || status !== 'requires_payment_method' || order.interrupted.length > 0 || order.pending.some(blocks)) return;
  order.confirmed = false;
  order.attempts.pay += 1;
};

const see = (order: Order, intent: PaymentIntent): void => {
  if (intent.ref !== order.current) return;
  order.total = intent.amount.minorUnits;
  order.snapshot = JSON.stringify(storePaymentIntent(intent));
  notice(order, intent.status);
};

/** What an application makes of an intent that it has got. `repeated`: for a job that had ended, whose answer is as old as the first. */
export const learn = (order: Order, task: Task, intent: PaymentIntent, repeated = false): void => {
  addRef(order, intent.ref);
  if (repeated) return;
  if (task.verb === 'create') order.current ??= intent.ref;
  if (task.verb === 'confirm' || task.input.confirm === true) order.confirmed = true;
  if (task.verb === 'capture') order.captured = true;
  see(order, intent);
  order.last = task;
};

/** What an application makes of a read that began at a certain version of what it knew. */
export const learnByReading = (order: Order, intent: PaymentIntent, version: number): void => {
  if (version === order.version) see(order, intent);
};

/** What an application makes of an error whose outcome is known. */
export const learnFromError = (order: Order, task: Task, error: PaymentErrorShape): void => {
  if (error.intent !== null) {
    addRef(order, error.intent.ref);
    see(order, error.intent);
  }
  if (error.code === 'payment_declined') {
    order.attempts.pay += 1;
    order.confirmed = false;
    if (task.ref !== null) order.status = 'requires_payment_method';
  } else if (error.outcome === 'rejected') {
    if (task.verb === 'confirm') order.attempts.pay += 1;
    if (task.verb === 'capture' || task.verb === 'increment' || task.verb === 'cancel') order.attempts[task.verb] += 1;
  }
};

/** What an application makes of an unknown outcome: it stores `error.resume`, and does nothing else under this reference until that is settled. */
export const keepForLater = (order: Order, task: Task, error: PaymentErrorShape): void => {
  const ref = error.intent?.ref ?? error.resume?.ref ?? null;
  if (ref !== null) {
    addRef(order, ref);
    if (task.verb === 'create') order.current ??= ref;
  }
  if (task.verb === 'confirm' || task.input.confirm === true) order.confirmed = true;
  order.pending = [...order.pending.filter(({ number }) => number !== task.number), { ...task, resume: JSON.stringify(error.resume) }];
};
