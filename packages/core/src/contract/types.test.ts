import { describe, expectTypeOf, it } from 'vitest';
import { defineAdapter, defineOperations, type Adapter, type AdapterFacts, type AnyAdapter, type Operation } from './adapter.js';
import type { Attempts, Events, PaymentIntents, Refunds, SetupIntents } from '../operations/index.js';
import type { OperationName } from '../operations/index.js';
import { createPayments } from '../client/create-payments.js';
import { supports, type Payments, type PaymentsOf } from '../client/payments.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Refund } from '../model/refund.js';
import { acme, acmeLimits } from '../testing/acme.js';

type Create = 'paymentIntents.create';
type Capture = 'paymentIntents.capture';
type List = 'paymentIntents.list';

const row = <K extends OperationName>(name: K): Operation<K> => {
  const operation: Operation<K> | undefined = acme().operations[name];
  if (operation === undefined) throw new Error('Acme has every operation.');
  return operation;
};
const facts: AdapterFacts = acme();
const creating = defineAdapter({ ...facts, operations: { 'paymentIntents.create': row('paymentIntents.create') } });
const capturing = defineAdapter({
  ...facts,
  operations: { 'paymentIntents.create': row('paymentIntents.create'), 'paymentIntents.capture': row('paymentIntents.capture') },
});
const listing = defineAdapter({ ...facts, operations: { 'paymentIntents.list': row('paymentIntents.list'), 'paymentIntents.retrieve': row('paymentIntents.retrieve') } });
const either = (condition: boolean): Adapter<Create> | Adapter<List | 'paymentIntents.retrieve'> => (condition ? creating : listing);

describe('the type of an adapter', () => {
  it('is made of the names of its operations', () => {
    expectTypeOf(capturing).toEqualTypeOf<Adapter<Create | Capture>>();
    expectTypeOf(capturing).toExtend<AnyAdapter>();
  });

  it('refuses a misspelt operation on its own key', () => {
    const declare = () =>
      defineOperations({
        'paymentIntents.create': row('paymentIntents.create'),
        // @ts-expect-error There is no such operation.
        'paymentIntents.captrue': row('paymentIntents.capture'),
      });
    const wrongAccepts = () =>
      defineOperations({
        'paymentIntents.capture': {
          // @ts-expect-error There is no such field.
          accepts: ['ammount'],
          request: () => ({ method: 'POST', path: '/' }),
          response: row('paymentIntents.capture').response,
        },
      });
    expectTypeOf(declare).toBeFunction();
    expectTypeOf(wrongAccepts).toBeFunction();
  });
});

describe('the type of the contract', () => {
  it('reminds the author of an adapter of the number, and of the limits that it does not state', () => {
    const operations = { 'paymentIntents.create': row('paymentIntents.create') };
    const { contract: _, ...unnumbered } = facts;
    const { lists: _lists, ...limits } = acmeLimits;
    const value = { honoured: 'assumed', place: { header: 'Key' }, alphabet: '.+', maximumLength: 64, window: null } as const;
    const declare = () => [
      // @ts-expect-error The number is missing.
      defineAdapter({ ...unnumbered, operations }),
      // @ts-expect-error There is no such contract.
      defineAdapter({ ...facts, contract: 2, operations }),
      // @ts-expect-error How fresh its lists are is missing.
      defineAdapter({ ...facts, limits, operations }),
      // @ts-expect-error What the provider does with keys is missing.
      defineAdapter({ ...facts, limits: { ...acmeLimits, idempotency: { ...acmeLimits.idempotency, value } }, operations }),
    ];
    expectTypeOf(declare).toBeFunction();
  });

  it('lets a configuration override keys without stating what the provider does with them', () => {
    const value = { honoured: 'assumed', place: { header: 'Key' }, alphabet: '.+', maximumLength: 64, window: null } as const;
    const declare = () => createPayments({ adapter: creating, limits: { idempotency: { value, source: 'a letter', confidence: 'third_party' } } });
    expectTypeOf(declare).toBeFunction();
  });
});

