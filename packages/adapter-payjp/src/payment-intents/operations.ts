import { defineOperations, path } from '@oneintent/core/adapter';
import { readPage, readPaymentIntent } from './read.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate, writeIncrement, writeList, writeUpdate } from './write.js';

/** What PAY.JP's payment intents could do on 2025-08-05. Source: the SDK's API document of that date. Every operation answers 200. */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: [
      'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'setupFutureUsage', 'threeDSecure',
      'receiptEmail', 'description', 'metadata', 'providerOptions',
    ], // prettier-ignore
    request: (input) => ({ method: 'POST', path: '/v2/payment_intents', body: writeCreate(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/payment_intents/${id}` }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.update': {
    accepts: ['amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'returnUrl', 'threeDSecure', 'receiptEmail', 'description', 'metadata', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}`, body: writeUpdate(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod', 'paymentMethodTypes', 'captureMethod', 'returnUrl', 'threeDSecure', 'receiptEmail', 'description', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}/confirm`, body: writeConfirm(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}/capture`, body: writeCapture(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor'],
    request: (input) => ({ method: 'GET', path: '/v2/payment_intents', query: writeList(input) }),
    response: ({ json }, input) => readPage(json, input),
  },
  'paymentIntents.incrementAuthorization': {
    accepts: ['amount', 'description'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}/increment_authorization`, body: writeIncrement(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
});
