import { createPayments, operationNames, parseRef, operationDefinitions, type Fetch, type OperationName, type Payments, type PaymentsOptions } from '@oneintent/core';
import type { Harness, Stage } from '@oneintent/core/conformance';
import { createMigration, memoryMigrationDirectory, type MigrationDirectory, type NewObject } from '@oneintent/core/migration';
import { createSandbox, type Sandbox } from '@oneintent/sandbox';
import type { Configuration } from '../conformance/configurations.ts';

type Client = Payments<OperationName>;
type Verb = (...args: readonly unknown[]) => unknown;

/** One stage that is made of two providers of one kind, each with books of its own, and what a migration between them remembers. */
interface TwoSided extends Stage {
  readonly sides: readonly [Sandbox, Sandbox];
  readonly directory: MigrationDirectory;
  /** The attempts of the new side, which no books list by themselves. */
  readonly attempts: Set<string>;
}

const secretOf = (name: string): string => `whsec_${Buffer.from(`${name} side of a migration`).toString('base64')}`;

const knows = (sandbox: Sandbox, id: string): boolean =>
  sandbox.ledger().some((entry) => entry.id === id || entry.refunds.some((refund) => refund.id === id)) ||
  sandbox.setups().some((entry) => entry.id === id) ||
  sandbox.events().some((event) => event.id === id);

/** Everybody who is known at one side is known at the other by the same id: both are accounts of one provider. */
const sharedIds = (): MigrationDirectory => ({ ...memoryMigrationDirectory(), mapping: async (kind, from) => ({ kind, from, to: from }) });

const openTwoSided = (dialect: Configuration['dialect']): TwoSided => {
  const old = createSandbox({ dialect, webhookSecret: secretOf('old') });
  const fresh = createSandbox({ dialect, webhookSecret: secretOf('new') });
  const owner = (id: string): Sandbox => (knows(fresh, id) ? fresh : old);
  const fetch: Fetch = (input, init) => (new URL(input instanceof Request ? input.url : input).hostname.startsWith('new.') ? fresh : old).fetch(input, init);
  const both = <T>(read: (sandbox: Sandbox) => readonly T[]): readonly T[] => [...read(old), ...read(fresh)];
  return {
    sides: [old, fresh],
    directory: sharedIds(),
    attempts: new Set(),
    origin: 'http://old.localhost',
    fetch,
    currency: old.currency,
    customer: old.customer,
    paymentMethods: old.paymentMethods,
    webhookSecret: old.webhookSecret,
    requests: () => both((sandbox) => sandbox.requests()),
    ledger: () => both((sandbox) => sandbox.ledger()),
    setups: () => both((sandbox) => sandbox.setups()),
    completeAction: (id) => owner(id).completeAction(id),
    failAction: (id) => owner(id).failAction(id),
    completeSetup: (id, method) => owner(id).completeSetup(id, method),
    advance: (seconds) => [old, fresh].forEach((sandbox) => sandbox.advance(seconds)),
    now: () => old.now(),
    deliveries: async () => [...(await old.deliveries()), ...(await fresh.deliveries())],
    setSwitches: (change) => [old, fresh].forEach((sandbox) => sandbox.setSwitches(change)),
  };
};

/** The suite says ids as a provider does; an application that stores refs says whose they are. */
const withRefs = (payments: Client, refOf: (id: string) => string, learn: (object: unknown) => void): Client => {
  const named = (target: unknown): unknown => {
    if (typeof target === 'string') return parseRef(target) === null && target !== '' ? refOf(target) : target;
    if (typeof target !== 'object' || target === null || 'ref' in target || !('id' in target) || typeof target.id !== 'string' || target.id === '') return target;
    return { ...target, ref: refOf(target.id) };
  };
  const query = (given: unknown): unknown =>
    typeof given === 'object' && given !== null
      ? Object.fromEntries(Object.entries(given).map(([field, value]) => [field, field === 'paymentIntent' || field === 'subject' ? named(value) : value]))
      : given;
  const taught = (call: Verb, change: (given: unknown) => unknown): Verb => (first, ...rest) => {
    const answer = call(change(first), ...rest);
    if (answer instanceof Promise) answer.then(learn, () => undefined);
    return answer;
  };
  const resources: Record<string, Record<string, Verb>> = {};
  for (const operation of operationNames) {
    const [resource = '', verb = ''] = operation.split('.');
    const own = (payments as unknown as Readonly<Record<string, Readonly<Record<string, Verb>>>>)[resource] ?? {};
    const change = operationDefinitions[operation].target !== null ? named : query;
    for (const name of [verb, 'iterate', 'waitFor']) {
      const call = own[name];
      if (call === undefined) continue;
      Object.defineProperty((resources[resource] ??= {}), name, { value: taught(call, change), enumerable: Object.keys(own).includes(name), configurable: true });
    }
  }
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(payments), ...Object.getOwnPropertyDescriptors(resources) }) as Client;
};

type Secret = PaymentsOptions['webhookSecret'];

/** What the suite does to one side's secret it does to the other's. */
const otherSecret = (given: Secret, [old, fresh]: TwoSided['sides']): Secret => {
  if (given === undefined) return undefined;
  const one = (secret: unknown): string => (secret === old.webhookSecret ? fresh.webhookSecret : secretOf(String(secret)));
  return Array.isArray(given) ? given.map(one) : one(given);
};

/** The harness of a migration between two accounts at one provider, at a share. */
export const migrationHarness = ({ name, adapter, dialect }: Configuration, rollout: number): Harness => {
  const stages = new WeakMap<Stage, TwoSided>();
  let unnamed = 0;
  return {
    name: `${name}, ${rollout} % migrated`,
    adapter,
    open: () => {
      const stage = openTwoSided(dialect);
      stages.set(stage, stage);
      return stage;
    },
    connect: (options, given) => {
      const stage = stages.get(given);
      if (stage === undefined) throw new Error('The stage is none of this harness.');
      const { directory, sides } = stage;
      const side = (account: string, more: Partial<PaymentsOptions>): Client => createPayments({ ...options, ...more, account }) as unknown as Client;
      const secret = otherSecret(options.webhookSecret, sides);
      const [from, to] = [`${options.account}-old`, `${options.account}-new`];
      const key = ({ options: { reference } }: NewObject): string => {
        unnamed += 1;
        return reference ?? `unnamed-${unnamed}`;
      };
      const migration = createMigration({
        from: side(from, {}),
        to: side(to, { baseUrl: 'http://new.localhost', ...(secret !== undefined && { webhookSecret: secret }) }),
        rollout,
        directory,
        singleProcess: true,
        key,
      });
      return withRefs(
        migration,
        (id) => `${knows(sides[1], id) || stage.attempts.has(id) ? to : from}:${id}`,
        (object) => {
          if (typeof object === 'object' && object !== null && 'latestPayment' in object && 'account' in object && object.account === to) stage.attempts.add(String(object.latestPayment));
        },
      );
    },
  };
};
