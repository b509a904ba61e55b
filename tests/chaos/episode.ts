import { createPayments, PaymentError, readStoredPaymentIntent, type OperationName, type PaymentErrorShape, type PaymentIntent, type Payments } from '@oneintent/core';
import { createSandbox, type Sandbox } from '@oneintent/sandbox';
import type { Configuration } from '../conformance/configurations.ts';
import { openBooks, type Books, type Disagreement } from './books.ts';
import { network } from './network.ts';
import { choose, keepForLater, learn, learnByReading, learnFromError, newOrder, notice, wouldDo, type Facts, type Order, type Task, type Verb } from './order.ts';
import type { Action, CallPlan, Disturbance, Episode } from './plan.ts';
import { randomFrom } from './random.ts';
import { simulate, Stuck, type Simulation } from './simulation.ts';
import { openWitness, type Call, type Witness } from './witness.ts';

/** What happened in an episode, and how often. */
export interface Played {
  readonly disagreement: Disagreement | null;
  readonly operations: number;
  /** By `operation capture`, `fault 500-after`, `outcome unknown` … */
  readonly counts: ReadonlyMap<string, number>;
  /** The same episode with every choice written down: it plays the same way, and steps can be taken out of it. */
  readonly written: Episode;
  /** What happened, line by line. */
  readonly story: readonly string[];
}

type Ended = { readonly intent: PaymentIntent } | { readonly items: readonly PaymentIntent[] } | { readonly error: PaymentErrorShape } | { readonly crashed: true };

const calm: Disturbance = { faults: [], abortAfter: null, crashAfter: null, jump: null };

const verbs: Readonly<Record<Verb, OperationName>> = {
  create: 'paymentIntents.create',
  confirm: 'paymentIntents.confirm',
  capture: 'paymentIntents.capture',
  increment: 'paymentIntents.incrementAuthorization',
  cancel: 'paymentIntents.cancel',
  update: 'paymentIntents.update',
  retrieve: 'paymentIntents.retrieve',
  list: 'paymentIntents.list',
};

const readsOnly = ({ verb }: Task): boolean => verb === 'retrieve' || verb === 'list';

/** Minutes after which a worker settles what is unknown, whatever else goes on. The shortest time for which a repeated create is trusted is fifteen. */
const patience = 5 * 60_000;

const inWords = (action: Action): string =>
  Object.entries(action)
    .map(([name, value]) => (name === 'do' ? value : `${name} ${value}`))
    .join(', ');

/** One process of the application, with a clock of its own. */
interface Process {
  readonly payments: Payments<OperationName>;
  call: Call | null;
  skew: number;
}

/** What is played with. */
interface Stage {
  readonly configuration: Configuration;
  readonly simulation: Simulation;
  readonly sandbox: Sandbox;
  readonly books: Books;
  readonly witness: Witness;
  readonly facts: Facts;
  readonly orders: Order[];
  readonly count: (name: string) => void;
  readonly tell: (line: string) => void;
  /** Whether anybody reads what is told. */
  readonly isTold: boolean;
  /** Since when a key has been in use, by key name: a replay that its provider does not mark is as old as the first answer. */
  readonly since: Map<string, number>;
  /** With what code each task that is still unknown was last told so, by the task's number. */
  readonly codes: Map<number, string>;
  processes: Process[];
  tasks: number;
}

const newProcess = ({ configuration, simulation, sandbox, count, tell, isTold }: Stage): Process => {
  const process: Process = {
    call: null,
    skew: simulation.random().whole(-120_000, 120_000),
    payments: createPayments({
      adapter: configuration.adapter,
      account: 'chaos',
      baseUrl: sandbox.origin,
      fetch: network({
        simulation,
        fetch: sandbox.fetch,
        caller: () => process.call ?? { faults: [], exchanges: 0, dead: true },
        log: isTold ? tell : null,
        count: (fault) => count(`fault ${fault}`),
      }),
      clock: () => simulation.now() + process.skew,
      sleep: simulation.sleep,
      random: (bytes) => Uint8Array.from({ length: bytes }, () => simulation.random().whole(0, 255)),
    }) as unknown as Payments<OperationName>,
  };
  return process;
};

