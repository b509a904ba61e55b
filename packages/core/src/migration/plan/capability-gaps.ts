import type { AnyAdapter } from '../../contract/adapter.js';
import { mayMoveMoney, operationNames, operationDefinitions, type FieldOf, type OperationName } from '../../operations/index.js';
import { gapOf, inAdapter, type GapSeverity, type MigrationGap, type PlanInput } from './gap.js';
import { inUse, useOfField, useOfOperation } from './usage.js';

/** What moves money or makes an object cannot be done without; what reads, lists or changes words can be done with less. */
const worstOfOperation = (name: OperationName): GapSeverity => {
  const { target, page } = operationDefinitions[name];
  return mayMoveMoney(name) || (target === null && !page) ? 'blocks' : 'degrades';
};

const doWithout = 'Do without it, or keep what needs it at the old provider.';
const giveAtCreation = 'Give everything at the creation, or cancel and create anew; keep what only describes in your own records.';
const findOutWhatEndsIt = 'Find out with the provider what ends it there, and leave out the call.';
const relyOnAnswers = 'Rely on what the operations that change it answer, and on events.';
const listOwnRecords = 'List from your own records and retrieve each one by its ref.';

/** What to do where the new provider lacks an operation. A new operation does not compile until it is here. */
const remedyOf: { readonly [K in OperationName]: string } = {
  'paymentIntents.create': doWithout,
  'paymentIntents.retrieve': relyOnAnswers,
  'paymentIntents.update': giveAtCreation,
  'paymentIntents.confirm': doWithout,
  'paymentIntents.capture': doWithout,
  'paymentIntents.cancel': findOutWhatEndsIt,
  'paymentIntents.list': listOwnRecords,
  'paymentIntents.incrementAuthorization': 'Authorise enough at the beginning, or cancel and authorise anew.',
  'setupIntents.create': doWithout,
  'setupIntents.retrieve': relyOnAnswers,
  'setupIntents.update': giveAtCreation,
  'setupIntents.confirm': "Let the customer's browser confirm it with the provider's own library.",
  'setupIntents.cancel': findOutWhatEndsIt,
  'setupIntents.list': listOwnRecords,
  'refunds.create': doWithout,
  'refunds.retrieve': relyOnAnswers,
  'refunds.update': giveAtCreation,
  'refunds.cancel': findOutWhatEndsIt,
  'refunds.list': listOwnRecords,
  'attempts.retrieve': 'Use what the payment intent itself says.',
  'events.retrieve': 'Retrieve the object that the event is about.',
  'events.list': listOwnRecords,
};

const hasOperation = (adapter: AnyAdapter, name: OperationName): boolean => adapter.operations[name] !== undefined;

const operationGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] =>
  operationNames.flatMap((name): readonly MigrationGap[] => {
    const use = useOfOperation(usage, name);
    const gap = { id: `operations/${name}`, subject: name, use, from: inAdapter(from, 'operations', hasOperation(from, name)), to: inAdapter(to, 'operations', hasOperation(to, name)) };
    if (hasOperation(to, name))
      return hasOperation(from, name)
        ? []
        : [gapOf({ ...gap, worst: 'differs', what: 'Only the new provider has this operation.', remedy: 'Do not rely on it for payments that are still at the old provider.' })];
    return hasOperation(from, name) || inUse(use)
      ? [gapOf({ ...gap, worst: worstOfOperation(name), what: 'The new provider does not have this operation.', remedy: remedyOf[name] })]
      : [];
  });

/**
 * What an input loses without a field: `degrades` where it asks for the same thing, with less said or chosen; `blocks` where it asks for another thing. A new
 * input field does not compile until it is here.
 */
const withoutField: { readonly [F in FieldOf<OperationName>]: GapSeverity & ('blocks' | 'degrades') } = {
  amount: 'blocks',
  customer: 'blocks',
  paymentMethod: 'blocks',
  paymentMethodTypes: 'degrades',
  captureMethod: 'blocks',
  confirm: 'blocks',
  returnUrl: 'degrades',
  offSession: 'blocks',
  setupFutureUsage: 'blocks',
  usage: 'blocks',
  currency: 'blocks',
  threeDSecure: 'blocks',
  statementDescriptor: 'degrades',
  receiptEmail: 'degrades',
  description: 'degrades',
  metadata: 'degrades',
  reason: 'degrades',
  providerOptions: 'degrades',
  paymentIntent: 'blocks',
  subject: 'blocks',
  providerType: 'blocks',
  limit: 'blocks',
  cursor: 'blocks',
  createdFrom: 'blocks',
  createdBefore: 'blocks',
};

const worstOfField = (name: OperationName, field: FieldOf<OperationName>): GapSeverity => (worstOfOperation(name) === 'degrades' ? 'degrades' : withoutField[field]);

