import {
  readWire,
  type CardSummary,
  type NextActionReading,
  type PageReading,
  type PaymentAttemptReading,
  type PaymentIntentReading,
  type RefundReading,
  type SetupIntentReading,
} from '@oneintent/core/adapter';
import { match } from 'ts-pattern';
import * as z from 'zod/mini';
import { readChargeFailure, readLastPaymentError } from './errors.js';
import type { CheckedProfile } from './profile.js';
import { charge, optional, paymentIntent, redirect, refund, setupIntent, wholeCharge } from './wire.js';

type Wire = z.infer<typeof paymentIntent>;

const memberOf = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, name) ? Reflect.get(json, name) : undefined;

/** An object in which every missing member is taken from the first of its other names that is there. */
const withAliases = (json: unknown, aliases: CheckedProfile['aliases']): unknown => {
  if (typeof json !== 'object' || json === null) return json;
  const valueOf = (name: string): unknown => memberOf(json, name);
  const found = Object.entries(aliases)
    .filter(([member]) => (valueOf(member) ?? null) === null)
    .flatMap(([member, names]) => names.map(valueOf).filter((value) => (value ?? null) !== null).slice(0, 1).map((value) => [member, value] as const));
  return found.length === 0 ? json : { ...json, ...Object.fromEntries(found) };
};

/** The newest attempt to pay, and when its authorisation ends where the charge itself is in the answer. */
const readLatestCharge = ({ latest_charge, charges }: Wire) => {
  const latest = latest_charge ?? charge.safeParse(charges?.[0]).data ?? null;
  const source = `${latest_charge === null ? 'charges.data[0]' : 'latest_charge'}.payment_method_details.card.capture_before`;
  const at = latest?.captureBefore ?? null;
  return { latestPayment: latest?.id ?? null, authorizationExpiresAt: at === null ? null : { at, source } };
};

/** What is shown to the customer: vouchers, bank details, QR codes, with or without a redirect beside them. */
const isDisplay = (type: string): boolean => /(?:^|_)display_|_handle_redirect$/.test(type) || type === 'verify_with_microdeposits';

/** `next_action`: its contents stand in the member that its type names. The types are an open list. */
const readNextAction = (action: unknown): NextActionReading | null => {
  if (typeof action !== 'object' || action === null) return null;
  const said = memberOf(action, 'type');
  const type = typeof said === 'string' ? said : null;
  const data: unknown = type !== null && Object.hasOwn(action, type) ? Reflect.get(action, type) : action;
  const target = redirect.safeParse(data).data;
  if (type !== null && /^redirect_to_url$|_handle_redirect$/.test(type) && target !== undefined) return { type: 'redirect', url: target.url, returnUrl: target.return_url };
  if (type === 'use_stripe_sdk') return { type: 'provider_sdk', data };
  return type !== null && isDisplay(type) ? { type: 'display', kind: type, data } : { type: 'opaque', providerType: type, data };
};

/** Reads a payment intent of the service. */
export const intentReader =
  ({ aliases }: CheckedProfile) =>
  (json: unknown): PaymentIntentReading => {
    const intent = readWire(paymentIntent, withAliases(json, aliases));
    const { latestPayment, authorizationExpiresAt } = readLatestCharge(intent);
    // One literal: to spread a part into one of this many members costs more than all the rest.
    return {
      id: intent.id,
      status: intent.status,
      amount: intent.amount,
      currency: intent.currency,
      scale: null,
      amountCapturable: intent.amount_capturable,
      amountReceived: intent.amount_received,
      livemode: intent.livemode,
      captureMethod: intent.capture_method,
      confirmationMethod: intent.confirmation_method,
      clientSecret: intent.client_secret,
      customer: intent.customer,
      paymentMethod: intent.payment_method,
      paymentMethodTypes: intent.payment_method_types,
      latestPayment,
      description: intent.description,
      statementDescriptor: intent.statement_descriptor,
      receiptEmail: intent.receipt_email,
      setupFutureUsage: intent.setup_future_usage,
      metadata: intent.metadata,
      returnUrl: intent.return_url,
      createdAt: intent.created,
      updatedAt: intent.updated,
      authorizationExpiresAt,
      nextAction: readNextAction(intent.next_action),
      canceledAt: intent.canceled_at,
      cancellationReason: intent.cancellation_reason,
      lastPaymentError: readLastPaymentError(intent.last_payment_error),
      raw: json,
    };
  };

