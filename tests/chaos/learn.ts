import { storePaymentIntent, type LivingObject, type PaymentErrorShape, type PaymentIntent, type Refund } from '@oneintent/core';
import { answersWith, blocks, type Order, type Task } from './order.ts';

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
  order.received = intent.amountReceived?.minorUnits ?? null;
  order.snapshot = JSON.stringify(storePaymentIntent(intent));
  notice(order, intent.status);
};

/** Which movement a refund is the outcome of; one that is read is known by then. */
const seeRefund = (order: Order, { ref, amount, status }: Refund, reference: string): void => {
  order.version += 1;
  const known = order.refunds.find((other) => other.ref === ref);
  if (known === undefined) order.refunds.push({ ref, reference, units: amount.minorUnits, status });
  else known.status = status;
};

/** A refund that has failed may be tried again as the same movement; after any other the next one is another movement. */
const learnRefund = (order: Order, task: Task, refund: Refund): void => {
  const isNext = task.verb === 'refund' && task.reference === `${order.reference}-refund-${order.refundNumber}`;
  seeRefund(order, refund, task.reference);
  if (!isNext) return;
  if (refund.status === 'failed') order.attempts.refund += 1;
  else {
    order.refundNumber += 1;
    order.attempts.refund = 1;
  }
};

const addSetup = (order: Order, ref: string): void => {
  if (!order.setups.includes(ref)) order.setups.push(ref);
};

/** What an application makes of an object that it has got. `repeated`: for a job that had ended, whose answer is as old as the first. */
export const learn = (order: Order, task: Task, object: LivingObject, repeated = false): void => {
  if (object.object === 'payment_intent') learnPayment(order, task, object, repeated);
  else if (object.object === 'setup_intent') addSetup(order, object.ref);
  else if (!repeated) learnRefund(order, task, object);
  else if (order.refunds.every(({ ref }) => ref !== object.ref)) seeRefund(order, object, task.reference);
  if (!repeated) order.last = task;
};

const learnPayment = (order: Order, task: Task, intent: PaymentIntent, repeated: boolean): void => {
  addRef(order, intent.ref);
  if (repeated) return;
  if (task.verb === 'create') order.current ??= intent.ref;
  if (task.verb === 'confirm' || task.input.confirm === true) order.confirmed = true;
  if (task.verb === 'capture') order.captured = true;
  see(order, intent);
};

/** What an application makes of a read that began at a certain version of what it knew. */
export const learnByReading = (order: Order, object: LivingObject, version: number): void => {
  if (version !== order.version) return;
  if (object.object === 'payment_intent') see(order, object);
  else if (object.object === 'refund') seeRefund(order, object, object.reference ?? '');
};

const refuses: ReadonlySet<string> = new Set(['payment_declined', 'invalid_state', 'invalid_request']);

/** What an application makes of an error whose outcome is known. */
export const learnFromError = (order: Order, task: Task, error: PaymentErrorShape): void => {
  if (error.intent !== null) {
    addRef(order, error.intent.ref);
    see(order, error.intent);
  }
  const { subject } = error;
  if (subject?.object === 'refund') seeRefund(order, subject, task.reference);
  if (subject?.object === 'setup_intent') addSetup(order, subject.ref);
  if (task.verb === 'refund' || task.verb === 'cancelRefund' || task.verb === 'setup') {
    // A key that is in use says that another has gone before: only a refusal of the thing itself makes the next call another attempt.
    if (error.outcome === 'rejected' && refuses.has(error.code)) order.attempts[task.verb] += 1;
  } else if (error.code === 'payment_declined') {
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
  if (ref !== null && answersWith(task) === 'payment_intent') {
    addRef(order, ref);
    if (task.verb === 'create') order.current ??= ref;
  }
  if (task.verb === 'confirm' || task.input.confirm === true) order.confirmed = true;
  order.pending = [...order.pending.filter(({ number }) => number !== task.number), { ...task, resume: JSON.stringify(error.resume) }];
};