const takenAtCreation = ({ operations }: AnyAdapter, name: OperationName, field: string): boolean => {
  const creation = name === 'paymentIntents.confirm' ? operations['paymentIntents.create'] : name === 'setupIntents.confirm' ? operations['setupIntents.create'] : undefined;
  return creation?.accepts.some((accepted) => accepted === field) ?? false;
};

const fieldGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] =>
  operationNames.flatMap((name) => {
    // Where the whole operation is missing, that is said once.
    if (!hasOperation(to, name)) return [];
    const [before, after]: readonly (readonly string[])[] = [from.operations[name]?.accepts ?? [], to.operations[name]?.accepts ?? []];
    // The fields of a definition are those that its type lists.
    return (Object.keys(operationDefinitions[name].fields) as FieldOf<OperationName>[]).flatMap((field): readonly MigrationGap[] => {
      const use = useOfField(usage, name, field);
      const subject = `${name}.${field}`;
      const [old, fresh] = [before?.includes(field) ?? false, after?.includes(field) ?? false];
      const gap = { id: `fields/${subject}`, subject, use, from: inAdapter(from, `operations.${name}.accepts`, old), to: inAdapter(to, `operations.${name}.accepts`, fresh) };
      const atCreation = takenAtCreation(to, name, field);
      if (!fresh && (old || inUse(use)))
        return [
          gapOf({
            ...gap,
            worst: atCreation ? 'degrades' : worstOfField(name, field),
            what: 'The new provider does not have this field: an input that names it is refused and nothing is sent.',
            remedy: atCreation ? 'Give it at the creation.' : 'Leave it out for this provider, or keep what needs it at the old one.',
          }),
        ];
      return fresh && !old && hasOperation(from, name)
        ? [gapOf({ ...gap, worst: 'differs', what: 'Only the new provider has this field.', remedy: 'Do not rely on it for payments that are still at the old provider.' })]
        : [];
    });
  });

const requirementGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] =>
  operationNames.flatMap((name) => {
    const [before, after]: readonly (readonly string[])[] = [from.operations[name]?.requires ?? [], to.operations[name]?.requires ?? []];
    if (!hasOperation(from, name) && !inUse(useOfOperation(usage, name))) return [];
    return (after ?? [])
      .filter((field) => before?.includes(field) !== true)
      .map((field) => {
        const { declared: given } = useOfField(usage, name, field);
        return gapOf({
          id: `requires/${name}.${field}`,
          subject: `${name}.${field}`,
          worst: given ? 'differs' : 'degrades',
          use: useOfOperation(usage, name),
          from: inAdapter(from, `operations.${name}.requires`, before ?? []),
          to: inAdapter(to, `operations.${name}.requires`, after ?? []),
          what: `The new provider cannot do without this field${given ? ', which is given' : ''}.`,
          remedy: 'Give it in every call.',
        });
      });
  });

/** The statuses from which an operation is legal; `null` for any. */
const legalAt = (adapter: AnyAdapter, name: OperationName): readonly string[] | null => adapter.legalFrom[name]?.value ?? operationDefinitions[name].legalFrom;

const legalityGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] =>
  operationNames.flatMap((name): readonly MigrationGap[] => {
    const [before, after] = [legalAt(from, name), legalAt(to, name)];
    if (!hasOperation(from, name) || !hasOperation(to, name) || after === null) return [];
    const lost = before?.filter((status) => !after.includes(status)) ?? ['any other status'];
    const shared = { value: before, source: 'the shared lifecycle', confidence: null };
    return lost.length === 0
      ? []
      : [
          gapOf({
            id: `legal-from/${name}`,
            subject: name,
            worst: 'degrades',
            use: useOfOperation(usage, name),
            from: from.legalFrom[name] ?? shared,
            to: to.legalFrom[name] ?? { ...shared, value: after },
            what: `The new provider refuses it from ${lost.join(', ')}.`,
            remedy: 'Wait for another status first.',
          }),
        ];
  });

/** Rules across fields, as the examples meet them. */
const ruleGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const met = (usage.examples ?? []).flatMap(({ operation, input }): readonly MigrationGap[] => {
    if (!hasOperation(to, operation)) return [];
    const before = from.check(operation, input);
    return to
      .check(operation, input)
      .filter((after) => !before.some(({ field, problem }) => field === after.field && problem === after.problem))
      .map(({ field, problem, remedy }) =>
        gapOf({
          id: `rules/${operation}.${field}`,
          subject: `${operation}.${field}`,
          worst: 'blocks',
          use: { observed: null, declared: true },
          from: inAdapter(from, 'check', true),
          to: inAdapter(to, 'check', false),
          what: `The new provider refuses an example: ${field} ${problem}.`,
          remedy,
        }),
      );
  });
  return met.filter(({ id }, index) => met.findIndex((one) => one.id === id) === index);
};

/** What an application can call, with which fields and when. */
export const capabilityGaps = (input: PlanInput): readonly MigrationGap[] =>
  [operationGaps, fieldGaps, requirementGaps, legalityGaps, ruleGaps].flatMap((gaps) => gaps(input));
