// The operations that every dialect of PAY.JP has, made for one dialect by what differs in it. A dialect adds its own operations to this table.

import { defineOperations, path } from '@oneintent/core/adapter';
import { afterConfirmation, readPage, readPayment, readRefund, readSetup } from './read.js';
import { readEvent } from './webhook.js';
import type { WireShape } from './wire.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate, writeCreateSetup, writeMetadata, writePage, writeRefund, writeUpdate, writeUpdateSetup } from './write.js';

/** The fields that some dialects accept, and others do not. All of them are written by `write.ts` or below; a dialect lists those that it accepts. */
export interface MoreFields {
  readonly 'paymentIntents.create'?: readonly ('setupFutureUsage' | 'receiptEmail')[];
  readonly 'paymentIntents.update'?: readonly 'receiptEmail'[];
  readonly 'paymentIntents.confirm'?: readonly 'receiptEmail'[];
  readonly 'paymentIntents.list'?: readonly 'customer'[];
  readonly 'setupIntents.create'?: readonly ('paymentMethod' | 'confirm' | 'returnUrl')[];
  readonly 'setupIntents.update'?: readonly 'paymentMethod'[];
  readonly 'refunds.list'?: readonly 'paymentIntent'[];
  readonly 'events.list'?: readonly 'createdFrom'[];
}

/** Every operation answers 200. Source: official Python SDK, 2025-08-05 to 2026-04-02. */
export const sharedOperations = (shape: WireShape, more: MoreFields) => {
  const { payments, setups, refunds } = shape.paths;
  const { paging } = shape;
  return defineOperations({
    'paymentIntents.create': {
      accepts: [
        'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'threeDSecure', 'description', 'metadata',
        'providerOptions', ...(more['paymentIntents.create'] ?? []),
      ], // prettier-ignore
      request: (input) => ({ method: 'POST', path: payments, body: writeCreate(shape, input) }),
      response: ({ json }, { confirm }) => (confirm === true ? afterConfirmation(readPayment(json), 'lastPaymentError') : readPayment(json)),
    },
    'paymentIntents.retrieve': {
      accepts: [],
      request: ({ id }) => ({ method: 'GET', path: payments + path`/${id}` }),
      response: ({ json }) => readPayment(json),
    },
    'paymentIntents.update': {
      accepts: [
        'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'returnUrl', 'threeDSecure', 'description', 'metadata', 'providerOptions',
        ...(more['paymentIntents.update'] ?? []),
      ], // prettier-ignore
      request: (input) => ({ method: 'POST', path: payments + path`/${input.id}`, body: writeUpdate(shape, input) }),
      response: ({ json }) => readPayment(json),
    },
    'paymentIntents.confirm': {
      accepts: [
        'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'returnUrl', 'threeDSecure', 'description', 'providerOptions',
        ...(more['paymentIntents.confirm'] ?? []),
      ], // prettier-ignore
      request: (input) => ({ method: 'POST', path: payments + path`/${input.id}/confirm`, body: writeConfirm(shape, input) }),
      response: ({ json }) => afterConfirmation(readPayment(json), 'lastPaymentError'),
    },
    'paymentIntents.capture': {
      accepts: ['amount'],
      request: (input) => ({ method: 'POST', path: payments + path`/${input.id}/capture`, body: writeCapture(input) }),
      response: ({ json }) => readPayment(json),
    },
    'paymentIntents.cancel': {
      accepts: ['reason'],
      request: (input) => ({ method: 'POST', path: payments + path`/${input.id}/cancel`, body: writeCancel(input) }),
      response: ({ json }) => readPayment(json),
    },
    'paymentIntents.list': {
      accepts: ['limit', 'cursor', ...(more['paymentIntents.list'] ?? [])],
      request: (input) => ({ method: 'GET', path: payments, query: { ...writePage(shape, input), customer_id: input.customer } }),
      response: ({ json }, { cursor }) => readPage(paging, json, readPayment, cursor),
    },
    'setupIntents.create': {
      accepts: ['customer', 'paymentMethodTypes', 'usage', 'threeDSecure', 'description', 'metadata', ...(more['setupIntents.create'] ?? [])],
      request: (input) => ({ method: 'POST', path: setups, body: writeCreateSetup(shape, input) }),
      response: ({ json }, { confirm }) => (confirm === true ? afterConfirmation(readSetup(json), 'lastSetupError') : readSetup(json)),
    },
    'setupIntents.retrieve': {
      accepts: [],
      request: ({ id }) => ({ method: 'GET', path: setups + path`/${id}` }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.update': {
      accepts: ['customer', 'paymentMethodTypes', 'threeDSecure', 'description', 'metadata', ...(more['setupIntents.update'] ?? [])],
      request: (input) => ({ method: 'POST', path: setups + path`/${input.id}`, body: writeUpdateSetup(shape, input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.cancel': {
      accepts: ['reason'],
      request: (input) => ({ method: 'POST', path: setups + path`/${input.id}/cancel`, body: writeCancel(input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.list': {
      accepts: ['limit', 'cursor'],
      request: (input) => ({ method: 'GET', path: setups, query: writePage(shape, input) }),
      response: ({ json }, { cursor }) => readPage(paging, json, readSetup, cursor),
    },
    'refunds.create': {
      accepts: ['amount', 'reason', 'metadata'],
      request: (input) => ({ method: 'POST', path: refunds, body: writeRefund(shape, input) }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.retrieve': {
      accepts: [],
      request: ({ id }) => ({ method: 'GET', path: refunds + path`/${id}` }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.update': {
      accepts: ['metadata'],
      request: ({ id, metadata }) => ({ method: 'POST', path: refunds + path`/${id}`, body: { metadata: writeMetadata(metadata) } }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.list': {
      accepts: ['limit', 'cursor', ...(more['refunds.list'] ?? [])],
      request: (input) => ({
        method: 'GET',
        path: input.paymentIntent === undefined ? refunds : payments + path`/${input.paymentIntent}/refunds`,
        query: writePage(shape, input),
      }),
      response: ({ json }, { cursor }) => readPage(paging, json, readRefund, cursor),
    },
    'events.retrieve': {
      accepts: [],
      request: ({ id }) => ({ method: 'GET', path: path`/v2/events/${id}` }),
      response: ({ json }) => readEvent(json),
    },
    'events.list': {
      accepts: ['limit', 'cursor', 'providerType', 'subject', ...(more['events.list'] ?? [])],
      request: (input) => ({
        method: 'GET',
        path: '/v2/events',
        query: { ...writePage(shape, input), type: input.providerType, resource_id: input.subject, since: input.createdFrom },
      }),
      response: ({ json }, { cursor }) => readPage(paging, json, readEvent, cursor),
    },
  });
};
