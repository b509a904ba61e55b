import type { Limits } from '@oneintent/core/adapter';
import { sharedLimits } from '../limits.js';
import { sharedOperations } from '../operations.js';
import { webhooksOf } from '../webhook.js';
import type { WireShape } from '../wire.js';
import { checkWith } from '../write.js';
import { defineDialect } from './definition.js';

const sdk = 'official Python SDK payjpv2, schemas of 2025-12-15 to 2026-04-02';

const shape: WireShape = {
  paths: { payments: '/v2/payment_flows', setups: '/v2/setup_flows', refunds: '/v2/payment_refunds' },
  members: { customer: 'customer_id', paymentMethod: 'payment_method_id', payment: 'payment_flow_id' },
  sendsCurrency: true,
  paging: 'after_id',
};

const limits: Limits = {
  ...sharedLimits(sdk),
  currencies: { value: ['JPY'], source: sdk, confidence: 'documented' },
  captureMinimum: { value: 50, source: sdk, confidence: 'documented' },
  captureMethods: { value: ['automatic', 'manual'], source: sdk, confidence: 'documented' },
  cancellationReasons: { value: ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], source: `${sdk}; spelt "abondoned" before 2025-12-16`, confidence: 'documented' },
  metadata: {
    value: { maximumKeys: 20, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string', 'integer', 'boolean'] },
    source: `${sdk} (20 keys since 2026-01-08; lengths are not published)`,
    confidence: 'documented',
  },
  idempotency: {
    value: {
      honoured: 'documented',
      place: { header: 'Idempotency-Key' },
      alphabet: '[A-Za-z0-9_-]+',
      maximumLength: 255,
      window: null,
      stores: 'unknown',
      // A request whose key is in flight waits for the first to end; when that takes too long, it gets 409 idempotency_timeout.
      inFlight: 'queues',
      repetition: 'unknown',
    },
    source:
      'https://docs.pay.jp/v2/guide/developers/idempotency (form, 255 characters, a key in flight), read in a copy without a date; header: official Python SDK since 2025-12-03; what is stored under a key, for how long, and what a repeated request gets is not published',
    confidence: 'documented',
  },
};

/**
 * PAY.JP's payment flows, the API since 2025-12-10. A setup is confirmed by the customer's browser only, and a refund cannot be stopped.
 * `challenge` left the API of payments on 2025-12-03. Source: official Python SDK, 2025-12-15 to 2026-04-02.
 */
export const paymentFlows = defineDialect({
  operations: sharedOperations(shape, { 'paymentIntents.list': ['customer'], 'refunds.list': ['paymentIntent'] }),
  limits,
  check: checkWith(shape, { methodNeedsCustomer: true, paymentsTakeChallenge: false, extendedAuthorization: ['if_available', 'must_extend', 'never'] }),
  webhooks: webhooksOf(['payment_flow', 'setup_flow', 'refund'], {
    source: 'notes on the official guide and a live plugin, 2026-04 to 2026-07',
    confidence: 'third_party',
  }),
});
