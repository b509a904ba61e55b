import type { Fact } from '@oneintent/core/adapter';
import type { Profile } from '../profile.js';

const sdk = 'official Node SDK 23.1.0 (2026-10-28)';
const currencies = 'docs.stripe.com/currencies';

const documented = <T>(value: T, source: string): Fact<T> => ({ value, source, confidence: 'documented' });

/** Stripe takes no more than eight digits; a dollar amount is at least half a dollar. */
const most = { maximum: 99_999_999 };
const endsInZero = { ...most, multipleOf: 10 };
const withoutCents = { ...most, wireExponent: 2, multipleOf: 100 };

/** The type of {@link stripe}: a profile whose operations are known to the compiler. */
export interface StripeProfile extends Profile {
  readonly operations: readonly [
    'paymentIntents.create',
    'paymentIntents.retrieve',
    'paymentIntents.update',
    'paymentIntents.confirm',
    'paymentIntents.capture',
    'paymentIntents.cancel',
    'paymentIntents.list',
    'paymentIntents.incrementAuthorization',
    'setupIntents.create',
    'setupIntents.retrieve',
    'setupIntents.update',
    'setupIntents.confirm',
    'setupIntents.cancel',
    'setupIntents.list',
    'refunds.create',
    'refunds.retrieve',
    'refunds.update',
    'refunds.cancel',
    'refunds.list',
    'attempts.retrieve',
    'events.retrieve',
    'events.list',
  ];
}

/**
 * Stripe. The API version is the last that takes `payment_method_types`: since 2026-09-30.endive it is refused, and what came in its
 * place (`allowed_payment_method_types`) drops silently what does not fit.
 */
export const stripe: StripeProfile = {
  name: 'stripe',
  baseUrl: 'https://api.stripe.com',
  operations: [
    'paymentIntents.create',
    'paymentIntents.retrieve',
    'paymentIntents.update',
    'paymentIntents.confirm',
    'paymentIntents.capture',
    'paymentIntents.cancel',
    'paymentIntents.list',
    'paymentIntents.incrementAuthorization',
    'setupIntents.create',
    'setupIntents.retrieve',
    'setupIntents.update',
    'setupIntents.confirm',
    'setupIntents.cancel',
    'setupIntents.list',
    'refunds.create',
    'refunds.retrieve',
    'refunds.update',
    'refunds.cancel',
    'refunds.list',
    'attempts.retrieve',
    'events.retrieve',
    'events.list',
  ],
  keyPrefixes: { test: ['sk_test_', 'rk_test_'], live: ['sk_live_', 'rk_live_'] },
  headers: { 'Stripe-Version': '2026-08-26.dahlia' },
  expand: true,
  webhooks: { scheme: { type: 'timestamped_hmac', header: 'Stripe-Signature', timestampKey: 't', signatureKey: 'v1' } },
  connectedAccountHeader: 'Stripe-Account',
  requestIdHeaders: ['Request-Id'],
  replayedHeader: 'Idempotent-Replayed',
  shouldRetryHeader: 'Stripe-Should-Retry',
  limits: {
    currencies: documented('all', `${currencies}: more than 135; which of them an account takes, Stripe says`),
    amounts: {
      value: {
        every: most,
        byCurrency: {
          USD: { ...most, minimum: 50 },
          ...Object.fromEntries(['BHD', 'JOD', 'KWD', 'OMR', 'TND'].map((code) => [code, endsInZero])),
          ISK: withoutCents,
          UGX: withoutCents,
          MGA: { ...most, wireExponent: 0 },
        },
      },
      source: `${currencies}; that MGA is counted without decimals is not verified`,
      confidence: 'documented',
    },
    captureMinimum: documented(null, `${sdk}: no bound is given`),
    captureMethods: documented(['automatic', 'automatic_async', 'manual'], sdk),
    cancellationReasons: documented(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], sdk),
    setupCancellationReasons: documented(['abandoned', 'duplicate', 'requested_by_customer'], sdk),
    refundReasons: documented(['duplicate', 'fraudulent', 'requested_by_customer'], sdk),
    metadata: documented({ maximumKeys: 50, maximumKeyLength: 40, maximumValueLength: 500, valueTypes: ['string'] }, 'docs.stripe.com/api/metadata'),
    idempotency: documented(
      {
        honoured: 'documented',
        place: { header: 'Idempotency-Key' },
        alphabet: '[\\x21-\\x7e]+',
        maximumLength: 255,
        window: 86_400,
        stores: 'every_response',
        inFlight: 'refuses',
        repetition: 'replays',
      },
      'docs.stripe.com/api/idempotent_requests: up to 255 characters, kept for at least 24 hours; the form is not restricted; status and body of the first request are stored once it is executed, a 500 too, and returned again; what fails validation or meets a request in flight is not stored',
    ),
    pageSize: documented(100, 'docs.stripe.com/api/pagination'),
    lists: { value: 'unknown', source: 'how soon a list shows a new object is not published', confidence: 'unverified' },
  },
};