const requestOf = ({ configuration, sandbox, facts, orders }: Stage, plan: CallPlan, action: Action): Pick<Task, 'verb' | 'ref' | 'input' | 'attempt' | 'by'> | null => {
  const order = orders[plan.order];
  if (order === undefined) return null;
  const accepts = (operation: OperationName, field: string): boolean => configuration.adapter.operations[operation]?.accepts.some((name) => name === field) ?? false;
  const money = (minorUnits: number) => ({ amount: { minorUnits, currency: sandbox.currency } });
  const on = (verb: Verb, input: Task['input'], attempt: number, by: Task['by'] = 'ref') => ({ verb, ref: order.current, input, attempt, by });
  const pay = order.attempts.pay;
  switch (action.do) {
    case 'create': {
      const customer = accepts('paymentIntents.create', 'customer') ? { customer: sandbox.customer } : {};
      const how = { captureMethod: order.manual ? 'manual' : 'automatic', ...(action.confirm && { confirm: true }) };
      return on('create', { ...money(order.units), ...customer, paymentMethod: sandbox.paymentMethods[methodOf(action.method)], ...how }, pay);
    }
    case 'confirm':
      return on('confirm', accepts('paymentIntents.confirm', 'paymentMethod') ? { paymentMethod: sandbox.paymentMethods[methodOf(action.method)] } : {}, pay, action.by);
    case 'capture':
      return on('capture', action.part === null ? {} : money(Math.max(50, Math.floor((order.total * action.part) / 100))), order.attempts.capture, action.by);
    case 'increment':
      return on('increment', money(order.total + action.more), order.attempts.increment, action.by);
    case 'cancel':
      return on('cancel', {}, order.attempts.cancel, action.by);
    case 'update':
      return on('update', { description: `for ${order.reference}` }, 1, action.by);
    case 'retrieve':
    case 'list':
      return facts.verbs.has(action.do) ? on(action.do, {}, 1, 'by' in action ? action.by : 'ref') : null;
    default:
      return null;
  }
};

const methodOf = (name: string): keyof Sandbox['paymentMethods'] => (name as keyof Sandbox['paymentMethods']);

/** Without keys nothing keeps a network that repeats a part of a capture, nor a second process that makes the same intent, from doing it: a documented limit. */
const restrain = ({ facts, sandbox }: Stage, task: Task, plan: Disturbance): Disturbance => {
  const isPart = task.verb === 'capture' && task.input.amount !== undefined && sandbox.switches().partialCapture === 'stays_open';
  if (facts.keyed || !isPart) return plan;
  return { ...plan, crashAfter: null, faults: plan.faults.map((fault) => (fault?.startsWith('duplicated') ? null : fault)) };
};

const send = ({ payments }: Process, order: Order, task: Task, signal: AbortSignal): Promise<Ended> => {
  const named = { reference: order.reference, attempt: task.attempt, signal };
  const target = task.by === 'snapshot' && order.snapshot !== null && order.current === task.ref ? readStoredPaymentIntent(JSON.parse(order.snapshot)) : (task.ref ?? '');
  const { paymentIntents } = payments;
  const intent = (work: Promise<PaymentIntent>): Promise<Ended> => work.then((value) => ({ intent: value }));
  switch (task.verb) {
    case 'create':
      return intent(paymentIntents.create(task.input as never, named));
    case 'retrieve':
      return intent(paymentIntents.retrieve(target, { signal }));
    case 'list':
      return paymentIntents.list({}, { signal }).then(({ data }) => ({ items: data }));
    case 'increment':
      return intent(paymentIntents.incrementAuthorization(target, task.input as never, named));
    default:
      return intent(paymentIntents[task.verb](target, task.input, named));
  }
};

