import { tryWire, type ErrorReading, type FaultCode, type WireAnswer } from '@oneintent/core/adapter';
import { readFailure, tryPayment } from './read.js';
import { fault } from './wire.js';

/** Kontor's kinds of fault. Source: Kontor API guide 4, "Faults". */
const codes: ReadonlyMap<string, FaultCode> = new Map([
  ['bad_request', 'invalid_request'],
  ['no_access', 'authentication'],
  ['not_allowed', 'permission'],
  ['not_there', 'not_found'],
  ['wrong_state', 'invalid_state'],
  ['too_many', 'rate_limited'],
  ['broken', 'provider_unavailable'],
]);

/**
 * Reads an answer that is no success. What is not in Kontor's format is not read into it: the core knows what a gateway's status proves, and what not.
 * A kind that is new is taken for a refusal only where the status is one.
 */
export const readError = ({ status, json }: WireAnswer): ErrorReading => {
  const body = tryWire(fault, json);
  if (body === null) return { kind: 'unrecognised' };
  const { kind, text: message, code, member: field } = body.fault;
  if (kind === 'declined') {
    const intent = tryPayment(body.payment);
    return { kind: 'declined', failure: readFailure(code, message), intent, id: intent?.id ?? null, providerCode: code, message };
  }
  return { kind: 'fault', code: codes.get(kind) ?? (status >= 500 ? 'provider_unavailable' : 'invalid_request'), providerCode: kind, message, field };
};
