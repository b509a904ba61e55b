import { defineOperations, path } from '@oneintent/core/adapter';
import { readConfirmed, readConfirmedSetup, readPage, readPayment, readPaymentIntent, readRefund, readSetupIntent } from './read.js';
import { readEvent } from './webhook.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate, writeCreateSetup, writeListRefunds, writeRefund } from './write.js';

/**
 * What Paypercut can do. There is no update, list or increment of payment intents; setup intents are only created. Source:
 * https://docs.paypercut.io/api-reference, 2026-04 to 2026-07. The paths of a capture and of one event follow the pattern of the others, as their own
 * pages could not be read.
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
  'setupIntents.create': {
    accepts: ['currency', 'confirm', 'offSession'],
    requires: ['currency'],
    request: (input) => ({ method: 'POST', path: '/v1/setup_intents', body: writeCreateSetup(input) }),
    response: ({ json }, { confirm }) => (confirm === true ? readConfirmedSetup(json) : readSetupIntent(json)),
  },
  'refunds.create': {
    accepts: ['amount', 'reason'],
    requires: ['amount'],
    request: (input) => ({ method: 'POST', path: '/v1/refunds', body: writeRefund(input) }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v1/refunds/${id}` }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.list': {
    // Whether `end_date` takes in the moment itself is not published, so there is no createdBefore.
    accepts: ['limit', 'cursor', 'createdFrom'],
    request: (input) => ({ method: 'GET', path: '/v1/refunds', query: writeListRefunds(input) }),
    response: ({ json }) => readPage(json, readRefund),
  },
  'attempts.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/payments/${id}` }),
    response: ({ json }) => readPayment(json),
  },
  'events.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v1/events/${id}` }),
    response: ({ json }) => readEvent(json),
  },
  'events.list': {
    accepts: ['limit', 'cursor'],
    request: ({ limit, cursor }) => ({ method: 'GET', path: '/v1/events', query: { limit, last_key: cursor } }),
    response: ({ json }) => readPage(json, readEvent),
  },
});
