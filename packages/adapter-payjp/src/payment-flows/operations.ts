import { defineOperations, path } from '@oneintent/core/adapter';
import { afterConfirmation, readPageById, readRefund, readSetup } from '../read.js';
import { readEvent } from '../webhook.js';
import { writeCancel, writeMetadata } from '../write.js';
import { readPaymentFlow } from './read.js';
import { writeCapture, writeConfirm, writeCreate, writeCreateSetup, writeList, writePage, writeRefund, writeUpdate, writeUpdateSetup } from './write.js';

/**
 * What PAY.JP can do today. A setup is confirmed by the customer's browser only, since 2025-12-10. Source: official Python SDK, 2025-12-15 to 2026-04-02.
 * Every operation answers 200.
 */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: [
      'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'threeDSecure', 'description', 'metadata',
      'providerOptions',
    ], // prettier-ignore
    request: (input) => ({ method: 'POST', path: '/v2/payment_flows', body: writeCreate(input) }),
    response: ({ json }, { confirm }) => (confirm === true ? afterConfirmation(readPaymentFlow(json), 'lastPaymentError') : readPaymentFlow(json)),
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
    response: ({ json }) => afterConfirmation(readPaymentFlow(json), 'lastPaymentError'),
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
    response: ({ json }) => readPageById(json, readPaymentFlow),
  },
  'setupIntents.create': {
    accepts: ['customer', 'paymentMethodTypes', 'usage', 'threeDSecure', 'description', 'metadata'],
    request: (input) => ({ method: 'POST', path: '/v2/setup_flows', body: writeCreateSetup(input) }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/setup_flows/${id}` }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.update': {
    accepts: ['customer', 'paymentMethodTypes', 'threeDSecure', 'description', 'metadata'],
    request: (input) => ({ method: 'POST', path: path`/v2/setup_flows/${input.id}`, body: writeUpdateSetup(input) }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/v2/setup_flows/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.list': {
    accepts: ['limit', 'cursor'],
    request: (input) => ({ method: 'GET', path: '/v2/setup_flows', query: writePage(input) }),
    response: ({ json }) => readPageById(json, readSetup),
  },
  'refunds.create': {
    accepts: ['amount', 'reason', 'metadata'],
    request: (input) => ({ method: 'POST', path: '/v2/payment_refunds', body: writeRefund(input) }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/payment_refunds/${id}` }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.update': {
    accepts: ['metadata'],
    request: ({ id, metadata }) => ({ method: 'POST', path: path`/v2/payment_refunds/${id}`, body: { metadata: writeMetadata(metadata) } }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.list': {
    accepts: ['limit', 'cursor', 'paymentIntent'],
    request: (input) => ({
      method: 'GET',
      path: input.paymentIntent === undefined ? '/v2/payment_refunds' : path`/v2/payment_flows/${input.paymentIntent}/refunds`,
      query: writePage(input),
    }),
    response: ({ json }) => readPageById(json, readRefund),
  },
  'events.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/events/${id}` }),
    response: ({ json }) => readEvent(json),
  },
  'events.list': {
    accepts: ['limit', 'cursor', 'providerType', 'subject'],
    request: (input) => ({ method: 'GET', path: '/v2/events', query: { ...writePage(input), type: input.providerType, resource_id: input.subject } }),
    response: ({ json }) => readPageById(json, readEvent),
  },
});
