import { createPayments, type AnyAdapter, type Fetch, type OperationName, type Payments } from '@oneintent/core';
import { createMigration, memoryMigrationDirectory, type Migration, type MigrationDirectory, type MigrationOptions } from '@oneintent/core/migration';
import { createSandbox, type Sandbox } from '@oneintent/sandbox';
import { configurations, type Configuration } from '../conformance/configurations.ts';

type Client = Payments<OperationName>;

/** Two providers, each on a sandbox of its own, and what one process of an application makes of them. */
export interface Pair {
  readonly old: Sandbox;
  readonly fresh: Sandbox;
  readonly directory: MigrationDirectory;
  /** Another process: the same accounts and directory, its own clients. */
  readonly process: (options?: Partial<MigrationOptions> & { readonly fetches?: { readonly from?: Fetch; readonly to?: Fetch } }) => Migration<Client, Client>;
}

export const configurationNamed = (name: string): Configuration => {
  const found = configurations.find((configuration) => configuration.name === name);
  if (found === undefined) throw new Error(`There is no configuration ${name}.`);
  return found;
};

const client = (adapter: AnyAdapter, account: string, sandbox: Sandbox, fetch: Fetch = sandbox.fetch): Client =>
  // Its verbs that the adapter lacks reject, which is what the tests are about.
  createPayments({ adapter, account, baseUrl: sandbox.origin, fetch, sleep: () => Promise.resolve(), retries: 0 }) as unknown as Client;

/** Opens two providers. */
export const openPair = (from = 'payjp payment_flows', to = 'generic stripe', directory: MigrationDirectory = memoryMigrationDirectory()): Pair => {
  const [one, other] = [configurationNamed(from), configurationNamed(to)];
  const [old, fresh] = [createSandbox({ dialect: one.dialect }), createSandbox({ dialect: other.dialect })];
  return {
    old,
    fresh,
    directory,
    process: ({ fetches = {}, ...options } = {}) =>
      createMigration({
        from: client(one.adapter, 'old', old, fetches.from),
        to: client(other.adapter, 'new', fresh, fetches.to),
        rollout: 50,
        directory,
        singleProcess: true,
        ...options,
      } as MigrationOptions<Client, Client>),
  };
};

/** Loses every answer, after the provider has carried out what was asked for. */
export const losing = (sandbox: Sandbox): Fetch => async (input, init) => {
  await sandbox.fetch(input, init);
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
};

/** A provider that cannot be reached. */
export const unreachable: Fetch = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
