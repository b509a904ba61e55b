import { unixTime } from '../../engine/clock.js';
import { prefixedId } from '../../engine/identifiers.js';
import type { Intent } from '../../engine/intent.js';
import { canonicalJson } from '../../engine/json.js';
import { cutPage } from '../../engine/paging.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { success, type Answer } from '../../http/answer.js';
import { handler, type Call, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { declined, refuse, refuseAtGate } from './errors.js';
import { parseForm } from './form.js';
import { renderCharge } from './render-charge.js';
import { renderIntent } from './render.js';
import * as validate from './validate.js';

const render: Spelling['render'] = (call, intent) => renderIntent(intent, call.store.switches, validate.expansions(call));
const spelling: Spelling = { render, refuse, decline: declined };

function list(call: Call): Answer {
  const reading = validate.readList(call);
  if (!reading.ok) return refuse(call, reading.refusal);
  const { created, customer, limit = 10, starting_after: after, ending_before: before } = reading.input;
  const range: { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined } = created ?? {};
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  const wanted = (intent: Intent): boolean => {
    const at = unixTime(intent.createdAt);
    return (customer === undefined || intent.customer === customer) && at > gt && at >= gte && at < lt && at <= lte;
  };
  const intents = [...call.store.intents.values()].filter(wanted);
  const page = cutPage(call.store.switches.listOrder === 'newest_first' ? intents.toReversed() : intents, { limit, after, before });
  if (!page.ok) {
    const [parameter, id = ''] = page.badCursor === 'after' ? ['starting_after', after] : ['ending_before', before];
    return refuse(call, { kind: 'bad_cursor', parameter, id });
  }
  return success({ object: 'list', data: page.items.map((intent) => render(call, intent)), has_more: page.hasMore, url: '/v1/payment_intents' });
}

function retrieveCharge(call: Call): Answer {
  for (const intent of call.store.intents.values()) {
    const attempt = intent.attempts.find(({ id, charged }) => charged && id === call.id);
    if (attempt !== undefined) return success(renderCharge(intent, attempt));
  }
  return refuse(call, { kind: 'not_found', what: 'payment', id: call.id });
}

const base = '/v1/payment_intents';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: base, handle: list },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, validate.readRetrieve, (call) => verbs.retrieve(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, validate.readUpdate, (call, input) => verbs.update(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, validate.readConfirm, (call, input) => verbs.confirm(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/capture`, handle: handler(spelling, validate.readCapture, (call, input) => verbs.capture(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, validate.readCancel, (call, input) => verbs.cancel(call, call.id, input)) },
  {
    method: 'POST',
    path: `${base}/:id/increment_authorization`,
    handle: handler(spelling, validate.readIncrement, (call, input) => verbs.increment(call, call.id, input)),
  },
  { method: 'GET', path: '/v1/charges/:id', handle: retrieveCharge },
];

const newIntent = () => {
  const id = prefixedId('pi_3');
  return { id, clientSecret: `${id}_secret_${prefixedId('', 25)}` };
};

function answerHeaders(headers: Headers, replayed: boolean): Readonly<Record<string, string>> {
  const echoed = ['idempotency-key', 'stripe-version', 'stripe-account'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { 'request-id': prefixedId('req_', 14), ...Object.fromEntries(echoed), ...(replayed ? { 'idempotent-replayed': 'true' } : {}) };
}

/** Stripe's payment intents, and whatever is shaped like them. */
export const stripe: DialectDefinition = {
  currency: 'EUR',
  basic: true,
  routes,
  profile: {
    customer: 'cus_sandbox',
    paymentMethods: spellPaymentMethods((name) => `pm_${name}`),
    newIntent,
    newAttempt: () => prefixedId('ch_3'),
    confirmFrom: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
    cancelFrom: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'],
    noUpdateFrom: [],
    fixedFrom: ['processing', 'requires_capture', 'succeeded', 'canceled'],
    methodNeedsCustomer: false,
    offSessionDeclinesAction: true,
    expiryReason: 'automatic',
    metadataKeys: 50,
  },
  refuseAtGate,
  canonicalContent: (body) => canonicalJson(parseForm(body)),
  keyAllowed: (key) => key.length <= 255,
  repeatedKey: () => ({ otherContent: true, concurrency: true }),
  answerHeaders,
};
