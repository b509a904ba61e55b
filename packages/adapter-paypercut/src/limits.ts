import type { Limits } from '@oneintent/core/adapter';

const model = 'https://docs.paypercut.io/api-reference/models/PaymentIntentResponse, 2026-07';
const reference = 'https://docs.paypercut.io/api-reference, 2026-07';

/** What Paypercut's payment intents take. */
export const limits: Limits = {
  currencies: {
    value: ['DKK', 'SEK', 'NOK', 'GBP', 'EUR', 'USD', 'CHF', 'CZK', 'HUF', 'PLN', 'RON'],
    source: 'https://docs.paypercut.io/docs/introduction/supported-currencies, 2026-07',
    confidence: 'documented',
  },
  amounts: {
    value: { every: { maximum: 99_999_999 }, byCurrency: { USD: { minimum: 50 } } },
    source: `${model}: eight digits; at least 0.50 USD "or equivalent", which is published for no other currency`,
    confidence: 'documented',
  },
  captureMinimum: { value: null, source: 'https://docs.paypercut.io/api-reference/models/PaymentIntentCaptureRequest: no bound is given', confidence: 'documented' },
  captureMethods: { value: ['automatic', 'manual'], source: model, confidence: 'documented' },
  cancellationReasons: { value: ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], source: model, confidence: 'documented' },
  setupCancellationReasons: { value: [], source: model, confidence: 'documented' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: 'values that the official shop plugins send, 2026-07', confidence: 'documented' },
  metadata: { value: null, source: `${model}: intents have none`, confidence: 'documented' },
  idempotency: {
    // An alphabet is not published: what every HTTP header carries unchanged.
    value: {
      honoured: 'documented',
      place: { header: 'Idempotency-Key' },
      alphabet: '[\\x21-\\x7E]+',
      maximumLength: 255,
      window: null,
      stores: 'unknown',
      inFlight: 'unknown',
      repetition: 'replays',
    },
    source: `${reference}; …/docs/developer-resources/advanced-error-handling (an identical request gets the first result); how long a key is kept, whether failures are stored and what happens to a key in flight is not published`,
    confidence: 'documented',
  },
  pageSize: { value: null, source: `${reference}: intents have no list`, confidence: 'documented' },
  lists: { value: 'unknown', source: 'intents have no list; how soon the list of refunds shows a new one is not published', confidence: 'unverified' },
};