describe('the type of a client', () => {
  it('has the verbs of its adapter, with their documented signatures, and no others', () => {
    const payments = createPayments({ adapter: capturing });
    expectTypeOf(payments).toEqualTypeOf<Payments<Create | Capture>>();
    expectTypeOf(payments.paymentIntents).toEqualTypeOf<Pick<PaymentIntents, 'create' | 'capture'>>();
    // @ts-expect-error Its adapter has no list.
    expectTypeOf(payments.paymentIntents.list).toBeUnknown();
    // @ts-expect-error Iterating needs a list.
    expectTypeOf(payments.paymentIntents.iterate).toBeUnknown();
  });

  it('has what is made of an operation where that operation is', () => {
    const payments = createPayments({ adapter: listing });
    expectTypeOf(payments.paymentIntents).toEqualTypeOf<Pick<PaymentIntents, 'list' | 'iterate' | 'retrieve' | 'waitFor'>>();
  });

  it('has the resources of its adapter, each with its own verbs, and no others', () => {
    const operations = {
      'setupIntents.create': row('setupIntents.create'),
      'refunds.create': row('refunds.create'),
      'refunds.list': row('refunds.list'),
      'attempts.retrieve': row('attempts.retrieve'),
      'events.retrieve': row('events.retrieve'),
      'events.list': row('events.list'),
    };
    const payments = createPayments({ adapter: defineAdapter({ ...facts, operations }) });
    expectTypeOf(payments.setupIntents).toEqualTypeOf<Pick<SetupIntents, 'create'>>();
    expectTypeOf(payments.refunds).toEqualTypeOf<Pick<Refunds, 'create' | 'list' | 'iterate'>>();
    expectTypeOf(payments.attempts).toEqualTypeOf<Pick<Attempts, 'retrieve'>>();
    expectTypeOf(payments.events).toEqualTypeOf<Pick<Events, 'retrieve' | 'list' | 'iterate'>>();
    // @ts-expect-error Its adapter has no payment intents.
    expectTypeOf(payments.paymentIntents).toBeUnknown();
  });

  it('makes a refund of a payment, not of a refund', () => {
    const refuse = (payments: Payments<'refunds.create'>, refund: Refund) =>
      // @ts-expect-error A refund is no payment intent.
      payments.refunds.create(refund);
    expectTypeOf(refuse).toBeFunction();
  });

  it('distributes over a union of adapters', () => {
    const payments = createPayments({ adapter: either(true) });
    expectTypeOf(payments).toEqualTypeOf<Payments<Create> | Payments<List | 'paymentIntents.retrieve'>>();
    // @ts-expect-error Only one of them can create.
    expectTypeOf(payments.paymentIntents.create).toBeUnknown();
  });

  it('has no verbs for a widened adapter until it is narrowed', () => {
    const payments = createPayments({ adapter: acme() });
    expectTypeOf<PaymentsOf<AnyAdapter>>().toEqualTypeOf<Payments<never>>();
    // @ts-expect-error Nothing is known of it.
    expectTypeOf(payments.paymentIntents.create).toBeUnknown();
    if (supports(payments, 'paymentIntents.create')) expectTypeOf(payments.paymentIntents.create).toEqualTypeOf<PaymentIntents['create']>();
  });

  it('branches on the status of an intent', () => {
    const branch = (intent: PaymentIntent) => {
      if (intent.status === 'requires_action') return expectTypeOf(intent).toHaveProperty('nextAction');
      if (intent.status === 'canceled') return expectTypeOf(intent).toHaveProperty('cancellationReason');
      if (intent.status === 'unknown') return expectTypeOf(intent).toHaveProperty('providerStatus');
      // @ts-expect-error There is no next action in any other status.
      return expectTypeOf(intent.nextAction).toBeUnknown();
    };
    expectTypeOf(branch).toBeFunction();
  });
});

describe('supports', () => {
  it('narrows a union to the clients that have the operation', () => {
    const payments = createPayments({ adapter: either(true) });
    if (supports(payments, 'paymentIntents.create')) expectTypeOf(payments.paymentIntents.create).toEqualTypeOf<PaymentIntents['create']>();
    else expectTypeOf(payments).toEqualTypeOf<Payments<List | 'paymentIntents.retrieve'>>();
  });

  it('adds up: a client asked twice has both verbs', () => {
    const payments = createPayments({ adapter: acme() });
    if (supports(payments, 'paymentIntents.create') && supports(payments, 'paymentIntents.cancel')) {
      expectTypeOf(payments.paymentIntents.create).toEqualTypeOf<PaymentIntents['create']>();
      expectTypeOf(payments.paymentIntents.cancel).toEqualTypeOf<PaymentIntents['cancel']>();
    }
  });

  it('refuses a name that is known only at run time, which would unlock everything', () => {
    const payments = createPayments({ adapter: acme() });
    const ask = (name: OperationName) =>
      // @ts-expect-error Ask payments.operations.includes(name) instead.
      supports(payments, name);
    expectTypeOf(ask).toBeFunction();
  });
});
