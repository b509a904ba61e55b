import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
import { paymentIntentStatuses, type AnyAdapter } from '@oneintent/core';
import type { ErrorReading, IdempotencyLimits, PageReading, PaymentIntentReading, WireAnswer, WireBody, WireRequest } from '@oneintent/core/adapter';
import type { Dialect } from '@oneintent/sandbox';

/** A good adapter to be broken, and the sandbox that answers it. */
export interface Good {
  readonly adapter: AnyAdapter;
  readonly dialect: Dialect;
}

const apiKey = 'sk_test_sandbox';
const flows: Good = { adapter: payjp({ apiKey }), dialect: 'payjp_payment_flows' };
const intents: Good = { adapter: payjp({ apiKey, dialect: 'payment_intents' }), dialect: 'payjp_payment_intents' };
const cut: Good = { adapter: paypercut({ apiKey }), dialect: 'paypercut' };

/** An operation with its types taken off, as defects do not care which it is. */
interface LooseOperation {
  readonly accepts: readonly string[];
  readonly request: (input: object) => WireRequest;
  readonly response: (answer: WireAnswer, input: object) => PaymentIntentReading | PageReading;
}

const withOperations = ({ adapter, dialect }: Good, change: (operation: LooseOperation, name: string) => LooseOperation): Good => {
  const loose = adapter.operations as unknown as Readonly<Record<string, LooseOperation>>;
  const changed = Object.fromEntries(Object.entries(loose).map(([name, operation]) => [name, change(operation, name)]));
  return { dialect, adapter: { ...adapter, operations: changed as unknown as AnyAdapter['operations'] } };
};

const only = (verb: string, change: (operation: LooseOperation) => LooseOperation) => (operation: LooseOperation, name: string) =>
  name === `paymentIntents.${verb}` ? change(operation) : operation;

const withRequest = (good: Good, verb: string, change: (request: WireRequest, input: object) => WireRequest): Good =>
  withOperations(good, only(verb, (operation) => ({ ...operation, request: (input) => change(operation.request(input), input) })));

const withBody = (good: Good, verb: string, change: (body: WireBody) => WireBody): Good =>
  withRequest(good, verb, (request) => ({ ...request, body: change(request.body ?? {}) }));

const without = (good: Good, verb: string, member: string): Good =>
  withBody(good, verb, (body) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== member)));

const withReading = (good: Good, change: (reading: PaymentIntentReading) => PaymentIntentReading): Good =>
  withOperations(good, (operation) => ({
    ...operation,
    response: (answer, input) => {
      const reading = operation.response(answer, input);
      return 'items' in reading ? { ...reading, items: reading.items.map(change) } : change(reading);
    },
  }));

const withPage = (good: Good, change: (page: PageReading) => PageReading): Good =>
  withOperations(
    good,
    only('list', (operation) => ({
      ...operation,
      response: (answer, input) => {
        const page = operation.response(answer, input);
        return 'items' in page ? change(page) : page;
      },
    })),
  );

const withErrors = ({ adapter, dialect }: Good, change: (reading: ErrorReading, answer: WireAnswer) => ErrorReading): Good => ({
  dialect,
  adapter: { ...adapter, readError: (answer, operation) => change(adapter.readError(answer, operation), answer) },
});

const withKeys = ({ adapter, dialect }: Good, change: Partial<IdempotencyLimits>): Good => ({
  dialect,
  adapter: {
    ...adapter,
    limits: { ...adapter.limits, idempotency: { ...adapter.limits.idempotency, value: { ...adapter.limits.idempotency.value, ...change } } },
  },
});

const asFault = (reading: ErrorReading, code: 'invalid_request' | 'invalid_state' | 'not_found' | 'provider_unavailable' | 'rate_limited'): ErrorReading => ({
  kind: 'fault',
  code,
  providerCode: reading.kind === 'unrecognised' ? null : reading.providerCode,
  message: null,
  field: null,
});

const isFault = (reading: ErrorReading, code: string): boolean => reading.kind === 'fault' && reading.code === code;

const knownStatuses: readonly string[] = paymentIntentStatuses;

const unreadable = (): never => {
  throw new TypeError("Cannot read properties of null (reading 'trim')");
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
  'keys travel in a header that nobody reads': withKeys(flows, { header: 'X-Key' }),
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
};
