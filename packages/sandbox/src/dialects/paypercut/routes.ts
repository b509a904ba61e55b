import { ulid } from '../../engine/identifiers.js';
import { spellPaymentMethods } from '../../engine/payment-methods.js';
import * as verbs from '../../engine/verbs.js';
import { success, type Answer } from '../../http/answer.js';
import { handler, type Call, type DialectDefinition, type Route, type Spelling } from '../definition.js';
import { canonicalContent } from '../json-request.js';
import { events } from './events.js';
import { declined, refuse, refuseAtGate } from './errors.js';
import { listHandler } from './listing.js';
import { refundRoutes } from './refunds.js';
import { paymentStatus, renderIntent, renderPayment } from './render.js';
import { setupRoutes } from './setup-intents.js';
import * as validate from './validate.js';

const spelling: Spelling = {
  render: (call, intent) => renderIntent(call, intent, validate.expansions(call.query)),
  refuse,
  decline: declined,
};

/** Every attempt with its payment intent, oldest first. */
const payments = ({ store }: Call) =>
  [...store.intents.values()].flatMap((intent) => intent.attempts.map((attempt) => ({ intent, attempt }))).toSorted((one, other) => one.attempt.at - other.attempt.at);

function retrievePayment(call: Call): Answer {
  const found = payments(call).find(({ attempt }) => attempt.id === call.id);
  if (found === undefined) return refuse(call, { kind: 'not_found', what: 'payment', id: call.id });
  return success(renderPayment(call.store, found.intent, found.attempt));
}

const base = '/v1/payment_intents';
const routes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, validate.readCreate, verbs.create) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, validate.readRetrieve, (call) => verbs.retrieve(call, call.id)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, validate.readConfirm, (call, input) => verbs.confirm(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/capture`, handle: handler(spelling, validate.readCapture, (call, input) => verbs.capture(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, validate.readCancel, (call, input) => verbs.cancel(call, call.id, input)) },
  { method: 'GET', path: '/v2/payments/:id', handle: retrievePayment },
  {
    method: 'GET',
    path: '/v2/payments',
    handle: listHandler(
      payments,
      (_call, { intent, attempt }) => ({ id: attempt.id, createdAt: attempt.at, currency: intent.currency, status: paymentStatus(intent, attempt), customer: intent.customer }),
      ({ store }, { intent, attempt }) => renderPayment(store, intent, attempt),
    ),
  },
  ...setupRoutes,
  ...refundRoutes,
];

/** Paypercut's payment intents. */
export const paypercut: DialectDefinition = {
  currency: 'EUR',
  basic: false,
  routes,
  events,
  switches: { declineAs: 'other_client_error', confirmationLimit: 10, deliveryRetries: 'over_hours', refundWithoutAmount: 'refused' },
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
