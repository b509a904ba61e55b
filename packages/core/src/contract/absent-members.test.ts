import { describe, expect, it } from 'vitest';
import { createPayments, PaymentError, Secret, type AnyAdapter, type ObjectKind, type OperationName, type Payments } from '../index.js';
import { acme } from '../testing/acme.js';
import { errorOf } from '../testing/client.js';
import { answer, scriptedFetch } from '../testing/scripted-fetch.js';
import type { ErrorReading, EventReading, FailureReading, NextActionReading, PaymentAttemptReading, PaymentIntentReading, Readings, RefundReading, SetupIntentReading } from './readings.js';

const moment = '2026-04-10T05:00:00.000Z';
const failure: FailureReading = { reason: 'expired_card', advice: 'do_not_retry', message: 'no', providerCode: 'a', declineCode: 'b', networkDeclineCode: '54', networkAdviceCode: '01' };
const redirect: NextActionReading = { type: 'redirect', url: 'https://bank.example', returnUrl: 'https://shop.example' };

const paymentIntent: PaymentIntentReading = {
  id: 'x_1',
  status: 'requires_action',
  amount: 1000,
  currency: 'eur',
  scale: 2,
  amountCapturable: 1,
  amountReceived: 2,
  livemode: false,
  captureMethod: 'manual',
  confirmationMethod: 'manual',
  clientSecret: 'secret',
  customer: 'cus_1',
  paymentMethod: 'pm_1',
  paymentMethodTypes: ['card'],
  latestPayment: 'ch_1',
  description: 'Two lamps',
  statementDescriptor: 'LAMPS',
  receiptEmail: 'anna@shop.example',
  setupFutureUsage: 'on_session',
  metadata: { shelf: 'a' },
  returnUrl: 'https://shop.example',
  createdAt: moment,
  updatedAt: moment,
  authorizationExpiresAt: { at: moment, source: 'expired_at' },
  nextAction: redirect,
  canceledAt: moment,
  cancellationReason: 'duplicate',
  lastPaymentError: failure,
  raw: { id: 'x_1' },
};

const setupIntent: SetupIntentReading = {
  id: 'x_1',
  status: 'requires_action',
  livemode: false,
  clientSecret: 'secret',
  customer: 'cus_1',
  paymentMethod: 'pm_1',
  paymentMethodTypes: ['card'],
  usage: 'off_session',
  description: 'a card',
  metadata: { shelf: 'a' },
  returnUrl: 'https://shop.example',
  createdAt: moment,
  updatedAt: moment,
  nextAction: redirect,
  canceledAt: moment,
  cancellationReason: 'abandoned',
  lastSetupError: failure,
  raw: { id: 'x_1' },
};

const refund: RefundReading = {
  id: 'x_1',
  status: 'pending',
  amount: 300,
  currency: 'eur',
  scale: 2,
  livemode: false,
  paymentIntent: 'pi_1',
  payment: 'ch_1',
  reason: 'duplicate',
  pendingReason: 'charge_pending',
  failureReason: 'lost_or_stolen_card',
  metadata: { shelf: 'a' },
  createdAt: moment,
  updatedAt: moment,
  raw: { id: 'x_1' },
};

const paymentAttempt: PaymentAttemptReading = {
  id: 'x_1',
  status: 'failed',
  detailedStatus: 'blocked',
  amount: 1000,
  currency: 'eur',
  scale: 2,
  amountCaptured: 1,
  amountRefunded: 2,
  fee: { amount: 3, currency: 'eur', scale: 2 },
  livemode: false,
  paymentIntent: 'pi_1',
  failure,
  paymentMethodType: 'card',
  card: { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, funding: 'credit', country: 'JP' },
  authorizationExpiresAt: { at: moment, source: 'expired_at' },
  createdAt: moment,
  updatedAt: moment,
  raw: { id: 'x_1' },
};

