import { defineOperations, path } from '@oneintent/core/adapter';
import { readConfirmed, readPaymentIntent } from './read.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate } from './write.js';

/**
 * What Paypercut's payment intents can do. There is no update, list or increment. Source: https://docs.paypercut.io/api-reference, 2026-04 to 2026-07;
 * the capture's path follows the pattern of the others, as its own page could not be read.
 */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: ['amount', 'customer', 'paymentMethod', 'captureMethod', 'confirm', 'offSession', 'setupFutureUsage', 'threeDSecure', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: '/v1/payment_intents', body: writeCreate(input) }),
    response: ({ json }, { confirm }) => (confirm === true ? readConfirmed(json) : readPaymentIntent(json)),
  },
  'paymentIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v1/payment_intents/${id}` }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod', 'setupFutureUsage', 'threeDSecure', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: path`/v1/payment_intents/${input.id}/confirm`, body: writeConfirm(input) }),
    response: ({ json }) => readConfirmed(json),
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: (input) => ({ method: 'POST', path: path`/v1/payment_intents/${input.id}/capture`, body: writeCapture(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/v1/payment_intents/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
});
