import type { Limits } from '@oneintent/core/adapter';

const sdk = 'official Python SDK payjpv2, documents of 2025-08-05';

/** What PAY.JP's payment intents took. */
export const limits: Limits = {
  currencies: { value: ['JPY'], source: `${sdk}: there is no currency, amounts are yen`, confidence: 'documented' },
  amounts: { value: { every: { minimum: 50, maximum: 9_999_999 } }, source: sdk, confidence: 'documented' },
  captureMinimum: { value: null, source: `${sdk}: no bound is given`, confidence: 'documented' },
  captureMethods: { value: ['automatic', 'automatic_async', 'manual'], source: `${sdk}; the provider's own default is automatic_async`, confidence: 'documented' },
  cancellationReasons: { value: ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], source: `${sdk}: free text`, confidence: 'inferred' },
  setupCancellationReasons: { value: ['abandoned', 'duplicate', 'requested_by_customer'], source: sdk, confidence: 'documented' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: sdk, confidence: 'documented' },
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
  pageSize: { value: 100, source: sdk, confidence: 'documented' },
  lists: { value: 'unknown', source: 'how soon a list shows a new object was not published', confidence: 'unverified' },
};
