import { createPayments, PaymentError, type ExchangeEvent } from '@oneintent/core';
import { paypercut } from '../index.js';

export const apiKey = 'sk_test_5yP7cAdapter';

/** What a provider answers: a status and JSON. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** A client whose provider gives these answers, one after another, and the requests that reached it. */
export const answering = (...answers: readonly Answer[]) => {
  const requests: { readonly method: string; readonly url: string; readonly body: unknown }[] = [];
  const events: ExchangeEvent[] = [];
  const payments = createPayments({
    adapter: paypercut({ apiKey }),
    retries: 0,
    onExchange: (event) => events.push(event),
    fetch: async (input, init) => {
      const answer = answers[requests.length];
      requests.push({ method: init?.method ?? 'GET', url: String(input), body: init?.body ?? null });
      if (answer === undefined) throw new Error('The provider was asked more often than it has answers.');
      return Response.json(answer.json, { status: answer.status });
    },
  });
  return { payments, requests, events };
};

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
