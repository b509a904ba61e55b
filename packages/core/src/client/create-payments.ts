import type { AnyAdapter } from '../contract/adapter.js';
import type { CallOptions, PaymentIntents, PaymentIntentTarget } from '../contract/resources.js';
import { isOperationName, operationNames, type OperationName } from '../contract/vocabulary.js';
import { contextOf, type PaymentsOptions } from './configure.js';
import type { ClientContext } from './context.js';
import { iterate } from './iterate.js';
import type { PaymentsFacts, PaymentsOf } from './payments.js';
import { perform, performList } from './perform.js';
import { operationOf } from './prepare.js';
import { resume } from './resume.js';
import { waitFor } from './wait-for.js';

type TargetVerb = 'update' | 'confirm' | 'capture' | 'cancel' | 'incrementAuthorization';

const paymentIntentVerbs = (context: ClientContext): PaymentIntents => {
  const onTarget =
    (verb: TargetVerb) =>
    async (target: PaymentIntentTarget, input?: object, options?: CallOptions) =>
      perform(context, `paymentIntents.${verb}`, target, input, options);
  return {
    create: async (input, options) => perform(context, 'paymentIntents.create', null, input, options),
    retrieve: async (target, options) => perform(context, 'paymentIntents.retrieve', target, undefined, options),
    update: onTarget('update'),
    confirm: onTarget('confirm'),
    capture: onTarget('capture'),
    cancel: onTarget('cancel'),
    incrementAuthorization: onTarget('incrementAuthorization'),
    list: async (query, options) => performList(context, query, options),
    iterate: (query, options) => {
      operationOf(context, 'paymentIntents.list');
      return iterate(context, query, options);
    },
    waitFor: async (target, wait, options) => waitFor(context, target, wait, options),
  };
};

const companions: Readonly<Record<string, OperationName>> = { iterate: 'paymentIntents.list', waitFor: 'paymentIntents.retrieve' };

/** Verbs that are there are visible; the others reject with `unsupported`, and are found by no loop, print or JSON. */
const withVisibility = (verbs: PaymentIntents, operations: readonly OperationName[]): PaymentIntents => {
  const isThere = (verb: string): boolean => {
    const name = companions[verb] ?? `paymentIntents.${verb}`;
    return isOperationName(name) && operations.includes(name);
  };
  const shown = Object.entries(verbs).map(([verb, value]) => [verb, { value, enumerable: isThere(verb) }] as const);
  return Object.freeze(Object.defineProperties({} as PaymentIntents, Object.fromEntries(shown)));
};

/**
 * A client for one account at one provider. Nothing is sent until an operation is called; no state is kept between calls.
 * @throws PaymentError `configuration` with all problems in one message; no secret is in it.
 */
export const createPayments = <A extends AnyAdapter>(options: PaymentsOptions<A>): PaymentsOf<A> => {
  const context = contextOf(options);
  const { adapter, account, limits } = context;
  const operations = Object.freeze(operationNames.filter((name) => adapter.operations[name] !== undefined));
  const facts: PaymentsFacts = {
    account,
    provider: adapter.provider,
    dialect: adapter.dialect,
    livemode: adapter.livemode,
    operations,
    limits,
    accepts: (operation) => adapter.operations[operation]?.accepts ?? [],
    resume: async (given, resumeOptions) => resume(context, given, resumeOptions),
  };
  // Which verbs are there follows from the adapter, as its type says.
  return Object.freeze({ ...facts, paymentIntents: withVisibility(paymentIntentVerbs(context), operations) }) as unknown as PaymentsOf<A>;
};
