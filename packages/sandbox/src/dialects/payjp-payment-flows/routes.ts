import { prefixedId } from '../../engine/identifiers.js';
import { cutPage } from '../../engine/paging.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { success, type Answer } from '../../http/answer.js';
import { handler, nothingToRead, type Call, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { canonicalContent } from '../json-request.js';
import { declined, refuse, refuseAtGate } from '../payjp/problem.js';
import { keyAllowed } from '../payjp/request.js';
import { events } from './events.js';
import { renderFlow } from './render.js';
import * as validate from './validate.js';

const spelling: Spelling = {
  render: (_call, intent) => renderFlow(intent),
  refuse: (call, refusal) => refuse(call, refusal, true),
  decline: (call, intent, status) => declined(call, intent, status, { payment_flow: renderFlow(intent) }),
};

function list(call: Call): Answer {
  const reading = validate.readList(call);
  if (!reading.ok) return spelling.refuse(call, reading.refusal);
  const { customer, ...wish } = reading.input;
  const flows = [...call.store.intents.values()].filter((intent) => customer === undefined || intent.customer === customer);
  const page = cutPage(call.store.switches.listOrder === 'newest_first' ? flows.toReversed() : flows, wish);
  if (!page.ok) {
    const parameter = page.badCursor === 'after' ? 'starting_after' : 'ending_before';
    return spelling.refuse(call, { kind: 'bad_cursor', parameter, id: wish[page.badCursor] ?? '' });
  }
  return success({ object: 'list', url: '/v2/payment_flows', has_more: page.hasMore, data: page.items.map(renderFlow) });
}

const base = '/v2/payment_flows';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: base, handle: list },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => verbs.retrieve(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, validate.readUpdate, (call, input) => verbs.update(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, validate.readConfirm, (call, input) => verbs.confirm(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/capture`, handle: handler(spelling, validate.readCapture, (call, input) => verbs.capture(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, validate.readCancel, (call, input) => verbs.cancel(call, call.id, input)) },
];

/** PAY.JP's payment flows, as they are since December 2025. */
export const payjpPaymentFlows: DialectDefinition = {
  currency: 'JPY',
  basic: true,
  routes,
  events,
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
