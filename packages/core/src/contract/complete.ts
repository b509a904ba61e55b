import { match } from 'ts-pattern';
import { currencyExponent, type Money } from '../model/money.js';
import { readMetadata } from '../model/metadata.js';
import type { NextAction } from '../model/next-action.js';
import {
  cancellationReasons,
  captureMethods,
  futureUsages,
  paymentIntentStatuses,
  type PaymentIntent,
  type PaymentIntentFacts,
} from '../model/payment-intent.js';
import { formatRef } from '../model/ref.js';
import { Secret } from '../model/secret.js';
import { readTime } from '../model/time.js';
import type { PaymentFailure } from '../model/failure.js';
import { amountLimitsOf, type Limits } from './limits.js';
import type { NextActionReading, PaymentIntentReading } from './readings.js';
import { readWire } from './wire.js';

/** Whose object it is, and by which limits its amounts are counted. */
export interface CompletionContext {
  readonly account: string;
  readonly adapter: { readonly provider: string };
  readonly limits: Limits;
}

const power = (digits: number): number => Number(`1e${digits}`);

/**
 * Exact conversion between two numbers of decimal digits.
 * @returns `null` when it would need a fraction, or a number too large to be exact.
 */
export const rescale = (units: number, from: number, to: number): number | null => {
  if (to === from) return Number.isSafeInteger(units) ? units : null;
  const factor = power(Math.abs(to - from));
  if (!Number.isFinite(factor)) return null;
  const result = to >= from ? units * factor : units / factor;
  return Number.isSafeInteger(result) ? result : null;
};

/** Refuses an answer that lacks an essential. */
export const unreadable = (field: string): never =>
  readWire({ '~standard': { version: 1, vendor: 'oneintent', validate: () => ({ issues: [{ message: '', path: [field] }] }) } }, null);

/** {@link readMoney} for the amounts of one object, whose currency is looked up once. */
const moneyReader = ({ currency, scale }: { readonly currency: string; readonly scale: number | null }, limits: Limits) => {
  const code = currency.toUpperCase();
  const exponent = currencyExponent(code);
  const wireExponent = scale ?? amountLimitsOf(limits, code).wireExponent ?? exponent;
  return (units: number | null): Money | null => {
    if (units === null) return null;
    const minorUnits = exponent === null || wireExponent === null ? units : rescale(units, wireExponent, exponent);
    if (minorUnits === null || !Number.isSafeInteger(minorUnits) || minorUnits < 0) return null;
    return Object.freeze({ minorUnits, currency: code });
  };
};

/**
 * A wire amount as Money, `null` when it cannot be represented exactly. The provider's own `scale` wins over the limits; a currency unknown to
 * ISO 4217 keeps the provider's units.
 */
export const readMoney = (units: number | null, of: { readonly currency: string; readonly scale: number | null }, limits: Limits): Money | null =>
  moneyReader(of, limits)(units);

/** A word of a closed list, or `unknown` for any other. */
export const known = <T extends string>(words: readonly T[], value: string | null): T | 'unknown' | null =>
  value === null ? null : (words.find((word) => word === value) ?? 'unknown');

const threeDSecureFlows = ['frictionless', 'method', 'challenge'] as const;

/** A next action whose contents print as `[redacted]`. */
export const sealNextAction = (reading: NextActionReading | null): NextAction | null =>
  reading === null
    ? null
    : Object.freeze(
        match(reading)
          .returnType<NextAction>()
          .with({ type: 'redirect' }, ({ type, url, returnUrl }) => ({ type, url: new Secret(url), returnUrl }))
          .with({ type: 'provider_sdk' }, ({ type, data }) => ({ type, data: new Secret(data) }))
          .with({ type: 'three_d_secure' }, ({ type, flow, data }) => ({ type, flow: known(threeDSecureFlows, flow) ?? 'unknown', data: new Secret(data) }))
          .with({ type: 'display' }, ({ type, kind, data }) => ({ type, kind, data: new Secret(data) }))
          .with({ type: 'opaque' }, ({ type, providerType, data }) => ({ type, providerType, data: new Secret(data) }))
          .exhaustive(),
      );

