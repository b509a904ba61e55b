import { prefixedId } from '../../engine/identifiers.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { handler, nothingToRead, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { canonicalContent } from '../json-request.js';
import { declined, refuse, refuseAtGate } from '../payjp/problem.js';
import { keyAllowed } from '../payjp/request.js';
import { events } from './events.js';
import { listHandler } from './listing.js';
import { refundRoutes } from './refunds.js';
import { renderIntent } from './render.js';
import { setupRoutes } from './setup-intents.js';
import * as validate from './validate.js';

const spelling: Spelling = {
  render: (_call, intent) => renderIntent(intent),
  refuse: (call, refusal) => refuse(call, refusal, false),
  decline: (call, intent, status) => declined(call, intent, status, { payment_intent: renderIntent(intent) }),
};

const base = '/v2/payment_intents';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: base, handle: listHandler(({ store }) => store.intents.values(), renderIntent) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => verbs.retrieve(call, call.id)) },
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
  const id = prefixedId('seti_');
  return { id, clientSecret: `${id}_secret_${prefixedId('')}` };
};

const newIntent = () => {
  const id = prefixedId('pi_');
  return { id, clientSecret: `${id}_secret_${prefixedId('')}` };
};

/** PAY.JP's payment intents, as they were in August 2025. */
export const payjpPaymentIntents: DialectDefinition = {
  currency: 'JPY',
  basic: false,
  routes,
  events,
  switches: { idempotency: false },
  profile: {
    customer: 'cus_sandbox',
    paymentMethods: spellPaymentMethods((name) => `pm_${name}`),
    newIntent,
    newAttempt: () => prefixedId('att_'),
    newSetup,
    newSetupAttempt: () => prefixedId('satt_'),
    newRefund: () => prefixedId('re_'),
    confirmFrom: ['requires_payment_method', 'requires_confirmation'],
    cancelFrom: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'requires_capture'],
    noUpdateFrom: ['succeeded', 'canceled'],
    fixedFrom: ['processing', 'requires_capture'],
    methodNeedsCustomer: false,
    offSessionDeclinesAction: false,
    expiryReason: null,
    metadataKeys: 20,
  },
  refuseAtGate,
  canonicalContent,
  keyAllowed,
  repeatedKey: ({ conflictMeans }) => ({ otherContent: conflictMeans === 'key_reused', concurrency: conflictMeans === 'in_progress' }),
  answerHeaders: () => ({}),
};
