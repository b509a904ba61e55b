import { match } from 'ts-pattern';
import { failureAdvices, failureReasons, type PaymentFailure } from '../model/failure.js';
import { knownWord } from '../model/known-word.js';
import { threeDSecureFlows, type NextAction } from '../model/next-action.js';
import { Secret } from '../model/secret.js';
import type { FailureReading, NextActionReading } from './readings.js';

/** A provider's sentence without runs of digits that could be a card number, and without anything that looks like a key. */
export const redactText = (text: string): string =>
  text
    .replaceAll(/\b\d(?:[ -]?\d){11,18}\b/g, '[redacted]')
    .replaceAll(/\b(?:sk|rk|pk|whsec|whook|pfws)_[\w-]+/g, '[redacted]')
    .replaceAll(/\b\w+_secret_\w+/g, '[redacted]');

/** A failure made safe to print, to attach to an intent or to an error. */
export const redactFailure = (failure: FailureReading): PaymentFailure =>
  Object.freeze({
    ...failure,
    reason: knownWord(failureReasons, failure.reason) ?? 'unknown',
    advice: failureAdvices.find((advice) => advice === failure.advice) ?? null,
    message: failure.message === null ? null : redactText(failure.message),
  });

/** A next action whose contents print as `[redacted]`. */
export const redactNextAction = (parsed: NextActionReading | null): NextAction | null =>
  parsed === null
    ? null
    : Object.freeze(
        match(parsed)
          .returnType<NextAction>()
          .with({ type: 'redirect' }, ({ type, url, returnUrl }) => ({ type, url: new Secret(url), returnUrl }))
          .with({ type: 'provider_sdk' }, ({ type, data }) => ({ type, data: new Secret(data) }))
          .with({ type: 'three_d_secure' }, ({ type, flow, data }) => ({ type, flow: knownWord(threeDSecureFlows, flow) ?? 'unknown', data: new Secret(data) }))
          .with({ type: 'display' }, ({ type, kind, data }) => ({ type, kind, data: new Secret(data) }))
          .with({ type: 'opaque' }, ({ type, providerType, data }) => ({ type, providerType, data: new Secret(data) }))
          .exhaustive(),
      );
