import { defineOperations, path } from '@oneintent/core/adapter';
import { readPage, readPaymentFlow } from './read.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate, writeList, writeUpdate } from './write.js';

/** What PAY.JP's payment flows can do. Source: official Python SDK, 2025-12-15 to 2026-04-02. Every operation answers 200. */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: [
      'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'threeDSecure', 'description', 'metadata',
      'providerOptions',
    ], // prettier-ignore
    request: (input) => ({ method: 'POST', path: '/v2/payment_flows', body: writeCreate(input) }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/payment_flows/${id}` }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.update': {
    accepts: ['amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'returnUrl', 'threeDSecure', 'description', 'metadata', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_flows/${input.id}`, body: writeUpdate(input) }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod', 'paymentMethodTypes', 'captureMethod', 'returnUrl', 'threeDSecure', 'description', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_flows/${input.id}/confirm`, body: writeConfirm(input) }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_flows/${input.id}/capture`, body: writeCapture(input) }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_flows/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readPaymentFlow(json),
  },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor', 'customer'],
    request: (input) => ({ method: 'GET', path: '/v2/payment_flows', query: writeList(input) }),
    response: ({ json }) => readPage(json),
  },
});