const event: EventReading = {
  id: 'x_1',
  providerType: 'refund.changed',
  type: 'refund.updated',
  livemode: false,
  createdAt: moment,
  subject: { kind: 'refund', reading: refund },
  raw: { id: 'x_1' },
};

const readings: Readings = { payment_intent: paymentIntent, setup_intent: setupIntent, refund, payment_attempt: paymentAttempt, event };

/** Other statuses, in which other members are shown. */
const statuses: { readonly [T in ObjectKind]: readonly (string | null)[] } = {
  payment_intent: ['requires_action', 'succeeded', 'canceled', 'moon_phase_wrong'],
  setup_intent: ['requires_action', 'succeeded', 'canceled', 'moon_phase_wrong'],
  refund: ['pending', 'failed', 'succeeded', 'moon_phase_wrong', null],
  payment_attempt: ['failed', 'moon_phase_wrong'],
  event: [null],
};

/** The members without which there is no object: those that are not null in the type either. */
const essentials: { readonly [T in ObjectKind]: readonly string[] } = {
  payment_intent: ['id', 'status', 'amount', 'currency'],
  setup_intent: ['id', 'status'],
  refund: ['id', 'amount', 'currency'],
  payment_attempt: ['id', 'status', 'amount', 'currency'],
  event: ['id', 'providerType'],
};

const operations = {
  payment_intent: 'paymentIntents.retrieve',
  setup_intent: 'setupIntents.retrieve',
  refund: 'refunds.retrieve',
  payment_attempt: 'attempts.retrieve',
  event: 'events.retrieve',
} as const satisfies Record<ObjectKind, OperationName>;

const lists = { payment_intent: 'paymentIntents.list', setup_intent: 'setupIntents.list', refund: 'refunds.list', event: 'events.list' } as const;

/** A client whose adapter parses whatever it is told to, as an adapter in JavaScript may. */
const client = (change: (adapter: AnyAdapter) => object, status = 200): Payments<OperationName> => {
  const adapter = acme();
  const { fetch } = scriptedFetch(...Array.from({ length: 4 }, () => answer(status, {})));
  return createPayments({ adapter: { ...adapter, ...change(adapter) }, fetch, retries: 0, webhookSecret: 'shared' }) as unknown as Payments<OperationName>;
};

const parsing = (name: OperationName, parsed: unknown): Payments<OperationName> =>
  client((adapter) => ({ operations: { ...adapter.operations, [name]: { ...adapter.operations[name], response: () => parsed } } }));

const retrieved = async (kind: ObjectKind, parsed: unknown): Promise<unknown> => {
  const payments = parsing(operations[kind], parsed);
  const [resource = ''] = operations[kind].split('.');
  return Reflect.get(payments, resource).retrieve('x_1');
};

const listed = async (kind: keyof typeof lists, parsed: unknown): Promise<unknown> => {
  const payments = parsing(lists[kind], parsed);
  const [resource = ''] = lists[kind].split('.');
  return Reflect.get(payments, resource).list({});
};

/** Everything of an object, its secrets too. What is undefined says so, as it would be equal to a member that is not there. */
const opened = (value: unknown): unknown => {
  if (value === undefined) return 'IS UNDEFINED';
  if (Secret.is(value)) return { secret: opened(value.reveal()) };
  if (Array.isArray(value)) return value.map(opened);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member)])) : value;
};

/** The paths to all members of what an adapter parses; what it does not look into ends them. */
const pathsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null || Array.isArray(value) || ['raw', 'metadata', 'data'].includes(path.at(-1) ?? '')
    ? []
    : Object.entries(value).flatMap(([name, member]) => [[...path, name], ...pathsIn(member, [...path, name])]);

const at = (value: unknown, [name, ...rest]: readonly string[], change: (members: Record<string, unknown>, name: string) => void): unknown => {
  const members: Record<string, unknown> = { ...Object(value) };
  if (rest.length === 0) change(members, name ?? '');
  else members[name ?? ''] = at(members[name ?? ''], rest, change);
  return members;
};

