import { prefixedId } from '../../engine/identifiers.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { handler, nothingToRead, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { canonicalContent } from '../json-request.js';
import { declined, refuse, refuseAtGate } from '../payjp/problem.js';
import { keyAllowed } from '../payjp/request.js';
import { events } from './events.js';
import { listHandler } from './listing.js';
import { refundRoutes } from './payment-refunds.js';
import { renderFlow } from './render.js';
import { setupRoutes } from './setup-flows.js';
import * as validate from './validate.js';

const spelling: Spelling = {
  render: (_call, intent) => renderFlow(intent),
  refuse: (call, refusal) => refuse(call, refusal, true),
  decline: (call, intent, status) => declined(call, intent, status, { payment_flow: renderFlow(intent) }),
};

const base = '/v2/payment_flows';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: base, handle: listHandler('payments', ({ store }) => store.intents.values(), renderFlow) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => verbs.retrieve(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, validate.readUpdate, (call, input) => verbs.update(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, validate.readConfirm, (call, input) => verbs.confirm(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/capture`, handle: handler(spelling, validate.readCapture, (call, input) => verbs.capture(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, validate.readCancel, (call, input) => verbs.cancel(call, call.id, input)) },
  ...setupRoutes,
  ...refundRoutes,
];

/** PAY.JP's payment flows, as they are since December 2025. */
export const payjpPaymentFlows: DialectDefinition = {
  currency: 'JPY',
  basic: true,
  routes,
  events,
  switches: {},
  profile: {
    customer: 'cus_sandbox',
    paymentMethods: spellPaymentMethods((name) => `pm_${name}`),
    newIntent: () => ({ id: prefixedId('pfw_'), clientSecret: prefixedId('pfws_', 32) }),
    newAttempt: () => prefixedId('att_'),
    newSetup: () => ({ id: prefixedId('sflw_'), clientSecret: prefixedId('sflw_secret_', 32) }),
    newSetupAttempt: () => prefixedId('satt_'),
    newRefund: () => prefixedId('pyr_'),
    confirmFrom: ['requires_payment_method', 'requires_confirmation'],
    cancelFrom: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'requires_capture'],
    noUpdateFrom: ['succeeded', 'canceled'],
    fixedFrom: ['processing', 'requires_capture'],
    methodNeedsCustomer: true,
    offSessionDeclinesAction: false,
    expiryReason: 'expired',
    metadataKeys: 20,
  },
  refuseAtGate,
  canonicalContent,
  keyAllowed,
  repeatedKey: ({ conflictMeans }) => ({ otherContent: conflictMeans === 'key_reused', concurrency: conflictMeans === 'in_progress' }),
  answerHeaders: () => ({}),
};
