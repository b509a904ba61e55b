import type { Limits } from '@oneintent/core/adapter';

const sdk = 'official Python SDK payjpv2, schemas of 2025-12-15 to 2026-04-02';

/** What PAY.JP's payment flows take. */
export const limits: Limits = {
  currencies: { value: ['JPY'], source: sdk, confidence: 'documented' },
  amounts: { value: { every: { minimum: 50, maximum: 9_999_999 } }, source: sdk, confidence: 'documented' },
  captureMinimum: { value: 50, source: sdk, confidence: 'documented' },
  captureMethods: { value: ['automatic', 'manual'], source: sdk, confidence: 'documented' },
  cancellationReasons: { value: ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], source: `${sdk}; spelt "abondoned" before 2025-12-16`, confidence: 'documented' },
  setupCancellationReasons: { value: ['abandoned', 'duplicate', 'requested_by_customer'], source: sdk, confidence: 'documented' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: sdk, confidence: 'documented' },
  metadata: {
    value: { maximumKeys: 20, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string', 'integer', 'boolean'] },
    source: `${sdk} (20 keys since 2026-01-08; lengths are not published)`,
    confidence: 'documented',
  },
  idempotency: {
    value: { honoured: 'documented', place: { header: 'Idempotency-Key' }, alphabet: '[A-Za-z0-9_-]+', maximumLength: 255, window: null },
    source: 'header: official Python SDK since 2025-12-03; form and 255 characters: notes on the official guide, 2026-07; how long a key is kept is not published',
    confidence: 'third_party',
  },
  pageSize: { value: 100, source: sdk, confidence: 'documented' },
};
