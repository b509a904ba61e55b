import { paymentIntentStatuses } from '@oneintent/core';
import { asFault, cut, flows, inMilliseconds, intents, isFault, withBody, withErrors, withKeys, without, withPage, withReading, withRequest, type Good } from './breaking.ts';

const knownStatuses: readonly string[] = paymentIntentStatuses;

const unreadable = (): never => {
  throw new TypeError("Cannot read properties of null (reading 'trim')");
};

const declinedIsAnError = (): never => {
  throw new TypeError('Your card was declined');
};

/** Defects that have been made in payment libraries, each in an adapter that is good but for it. */
export const defects: Readonly<Record<string, Good>> = {
  'yen are sent as hundredths': withBody(flows, 'create', (body) => ({ ...body, amount: Number(body['amount']) * 100 })),
  'amounts are read a hundred times too small': withReading(cut, (reading) => ({ ...reading, amount: reading.amount / 100 })),
  "the provider's scale is ignored": withReading(cut, (reading) => ({ ...reading, scale: 0 })),
  'a partial capture drops its amount': without(flows, 'capture', 'amount_to_capture'),
  'metadata is accepted and not sent': without(flows, 'create', 'metadata'),
  'metadata is not read back': withReading(flows, (reading) => ({ ...reading, metadata: null })),
  'the capture method is not sent': without(flows, 'create', 'capture_method'),
  'the description of an update is not sent': without(flows, 'update', 'description'),
  'the confirmation is not sent': without(cut, 'create', 'confirm'),
  'another method of a confirmation is not sent': without(flows, 'confirm', 'payment_method_id'),
  'the reason of a cancellation is misspelt': withBody(flows, 'cancel', (body) => ({ ...body, cancellation_reason: body['cancellation_reason'] === 'abandoned' ? 'abondoned' : body['cancellation_reason'] })),
  'a deleted key is sent as null': withBody(flows, 'update', (body) => ({ ...body, metadata: JSON.parse(JSON.stringify(body['metadata'] ?? {}).replaceAll('""', 'null')) })),
  'processing is read as succeeded': withReading(flows, (reading) => ({ ...reading, status: reading.status === 'processing' ? 'succeeded' : reading.status })),
  'requires_capture is read as processing': withReading(cut, (reading) => ({ ...reading, status: reading.status === 'requires_capture' ? 'processing' : reading.status })),
  'an unknown status becomes failed': withReading(intents, (reading) => ({ ...reading, status: reading.status === 'requires_action' ? 'failed' : reading.status })),
  'captured and capturable amounts are swapped': withReading(flows, (reading) => ({ ...reading, amountCapturable: reading.amountReceived, amountReceived: reading.amountCapturable })),
  'the id is the client secret': withReading(flows, (reading) => ({ ...reading, id: reading.clientSecret ?? reading.id })),
  'the client secret and the next action are lost': withReading(flows, (reading) => ({ ...reading, clientSecret: null, nextAction: null })),
  'a decline is told as bad input': withErrors(flows, (reading) => (reading.kind === 'declined' ? asFault(reading, 'invalid_request') : reading)),
  'bad input is told as a decline': withErrors(flows, (reading) => isFault(reading, 'invalid_request') && reading.kind === 'fault' ? { kind: 'declined', failure: { reason: 'unknown', advice: null, message: null, providerCode: null, declineCode: null, networkDeclineCode: null, networkAdviceCode: null }, intent: null, id: null, providerCode: null, message: null } : reading),
  'a wrong status is told as bad input': withErrors(flows, (reading) => (isFault(reading, 'invalid_state') ? asFault(reading, 'invalid_request') : reading)),
  'what is not found is told as a fault of the provider': withErrors(cut, (reading) => (isFault(reading, 'not_found') ? asFault(reading, 'provider_unavailable') : reading)),
  'every 5xx is told as a refusal': withErrors(flows, (reading, { status }) => (status >= 500 ? asFault(reading, 'invalid_request') : reading)),
  'keys travel in a header that nobody reads': withKeys(flows, { place: { header: 'X-Key' } }),
  'keys are believed where nobody honours them': withKeys(intents, { honoured: 'documented' }),
  'the cursor is the first id of the page': withPage(flows, (page) => ({ ...page, nextCursor: page.items[0]?.id ?? null })),
  'every page says that it is the last': withPage(flows, (page) => ({ ...page, hasMore: false })),
  'the offset counts pages, not intents': withPage(intents, (page) => ({ ...page, nextCursor: page.nextCursor === null ? null : '1' })),
  'the filter by customer is dropped': withRequest(flows, 'list', (request) => ({ ...request, query: { ...request.query, customer_id: undefined } })),
  'update is declared, at an address that does not exist': withRequest(flows, 'update', (request) => ({ ...request, path: `${request.path}/update` })),
  'cancel captures': withRequest(flows, 'cancel', (request) => ({ ...request, path: request.path.replace(/cancel$/, 'capture'), body: {} })),
  'a status that is new is read as succeeded': withReading(flows, (reading) => ({ ...reading, status: knownStatuses.includes(reading.status) ? reading.status : 'succeeded' })),
  'an answer without its time is not read': withReading(flows, (reading) => (reading.createdAt === null ? unreadable() : reading)),
  'an error quotes what the provider answered': withErrors(flows, (reading, answer) => (reading.kind === 'fault' ? { ...reading, hint: JSON.stringify(answer.json) } : reading)),
  "the caller's own list is made longer": withRequest(flows, 'create', (request, input) => {
    if ('paymentMethodTypes' in input && Array.isArray(input.paymentMethodTypes)) input.paymentMethodTypes.push('link');
    return request;
  }),
  "the limits are ten times the provider's": { ...flows, adapter: { ...flows.adapter, limits: { ...flows.adapter.limits, amounts: { ...flows.adapter.limits.amounts, value: { every: { minimum: 500, maximum: 99_999_999 } } } } } },
  'the description and the payment method are swapped': withBody(flows, 'create', ({ description, payment_method_id: method, ...body }) => ({ ...body, description: method, payment_method_id: description })),
  'a decline is an exception of its own': withErrors(flows, (reading) => (reading.kind === 'declined' ? declinedIsAnError() : reading)),
  'a decline does not say why': withErrors(cut, (reading) => (reading.kind === 'declined' ? { ...reading, failure: { reason: 'unknown', advice: null, message: null, providerCode: null, declineCode: null, networkDeclineCode: null, networkAdviceCode: null } } : reading)),
  'every decline is told as a lack of money': withErrors(cut, (reading) => (reading.kind === 'declined' ? { ...reading, failure: { ...reading.failure, reason: 'insufficient_funds' } } : reading)),
  'the client secret stands in the description': withReading(flows, (reading) => ({ ...reading, description: reading.clientSecret })),
  'an intent of a test is told as live': withReading(flows, (reading) => ({ ...reading, livemode: true })),
  'milliseconds are taken for seconds': withReading(cut, (reading) => ({ ...reading, createdAt: inMilliseconds(reading.createdAt) })),
  'an error shows the key that was sent': withErrors(cut, (reading) => (reading.kind === 'fault' ? { ...reading, hint: Object.values(cut.adapter.authorization()).map((header) => header.reveal()).join() } : reading)),
  'the customer is not read': withReading(flows, (reading) => ({ ...reading, customer: null })),
  'too many requests are told as a refusal': withErrors(flows, (reading, { status }) => (status === 429 ? asFault(reading, 'invalid_request') : reading)),
  'a key that was used otherwise is told as bad input': withErrors(flows, (reading) => (isFault(reading, 'idempotency_in_progress') ? asFault(reading, 'invalid_request') : reading)),
  'incrementing an authorisation captures it': withRequest(intents, 'incrementAuthorization', (request) => ({ ...request, path: request.path.replace(/increment_authorization$/, 'capture'), body: {} })),
};
