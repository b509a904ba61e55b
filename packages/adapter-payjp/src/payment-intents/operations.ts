import { defineOperations, path } from '@oneintent/core/adapter';
import { afterConfirmation, readPageByOffset, readRefund, readSetup } from '../read.js';
import { readEvent } from '../webhook.js';
import { writeCancel, writeMetadata } from '../write.js';
import { readPaymentIntent } from './read.js';
import {
  writeCapture,
  writeConfirm,
  writeConfirmSetup,
  writeCreate,
  writeCreateSetup,
  writeIncrement,
  writeList,
  writeRefund,
  writeUpdate,
  writeUpdateSetup,
} from './write.js';

/** What PAY.JP's payment intents could do on 2025-08-05. Source: the SDK's API document of that date. Every operation answers 200. */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: [
      'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'setupFutureUsage', 'threeDSecure',
      'receiptEmail', 'description', 'metadata', 'providerOptions',
    ], // prettier-ignore
    request: (input) => ({ method: 'POST', path: '/v2/payment_intents', body: writeCreate(input) }),
    response: ({ json }, { confirm }) => (confirm === true ? afterConfirmation(readPaymentIntent(json), 'lastPaymentError') : readPaymentIntent(json)),
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
    response: ({ json }) => afterConfirmation(readPaymentIntent(json), 'lastPaymentError'),
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
    response: ({ json }, input) => readPageByOffset(json, readPaymentIntent, input),
  },
  'paymentIntents.incrementAuthorization': {
    accepts: ['amount', 'description'],
    request: (input) => ({ method: 'POST', path: path`/v2/payment_intents/${input.id}/increment_authorization`, body: writeIncrement(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'setupIntents.create': {
    accepts: ['customer', 'paymentMethod', 'paymentMethodTypes', 'usage', 'confirm', 'returnUrl', 'threeDSecure', 'description', 'metadata'],
    request: (input) => ({ method: 'POST', path: '/v2/setup_intents', body: writeCreateSetup(input) }),
    response: ({ json }, { confirm }) => (confirm === true ? afterConfirmation(readSetup(json), 'lastSetupError') : readSetup(json)),
  },
  'setupIntents.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/setup_intents/${id}` }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.update': {
    accepts: ['customer', 'paymentMethod', 'paymentMethodTypes', 'threeDSecure', 'description', 'metadata'],
    request: (input) => ({ method: 'POST', path: path`/v2/setup_intents/${input.id}`, body: writeUpdateSetup(input) }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.confirm': {
    accepts: ['paymentMethod', 'returnUrl', 'threeDSecure'],
    request: (input) => ({ method: 'POST', path: path`/v2/setup_intents/${input.id}/confirm`, body: writeConfirmSetup(input) }),
    response: ({ json }) => afterConfirmation(readSetup(json), 'lastSetupError'),
  },
  'setupIntents.cancel': {
    accepts: ['reason'],
    request: (input) => ({ method: 'POST', path: path`/v2/setup_intents/${input.id}/cancel`, body: writeCancel(input) }),
    response: ({ json }) => readSetup(json),
  },
  'setupIntents.list': {
    accepts: ['limit', 'cursor'],
    request: (input) => ({ method: 'GET', path: '/v2/setup_intents', query: writeList(input) }),
    response: ({ json }, input) => readPageByOffset(json, readSetup, input),
  },
  'refunds.create': {
    accepts: ['amount', 'reason', 'metadata'],
    request: (input) => ({ method: 'POST', path: '/v2/refunds', body: writeRefund(input) }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/refunds/${id}` }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.update': {
    accepts: ['metadata'],
    request: ({ id, metadata }) => ({ method: 'POST', path: path`/v2/refunds/${id}`, body: { metadata: writeMetadata(metadata) } }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.cancel': {
    accepts: [],
    request: ({ id }) => ({ method: 'POST', path: path`/v2/refunds/${id}/cancel`, body: {} }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.list': {
    accepts: ['limit', 'cursor'],
    request: (input) => ({ method: 'GET', path: '/v2/refunds', query: writeList(input) }),
    response: ({ json }, input) => readPageByOffset(json, readRefund, input),
  },
  'events.retrieve': {
    accepts: [],
    request: ({ id }) => ({ method: 'GET', path: path`/v2/events/${id}` }),
    response: ({ json }) => readEvent(json),
  },
  'events.list': {
    // Whether `until` takes in the moment itself is not published, so there is no createdBefore.
    accepts: ['limit', 'cursor', 'providerType', 'subject', 'createdFrom'],
    request: (input) => ({
      method: 'GET',
      path: '/v2/events',
      query: { ...writeList(input), type: input.providerType, resource_id: input.subject, since: input.createdFrom },
    }),
    response: ({ json }, input) => readPageByOffset(json, readEvent, input),
  },
});
