import { createPayments, PaymentError, type ExchangeEvent } from '@oneintent/core';
import { generic, stripe, type Profile } from '../index.js';

export const apiKey = 'sk_test_5genericAdapter';

/** What a provider answers: a status and JSON. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client whose provider gives these answers, one after another, and the requests that reached it. */
export const answeringAs = <const P extends Profile & Pick<typeof stripe, 'operations'>>(profile: P, ...answers: readonly Answer[]) => {
  const requests: { readonly method: string; readonly url: string; readonly body: unknown; readonly headers: Headers }[] = [];
  const events: ExchangeEvent[] = [];
  const adapter = generic<typeof stripe>({ ...profile, operations: stripe.operations }, { apiKey });
  const payments = createPayments({
    adapter,
    retries: 0,
    onExchange: (event) => events.push(event),
    fetch: async (input, init) => {
      const answer = answers[requests.length];
      requests.push({ method: init?.method ?? 'GET', url: String(input), body: init?.body ?? null, headers: new Headers(init?.headers) });
      if (answer === undefined) throw new Error('The provider was asked more often than it has answers.');
      return Response.json(answer.json, { status: answer.status, ...(answer.headers && { headers: answer.headers }) });
    },
  });
  return { payments, requests, events };
};

/** The same for Stripe. */
export const answering = (...answers: readonly Answer[]) => answeringAs(stripe, ...answers);

/** The error that a call ends in. */
export const errorOf = async (call: Promise<unknown>): Promise<PaymentError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof PaymentError) return error;
    throw error;
  }
  throw new Error('The call ended well.');
};

/** The error that a function throws. */
export const thrownBy = (make: () => unknown): PaymentError => {
  try {
    make();
  } catch (error) {
    if (error instanceof PaymentError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
};
