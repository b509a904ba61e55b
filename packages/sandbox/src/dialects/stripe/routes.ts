import { prefixedId } from '../../engine/identifiers.js';
import { canonicalJson } from '../../engine/json.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { handler, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { events } from './events.js';
import { declined, refuse, refuseAtGate } from './errors.js';
import { parseForm } from './form.js';
import { listHandler } from './listing.js';
import { refundRoutes } from './refunds.js';
import { renderIntent } from './render.js';
import { expansions } from './request.js';
import { setupRoutes } from './setup-intents.js';
import * as validate from './validate.js';

const render: Spelling['render'] = (call, intent) => renderIntent(intent, call.store, expansions(call));
const spelling: Spelling = { render, refuse, decline: declined };

const base = '/v1/payment_intents';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  {
    method: 'GET',
    path: base,
    handle: listHandler({
      url: base,
      filters: validate.filters,
      items: ({ intents }) => intents.values(),
      matches: (intent, { customer }) => customer === undefined || intent.customer === customer,
      render,
    }),
  },
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
  ...setupRoutes,
  ...refundRoutes,
];

const newSetup = () => {
  const id = prefixedId('seti_1');
  return { id, clientSecret: `${id}_secret_${prefixedId('')}` };
};

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
  events,
  switches: { declineCarriesIntent: true, failuresStored: true, automaticAsync: 'succeeded', deliveryRetries: 'over_hours' },
  profile: {
    customer: 'cus_sandbox',
    paymentMethods: spellPaymentMethods((name) => `pm_${name}`),
    newIntent,
    newAttempt: () => prefixedId('ch_3'),
    newSetup,
    newSetupAttempt: () => prefixedId('setatt_1'),
    newRefund: () => prefixedId('re_3'),
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
