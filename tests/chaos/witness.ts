import type { LivingObject, PaymentErrorShape } from '@oneintent/core';
import { hasMoney, isLive, isSaved, matters, type BookRecord, type Books, type Disagreement, type Effect, type RefundRecord } from './books.ts';
import type { Caller, Delivery } from './network.ts';
import { answersWith, type Order, type Task } from './order.ts';

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
  readonly checkAnswer: (call: Call, object: LivingObject, since: number) => void;
  /** What is told as done has been done. */
  readonly checkDone: (call: Call, object: LivingObject) => void;
  readonly checkError: (call: Call, error: PaymentErrorShape, since: number) => void;
  /** No order is paid twice, and no refund is given twice. */
  readonly checkOrders: (orders: readonly Order[]) => void;
  /** At the end: everything that has money, gives it back or saves a card is known, and what was told as not done never happened. */
  readonly checkEnd: (orders: readonly Order[]) => void;
  /** Whether a call has moved money, or made what may. */
  readonly happened: (task: Task) => boolean;
  /** Whether what a call did has left money held, taken or given back, or a card saved, or may still. */
  readonly hasLeftSomething: (task: Task) => boolean;
  readonly fail: (kind: Disagreement['kind'], what: string) => void;
  readonly disagreement: () => Disagreement | null;
}

const isDelivery = (owner: unknown): owner is Delivery & { readonly caller: Call } => typeof owner === 'object' && owner !== null && 'caller' in owner;

/** Whether a record of the kind that a call is about has come to matter. */
const becameReal = ({ before, after }: Effect): boolean => matters(after) && !(before !== null && matters(before));

const taken = (record: BookRecord | null): number => (record?.object === 'payment_intent' ? record.captured : 0);

const held = (record: BookRecord | null): number => (record?.object === 'payment_intent' ? record.authorized : 0);

