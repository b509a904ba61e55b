import { PaymentError, type LivingObject } from '@oneintent/core';
import { keepForLater, learn, learnByReading, learnFromError } from './learn.ts';
import { answersWith, readsOnly, type Order, type Task } from './order.ts';
import type { CallPlan, Disturbance } from './plan.ts';
import { restrain, send, type Request } from './requests.ts';
import { calm, calmProcess, newProcess, type Ended, type Process, type Stage } from './stage.ts';
import type { Call } from './witness.ts';

/** Makes one call in one process, through its disturbances, and waits until it has ended or its process has died. */
const carryOut = async (stage: Stage, process: Process, order: number, task: Task, disturbance: Disturbance, work: (signal: AbortSignal) => Promise<Ended>): Promise<Ended> => {
  const { simulation, witness } = stage;
  const { faults, abortAfter, crashAfter, jump } = restrain(stage, task, disturbance);
  const call: Call = { task, order, faults, exchanges: 0, dead: false };
  process.call = call;
  const since = stage.books.tick();
  const key = JSON.stringify([order, task.verb, task.ref, task.reference, task.attempt]);
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
    stage.abandoned.push(controller);
    return ended;
  }
  stage.count(`operation ${task.resume === null ? task.verb : 'resume'}`);
  stage.count(`outcome ${'error' in ended ? ended.error.outcome : 'done'}`);
  if ('object' in ended) {
    witness.checkAnswer(call, ended.object, oldest);
    witness.checkDone(call, ended.object);
  } else if ('items' in ended) for (const item of ended.items) witness.checkAnswer(call, item, since);
  else {
    witness.checkError(call, ended.error, oldest);
    stage.codes.set(task.number, ended.error.code);
  }
  return ended;
};

const toldInWords = (object: LivingObject): string => {
  if (object.object === 'payment_intent') return `${object.id} ${object.status}, ${object.amountReceived?.minorUnits ?? '?'} received`;
  return object.object === 'refund' ? `${object.id} ${object.status}, ${object.amount.minorUnits}` : `${object.id} ${object.status}`;
};

const outcomeInWords = (ended: Ended): string => {
  if ('object' in ended) return toldInWords(ended.object);
  if ('items' in ended) return `${ended.items.length} intents`;
  return 'crashed' in ended ? 'the process dies' : `${ended.error.outcome} (${ended.error.code})`;
};

/** The refusals that are about the movement itself, not about this try at it. */
const settles: ReadonlySet<string> = new Set(['payment_declined', 'invalid_state', 'invalid_request', 'idempotency_key_reused', 'not_found']);

/** Makes one call, and what the application makes of its end. */
export const perform = async (stage: Stage, process: Process, plan: CallPlan, order: Order, task: Task, job: 'new' | 'again' | 'repeat'): Promise<void> => {
  const { version } = order;
  const ended = await carryOut(stage, process, plan.order, task, plan, (signal) => send(process, order, task, signal));
  stage.tell(`order ${plan.order + 1}, ${task.verb}: ${outcomeInWords(ended)}`);
  if ('items' in ended) return;
  if (readsOnly(task)) {
    if ('object' in ended) learnByReading(order, ended.object, version);
    return;
  }
  if ('crashed' in ended) order.interrupted.push(task);
  else if ('object' in ended) learn(order, task, ended.object, job === 'repeat');
  else if (ended.error.outcome === 'unknown' && ended.error.resume !== null) {
    stage.count('unknown raised');
    keepForLater(order, task, ended.error);
  } else if (job === 'again' && !settles.has(ended.error.code)) {
    // That the repetition was not sent, or came too early, says nothing about what the crash has cut off.
    order.interrupted.push(task);
  } else learnFromError(order, task, ended.error);
};

/** Settles one unknown outcome, as any process can. */
export const resume = async (stage: Stage, process: Process, plan: Disturbance, index: number, task: Task, withInput: boolean): Promise<void> => {
  const order = stage.orders[index];
  if (order === undefined || task.resume === null) return;
  const stored: unknown = JSON.parse(task.resume);
  const ended = await carryOut(stage, process, index, task, plan, (signal) =>
    process.payments.resume(stored as never, { signal, ...(withInput && { input: task.input }) }).then((settled) => {
      if (settled.object !== answersWith(task)) throw new Error(`${task.verb} was settled as a ${settled.object}.`);
      return { object: settled };
    }));
  stage.tell(`order ${index + 1}, resume of ${task.verb}${withInput ? ' with its input' : ''}: ${outcomeInWords(ended)}`);
  if (!('object' in ended || 'error' in ended)) return;
  const open = order.pending.some(({ number }) => number === task.number);
  if (!open || ('error' in ended && ended.error.outcome === 'unknown' && ended.error.resume !== null)) {
    if (open && 'error' in ended) keepForLater(order, task, ended.error);
    return;
  }
  stage.count('unknown resolved');
  order.pending = order.pending.filter(({ number }) => number !== task.number);
  if ('object' in ended) learn(order, task, ended.object);
  else learnFromError(order, task, ended.error);
};

/** The next call, as it is stored before it is made. */
export const nextTask = (stage: Stage, request: Request): Task => {
  stage.tasks += 1;
  return { ...request, number: stage.tasks, startedAt: stage.simulation.now(), resume: null };
};

/** What a worker does every few minutes: repeats what a crash cut off, and settles what is unknown. Nothing disturbs it. */
export const settle = async (stage: Stage, isDue: (task: Task) => boolean): Promise<void> => {
  for (const [index, order] of stage.orders.entries()) {
    for (const task of order.interrupted.filter(isDue)) {
      order.interrupted = order.interrupted.filter((other) => other !== task);
      await perform(stage, calmProcess(stage), { ...calm, order: index, action: null, twin: false, seed: 0 }, order, nextTask(stage, task), 'again');
    }
    for (const task of order.pending.filter(isDue)) await resume(stage, calmProcess(stage), calm, index, task, true);
  }
};

const isOpen = ({ orders }: Stage): boolean => orders.some(({ pending, interrupted }) => pending.length + interrupted.length > 0);

/** The worker tries a few times, minutes apart: by a clock that is behind the one of the first call, nothing is known of a key's age. */
export const settleAll = async (stage: Stage): Promise<void> => {
  for (let round = 0; round < 3 && isOpen(stage); round += 1) {
    if (round > 0) await stage.simulation.sleep(150_000);
    await settle(stage, () => true);
    await stage.simulation.settle();
  }
};
