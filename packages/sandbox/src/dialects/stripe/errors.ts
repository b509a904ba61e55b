import type { Intent } from '../../engine/intent.js';
import type { JsonObject } from '../../engine/json.js';
import type { Missing, Problem, Refusal } from '../../engine/refusal.js';
import type { Setup } from '../../engine/setup.js';
import type { Answer } from '../../http/answer.js';
import { storedAs, type Call, type GateRefusal } from '../definition.js';
import { lastSetupError, renderSetup } from './render-setup.js';
import { lastError, renderIntent } from './render.js';

const fieldCodes: Readonly<Record<string, string>> = {
  parameter_invalid_integer: 'Invalid integer, or one that this currency does not allow.',
  parameter_invalid_empty: 'You passed an empty string. We assume empty values are an attempt to unset a parameter; it cannot be unset.',
  amount_too_small: 'Amount must convert to at least 50 cents.',
  amount_too_large: 'Amount must be no more than 99999999.',
};

const errorAnswer = (status: number, error: JsonObject, stored: Answer['stored'] = 'never'): Answer => ({
  status,
  contentType: 'application/json',
  body: { error },
  stored,
});

const invalidRequest = (message: string, more: JsonObject = {}): JsonObject => ({ ...more, message, type: 'invalid_request_error' });

const paramOf = ([first = '', ...rest]: readonly string[]): string => `${first}${rest.map((key) => `[${key}]`).join('')}`;

function invalidField(problem: Problem | undefined): JsonObject {
  const param = paramOf(problem?.path ?? []);
  if (problem?.kind === 'missing') return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (problem?.kind === 'unknown') return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  const message = problem?.message ?? '';
  const code = Object.hasOwn(fieldCodes, message) ? message : undefined;
  return invalidRequest(code === undefined ? `Invalid ${param}: ${message}` : (fieldCodes[code] ?? code), { code, param });
}

/** What is missing, as it is named; the parameter; whether the path (or a refund's body) named it. */
const missingThings: Readonly<Record<Missing, readonly [shown: string, param: string, status: number]>> = {
  intent: ['payment_intent', 'intent', 404],
  payment: ['charge', 'charge', 404],
  setup: ['setupintent', 'intent', 404],
  refund: ['refund', 'id', 404],
  event: ['event', 'id', 404],
  refunded_intent: ['payment_intent', 'payment_intent', 404],
  refunded_payment: ['charge', 'charge', 404],
  customer: ['customer', 'customer', 400],
  payment_method: ['payment_method', 'payment_method', 400],
};

function missing(what: Missing, id: string): readonly [number, JsonObject] {
  const [shown, param, status] = missingThings[what];
  return [status, invalidRequest(`No such ${shown}: '${id}'`, { code: 'resource_missing', param })];
}

const unexpectedState = (call: Call, intent: Intent | null, message: string): readonly [number, JsonObject] => [
  400,
  invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent === null ? undefined : renderIntent(intent, call.store),
  }),
];

const unexpectedSetupState = (setup: Setup | null, message: string): readonly [number, JsonObject] => [
  400,
  invalidRequest(message, { code: 'setup_intent_unexpected_state', setup_intent: setup === null ? undefined : renderSetup(setup) }),
];

function spell(call: Call, refusal: Refusal): readonly [status: number, error: JsonObject] {
  switch (refusal.kind) {
    case 'invalid':
      return [400, invalidField(refusal.problems[0])];
    case 'not_found':
      return missing(refusal.what, refusal.id);
    case 'bad_cursor':
      return [400, invalidRequest(`No such object: '${refusal.id}'`, { code: 'resource_missing', param: refusal.parameter })];
    case 'invalid_status':
      return unexpectedState(call, refusal.intent, `This PaymentIntent's status is ${refusal.intent.status}: it is not possible to ${refusal.verb} it.`);
    case 'authorization_expired':
      return unexpectedState(call, refusal.intent, 'This PaymentIntent could not be captured because its authorization has expired.');
    case 'missing_payment_method':
      return unexpectedState(call, refusal.intent, "You cannot confirm this PaymentIntent because it's missing a payment method.");
    case 'customer_required':
      return [400, invalidRequest('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' })];
    case 'type_not_allowed':
      return [400, invalidRequest('This PaymentMethod is not among payment_method_types.', { param: 'payment_method' })];
    case 'too_many_metadata_keys':
      return [400, invalidRequest('Metadata can have at most 50 keys.', { param: 'metadata' })];
    case 'capture_too_large':
      return [400, invalidRequest(`At most ${refusal.capturable} can be captured.`, { code: 'amount_too_large', param: 'amount_to_capture' })];
    case 'increment_not_larger':
      return [400, invalidRequest(`Amount must be more than ${refusal.intent.amount}.`, { code: 'amount_too_small', param: 'amount' })];
    case 'setup_status':
      return unexpectedSetupState(refusal.setup, `This SetupIntent's status is ${refusal.setup.status}: it is not possible to ${refusal.verb} it.`);
    case 'missing_setup_method':
      return unexpectedSetupState(refusal.setup, "You cannot confirm this SetupIntent because it's missing a payment method.");
    case 'refund_status':
      return [400, invalidRequest(`This refund's status is ${refusal.refund.status}: it is not possible to ${refusal.verb} it.`)];
    case 'nothing_to_refund':
      return [400, invalidRequest(`This PaymentIntent (${refusal.intent.id}) does not have a successful charge to refund.`, { param: 'payment_intent' })];
    case 'already_refunded':
      return [400, invalidRequest(`Charge ${refusal.attempt} has already been refunded.`, { code: 'charge_already_refunded' })];
    case 'refund_too_large':
      return [400, invalidRequest(`Refund amount (${refusal.amount}) is greater than unrefunded amount on charge (${refusal.refundable})`, { param: 'amount' })];
  }
}

/** A refusal in Stripe's words. */
export function refuse(call: Call, refusal: Refusal): Answer {
  const [status, error] = spell(call, refusal);
  return errorAnswer(status, error, storedAs(refusal));
}

/** A decline as a card_error. */
export function declined(call: Call, intent: Intent, status: number): Answer {
  const carried = call.store.switches.declineCarriesIntent ? { payment_intent: renderIntent(intent, call.store) } : {};
  return errorAnswer(status, { ...lastError(intent), ...carried }, 'failure');
}

/** A declined setup as a card_error. */
export function setupDeclined(call: Call, setup: Setup, status: number): Answer {
  const carried = call.store.switches.declineCarriesIntent ? { setup_intent: renderSetup(setup) } : {};
  return errorAnswer(status, { ...lastSetupError(setup), ...carried }, 'failure');
}

/** What is refused before a route is reached. */
export function refuseAtGate(reason: GateRefusal, { method, path }: Pick<Call, 'method' | 'path'>): Answer {
  switch (reason) {
    case 'key_missing':
    case 'key_malformed':
      return errorAnswer(401, invalidRequest('You did not provide an API key in the Authorization header (Bearer, or Basic with the key as user).'));
    case 'key_unknown':
      return errorAnswer(401, invalidRequest('Invalid API Key provided.'));
    case 'other_content':
      return errorAnswer(400, {
        message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        type: 'idempotency_error',
      });
    case 'in_progress':
      return errorAnswer(409, invalidRequest('There is currently another in-progress request using this Idempotency Key.', { code: 'idempotency_key_in_use' }));
    case 'idempotency_key_invalid':
      return errorAnswer(400, invalidRequest('The idempotency key must be at most 255 characters.'));
    case 'no_route':
      return errorAnswer(404, invalidRequest(`Unrecognized request URL (${method}: ${path}).`));
  }
}
