import type { PaymentErrorShape, PaymentIntent } from '@oneintent/core';
import { hasMoney, type Books, type Disagreement, type Effect } from './books.ts';
import type { Caller, Delivery } from './network.ts';
import type { Order, Task } from './order.ts';

/** One call on its way, for the network and the witness. */
export interface Call extends Caller {
  readonly task: Task;
  readonly order: number;
}

/** The independent witness: what each call did at the provider, and whether what the application was told agrees with it. */
export interface Witness {
  /** To be called after everything that may have changed the books. */
  readonly sees: (owner: unknown) => void;
  /** What an answer says has been true since a tick. */
  readonly checkAnswer: (call: Call, intent: PaymentIntent, since: number) => void;
  /** What is told as done has been done. */
  readonly checkDone: (call: Call, intent: PaymentIntent) => void;
  readonly checkError: (call: Call, error: PaymentErrorShape, since: number) => void;
  /** No order is paid twice. */
  readonly checkOrders: (orders: readonly Order[]) => void;
  /** At the end: everything that has money is known, and what was told as not done never happened. */
  readonly checkEnd: (orders: readonly Order[]) => void;
  /** Whether a call has moved money, or made an intent that may. */
  readonly happened: (task: Task) => boolean;
  /** Whether what a call did has left money held or taken, or may still. */
  readonly hasLeftMoney: (task: Task) => boolean;
  readonly fail: (kind: Disagreement['kind'], what: string) => void;
  readonly disagreement: () => Disagreement | null;
}

const isDelivery = (owner: unknown): owner is Delivery & { readonly caller: Call } => typeof owner === 'object' && owner !== null && 'caller' in owner;

const becameReal = ({ before, after }: Effect): boolean => hasMoney(after) && !(before !== null && hasMoney(before));

const did = (task: Task, effect: Effect): boolean => {
  const { before, after } = effect;
  switch (task.verb) {
    case 'create':
      return task.input.confirm === true ? becameReal(effect) : before === null;
    case 'confirm':
      return becameReal(effect);
    case 'capture':
      return after.captured > (before?.captured ?? 0);
    case 'increment':
      return after.authorized > (before?.authorized ?? 0);
    case 'cancel':
      return after.status === 'canceled' && before?.status !== 'canceled';
    default:
      return false;
  }
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The most that may be taken for an order: what its captures asked for, or all of it where it is taken at once. */
const mostOf = (order: Order, tasks: readonly Task[]): number => {
  if (!order.manual) return order.units;
  const whole = Math.max(order.units, ...tasks.filter(({ verb }) => verb === 'increment').map(({ input }) => input.amount?.minorUnits ?? 0));
  return Math.max(0, ...tasks.filter(({ verb }) => verb === 'capture').map(({ input }) => input.amount?.minorUnits ?? whole));
};

export const openWitness = (books: Books): Witness => {
  const owners = new Map<string, number>();
  const tasks = new Map<number, { readonly task: Task; readonly order: number; readonly effects: Effect[]; told: PaymentErrorShape['outcome'] | null }>();
  let first: Disagreement | null = null;

  const fail = (kind: Disagreement['kind'], what: string): void => {
    first ??= { kind, what };
  };
  const recordOf = ({ task, order }: Call) => {
    const record = tasks.get(task.number) ?? { task, order, effects: [], told: null };
    tasks.set(task.number, record);
    return record;
  };
  const intentsOf = (order: number) => books.entries().filter(({ id }) => owners.get(id) === order);
  const tasksOf = (order: number) => [...tasks.values()].filter((record) => record.order === order).map(({ task }) => task);
  const name = (call: Call): string => `order ${call.order + 1}, ${call.task.verb}`;

  const checkTold = ({ task, order, effects, told }: { readonly task: Task; readonly order: number; readonly effects: readonly Effect[]; readonly told: string | null }): void => {
    if ((told === 'not_sent' || told === 'rejected') && effects.some((effect) => did(task, effect)))
      fail('wrong answer', `order ${order + 1}, ${task.verb}: told as ${told}, and it happened`);
  };

  return {
    fail,
    disagreement: () => first,
    sees: (owner) => {
      const effects = books.observe();
      if (!isDelivery(owner)) return;
      const { caller, late } = owner;
      for (const effect of effects) {
        if (effect.before === null) owners.set(effect.id, caller.order);
        // A network that repeats a request on its own, after its answer, makes no answer wrong.
        if (!late) recordOf(caller).effects.push(effect);
      }
    },
    checkAnswer: (call, intent, since) => {
      const why = books.contradiction(intent, since);
      if (why !== null) fail('wrong answer', `${name(call)}: ${why}`);
      else if (call.task.verb !== 'list' && owners.get(intent.id) !== call.order) fail('wrong answer', `${name(call)}: the answer is about an intent of another order`);
    },
    checkDone: (call, intent) => {
      recordOf(call).told = 'done';
      const entry = books.entry(intent.id);
      if (entry === undefined) return;
      const { verb, input } = call.task;
      if (verb === 'capture' && entry.captured === 0) fail('wrong answer', `${name(call)}: told as done, and nothing is taken`);
      if (verb === 'cancel' && entry.status !== 'canceled') fail('wrong answer', `${name(call)}: told as done, and the books say ${entry.status}`);
      if (verb === 'increment' && entry.amount < (input.amount?.minorUnits ?? 0)) fail('wrong answer', `${name(call)}: told as done, and the books say ${entry.amount}`);
    },
    checkError: (call, error, since) => {
      const record = recordOf(call);
      record.told = error.outcome;
      checkTold(record);
      if (error.outcome === 'unknown' && error.resume === null && error.code !== 'idempotency_key_reused') fail('wrong answer', `${name(call)}: an unknown outcome without resume`);
      const why = error.intent === null ? null : books.contradiction(error.intent, since);
      if (why !== null) fail('wrong answer', `${name(call)}, the intent of its error: ${why}`);
    },
    checkOrders: (orders) => {
      for (const [index, order] of orders.entries()) {
        const entries = intentsOf(index);
        const captured = sum(entries.map((entry) => entry.captured));
        const most = mostOf(order, tasksOf(index));
        const holds = entries.flatMap(({ movements }) => movements).filter(({ type }) => type === 'authorized').length;
        if (captured > most) fail('taken twice', `order ${index + 1}: ${captured} taken, ${most} asked for`);
        if (holds > 1) fail('taken twice', `order ${index + 1}: ${holds} confirmations have held or taken money`);
        if (entries.filter((entry) => entry.captured > 0).length > 1) fail('taken twice', `order ${index + 1}: taken on two intents`);
      }
    },
    checkEnd: (orders) => {
      for (const record of tasks.values()) checkTold(record);
      for (const [index, order] of orders.entries())
        for (const entry of intentsOf(index))
          if (hasMoney(entry) && !order.refs.some((ref) => ref.endsWith(`:${entry.id}`))) fail('invisible', `order ${index + 1}: ${entry.id} (${entry.status}, ${entry.authorized} held, ${entry.captured} taken) is unknown to the application`);
    },
    hasLeftMoney: (task) =>
      tasks.get(task.number)?.effects.some((effect) => {
        const entry = books.entry(effect.id);
        return did(task, effect) && entry !== undefined && hasMoney(entry);
      }) ?? false,
    happened: (task) => tasks.get(task.number)?.effects.some((effect) => did(task, effect)) ?? false,
  };
};