/** Makes one call in one process, through its disturbances, and waits until it has ended or its process has died. */
const carryOut = async (stage: Stage, process: Process, order: number, task: Task, disturbance: Disturbance, work: (signal: AbortSignal) => Promise<Ended>): Promise<Ended> => {
  const { simulation, witness } = stage;
  const { faults, abortAfter, crashAfter, jump } = restrain(stage, task, disturbance);
  const call: Call = { task, order, faults, exchanges: 0, dead: false };
  process.call = call;
  const since = stage.books.tick();
  const key = JSON.stringify([order, task.verb, task.ref, task.attempt]);
  const first = stage.since.get(key) ?? since;
  stage.since.set(key, first);
  const oldest = stage.configuration.adapter.replayedHeader === null && task.resume === null && !readsOnly(task) ? first : since;
  const controller = new AbortController();
  const cancels: (() => void)[] = [];
  if (abortAfter !== null) {
    stage.count('fault abort');
    cancels.push(simulation.schedule(abortAfter, () => controller.abort(), null));
  }
  if (jump !== null) {
    stage.count('fault clock-jump');
    cancels.push(simulation.schedule(jump.after, () => (process.skew += jump.by), null));
  }
  const crash = new Promise<Ended>((done) => {
    if (crashAfter === null) return;
    cancels.push(
      simulation.schedule(crashAfter, () => {
        call.dead = true;
        done({ crashed: true });
      }, null),
    );
  });
  const attempted = work(controller.signal).catch((error: unknown): Ended => {
    if (!PaymentError.is(error)) throw error;
    return { error };
  });
  const ended = await Promise.race([attempted, crash]);
  for (const cancel of cancels) cancel();
  process.call = null;
  if ('crashed' in ended) {
    stage.count('fault crash');
    stage.processes = stage.processes.map((one) => (one === process ? newProcess(stage) : one));
    attempted.catch(() => undefined);
    return ended;
  }
  stage.count(`operation ${task.resume === null ? task.verb : 'resume'}`);
  stage.count(`outcome ${'error' in ended ? ended.error.outcome : 'done'}`);
  if ('intent' in ended) {
    witness.checkAnswer(call, ended.intent, oldest);
    witness.checkDone(call, ended.intent);
  } else if ('items' in ended) for (const item of ended.items) witness.checkAnswer(call, item, since);
  else {
    witness.checkError(call, ended.error, oldest);
    stage.codes.set(task.number, ended.error.code);
  }
  return ended;
};

const outcomeInWords = (ended: Ended): string => {
  if ('intent' in ended) return `${ended.intent.id} ${ended.intent.status}, ${ended.intent.amountReceived?.minorUnits ?? '?'} received`;
  if ('items' in ended) return `${ended.items.length} intents`;
  return 'crashed' in ended ? 'the process dies' : `${ended.error.outcome} (${ended.error.code})`;
};

/** The refusals that are about the movement itself, not about this try at it. */
const settles: ReadonlySet<string> = new Set(['payment_declined', 'invalid_state', 'invalid_request', 'idempotency_key_reused', 'not_found']);

const perform = async (stage: Stage, process: Process, plan: CallPlan, order: Order, task: Task, job: 'new' | 'again' | 'repeat'): Promise<void> => {
  const { version } = order;
  const ended = await carryOut(stage, process, plan.order, task, plan, (signal) => send(process, order, task, signal));
  stage.tell(`order ${plan.order + 1}, ${task.verb}: ${outcomeInWords(ended)}`);
  if ('items' in ended) return;
  if (readsOnly(task)) {
    if ('intent' in ended) learnByReading(order, ended.intent, version);
    return;
  }
  if ('crashed' in ended) order.interrupted.push(task);
  else if ('intent' in ended) learn(order, task, ended.intent, job === 'repeat');
  else if (ended.error.outcome === 'unknown' && ended.error.resume !== null) {
    stage.count('unknown raised');
    keepForLater(order, task, ended.error);
  } else if (job === 'again' && !settles.has(ended.error.code)) {
    // That the repetition was not sent, or came too early, says nothing about what the crash has cut off.
    order.interrupted.push(task);
  } else learnFromError(order, task, ended.error);
};

/** Settles one unknown outcome, as any process can. */
const resume = async (stage: Stage, process: Process, plan: Disturbance, index: number, task: Task, withInput: boolean): Promise<void> => {
  const order = stage.orders[index];
  if (order === undefined || task.resume === null) return;
  const stored: unknown = JSON.parse(task.resume);
  const ended = await carryOut(stage, process, index, task, plan, (signal) =>
    process.payments.resume(stored as never, { signal, ...(withInput && { input: task.input }) }).then((settled) => {
      if (settled.object !== 'payment_intent') throw new Error(`A movement of a payment was settled as a ${settled.object}.`);
      return { intent: settled };
    }));
  stage.tell(`order ${index + 1}, resume of ${task.verb}${withInput ? ' with its input' : ''}: ${outcomeInWords(ended)}`);
  if (!('intent' in ended || 'error' in ended)) return;
  const open = order.pending.some(({ number }) => number === task.number);
  if (!open || ('error' in ended && ended.error.outcome === 'unknown' && ended.error.resume !== null)) {
    if (open && 'error' in ended) keepForLater(order, task, ended.error);
    return;
  }
  stage.count('unknown resolved');
  order.pending = order.pending.filter(({ number }) => number !== task.number);
  if ('intent' in ended) learn(order, task, ended.intent);
  else learnFromError(order, task, ended.error);
};