const did = (task: Task, effect: Effect): boolean => {
  const { before, after } = effect;
  if (after.object !== answersWith(task)) return false;
  switch (task.verb) {
    case 'create':
    case 'setup':
      return task.input.confirm === true ? becameReal(effect) : before === null;
    case 'confirm':
      return becameReal(effect);
    case 'capture':
      return taken(after) > taken(before);
    case 'increment':
      return held(after) > held(before);
    case 'refund':
      return before === null;
    case 'cancel':
    case 'cancelRefund':
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
  const owners = new Map<string, { readonly order: number; readonly reference: string }>();
  const tasks = new Map<number, { readonly task: Task; readonly order: number; readonly effects: Effect[]; told: PaymentErrorShape['outcome'] | null }>();
  /** Refunds that came to be when their movement had been refused: by a request, or its copy, that a slow network delivers later. No answer can foretell it. */
  const strays = new Set<string>();
  let first: Disagreement | null = null;

  const fail = (kind: Disagreement['kind'], what: string): void => {
    first ??= { kind, what };
  };
  const recordOf = ({ task, order }: Call) => {
    const record = tasks.get(task.number) ?? { task, order, effects: [], told: null };
    tasks.set(task.number, record);
    return record;
  };
  const paymentsOf = (order: number) => books.payments().filter(({ id }) => owners.get(id)?.order === order);
  const setupsOf = (order: number) => books.setups().filter(({ id }) => owners.get(id)?.order === order);
  const refundsOf = (order: number) => books.refunds().filter(({ id }) => owners.get(id)?.order === order && !strays.has(id));
  const tasksOf = (order: number) => [...tasks.values()].filter((record) => record.order === order).map(({ task }) => task);
  const wasRefused = (call: Call): boolean =>
    [...tasks.values()].some(({ task, order, told }) => told === 'rejected' && order === call.order && task.verb === call.task.verb && task.reference === call.task.reference && task.attempt === call.task.attempt);
  const name = (call: Call): string => `order ${call.order + 1}, ${call.task.verb}`;

  const checkTold = ({ task, order, effects, told }: { readonly task: Task; readonly order: number; readonly effects: readonly Effect[]; readonly told: string | null }): void => {
    if ((told === 'not_sent' || told === 'rejected') && effects.some((effect) => did(task, effect)))
      fail('wrong answer', `order ${order + 1}, ${task.verb}: told as ${told}, and it happened`);
  };

  /** One reference gives back once, and nothing gives back more than was taken. */
  const checkRefunds = (index: number): void => {
    const live = refundsOf(index).filter(isLive);
    const referenceOf = ({ id }: RefundRecord): string => owners.get(id)?.reference ?? '';
    for (const reference of new Set(live.map(referenceOf))) {
      const refunds = live.filter((refund) => referenceOf(refund) === reference);
      if (refunds.length > 1) fail('refunded twice', `order ${index + 1}: ${reference} has ${refunds.length} live refunds, of ${refunds.map(({ amount }) => amount).join(' and ')}`);
    }
    for (const payment of new Set(live.map((refund) => refund.payment))) {
      const given = sum(live.filter((refund) => refund.payment === payment).map(({ amount }) => amount));
      const received = taken(books.record(payment) ?? null);
      if (given > received) fail('refunded twice', `order ${index + 1}: ${given} given back of ${received} taken`);
    }
  };

  return {
    fail,
    disagreement: () => first,
    sees: (owner) => {
      const effects = books.observe();
      if (!isDelivery(owner)) return;
      const { caller, late } = owner;
      for (const effect of effects) {
        if (effect.before === null) owners.set(effect.id, { order: caller.order, reference: caller.task.reference });
        if (effect.before === null && effect.after.object === 'refund' && wasRefused(caller)) strays.add(effect.id);
        // A network that repeats a request on its own, after its answer, makes no answer wrong.
        if (!late) recordOf(caller).effects.push(effect);
      }
    },
    checkAnswer: (call, object, since) => {
      const why = books.contradiction(object, since);
      const owner = owners.get(object.id);
      if (why !== null) fail('wrong answer', `${name(call)}: ${why}`);
      else if (call.task.verb === 'list') return;
      else if (owner?.order !== call.order) fail('wrong answer', `${name(call)}: the answer is about a ${object.object} of another order`);
      else if (object.object !== 'payment_intent' && owner.reference !== call.task.reference) fail('wrong answer', `${name(call)}: the answer is about ${owner.reference}, not ${call.task.reference}`);
    },
    checkDone: (call, object) => {
      recordOf(call).told = 'done';
      const entry = books.record(object.id);
      if (entry === undefined) return;
      const { verb, input, ref } = call.task;
      const asked = input.amount?.minorUnits ?? 0;
      if (verb === 'refund' && entry.object === 'refund' && `:${entry.payment}` !== ref?.slice(-entry.payment.length - 1)) fail('wrong answer', `${name(call)}: told as done, and the money is of ${entry.payment}`);
      if (verb === 'refund' && entry.object === 'refund' && asked > 0 && entry.amount !== asked) fail('wrong answer', `${name(call)}: told as done, and ${entry.amount} went back instead of ${asked}`);
      if (verb === 'capture' && taken(entry) === 0) fail('wrong answer', `${name(call)}: told as done, and nothing is taken`);
      if ((verb === 'cancel' || verb === 'cancelRefund') && entry.status !== 'canceled') fail('wrong answer', `${name(call)}: told as done, and the books say ${entry.status}`);
      if (verb === 'increment' && entry.object === 'payment_intent' && entry.amount < asked) fail('wrong answer', `${name(call)}: told as done, and the books say ${entry.amount}`);
    },
    checkError: (call, error, since) => {
      const record = recordOf(call);
      record.told = error.outcome;
      checkTold(record);
      if (error.outcome === 'unknown' && error.resume === null && error.code !== 'idempotency_key_reused') fail('wrong answer', `${name(call)}: an unknown outcome without resume`);
      const why = error.subject === null ? null : books.contradiction(error.subject, since);
      if (why !== null) fail('wrong answer', `${name(call)}, the object of its error: ${why}`);
    },
    checkOrders: (orders) => {
      for (const [index, order] of orders.entries()) {
        const entries = paymentsOf(index);
        const captured = sum(entries.map((entry) => entry.captured));
        const most = mostOf(order, tasksOf(index));
        const holds = entries.flatMap(({ movements }) => movements).filter(({ type }) => type === 'authorized').length;
        if (captured > most) fail('taken twice', `order ${index + 1}: ${captured} taken, ${most} asked for`);
        if (holds > 1) fail('taken twice', `order ${index + 1}: ${holds} confirmations have held or taken money`);
        if (entries.filter((entry) => entry.captured > 0).length > 1) fail('taken twice', `order ${index + 1}: taken on two intents`);
        checkRefunds(index);
      }
    },
    checkEnd: (orders) => {
      for (const record of tasks.values()) checkTold(record);
      for (const [index, order] of orders.entries()) {
        const refs = [...order.refs, ...order.setups, ...order.refunds.map(({ ref }) => ref)];
        // What the application knows to be unknown is judged by whether it could have been settled.
        const open = new Set([...order.pending, ...order.interrupted].filter((task) => answersWith(task) !== 'payment_intent').map(({ reference }) => reference));
        const isUnseen = ({ id }: { readonly id: string }): boolean => !refs.some((ref) => ref.endsWith(`:${id}`)) && !open.has(owners.get(id)?.reference ?? '');
        for (const entry of paymentsOf(index))
          if (hasMoney(entry) && isUnseen(entry)) fail('invisible', `order ${index + 1}: ${entry.id} (${entry.status}, ${entry.authorized} held, ${entry.captured} taken) is unknown to the application`);
        for (const refund of refundsOf(index))
          if (isLive(refund) && isUnseen(refund)) fail('invisible', `order ${index + 1}: ${refund.id} (${refund.status}, ${refund.amount} given back) is unknown to the application`);
        for (const setup of setupsOf(index))
          if (isSaved(setup) && isUnseen(setup)) fail('invisible', `order ${index + 1}: ${setup.id} (${setup.status}) is unknown to the application`);
      }
    },
    hasLeftSomething: (task) =>
      tasks.get(task.number)?.effects.some((effect) => {
        const record = books.record(effect.id);
        return did(task, effect) && record !== undefined && matters(record);
      }) ?? false,
    happened: (task) => tasks.get(task.number)?.effects.some((effect) => did(task, effect)) ?? false,
  };
};