/** Reads a setup intent of the service. */
export const setupReader =
  ({ aliases }: CheckedProfile) =>
  (json: unknown): SetupIntentReading => {
    const setup = readWire(setupIntent, withAliases(json, aliases));
    return {
      id: setup.id,
      status: setup.status,
      livemode: setup.livemode,
      clientSecret: setup.client_secret,
      customer: setup.customer,
      paymentMethod: setup.payment_method,
      paymentMethodTypes: setup.payment_method_types,
      usage: setup.usage,
      description: setup.description,
      metadata: setup.metadata,
      returnUrl: setup.return_url,
      createdAt: setup.created,
      updatedAt: setup.updated,
      nextAction: readNextAction(setup.next_action),
      canceledAt: setup.canceled_at,
      cancellationReason: setup.cancellation_reason,
      lastSetupError: readLastPaymentError(setup.last_setup_error),
      raw: json,
    };
  };

/** Reads a refund of the service. */
export const refundReader =
  ({ aliases }: CheckedProfile) =>
  (json: unknown): RefundReading => {
    const found = readWire(refund, withAliases(json, aliases));
    return {
      id: found.id,
      status: found.status,
      amount: found.amount,
      currency: found.currency,
      scale: null,
      livemode: found.livemode,
      paymentIntent: found.payment_intent,
      payment: found.charge,
      reason: found.reason,
      pendingReason: found.pending_reason,
      failureReason: found.failure_reason,
      metadata: found.metadata,
      createdAt: found.created,
      updatedAt: found.updated,
      raw: json,
    };
  };

const readCard = (details: z.infer<typeof wholeCharge>['payment_method_details']): CardSummary | null => {
  const card = details?.card ?? null;
  return card && { brand: card.brand, last4: card.last4, expiryMonth: card.exp_month, expiryYear: card.exp_year, funding: card.funding, country: card.country };
};

/** Reads a charge of the service whole: the attempt behind an intent. */
export const attemptReader =
  ({ aliases }: CheckedProfile) =>
  (json: unknown): PaymentAttemptReading => {
    const found = readWire(wholeCharge, withAliases(json, aliases));
    const captureBefore = found.payment_method_details?.card?.capture_before ?? null;
    const { fee = null, currency: feeCurrency = null } = found.balance_transaction ?? {};
    return {
      id: found.id,
      status: found.status,
      detailedStatus: null,
      amount: found.amount,
      currency: found.currency,
      scale: null,
      amountCaptured: found.amount_captured,
      amountRefunded: found.amount_refunded,
      // It is in the currency of the account, which may be another than the payment's.
      fee: fee === null || feeCurrency === null ? null : { amount: fee, currency: feeCurrency, scale: null },
      livemode: found.livemode,
      paymentIntent: found.payment_intent,
      failure: found.status === 'failed' || found.failure_code !== null ? readChargeFailure(found) : null,
      paymentMethodType: found.payment_method_details?.type ?? null,
      card: readCard(found.payment_method_details),
      authorizationExpiresAt: captureBefore === null ? null : { at: captureBefore, source: 'charge.payment_method_details.card.capture_before' },
      createdAt: found.created,
      updatedAt: found.updated,
      raw: json,
    };
  };

const cursorText = optional(z.union([z.string().check(z.minLength(1)), z.pipe(z.number(), z.transform(String))]));

/**
 * Reads a page of any of the service's lists. A service that does not say whether more follows has more where it gives a cursor, or where the page is as full
 * as was asked for: at worst one page too many is asked for, and it is empty.
 */
export const pageReader =
  <T extends { readonly id: string }>({ envelope, pagination }: CheckedProfile, read: (json: unknown) => T) =>
  (json: unknown, { limit, cursor }: { readonly limit?: number; readonly cursor?: string }): PageReading<T> => {
    const items = Object.values(readWire(z.object({ [envelope.items]: z.array(z.unknown()) }), json)).flat().map(read);
    const next = match(pagination)
      .with({ type: 'id' }, () => items.at(-1)?.id ?? null)
      .with({ type: 'offset' }, () => (items.length === 0 ? null : String(Number(cursor ?? 0) + items.length)))
      .with({ type: 'cursor' }, ({ member }) => cursorText.parse(memberOf(json, member)))
      .exhaustive();
    const said = optional(z.boolean()).parse(memberOf(json, envelope.hasMore));
    const guessed = pagination.type === 'cursor' ? next !== null : limit !== undefined && items.length >= limit;
    return { items, hasMore: said ?? guessed, nextCursor: next };
  };
