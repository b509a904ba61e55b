import type { Resources } from '../operations/index.js';
import { operationNames, type OperationName } from '../operations/index.js';
import type { PaymentsFacts } from './payments.js';

type Verb = (...args: never[]) => unknown;

/** The functions that one operation adds to its resource: itself under its verb, and what is made of it. Those of an absent operation have to reject. */
export type MakeVerbs = (name: OperationName, verb: string) => readonly (readonly [string, Verb])[];

/** A client of its facts and its verbs. Verbs and resources of the operations that are there are visible; the others are found by no loop, print or JSON. */
export const clientOf = <F extends PaymentsFacts>(facts: F, verbsOf: MakeVerbs): Readonly<Resources & F> => {
  const resources: Record<string, Record<string, Verb>> = {};
  for (const name of operationNames) {
    const [resource = '', verb = ''] = name.split('.');
    const verbs = (resources[resource] ??= {});
    for (const [key, value] of verbsOf(name, verb)) Object.defineProperty(verbs, key, { value, enumerable: facts.operations.includes(name) });
  }
  const shown = Object.entries(resources).map(([name, value]) => [name, { value: Object.freeze(value), enumerable: Object.keys(value).length > 0 }] as const);
  const client = Object.defineProperties(Object.defineProperties({}, Object.fromEntries(shown)), Object.getOwnPropertyDescriptors(facts));
  // One verb for each row of the operationDefinitions, which is what the type lists.
  return Object.freeze(client) as unknown as Readonly<Resources & F>;
};
