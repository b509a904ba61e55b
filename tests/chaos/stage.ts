import { createPayments, type LivingObject, type OperationName, type PaymentErrorShape, type PaymentIntent, type Payments } from '@oneintent/core';
import type { Sandbox } from '@oneintent/sandbox';
import type { Configuration } from '../conformance/configurations.ts';
import type { Books } from './books.ts';
import { network } from './network.ts';
import type { Facts, Order, Verb } from './order.ts';
import type { Disturbance } from './plan.ts';
import type { Simulation } from './simulation.ts';
import type { Call, Witness } from './witness.ts';

/** How a call has ended for the application. */
export type Ended = { readonly object: LivingObject } | { readonly items: readonly PaymentIntent[] } | { readonly error: PaymentErrorShape } | { readonly crashed: true };

/** Nothing happens to a call. */
export const calm: Disturbance = { faults: [], abortAfter: null, crashAfter: null, jump: null };

/** By which operation the application does each thing. */
export const operations: Readonly<Record<Verb, OperationName>> = {
  create: 'paymentIntents.create',
  confirm: 'paymentIntents.confirm',
  capture: 'paymentIntents.capture',
  increment: 'paymentIntents.incrementAuthorization',
  cancel: 'paymentIntents.cancel',
  update: 'paymentIntents.update',
  retrieve: 'paymentIntents.retrieve',
  list: 'paymentIntents.list',
  refund: 'refunds.create',
  retrieveRefund: 'refunds.retrieve',
  cancelRefund: 'refunds.cancel',
  setup: 'setupIntents.create',
};

/** One process of the application, with a clock of its own. */
export interface Process {
  readonly payments: Payments<OperationName>;
  call: Call | null;
  skew: number;
}

/** What is played with. */
export interface Stage {
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
  /** The signals of calls whose process died: aborted when all is over, since a signal that is waited for is held for ever. */
  readonly abandoned: AbortController[];
  tasks: number;
}

/** A process that has just been started: it knows what is stored, and nothing else. */
export const newProcess = ({ configuration, simulation, sandbox, count, tell, isTold }: Stage): Process => {
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

/** A process whose clock is right. */
export const calmProcess = (stage: Stage): Process => Object.assign(newProcess(stage), { skew: 0 });
