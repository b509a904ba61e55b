import { createPayments, supports } from '@oneintent/core';
import { createSandbox } from '@oneintent/sandbox';
import type { Configuration } from '../conformance/configurations.ts';
import { openBooks, type Disagreement } from './books.ts';
import { nextTask, perform, resume, settle, settleAll } from './carry-out.ts';
import { notice } from './learn.ts';
import { choose, newOrder, wouldDo, type Order, type Task, type Verb } from './order.ts';
import type { Action, CallPlan, Episode } from './plan.ts';
import { randomFrom } from './random.ts';
import { requestOf } from './requests.ts';
import { simulate, Stuck, type Simulation } from './simulation.ts';
import { newProcess, operations as operationsOf, type Process, type Stage } from './stage.ts';
import { openWitness, type Witness } from './witness.ts';

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

/** Minutes after which a worker settles what is unknown, whatever else goes on. The shortest time for which a repeated create is trusted is fifteen. */
const patience = 5 * 60_000;

/** The first exchange of a process loads a library, and how long that takes is in no seed: it is made before time is simulated. */
const firstExchange = async ({ adapter }: Configuration): Promise<void> => {
  const payments = createPayments({ adapter, fetch: async () => new Response('{}'), retries: 0 });
  if (supports(payments, 'paymentIntents.retrieve')) await payments.paymentIntents.retrieve('none').catch(() => undefined);
};

const inWords = (action: Action): string =>
  Object.entries(action)
    .map(([name, value]) => (name === 'do' ? value : `${name} ${value}`))
    .join(', ');

const idOf = (ref: string): string => ref.slice(ref.indexOf(':') + 1);

const statusOf = ({ books }: Stage, ref: string | null): string | undefined => (ref === null ? undefined : books.record(idOf(ref))?.status);

/** Carries out what is decided, in one process. */
const act = async (stage: Stage, process: Process, plan: CallPlan, action: Action): Promise<void> => {
  const order = stage.orders[plan.order];
  if (order === undefined) return;
  const { simulation, sandbox, witness } = stage;
  if (action.do === 'wait') {
    if (action.seconds > 120) await settleAll(stage);
    await simulation.sleep(action.seconds * 1000);
  } else if (action.do === 'pass-action' || action.do === 'fail-action') {
    witness.sees(null);
    const waiting = [order.current, ...order.refunds.map(({ ref }) => ref), ...order.setups].find((ref) => statusOf(stage, ref) === 'requires_action');
    if (waiting == null) return;
    (action.do === 'pass-action' ? sandbox.completeAction : sandbox.failAction)(idOf(waiting));
    witness.sees(null);
    if (waiting === order.current) notice(order, statusOf(stage, waiting) ?? 'requires_action');
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
  return !['create', 'resume', 'repeat', 'refund', 'setup'].includes(action.do) && (action.do !== 'capture' || sandbox.switches().partialCapture === 'closes');
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

/** Whether a call may be sent again under its key however late, and by whatever clock. A part could be taken twice. */
const isGuarded = ({ verb, input }: Pick<Task, 'verb' | 'input'>): boolean =>
  ['confirm', 'cancel', 'cancelRefund'].includes(verb) || (verb === 'capture' && input.amount === undefined);

/** After a lost answer a refusal proves nothing, so it stays unknown for ever; and rightly so, as nothing happened. */
const refusals: ReadonlySet<string> = new Set(['invalid_state', 'invalid_request', 'idempotency_in_progress', 'idempotency_key_reused', 'payment_declined']);

/** The end of the chaos: everything arrives, no fault is left, and everything unknown is resumed. */
const finish = async (stage: Stage): Promise<void> => {
  const { simulation, orders, witness, facts } = stage;
  await simulation.settle();
  await settleAll(stage);
  witness.sees(null);
  witness.checkOrders(orders);
  witness.checkEnd(orders);
  for (const [index, { pending }] of orders.entries())
    for (const task of pending) {
      const isKept = facts.keyed && isGuarded(task) && !refusals.has(stage.codes.get(task.number) ?? '');
      if (witness.hasLeftSomething(task)) witness.fail('unresolved', `order ${index + 1}, ${task.verb}: it happened, and stays unknown`);
      else if (isKept) witness.fail('unresolved', `order ${index + 1}, ${task.verb}: a key is honoured, and it stays unknown`);
      else if (witness.happened(task)) stage.count('unknown unresolved: it has failed since, and nothing is left of it');
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

  await firstExchange(configuration);
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
          verbs: new Set((Object.keys(operationsOf) as Verb[]).filter((verb) => operations[operationsOf[verb]] !== undefined)),
        },
        orders: episode.orders.map((order, index) => newOrder(index + 1, order)),
        tell: isTold ? (line) => story.push(`${((simulation.now() - Date.parse(startsAt)) / 1000).toFixed(3).padStart(10)} s  ${line}`) : () => undefined,
        since: new Map(),
        codes: new Map(),
        processes: [],
        abandoned: [],
        tasks: 0,
      };
      return witness.sees;
    }, main);
  } catch (error) {
    const what = error instanceof Stuck ? error.message : `something was thrown that is no PaymentError: ${error instanceof Error ? error.stack : String(error)}`;
    (witness as Witness | null)?.fail('broken', what);
  }
  for (const controller of (stage as Stage | null)?.abandoned ?? []) controller.abort();
  const operations = [...counts].reduce((total, [name, times]) => (name.startsWith('operation ') ? total + times : total), 0);
  return { disagreement: (witness as Witness | null)?.disagreement() ?? null, operations, counts, written: { ...episode, steps: written }, story };
};

