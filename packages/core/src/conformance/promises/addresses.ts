import { operationNames, operationDefinitions, type OperationName } from '../../index.js';
import { equal, fails, holds } from '../assertions.js';
import { callOn, neededFor, sample } from '../calls.js';
import { asItWas, recording, replaying } from '../exchanges.js';
import type { Promised } from '../promise.js';
import { reference, rehearse } from '../rehearsal.js';
import type { Scene } from '../scene.js';

/** An id that is one part of an address only when it is encoded. */
const awkward = 'a/b?c=d&e#f%2Fg h';
const plain = 'object-1';

/** Input fields that are ids, and may become part of an address. */
const idFields = ['paymentIntent', 'customer', 'subject'];

const acceptsOf = ({ harness: { adapter } }: Pick<Scene, 'harness'>, operation: OperationName): readonly string[] => adapter.operations[operation]?.accepts ?? [];

/** What an operation cannot be called without, and one thing to change where it would change nothing. */
const leastFor = (scene: Scene, operation: OperationName): Readonly<Record<string, unknown>> => {
  const { requires = [] } = scene.harness.adapter.operations[operation] ?? {};
  const needed = Object.entries(operationDefinitions[operation].fields).filter(([field, need]) => need === 'required' || requires.some((one) => one === field));
  const change = operation.endsWith('.update') ? acceptsOf(scene, operation).find((field) => ['description', 'metadata'].includes(field)) : undefined;
  return Object.fromEntries([...needed.map(([field]) => field), ...(change === undefined ? [] : [change])].map((field) => [field, sample(scene, operation, field)]));
};

/** Where the first request of a call would go, part by part, as a server reads it. */
const addressFor = async (scene: Scene, operation: OperationName, id: string): Promise<readonly unknown[]> => {
  const seen: URL[] = [];
  const fetch: Scene['stage']['fetch'] = (input) => {
    seen.push(new URL(input instanceof Request ? input.url : input));
    return Promise.reject(new TypeError('fetch failed'));
  };
  const filters = Object.fromEntries(idFields.filter((field) => operationDefinitions[operation].page && acceptsOf(scene, operation).includes(field)).map((field) => [field, id]));
  const target = operationDefinitions[operation].target === null ? {} : { target: { id } };
  await callOn(scene.client({ fetch, retries: 0 }), { operation, ...target, input: { ...leastFor(scene, operation), ...filters } }).catch((error: unknown) => {
    if (seen.length === 0) throw error;
  });
  const [first] = seen;
  return first === undefined ? [] : [first.pathname.split('/').map(decodeURIComponent), [...first.searchParams], first.hash];
};

const hasIds = (operation: OperationName): NonNullable<Promised['when']> => (scene) =>
  operationDefinitions[operation].target !== null || (operationDefinitions[operation].page && idFields.some((field) => acceptsOf(scene, operation).includes(field)));

const encoded = operationNames.map(
  (operation): Promised => ({
    id: `${operation}/ids-encoded`,
    title: 'an id is one part of the address, whatever is in it: it cannot lead to another object or operation',
    operations: [operation],
    when: hasIds(operation),
    levers: [],
    prove: async (scene) => {
      const expected: unknown = JSON.parse(JSON.stringify(await addressFor(scene, operation, plain)), (_, value: unknown) => (value === plain ? awkward : value));
      holds(Array.isArray(expected) && expected.length > 0, 'a request is made');
      equal(await addressFor(scene, operation, awkward), expected, 'it goes where that of any other id goes');
    },
  }),
);

const onWhoseBehalf = operationNames.map((operation): Promised => {
  const { operations, fields, levers } = neededFor(operation);
  return {
    id: `${operation}/connected-account`,
    title: "every request of a call is made for the connected account that is named, and has the adapter's own headers",
    operations,
    ...(fields && { fields }),
    levers,
    prove: async (scene) => {
      const { connectedAccountHeader, headers } = scene.harness.adapter;
      const { call, exchanges } = await rehearse(scene, operation);
      const target: unknown = Reflect.get(Object(call.target), 'id');
      const requestsFor = async (options: object): Promise<readonly Headers[]> => {
        const { fetch, requests } = replaying(exchanges, asItWas);
        await callOn(scene.client({ fetch }), { ...call, ...(call.target !== undefined && { target }) }, { reference, ...options });
        return requests.map((request) => request.headers);
      };
      const alone = await requestsFor({});
      for (const sent of alone) equal(Object.keys(headers).map((name) => sent.get(name)), Object.values(headers), "the adapter's own headers are sent");
      if (connectedAccountHeader === null) {
        await fails(() => requestsFor({ connectedAccount: 'acct_1' }), { code: ['unsupported'], outcome: ['not_sent'] }, 'a connected account, where there are none');
        return;
      }
      equal(alone.map((sent) => sent.get(connectedAccountHeader)), alone.map(() => null), 'nobody is named where nobody was');
      const forAnother = await requestsFor({ connectedAccount: 'acct_1' });
      equal(forAnother.map((sent) => sent.get(connectedAccountHeader)), forAnother.map(() => 'acct_1'), 'the account is named by every request');
    },
  };
});

const unknownTargets = operationNames
  .filter((operation) => operationDefinitions[operation].target !== null && !operation.endsWith('.retrieve'))
  .map(
    (operation): Promised => ({
      id: `${operation}/unknown-target`,
      title: 'an id that the provider does not know is not_found, and nothing happened',
      operations: [operation],
      levers: ['ledger'],
      prove: async (scene) => {
        // Named in a body, an object that is not there can be bad input.
        const code = operation === 'refunds.create' ? (['not_found', 'invalid_request'] as const) : (['not_found'] as const);
        await fails(() => callOn(scene.payments, { operation, target: 'no-such-object', input: leastFor(scene, operation) }), { code, outcome: ['rejected'] }, 'an unknown id');
      },
    }),
  );

/** Where requests go, for whom, and what it is when nobody is there. */
export const addressPromises: readonly Promised[] = [
  ...encoded,
  ...onWhoseBehalf,
  ...unknownTargets,
  {
    id: 'traits/request-id',
    title: "an error has the provider's own id of the request, where the answer tells one",
    operations: ['paymentIntents.retrieve'],
    levers: [],
    prove: async (scene) => {
      const { fetch, exchanges } = recording(scene.stage.fetch);
      const error = await fails(() => scene.client({ fetch }).paymentIntents.retrieve('no-such-intent'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
      const [last] = exchanges.slice(-1);
      const header = [...(last?.headers ?? [])].find(([name]) => /^(x-)?request-id$/.test(name))?.[1];
      const [, member] = /"(?:request_id|trace_id)"\s*:\s*"([^"]+)"/.exec(last?.text ?? '') ?? [];
      const told = header ?? member;
      if (told !== undefined) equal(error.requestId, told, 'it is the one that was told');
    },
  },
];