const leftOut = (value: unknown, path: readonly string[]): unknown => at(value, path, (members, name) => void Reflect.deleteProperty(members, name));
const made = (value: unknown, path: readonly string[], into: unknown): unknown => at(value, path, (members, name) => void (members[name] = into));

/** What is not null in a nested object either: the address of a redirect, the amount of a fee, how an event's subject is known. */
const nestedEssentials = ['url', 'amount', 'currency', 'at', 'source', 'reason', 'kind', 'reading', 'type'];

const cases = (Object.keys(readings) as ObjectKind[]).flatMap((kind) =>
  statuses[kind].flatMap((status) =>
    pathsIn(readings[kind])
      .filter((path) => {
        const name = path.at(-1) ?? '';
        const inSubject = path[0] === 'subject' && path.length > 2;
        const known: readonly string[] = path.length === 1 ? essentials[kind] : inSubject ? essentials.refund : nestedEssentials;
        return !known.includes(name);
      })
      .map((path) => [kind, status, path.join('.'), path] as const),
  ),
);

const withStatus = (kind: ObjectKind, status: string | null): unknown => (kind === 'event' ? readings.event : { ...readings[kind], status });

describe('a member that an adapter leaves out of what it parses', () => {
  it.each(cases)('%s that is %s: %s is null, as if the adapter had said so', async (kind, status, _path, path) => {
    const parsed = withStatus(kind, status);
    const expected = opened(await retrieved(kind, made(parsed, path, null)));
    expect(JSON.stringify(expected)).not.toContain('IS UNDEFINED');
    expect(opened(await retrieved(kind, leftOut(parsed, path)))).toEqual(expected);
    expect(opened(await retrieved(kind, made(parsed, path, undefined)))).toEqual(expected);
  });

  it.each(Object.keys(readings) as ObjectKind[])('%s: all of them may be left out at once', async (kind) => {
    const only = Object.fromEntries(Object.entries(readings[kind]).filter(([name]) => essentials[kind].includes(name)));
    const nulls = Object.fromEntries(Object.entries(readings[kind]).map(([name, value]) => [name, essentials[kind].includes(name) ? value : null]));
    const expected = opened(await retrieved(kind, nulls));
    expect(JSON.stringify(expected)).not.toContain('IS UNDEFINED');
    expect(opened(await retrieved(kind, only))).toEqual(expected);
  });

  it.each(Object.keys(lists) as (keyof typeof lists)[])('%s: is null in a list as well, and a page without a cursor is the last', async (kind) => {
    const only = Object.fromEntries(Object.entries(readings[kind]).filter(([name]) => essentials[kind].includes(name)));
    expect(opened(await listed(kind, { items: [only, readings[kind]], hasMore: true }))).toEqual({
      data: [opened(await retrieved(kind, only)), opened(await retrieved(kind, readings[kind]))],
      hasMore: false,
      nextCursor: null,
    });
  });

  it.each<readonly [string, object, NextActionReading]>([
    ['redirect', { type: 'redirect', url: 'https://bank.example' }, { type: 'redirect', url: 'https://bank.example', returnUrl: null }],
    ['provider_sdk', { type: 'provider_sdk' }, { type: 'provider_sdk', data: null }],
    ['three_d_secure', { type: 'three_d_secure' }, { type: 'three_d_secure', flow: null, data: null }],
    ['display', { type: 'display', kind: 'voucher' }, { type: 'display', kind: 'voucher', data: null }],
    ['opaque', { type: 'opaque' }, { type: 'opaque', providerType: null, data: null }],
  ])('is null in a next action of the type %s', async (_type, short, nextAction) => {
    const expected = opened(await retrieved('payment_intent', { ...paymentIntent, nextAction }));
    expect(JSON.stringify(expected)).not.toContain('IS UNDEFINED');
    expect(opened(await retrieved('payment_intent', { ...paymentIntent, nextAction: short }))).toEqual(expected);
  });

  it('is null in the event of a webhook delivery', async () => {
    const webhooks = { scheme: { type: 'shared_token', in: 'header', name: 'x-token' }, sends: { value: [], source: 'a fake provider', confidence: 'documented' }, readEvent: () => ({ id: 'evt_1', providerType: 'a', livemode: false }) };
    const verified = await client(() => ({ webhooks })).webhooks.verify({ body: '{}', headers: { 'x-token': 'shared' } });
    expect(opened(verified)).toMatchObject({ type: 'unknown', createdAt: null, subject: null, raw: { secret: null } });
  });

  it.each<readonly [OperationName, object, object]>([
    ['paymentIntents.confirm', { kind: 'declined' }, { code: 'payment_declined', providerCode: null, providerMessage: null, failure: { reason: 'unknown', advice: null, message: null } }],
    ['paymentIntents.confirm', { kind: 'declined', failure: { reason: 'expired_card' } }, { failure: { reason: 'expired_card', advice: null, message: null, providerCode: null, declineCode: null, networkDeclineCode: null, networkAdviceCode: null } }],
    ['refunds.create', { kind: 'declined', failure: { reason: 'expired_card' } }, { code: 'payment_declined', failure: { reason: 'expired_card', advice: null } }],
    ['paymentIntents.confirm', { kind: 'fault', code: 'invalid_request' }, { code: 'invalid_request', outcome: 'rejected', providerCode: null, providerMessage: null, problems: [] }],
  ])('is null in the error of %s that it parsed as %j', async (name, parsed, expected) => {
    const payments = client(() => ({ readError: () => parsed as ErrorReading }), 400);
    const error = await errorOf(name === 'refunds.create' ? payments.refunds.create('pi_1', { amount: { minorUnits: 100, currency: 'EUR' } }) : payments.paymentIntents.confirm('pi_1', {}));
    expect(JSON.parse(JSON.stringify(error))).toMatchObject(expected);
    expect(Object.values(error)).not.toContain(undefined);
  });

  it('is null in the intent that a decline carries', async () => {
    const parsed = { kind: 'declined', failure: { reason: 'expired_card' }, intent: { id: 'pi_1', status: 'requires_payment_method', amount: 1000, currency: 'eur' } };
    const intent = await client(() => ({ readError: () => parsed as unknown as ErrorReading }), 402).paymentIntents.confirm('pi_1', {});
    expect(JSON.stringify(opened(intent))).not.toContain('IS UNDEFINED');
    expect(intent).toMatchObject({ status: 'requires_payment_method', customer: null, lastPaymentError: { reason: 'expired_card', advice: null } });
  });
});

describe('an essential that an adapter leaves out', () => {
  const missing = (Object.keys(readings) as ObjectKind[]).flatMap((kind) => essentials[kind].map((name) => [kind, name] as const));

  it.each(missing)('%s: without %s the response is malformed, and the field is named', async (kind, name) => {
    const error: unknown = await retrieved(kind, leftOut(readings[kind], [name])).catch((reason: unknown) => reason);
    expect(PaymentError.is(error) && [error.code, error.problems.map(({ field }) => field)]).toEqual(['malformed_response', [name === 'providerType' ? 'type' : name]]);
  });

  it.each(essentials.refund)('an event is reported without its subject when that lacks %s', async (name) => {
    expect(await retrieved('event', { ...event, subject: { kind: 'refund', reading: leftOut(refund, [name]) } })).toMatchObject({ id: 'x_1', subject: null });
  });

  it('what is no object at all is malformed', async () => {
    for (const parsed of ['text', 7, true]) expect(await errorOf(retrieved('payment_intent', parsed))).toMatchObject({ code: 'malformed_response' });
  });
});