const nextTask = (stage: Stage, request: Pick<Task, 'verb' | 'ref' | 'input' | 'attempt' | 'by'>): Task => {
  stage.tasks += 1;
  return { ...request, number: stage.tasks, startedAt: stage.simulation.now(), resume: null };
};

/** What a worker does every few minutes: repeats what a crash cut off, and settles what is unknown. Nothing disturbs it. */
const settle = async (stage: Stage, isDue: (task: Task) => boolean): Promise<void> => {
  for (const [index, order] of stage.orders.entries()) {
    for (const task of order.interrupted.filter(isDue)) {
      order.interrupted = order.interrupted.filter((other) => other !== task);
      await perform(stage, calmProcess(stage), { ...calm, order: index, action: null, twin: false, seed: 0 }, order, nextTask(stage, task), 'again');
    }
    for (const task of order.pending.filter(isDue)) await resume(stage, calmProcess(stage), calm, index, task, true);
  }
};

/** A process whose clock is right. */
const calmProcess = (stage: Stage): Process => Object.assign(newProcess(stage), { skew: 0 });

/** Carries out what is decided, in one process. */
const act = async (stage: Stage, process: Process, plan: CallPlan, action: Action): Promise<void> => {
  const order = stage.orders[plan.order];
  if (order === undefined) return;
  const { simulation, sandbox, witness } = stage;
  if (action.do === 'wait') {
    if (action.seconds > 120) await settle(stage, () => true);
    await simulation.sleep(action.seconds * 1000);
  } else if (action.do === 'pass-action' || action.do === 'fail-action') {
    const id = order.current?.split(':').slice(1).join(':') ?? '';
    witness.sees(null);
    if (stage.books.entry(id)?.status !== 'requires_action') return;
    (action.do === 'pass-action' ? sandbox.completeAction : sandbox.failAction)(id);
    witness.sees(null);
    notice(order, stage.books.entry(id)?.status ?? 'requires_action');
    stage.count(`operation ${action.do}`);
  } else if (action.do === 'resume') {
    const task = order.pending[0];
    if (task !== undefined) await resume(stage, process, plan, plan.order, task, action.withInput);
  } else if (action.do === 'again') {
    const task = order.interrupted.shift();
    if (task !== undefined) await perform(stage, process, plan, order, nextTask(stage, task), 'again');
  } else if (action.do === 'repeat') {
    if (order.last !== null) await perform(stage, process, plan, order, nextTask(stage, { ...order.last, by: 'ref' }), 'repeat');
  } else {
    const request = requestOf(stage, plan, action);
    if (request !== null) await perform(stage, process, plan, order, nextTask(stage, request), 'new');
  }
};

/** Whether two processes may do the same at once: only where a key keeps them apart, or the intent's own state does. */
const mayTwin = ({ facts, sandbox }: Stage, action: Action): boolean => {
  if (action.do === 'wait' || action.do === 'pass-action' || action.do === 'fail-action' || action.do === 'again') return false;
  if (facts.keyed) return true;
  return !['create', 'resume', 'repeat'].includes(action.do) && (action.do !== 'capture' || sandbox.switches().partialCapture === 'closes');
};

const playStep = async (stage: Stage, { restart, calls }: Episode['steps'][number]): Promise<CallPlan[]> => {
  const { simulation } = stage;
  if (restart) stage.processes = stage.processes.map(() => newProcess(stage));
  const busy = new Set<number>();
  const decided: { plan: CallPlan; action: Action }[] = [];
  for (const plan of calls) {
    const order = stage.orders[plan.order];
    const before = decided.at(-1);
    if (order === undefined || before?.action.do === 'wait') continue;
    if (plan.twin && before !== undefined && mayTwin(stage, before.action)) {
      decided.push({ plan: { ...plan, order: before.plan.order }, action: before.action });
      continue;
    }
    if (plan.twin && plan.action !== null) continue;
    const alone = !busy.has(plan.order);
    const action = plan.action ?? choose(order, stage.facts, simulation.now(), alone, randomFrom(plan.seed));
    if (action === null || !wouldDo(order, stage.facts, simulation.now(), alone, action.do) || (decided.length > 0 && action.do === 'wait')) continue;
    busy.add(plan.order);
    decided.push({ plan: { ...plan, twin: false }, action });
  }
  for (const { plan, action } of decided) stage.tell(`order ${plan.order + 1}: ${inWords(action)}${plan.twin ? ' (at the same time)' : ''}`);
  const { processes } = stage;
  await Promise.all(
    decided.map(({ plan, action }, index) => {
      const process = processes[index];
      return process === undefined ? undefined : act(stage, process, plan, action);
    }),
  );
  return decided.map(({ plan, action }) => ({ ...plan, action }));
};

