import { readStoredPaymentIntent, type LivingObject, type OperationName } from '@oneintent/core';
import type { Sandbox } from '@oneintent/sandbox';
import { refundFor, type Order, type Task, type Verb } from './order.ts';
import type { Action, CallPlan, Disturbance } from './plan.ts';
import type { Ended, Process, Stage } from './stage.ts';

/** What an application says of a call before it makes it. */
export type Request = Pick<Task, 'verb' | 'ref' | 'input' | 'reference' | 'attempt' | 'by'>;

const methodOf = (name: string): keyof Sandbox['paymentMethods'] => (name as keyof Sandbox['paymentMethods']);

/** How much goes back. All of it is left out where the provider knows by itself what that is. */
const refundedAmount = ({ received, total, refunds }: Order, part: number | null, isRequired: boolean): number | null => {
  const taken = received ?? total;
  if (part !== null) return Math.max(1, Math.floor((taken * part) / 100));
  const gone = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled').reduce((sum, { units }) => sum + units, 0);
  return isRequired ? Math.max(1, taken - gone) : null;
};

/** What an application makes of its decision; `null` when there is nothing to call. */
export const requestOf = ({ configuration, sandbox, facts, orders }: Stage, plan: CallPlan, action: Action): Request | null => {
  const order = orders[plan.order];
  if (order === undefined) return null;
  const accepts = (operation: OperationName, field: string): boolean => configuration.adapter.operations[operation]?.accepts.some((name) => name === field) ?? false;
  const money = (minorUnits: number) => ({ amount: { minorUnits, currency: sandbox.currency } });
  const needs = (operation: OperationName, field: string): boolean => configuration.adapter.operations[operation]?.requires?.some((name) => name === field) ?? false;
  const on = (verb: Verb, input: Task['input'], attempt: number, by: Task['by'] = 'ref'): Request => ({ verb, ref: order.current, input, reference: order.reference, attempt, by });
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
    case 'refund': {
      const units = refundedAmount(order, action.part, needs('refunds.create', 'amount'));
      return { ...on('refund', units === null ? {} : money(units), order.attempts.refund, action.by), reference: `${order.reference}-refund-${order.refundNumber}` };
    }
    case 'retrieveRefund':
    case 'cancelRefund': {
      const refund = refundFor(order, action.do);
      return refund === null ? null : { ...on(action.do, {}, order.attempts.cancelRefund), ref: refund.ref, reference: refund.reference };
    }
    case 'setup': {
      const wanted = {
        customer: sandbox.customer,
        paymentMethod: sandbox.paymentMethods[methodOf(action.method)],
        usage: 'off_session',
        currency: sandbox.currency,
        ...(accepts('setupIntents.create', 'paymentMethod') && action.confirm && { confirm: true }),
      };
      const input = Object.fromEntries(Object.entries(wanted).filter(([field]) => accepts('setupIntents.create', field)));
      return { ...on('setup', input, order.attempts.setup), ref: null, reference: `${order.reference}-setup` };
    }
    default:
      return null;
  }
};

/** Without keys nothing keeps a network that repeats a request, nor a second process, from doing these twice: a documented limit. */
const isRepeatable = ({ sandbox }: Stage, { verb, input }: Pick<Task, 'verb' | 'input'>): boolean =>
  verb === 'refund' || verb === 'setup' || (verb === 'capture' && input.amount !== undefined && sandbox.switches().partialCapture === 'stays_open');

/** What may disturb a call at a provider that does not honour keys is less. */
export const restrain = (stage: Stage, task: Task, plan: Disturbance): Disturbance => {
  if (stage.facts.keyed || !isRepeatable(stage, task)) return plan;
  return { ...plan, crashAfter: null, faults: plan.faults.map((fault) => (fault?.startsWith('duplicated') ? null : fault)) };
};

/** Makes the call. */
export const send = ({ payments }: Process, order: Order, task: Task, signal: AbortSignal): Promise<Ended> => {
  const named = { reference: task.reference, attempt: task.attempt, signal };
  const target = task.by === 'snapshot' && order.snapshot !== null && order.current === task.ref ? readStoredPaymentIntent(JSON.parse(order.snapshot)) : (task.ref ?? '');
  const { paymentIntents, refunds, setupIntents } = payments;
  const one = (work: Promise<LivingObject>): Promise<Ended> => work.then((object) => ({ object }));
  switch (task.verb) {
    case 'create':
      return one(paymentIntents.create(task.input as never, named));
    case 'retrieve':
      return one(paymentIntents.retrieve(target, { signal }));
    case 'list':
      return paymentIntents.list({}, { signal }).then(({ data }) => ({ items: data }));
    case 'increment':
      return one(paymentIntents.incrementAuthorization(target, task.input as never, named));
    case 'refund':
      return one(refunds.create(target, task.input as never, named));
    case 'retrieveRefund':
      return one(refunds.retrieve(task.ref ?? '', { signal }));
    case 'cancelRefund':
      return one(refunds.cancel(task.ref ?? '', {}, named));
    case 'setup':
      return one(setupIntents.create(task.input as never, named));
    default:
      return one(paymentIntents[task.verb](target, task.input, named));
  }
};
