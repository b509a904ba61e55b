import type { Limits } from '@oneintent/core/adapter';

const guide = 'Kontor API guide 4, 2026-10';

/** What Kontor takes. Amounts are in hundredths of every currency, of the yen too: `wireExponent` tells the core to convert. */
export const limits: Limits = {
  currencies: { value: ['EUR', 'PLN', 'CZK', 'JPY'], source: `${guide}, "Amounts"`, confidence: 'documented' },
  amounts: { value: { every: { wireExponent: 2, minimum: 50, maximum: 99_999_999 } }, source: `${guide}, "Amounts": from 0.50 to 999999.99`, confidence: 'documented' },
  captureMinimum: { value: 50, source: `${guide}, "Amounts": no amount is less than 0.50`, confidence: 'inferred' },
  captureMethods: { value: ['automatic', 'manual'], source: `${guide}, "Payments"`, confidence: 'documented' },
  cancellationReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: `${guide}, "Payments"`, confidence: 'documented' },
  setupCancellationReasons: { value: [], source: `${guide}: nothing is saved`, confidence: 'documented' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: `${guide}, "Refunds"`, confidence: 'documented' },
  metadata: {
    value: { maximumKeys: 20, maximumKeyLength: 40, maximumValueLength: 200, valueTypes: ['string'] },
    source: `${guide}, "Tags"`,
    confidence: 'documented',
  },
  idempotency: {
    value: { honoured: 'no' },
    source: `${guide}: a request that is sent again is another request`,
    confidence: 'documented',
  },
  pageSize: { value: 50, source: `${guide}, "Lists"`, confidence: 'documented' },
  lists: { value: 'immediate', source: `${guide}, "Lists": what has been created is in the list at once`, confidence: 'documented' },
};
