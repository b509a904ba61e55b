/**
 * Whether the provider has acted.
 * `not_sent`: the request never left. `rejected`: the provider refused, nothing moved. `done`: it happened.
 * `unknown`: it may or may not have happened; a fact to be handled (queue `error.resume`), never a failure, never retried blindly.
 */
export type Outcome = 'not_sent' | 'rejected' | 'done' | 'unknown';

/**
 * What may be done next. `same_key`: the same call again with the same reference and attempt. `new_attempt`: the same reference with `attempt` one
 * higher. `look_up_first`: `payments.resume(error.resume)`. `after_delay`: the same call later.
 */
export type Retry = 'never' | 'same_key' | 'new_attempt' | 'look_up_first' | 'after_delay';

/** Every code that an error can have, with what it means and what usually may be done. A closed table. */
export const errorCodes = {
  configuration: { meaning: 'The library was set up wrongly.', retry: 'never' },
  unsupported: { meaning: 'This adapter does not have the operation, field or value asked for. Nothing was sent.', retry: 'never' },
  invalid_request: { meaning: 'The input is wrong, by our rules (nothing sent) or by the provider.', retry: 'never' },
  authentication: { meaning: 'The provider does not accept the API key.', retry: 'never' },
  permission: { meaning: 'The API key may not do this.', retry: 'never' },
  not_found: { meaning: 'The provider does not know the object.', retry: 'never' },
  invalid_state: { meaning: 'The object is in a status in which the operation is not possible; `currentStatus` says which.', retry: 'never' },
  idempotency_key_reused: { meaning: 'The same reference and attempt were used before with other content.', retry: 'never' },
  idempotency_in_progress: { meaning: 'An earlier request with the same key is still being worked on.', retry: 'look_up_first' },
  payment_declined: { meaning: 'The payment was declined and there is no intent to return.', retry: 'new_attempt' },
  rate_limited: { meaning: 'Too many requests.', retry: 'after_delay' },
  provider_unavailable: { meaning: 'The provider answered with a fault of its own.', retry: 'after_delay' },
  timeout: { meaning: 'No answer came in time.', retry: 'after_delay' },
  network: { meaning: 'The connection failed.', retry: 'after_delay' },
  aborted: { meaning: 'The caller aborted the call.', retry: 'never' },
  unresolved: { meaning: 'The outcome of an earlier call is still unknown after looking again.', retry: 'look_up_first' },
  malformed_response: { meaning: 'The answer could not be understood.', retry: 'never' },
  webhook_unverified: { meaning: 'A webhook delivery could not be proven to come from the provider.', retry: 'never' },
  migration_refused: { meaning: 'A step of a migration was refused by one of its gates.', retry: 'never' },
} as const satisfies Record<string, { readonly meaning: string; readonly retry: Retry }>;

/** The code of a {@link PaymentError}: stable within a major version, while messages may change. */
export type ErrorCode = keyof typeof errorCodes;
