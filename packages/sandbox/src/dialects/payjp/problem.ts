import type { Intent } from '../../engine/intent.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { FailureReason } from '../../engine/payment-methods.js';
import type { Problem, Refusal } from '../../engine/refusal.js';
import type { Setup } from '../../engine/setup.js';
import type { Answer } from '../../http/answer.js';
import { storedAs, type Call, type GateRefusal } from '../definition.js';

interface ProblemParts {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Problem[];
  readonly more?: JsonObject;
}

type Place = Pick<Call, 'path' | 'store'>;

const kebab = (title: string): string => title.toLowerCase().replaceAll(' ', '-');
const snake = (title: string): string => title.toLowerCase().replaceAll(' ', '_');

function problemAnswer(place: Place, parts: ProblemParts, stored: Answer['stored']): Answer {
  const body: Json = {
    type: `https://docs.pay.jp/v2/errors/${kebab(parts.title)}`,
    title: parts.title,
    status: parts.status,
    code: place.store.switches.errorCode ? parts.code : undefined,
    detail: parts.detail,
    instance: place.path,
    errors: parts.errors?.map(({ path, message, kind }) => ({ field: path.join('.'), message, error_type: kind })),
    ...parts.more,
  };
  return { status: parts.status, contentType: 'application/problem+json', body, stored };
}

const badRequest = (title: string, detail: string, code = snake(title)): ProblemParts => ({ title, status: 400, code, detail });

const invalid = (...errors: readonly Problem[]): ProblemParts => ({
  title: 'Validation Error',
  status: 422,
  code: 'validation_error',
  detail: 'The request has invalid fields.',
  errors,
});

const badField = (field: string, message: string): ProblemParts => invalid({ kind: 'invalid', path: [field], message });

const invalidStatus = ({ status }: { readonly status: string }, verb: string): ProblemParts => {
  const parts = badRequest('Invalid Status', `${verb} is not possible: the status is ${status}.`);
  // No 400 is declared for increment_authorization.
  return verb === 'increment_authorization' ? { ...parts, status: 422 } : parts;
};

function spell(refusal: Refusal, namesExpiry: boolean): ProblemParts {
  switch (refusal.kind) {
    case 'invalid':
      return invalid(...refusal.problems);
    case 'not_found':
      return { title: 'Not Found', status: 404, code: 'not_found', detail: `No ${refusal.what}: ${refusal.id}` };
    case 'bad_cursor':
      return badRequest('Resource Missing', `${refusal.parameter}: no such resource: ${refusal.id}`);
    case 'invalid_status':
      return invalidStatus(refusal.intent, refusal.verb);
    case 'authorization_expired':
      return namesExpiry
        ? badRequest('Payment Flow Expired', 'The authorisation has run out.')
        : invalidStatus(refusal.intent, 'capture');
    case 'missing_payment_method':
      return badRequest('Missing Payment Method', 'A payment method is needed to confirm.');
    case 'customer_required':
      return badRequest('Customer Required For Payment Method', 'A payment method can be given only with its customer.');
    case 'type_not_allowed':
      return badRequest('Payment Method Type Not Allowed', 'card is not among payment_method_types.', 'payment_method_not_in_allowed_types');
    case 'too_many_metadata_keys':
      return refusal.on === 'create'
        ? badField('metadata', 'At most 20 keys.')
        : badRequest('Metadata Limit Exceeded', 'metadata would have more than 20 keys.');
    case 'capture_too_large':
      return badField('amount_to_capture', `At most ${refusal.capturable} can be captured.`);
    case 'increment_not_larger':
      return badField('amount', `Must be more than ${refusal.intent.amount}.`);
    case 'setup_status':
      return invalidStatus(refusal.setup, refusal.verb);
    case 'missing_setup_method':
      return badRequest('Missing Payment Method', 'A payment method is needed to confirm.');
    case 'refund_status':
      return invalidStatus(refusal.refund, refusal.verb);
    case 'nothing_to_refund':
      return invalidStatus(refusal.intent, 'refund');
    case 'already_refunded':
      return badRequest('Already Refunded', 'Everything has been refunded.');
    case 'refund_too_large':
      return badRequest('Refund Exceeds Payment', `At most ${refusal.refundable} can be refunded.`);
  }
}

/** A refusal as problem+json. `namesExpiry`: an expired authorisation has an error of its own. */
export const refuse = (call: Call, refusal: Refusal, namesExpiry: boolean): Answer =>
  problemAnswer(call, spell(refusal, namesExpiry), storedAs(refusal));

/** PAY.JP's code for a failed payment; it has none of its own for insufficient funds. */
const failureCodes: Readonly<Record<FailureReason, string>> = {
  card_declined: 'card_declined',
  insufficient_funds: 'card_declined',
  expired_card: 'expired_card',
  incorrect_cvc: 'invalid_cvc',
  do_not_honor: 'card_declined',
  authentication_failed: 'three_d_secure_failed',
  authentication_required: 'three_d_secure_failed',
};

/** A text for people, per code. */
const failureMessage = (code: string): string =>
  code === 'card_declined' ? 'The card was declined.' : `The payment failed: ${code.replaceAll('_', ' ')}.`;

/** A failure as `last_payment_error` and `last_setup_error` have it; null when there is none. */
export function failureObject(failure: FailureReason | null | undefined): Json {
  if (failure == null) return null;
  const code = failureCodes[failure];
  return { code, message: failureMessage(code) };
}

/** A decline as problem+json; `carried` is added where declines carry the payment. */
export function declined(call: Call, failed: Pick<Intent | Setup, 'lastFailure'>, status: number, carried: JsonObject): Answer {
  const code = failureCodes[failed.lastFailure?.failure ?? 'card_declined'];
  const more = call.store.switches.declineCarriesIntent ? carried : {};
  return problemAnswer(call, { title: 'Payment Failed', status, code, detail: failureMessage(code), more }, 'failure');
}

/** What is refused before a route is reached. Status 401 and the two conflicts are undocumented; 409 says no more than that. */
export function refuseAtGate(reason: GateRefusal, place: Place): Answer {
  switch (reason) {
    case 'key_missing':
    case 'key_malformed':
    case 'key_unknown':
      return problemAnswer(place, { title: 'Unauthorized', status: 401, code: 'unauthorized', detail: 'The API key is missing or not valid.' }, 'never');
    case 'other_content':
    case 'in_progress':
      return problemAnswer(place, { title: 'Conflict', status: 409, code: 'conflict', detail: 'This Idempotency-Key was used before.' }, 'never');
    case 'idempotency_key_invalid':
      return problemAnswer(place, badRequest('Invalid Request', 'Idempotency-Key: at most 255 letters, digits, - and _.'), 'never');
    case 'no_route':
      return problemAnswer(place, { title: 'Not Found', status: 404, code: 'not_found', detail: 'No such endpoint.' }, 'never');
  }
}