/** When an authorisation runs out, `null` when that cannot be read. */
export const readExpiry = (said: PaymentIntentReading['authorizationExpiresAt']): PaymentIntent['authorizationExpiresAt'] => {
  const at = readTime(said?.at);
  return said === null || at === null ? null : Object.freeze({ at, source: said.source });
};

/** A provider's sentence without runs of digits that could be a card number, and without anything that looks like a key. */
export const scrub = (text: string): string =>
  text
    .replaceAll(/\b\d(?:[ -]?\d){11,18}\b/g, '[redacted]')
    .replaceAll(/\b(?:sk|rk|pk|whsec|whook|pfws)_[\w-]+/g, '[redacted]')
    .replaceAll(/\b\w+_secret_\w+/g, '[redacted]');

/** A failure made safe to print, to attach to an intent or to an error. */
export const sealFailure = (failure: PaymentFailure): PaymentFailure =>
  Object.freeze({ ...failure, message: failure.message === null ? null : scrub(failure.message) });

/**
 * The neutral PaymentIntent of an adapter's reading. Tolerates everything but a missing id, status or amount.
 * @throws as {@link readWire} when an amount cannot be represented exactly.
 */
export const completePaymentIntent = (reading: PaymentIntentReading, context: CompletionContext): PaymentIntent => {
  const { metadata, reference } = readMetadata(reading.metadata);
  const amountOf = moneyReader(reading, context.limits);
  const facts: PaymentIntentFacts = {
    object: 'payment_intent',
    account: context.account,
    provider: context.adapter.provider,
    id: reading.id,
    ref: formatRef(context.account, reading.id),
    reference,
    livemode: reading.livemode,
    amount: amountOf(reading.amount) ?? unreadable('amount'),
    amountCapturable: amountOf(reading.amountCapturable),
    amountReceived: amountOf(reading.amountReceived),
    captureMethod: known(captureMethods, reading.captureMethod),
    confirmationMethod: known(['automatic', 'manual'], reading.confirmationMethod),
    clientSecret: reading.clientSecret === null ? null : new Secret(reading.clientSecret),
    customer: reading.customer,
    paymentMethod: reading.paymentMethod,
    paymentMethodTypes: reading.paymentMethodTypes === null ? null : Object.freeze([...reading.paymentMethodTypes]),
    latestPayment: reading.latestPayment,
    description: reading.description,
    statementDescriptor: reading.statementDescriptor,
    receiptEmail: reading.receiptEmail,
    setupFutureUsage: known(futureUsages, reading.setupFutureUsage),
    metadata,
    returnUrl: reading.returnUrl,
    createdAt: readTime(reading.createdAt),
    updatedAt: readTime(reading.updatedAt),
    authorizationExpiresAt: readExpiry(reading.authorizationExpiresAt),
    lastPaymentError: reading.lastPaymentError === null ? null : sealFailure(reading.lastPaymentError),
    raw: new Secret(reading.raw),
  };
  const status = known(paymentIntentStatuses, reading.status) ?? 'unknown';
  // Not a spread: of this many members it costs twice what all the rest of this function does.
  return Object.freeze(
    match(status)
      .returnType<PaymentIntent>()
      .with('requires_action', (only) => Object.assign(facts, { status: only, nextAction: sealNextAction(reading.nextAction) }))
      .with('canceled', (only) =>
        Object.assign(facts, {
          status: only,
          canceledAt: readTime(reading.canceledAt),
          cancellationReason: known(cancellationReasons, reading.cancellationReason),
        }),
      )
      .with('unknown', (only) => Object.assign(facts, { status: only, providerStatus: reading.status, nextAction: sealNextAction(reading.nextAction) }))
      .otherwise((only) => Object.assign(facts, { status: only })),
  );
};