/** What may be sent again under its key however late. */
const guardedByState: ReadonlySet<string> = new Set(['confirm', 'capture', 'cancel']);

/** After a lost answer a refusal proves nothing, so it stays unknown for ever; and rightly so, as nothing happened. */
const refusals: ReadonlySet<string> = new Set(['invalid_state', 'invalid_request', 'idempotency_in_progress', 'idempotency_key_reused', 'payment_declined']);

/** The end of the chaos: everything arrives, no fault is left, and everything unknown is resumed. */
const finish = async (stage: Stage): Promise<void> => {
  const { simulation, orders, witness, facts } = stage;
  await simulation.settle();
  for (let round = 0; round < 3 && orders.some(({ pending, interrupted }) => pending.length + interrupted.length > 0); round += 1) {
    await settle(stage, () => true);
    await simulation.settle();
  }
  witness.sees(null);
  witness.checkOrders(orders);
  witness.checkEnd(orders);
  for (const [index, { pending }] of orders.entries())
    for (const task of pending) {
      const isKept = facts.keyed && guardedByState.has(task.verb) && !refusals.has(stage.codes.get(task.number) ?? '');
      if (witness.hasLeftMoney(task)) witness.fail('unresolved', `order ${index + 1}, ${task.verb}: it happened, and stays unknown`);
      else if (isKept) witness.fail('unresolved', `order ${index + 1}, ${task.verb}: a key is honoured, and it stays unknown`);
      else if (witness.happened(task)) stage.count('unknown unresolved: it has failed since, and no money is held');
      else if (facts.keyed) stage.count('unknown unresolved: it did not happen, and is refused or no longer repeated');
      else stage.count('unknown unresolved: it did not happen, and without keys nothing is sent again');
    }
};

/** Plays an episode. The same episode always plays the same way. */
export const play = async (episode: Episode, configuration: Configuration, { story: isTold = false }: { readonly story?: boolean } = {}): Promise<Played> => {
  const counts = new Map<string, number>();
  const story: string[] = [];
  const written: Episode['steps'][number][] = [];
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const startsAt = '2026-04-10T05:00:00.000Z';
  let witness: Witness | null = null;
  let stage: Stage | null = null;

  const main = async (simulation: Simulation): Promise<void> => {
    if (stage === null) return;
    stage.processes = [0, 1, 2].map(() => newProcess(stage as Stage));
    for (const step of episode.steps) {
      simulation.reseed(step.seed);
      await settle(stage, ({ startedAt }) => simulation.now() - startedAt > patience);
      const calls = await playStep(stage, step);
      if (calls.length > 0) written.push({ ...step, calls });
      stage.orders.splice(0, Infinity, ...(JSON.parse(JSON.stringify(stage.orders)) as Order[]));
      stage.witness.checkOrders(stage.orders);
      if (stage.witness.disagreement() !== null) return;
    }
    simulation.reseed(episode.seed);
    await finish(stage);
  };

  try {
    await simulate(episode.seed, startsAt, (simulation) => {
      const sandbox = createSandbox({ dialect: configuration.dialect, switches: episode.switches });
      const books = openBooks(sandbox);
      const { limits, operations } = configuration.adapter;
      witness = openWitness(books);
      stage = {
        configuration, simulation, sandbox, books, witness, count, isTold,
        facts: {
          keyed: limits.idempotency.value.honoured !== 'no',
          verbs: new Set((Object.keys(verbs) as Verb[]).filter((verb) => operations[verbs[verb]] !== undefined)),
        },
        orders: episode.orders.map((order, index) => newOrder(index + 1, order)),
        tell: isTold ? (line) => story.push(`${((simulation.now() - Date.parse(startsAt)) / 1000).toFixed(3).padStart(10)} s  ${line}`) : () => undefined,
        since: new Map(),
        codes: new Map(),
        processes: [],
        tasks: 0,
      };
      return witness.sees;
    }, main);
  } catch (error) {
    const what = error instanceof Stuck ? error.message : `something was thrown that is no PaymentError: ${error instanceof Error ? error.stack : String(error)}`;
    (witness as Witness | null)?.fail('broken', what);
  }
  const operations = [...counts].reduce((total, [name, times]) => (name.startsWith('operation ') ? total + times : total), 0);
  return { disagreement: (witness as Witness | null)?.disagreement() ?? null, operations, counts, written: { ...episode, steps: written }, story };
};

