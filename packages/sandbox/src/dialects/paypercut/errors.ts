import { prefixedId } from '../../engine/identifiers.js';
import type { Intent } from '../../engine/intent.js';
import type { JsonObject } from '../../engine/json.js';
import type { Problem, Refusal } from '../../engine/refusal.js';
import type { Answer } from '../../http/answer.js';
import { storedAs, type Call, type GateRefusal } from '../definition.js';
import { failures } from './failures.js';
import { renderIntent } from './render.js';

type Place = Pick<Call, 'store'>;

function errorAnswer({ store }: Place, status: number, error: JsonObject, stored: Answer['stored'] = 'never'): Answer {
  const trace_id = prefixedId('trc_', 16);
  const body = store.switches.errors === 'wrapped' ? { error, trace_id } : { ...error, trace_id };
  return { status, contentType: 'application/json', body, stored };
}

const invalidRequest = (code: string | null, message: string, param?: string): JsonObject => ({
  type: 'invalid_request_error',
  code,
  param,
  message,
});

function invalidField(problem: Problem | undefined): JsonObject {
  const param = problem?.path.join('.');
  if (problem?.kind === 'missing') return invalidRequest('missing_required_param', `${param} is required.`, param);
  if (problem?.message === 'amount_too_large') return invalidRequest('amount_too_large', 'Amount exceeds the allowed maximum.', param);
  return invalidRequest('parameter_invalid', `${param}: ${problem?.message}`, param);
}

function spell(refusal: Refusal): readonly [status: number, error: JsonObject] {
  switch (refusal.kind) {
    case 'invalid':
      return [400, invalidField(refusal.problems[0])];
    case 'not_found':
      return [404, invalidRequest(null, `No such ${refusal.what}: ${refusal.id}`)];
    case 'bad_cursor':
      return [400, invalidRequest('parameter_invalid', `No such resource: ${refusal.id}`, refusal.parameter)];
    case 'invalid_status':
      return [422, invalidRequest(null, `${refusal.verb} is not possible: the status is ${refusal.intent.status}.`)];
    case 'authorization_expired':
      return [422, invalidRequest(null, 'The authorization has expired.')];
    case 'missing_payment_method':
      return [400, invalidRequest('missing_required_param', 'payment_method is required.', 'payment_method')];
    case 'customer_required':
      return [400, invalidRequest('missing_required_param', 'customer is required.', 'customer')];
    case 'type_not_allowed':
      return [400, invalidRequest('parameter_invalid', 'This type of payment method is not allowed.', 'payment_method')];
    case 'too_many_metadata_keys':
      return [400, invalidRequest('parameter_invalid', 'Too many keys.', 'metadata')];
    case 'capture_too_large':
      return [400, invalidRequest('amount_too_large', `At most ${refusal.capturable} can be captured.`, 'amount_to_capture')];
    case 'increment_not_larger':
      return [400, invalidRequest('parameter_invalid', `Must be more than ${refusal.intent.amount}.`, 'amount')];
    case 'setup_status':
      return [422, invalidRequest(null, `${refusal.verb} is not possible: the status is ${refusal.setup.status}.`)];
    case 'missing_setup_method':
      return [400, invalidRequest('missing_required_param', 'payment_method is required.', 'payment_method')];
    case 'refund_status':
      return [422, invalidRequest(null, `${refusal.verb} is not possible: the status is ${refusal.refund.status}.`)];
    case 'nothing_to_refund':
      return [422, invalidRequest(null, 'Nothing was captured that could be refunded.')];
    case 'already_refunded':
      return [422, invalidRequest(null, 'The payment was refunded completely.')];
    case 'refund_too_large':
      return [400, invalidRequest('amount_too_large', `At most ${refusal.refundable} can be refunded.`, 'amount')];
  }
}

/** A refusal in Paypercut's words. */
export function refuse(call: Call, refusal: Refusal): Answer {
  const [status, error] = spell(refusal);
  return errorAnswer(call, status, error, storedAs(refusal));
}

/** A decline as a card_error. */
export function declined(call: Call, intent: Intent, status: number): Answer {
  const { network, decline, advice, message } = failures[intent.lastFailure?.failure ?? 'card_declined'];
  const error: JsonObject = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: decline,
    advice_code: advice,
    network_decline_code: network,
    message,
    param: null,
    payment_intent: call.store.switches.declineCarriesIntent ? renderIntent(call, intent) : undefined,
  };
  return errorAnswer(call, status, error, 'failure');
}

const authenticationError = (code: string, message: string): JsonObject => ({ type: 'authentication_error', code, message });

/** What is refused before a route is reached. The status of an idempotency_error is supposed. */
export function refuseAtGate(reason: GateRefusal, place: Place): Answer {
  switch (reason) {
    case 'key_missing':
      return errorAnswer(place, 401, authenticationError('authentication_required', 'No API key was given.'));
    case 'key_malformed':
      return errorAnswer(place, 401, authenticationError('authentication_invalid', 'The Authorization header is malformed.'));
    case 'key_unknown':
      return errorAnswer(place, 401, authenticationError('token_invalid', 'The API key is not valid.'));
    case 'other_content':
    case 'in_progress':
      return errorAnswer(place, 409, { type: 'idempotency_error', code: null, message: 'This idempotency key clashes with an earlier request.' });
    case 'idempotency_key_invalid':
      return errorAnswer(place, 400, invalidRequest('parameter_invalid', 'At most 255 characters.', 'Idempotency-Key'));
    case 'no_route':
      return errorAnswer(place, 404, invalidRequest(null, 'No such endpoint.'));
  }
}
