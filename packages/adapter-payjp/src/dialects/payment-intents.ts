import { defineOperations, path, type Limits } from '@oneintent/core/adapter';
import { sharedLimits } from '../limits.js';
import { sharedOperations } from '../operations.js';
import { afterConfirmation, readPayment, readRefund, readSetup } from '../read.js';
import { webhooksOf } from '../webhook.js';
import type { WireShape } from '../wire.js';
import { checkWith, writeCardOptions } from '../write.js';
import { defineDialect } from './definition.js';

const sdk = 'official Python SDK payjpv2, documents of 2025-08-05';

const shape: WireShape = {
  paths: { payments: '/v2/payment_intents', setups: '/v2/setup_intents', refunds: '/v2/refunds' },
  members: { customer: 'customer', paymentMethod: 'payment_method', payment: 'payment_intent' },
  sendsCurrency: false,
  paging: 'by_offset',
};

const limits: Limits = {
  ...sharedLimits(sdk),
  currencies: { value: ['JPY'], source: `${sdk}: there is no currency, amounts are yen`, confidence: 'documented' },
  captureMinimum: { value: null, source: `${sdk}: no bound is given`, confidence: 'documented' },
  captureMethods: { value: ['automatic', 'automatic_async', 'manual'], source: `${sdk}; the provider's own default is automatic_async`, confidence: 'documented' },
  cancellationReasons: { value: ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], source: `${sdk}: free text`, confidence: 'inferred' },
  metadata: {
    value: { maximumKeys: null, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string', 'integer', 'boolean'] },
    source: `${sdk}: no bound is given`,
    confidence: 'documented',
  },
  idempotency: {
    value: { honoured: 'no' },
    source: `${sdk} have no keys; the SDK has them since 2025-12-03`,
    confidence: 'inferred',
  },
};

const operations = defineOperations({
  ...sharedOperations(shape, {
    'paymentIntents.create': ['setupFutureUsage', 'receiptEmail'],
    'paymentIntents.update': ['receiptEmail'],
    'paymentIntents.confirm': ['receiptEmail'],
    'setupIntents.create': ['paymentMethod', 'confirm', 'returnUrl'],
    'setupIntents.update': ['paymentMethod'],
    // Whether `until` includes the moment itself is not published, so there is no createdBefore.
    'events.list': ['createdFrom'],
  }),
  'paymentIntents.incrementAuthorization': {
    accepts: ['amount', 'description'],
    // The neutral amount is the new total, which the document's text suggests for this one too.
    request: ({ id, amount, description }) => ({
      method: 'POST',
      path: path`/v2/payment_intents/${id}/increment_authorization`,
      body: { amount: amount.units, description },
    }),
    response: ({ json }) => readPayment(json),
  },
  'setupIntents.confirm': {
    accepts: ['paymentMethod', 'returnUrl', 'threeDSecure'],
    request: ({ id, paymentMethod, threeDSecure, returnUrl }) => ({
      method: 'POST',
      path: path`/v2/setup_intents/${id}/confirm`,
      body: { payment_method: paymentMethod, payment_method_options: writeCardOptions({ request_three_d_secure: threeDSecure }), return_url: returnUrl },
    }),
    response: ({ json }) => afterConfirmation(readSetup(json), 'lastSetupError'),
  },
  'refunds.cancel': {
    accepts: [],
    request: ({ id }) => ({ method: 'POST', path: path`/v2/refunds/${id}/cancel`, body: {} }),
    response: ({ json }) => readRefund(json),
  },
});

/** PAY.JP's payment intents, the API of 2025-08-05, before general availability. Source: the SDK's documents of that date. */
export const paymentIntents = defineDialect({
  operations,
  limits,
  check: checkWith(shape, { methodNeedsCustomer: false, paymentsTakeChallenge: true, extendedAuthorization: ['if_available', 'never'] }),
  webhooks: webhooksOf(['payment_intent', 'setup_intent', 'refund'], { source: 'presumed from the names of the objects of 2025-08', confidence: 'inferred' }),
});
