import { ulid } from '../../engine/identifiers.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { success, type Answer } from '../../http/answer.js';
import { handler, type Call, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { canonicalContent } from '../json-request.js';
import { events } from './events.js';
import { declined, refuse, refuseAtGate } from './errors.js';
import { renderIntent, renderPayment } from './render.js';
import * as validate from './validate.js';

const spelling: Spelling = {
  render: (call, intent) => renderIntent(call, intent, validate.expansions(call.query)),
  refuse,
  decline: declined,
};

function retrievePayment(call: Call): Answer {
  for (const intent of call.store.intents.values()) {
    const attempt = intent.attempts.find(({ id }) => id === call.id);
    if (attempt !== undefined) return success(renderPayment(intent, attempt));
  }
  return refuse(call, { kind: 'not_found', what: 'payment', id: call.id });
}

const base = '/v1/payment_intents';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, validate.readRetrieve, (call) => verbs.retrieve(call, call.id)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, validate.readConfirm, (call, input) => verbs.confirm(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/capture`, handle: handler(spelling, validate.readCapture, (call, input) => verbs.capture(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, validate.readCancel, (call, input) => verbs.cancel(call, call.id, input)) },
  { method: 'GET', path: '/v2/payments/:id', handle: retrievePayment },
];

/** Paypercut's payment intents. */
export const paypercut: DialectDefinition = {
  currency: 'EUR',
  basic: false,
  routes,
  events,
  profile: {
    customer: '01KSANDB0XCST0000000000001',
    paymentMethods: spellPaymentMethods((_name, index) => `01KSANDB0XPMT${String(index + 1).padStart(13, '0')}`),
    newIntent: (at) => ({ id: ulid(at), clientSecret: '' }),
    newAttempt: ulid,
    newSetup: (at) => ({ id: ulid(at), clientSecret: '' }),
    newSetupAttempt: ulid,
    newRefund: ulid,
    confirmFrom: ['requires_payment_method', 'requires_confirmation'],
    cancelFrom: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'],
    noUpdateFrom: [],
    fixedFrom: [],
    methodNeedsCustomer: false,
    offSessionDeclinesAction: true,
    expiryReason: null,
    metadataKeys: 0,
  },
  refuseAtGate,
  canonicalContent,
  keyAllowed: (key) => key.length <= 255,
  repeatedKey: ({ conflictMeans }) => ({ otherContent: conflictMeans === 'key_reused', concurrency: conflictMeans === 'in_progress' }),
  answerHeaders: () => ({}),
};
