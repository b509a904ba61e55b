import { createPayments, PaymentError, supports, type ExchangeEvent, type Payments, type PaymentErrorShape, type PaymentIntent, type OperationName } from '../index.js';
import type { PaymentsOptions } from '../client/configure.js';
import { normalize } from '../contract/normalize.js';
import type { PaymentIntentReading } from '../contract/readings.js';
import { acme, acmeLimits, readingOf, type AcmePayment } from './acme.js';
import { scriptedFetch, type Received, type Reply } from './scripted-fetch.js';

/** When every test begins. */
export const start = Date.parse('2026-04-10T05:00:00.000Z');

/** A client of the fake provider, with what it sent and what it told. Time passes only while it sleeps. */
export interface Bench {
  readonly payments: Payments<OperationName>;
  readonly requests: readonly Received[];
  readonly events: readonly ExchangeEvent[];
  /** How long it slept, in milliseconds. */
  readonly slept: readonly number[];
  /** Lets time pass. */
  readonly pass: (milliseconds: number) => void;
}

const hasAll = (payments: Payments<never>): payments is Payments<OperationName> => supports(payments, 'paymentIntents.retrieve');

/** A client whose provider gives these replies, in order. */
export const bench = (replies: readonly Reply[] = [], { adapter = acme(), ...options }: Partial<PaymentsOptions> = {}): Bench => {
  const { fetch, requests } = scriptedFetch(...replies);
  const events: ExchangeEvent[] = [];
  const slept: number[] = [];
  let now = start;
  const payments: Payments<never> = createPayments({
    adapter,
    fetch,
    clock: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
    random: (count) => new Uint8Array(count).fill(128),
    onExchange: (event) => events.push(event),
    ...options,
  });
  // Verbs that the adapter lacks exist at run time too; most tests have all of them.
  if (!hasAll(payments)) throw new Error('The tests need an adapter that can at least retrieve.');
  return { payments, requests, events, slept, pass: (milliseconds) => void (now += milliseconds) };
};

/** A payment on the wire. */
export const payment = (said: Partial<AcmePayment> = {}): AcmePayment => ({ id: 'pi_1', status: 'requires_confirmation', amount: 1000, ...said });

/** A neutral intent of the fake provider. */
export const snapshot = (said: Partial<PaymentIntentReading> = {}, account = 'acme'): PaymentIntent =>
  normalize('payment_intent', readingOf(said), { account, adapter: { provider: 'acme' }, limits: acmeLimits });

/** The PaymentError that a call ends with. */
export const errorOf = async (call: Promise<unknown>): Promise<PaymentErrorShape> => {
  const result: unknown = await call.then(
    () => new Error('There was no error.'),
    (error: unknown) => error,
  );
  if (PaymentError.is(result)) return result;
  throw result;
};

/** The PaymentError that a function throws. */
export const thrownBy = (call: () => unknown): PaymentErrorShape => {
  try {
    call();
  } catch (error) {
    if (PaymentError.is(error)) return error;
    throw error;
  }
  throw new Error('There was no error.');
};
