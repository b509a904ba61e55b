import type { AnyAdapter } from '../contract/adapter.js';
import type { CallOptions, WaitFor } from '../operations/verbs.js';
import type { Target } from '../operations/targets.js';
import type { LivingObject } from '../model/event.js';
import { parseRef } from '../model/ref.js';
import { isRead, operationDefinitions, operationNames, type OperationName, type PageOperation, type SingleOperation } from '../operations/index.js';
import { clientOf, type MakeVerbs } from './client-of.js';
import { contextOf, type PaymentsOptions } from './configure.js';
import type { ClientContext } from '../call/context.js';
import { explainCall } from './explain.js';
import { iterate } from './iterate.js';
import type { PaymentsFacts, PaymentsOf } from './payments.js';
import { callList, callOperation } from '../call/index.js';
import { operationOf } from '../call/read.js';
import { resume } from '../call/resume.js';
import { waitFor } from './wait-for.js';
import { webhooksOf } from './webhooks.js';

const isPage = (name: OperationName): name is PageOperation => operationDefinitions[name].page;
const isSingle = (name: OperationName): name is SingleOperation => !operationDefinitions[name].page;

/** The verbs of one operation: itself, and what is made of it. `verb(target?, input?, options)`, as the operation's row says. */
const verbsOf = (context: ClientContext): MakeVerbs => (name, verb) => {
  const { target } = operationDefinitions[name];
  if (isPage(name))
    return [
      [verb, async (query?: object, options?: CallOptions) => callList(context, name, query, options)],
      [
        'iterate',
        (query?: object, options?: CallOptions) => {
          operationOf(context, name);
          return iterate(context, name, query, options);
        },
      ],
    ];
  if (!isSingle(name)) return [];
  if (target === null) return [[verb, async (input?: object, options?: CallOptions) => callOperation(context, name, null, input, options)]];
  if (!isRead(name)) return [[verb, async (on: Target, input?: object, options?: CallOptions) => callOperation(context, name, on, input, options)]];
  const read = [verb, async (on: Target, options?: CallOptions) => callOperation(context, name, on, undefined, options)] as const;
  if (target === 'payment_attempt' || target === 'event') return [read];
  return [read, ['waitFor', async (on: Target, wait?: WaitFor<LivingObject>, options?: CallOptions) => waitFor(context, target, on, wait, options)]];
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
    operationsFor: (ref) => (parseRef(ref)?.account === account ? operations : []),
    explain: (operation, input, more) => explainCall(context, operation, input, more),
    resume: async (given, resumeOptions) => resume(context, given, resumeOptions),
    webhooks: webhooksOf(context),
  };
  // Which verbs are there follows from the adapter, as its type says.
  return clientOf(facts, verbsOf(context)) as unknown as PaymentsOf<A>;
};
