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
  pageSize: { value: 100, source: sdk, confidence: 'documented' },
  lists: { value: 'unknown', source: 'how soon a list shows a new object is not published', confidence: 'unverified' },
};
