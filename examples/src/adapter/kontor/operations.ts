import { defineOperations, path } from '@oneintent/core/adapter';
import { readPage, readPayment, readRefund } from './read.js';
import { readEvent } from './webhook.js';
import { writeCancel, writeConfirm, writePart, writePayment, writeRefund } from './write.js';

/** What Kontor can do. A payment is never changed, only closed; cards are not saved. Source: Kontor API guide 4. */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: ['amount', 'customer', 'paymentMethod', 'captureMethod', 'confirm', 'returnUrl', 'description', 'metadata'],
    request: (input) => ({ method: 'POST', path: '/payments', body: writePayment(input) }),
    response: ({ json }) => readPayment(json),
  },
  'paymentIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/payments/${id}` }),
    response: ({ json }) => readPayment(json),
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod', 'returnUrl'],
    request: (input) => ({ method: 'POST', path: path`/payments/${input.id}/confirm`, body: writeConfirm(input) }),
    response: ({ json }) => readPayment(json),
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: (input) => ({ method: 'POST', path: path`/payments/${input.id}/capture`, body: writePart(input) }),
    response: ({ json }) => readPayment(json),
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/payments/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readPayment(json),
  },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor', 'customer'],
    request: ({ limit, cursor, customer }) => ({ method: 'GET', path: '/payments', query: { size: limit, after: cursor, customer } }),
    response: ({ json }) => readPage(json, readPayment),
  },
  'refunds.create': {
    accepts: ['amount', 'reason', 'metadata'],
    request: (input) => ({ method: 'POST', path: path`/payments/${input.id}/refunds`, body: writeRefund(input) }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/refunds/${id}` }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.list': {
    accepts: ['limit', 'cursor', 'paymentIntent'],
    request: ({ limit, cursor, paymentIntent }) => ({ method: 'GET', path: '/refunds', query: { size: limit, after: cursor, payment: paymentIntent } }),
    response: ({ json }) => readPage(json, readRefund),
  },
  'events.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/events/${id}` }),
    response: ({ json }) => readEvent(json),
  },
  'events.list': {
    accepts: ['limit', 'cursor'],
    request: ({ limit, cursor }) => ({ method: 'GET', path: '/events', query: { size: limit, after: cursor } }),
    response: ({ json }) => readPage(json, readEvent),
  },
});
