import { adapterPackage as generic } from '@oneintent/adapter-generic';
import { adapterPackage as payjp } from '@oneintent/adapter-payjp';
import { adapterPackage as paypercut } from '@oneintent/adapter-paypercut';
import { paymentsFromEnv, supports, type EnvironmentVariables, type Fetch } from '@oneintent/core';
import { memoryMigrationDirectory, type MigrationDirectory } from '@oneintent/core/migration';
import { createSandbox, type Sandbox } from '@oneintent/sandbox';
import { main, type ExitCode, type World } from '../index.js';

/** What a command printed and ended with. */
interface Ran {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** How a payment differs from a plain one that is paid at once. */
interface More {
  readonly captureMethod?: 'manual';
  readonly confirm?: boolean;
  readonly currency?: string;
  readonly description?: string;
}

/** A shop with an old and a new provider, both in a box. */
export interface Shop {
  readonly jp: Sandbox;
  readonly eu: Sandbox;
  readonly env: EnvironmentVariables;
  readonly directory: MigrationDirectory;
  readonly adapters: World['adapters'];
  readonly fetch: Fetch;
  readonly run: (args: readonly string[], more?: Partial<World>) => Promise<Ran>;
  /** Makes a payment at an account. @returns its ref. */
  readonly pay: (account: 'jp' | 'eu', reference: string, more?: More) => Promise<string>;
}

/** The secrets of the shop, none of which may be seen. */
export const secrets = {
  ONEINTENT_JP_API_KEY: 'sk_test_jp9f8e7d6c5b4a3210',
  ONEINTENT_EU_API_KEY: 'sk_test_eu0123456789abcdef',
  ONEINTENT_JP_WEBHOOK_SECRET: 'jp-word-that-is-shared-1,jp-word-that-is-shared-2',
  ONEINTENT_EU_WEBHOOK_SECRET: 'whsec_eu_0123456789abcdefghij',
} as const;

const adapters: World['adapters'] = {
  payjp: async () => ({ adapterPackage: payjp }),
  paypercut: async () => ({ adapterPackage: paypercut }),
  generic: async () => ({ adapterPackage: generic }),
};

/** A file of the world's. */
export const files = (contents: Readonly<Record<string, string>>): Pick<World, 'readFile'> => ({
  readFile: async (path) => {
    const text = contents[path];
    if (text === undefined) throw new Error('there is no such file');
    return (async function* chunks() {
      for (let start = 0; start < text.length; start += 50_000) yield text.slice(start, start + 50_000);
    })();
  },
});

/** Opens the shop. */
export const openShop = (): Shop => {
  const jp = createSandbox({ dialect: 'payjp_payment_flows', apiKey: secrets.ONEINTENT_JP_API_KEY });
  const eu = createSandbox({ dialect: 'stripe', apiKey: secrets.ONEINTENT_EU_API_KEY });
  const env: EnvironmentVariables = {
    ...secrets,
    ONEINTENT_ACCOUNTS: 'jp,eu',
    ONEINTENT_DEFAULT_ACCOUNT: 'jp',
    ONEINTENT_JP_PROVIDER: 'payjp',
    ONEINTENT_JP_BASE_URL: 'https://jp.sandbox.invalid',
    ONEINTENT_EU_PROVIDER: 'generic',
    ONEINTENT_EU_PROFILE: 'stripe',
    ONEINTENT_EU_BASE_URL: 'https://eu.sandbox.invalid',
  };
  const directory = memoryMigrationDirectory();
  const fetch: Fetch = async (input, init) => (String(input instanceof Request ? input.url : input).includes('//jp.') ? jp : eu).fetch(input, init);
  const client = { fetch, sleep: () => Promise.resolve() };
  return {
    jp,
    eu,
    env,
    directory,
    adapters,
    fetch,
    run: async (args, more = {}) => {
      let out = '';
      let err = '';
      const exitCode = await main(args, {
        env,
        print: (text) => void (out += text),
        printError: (text) => void (err += text),
        ...files({}),
        isTTY: false,
        now: jp.now,
        adapters,
        importModule: () => Promise.reject(new Error('there is no such module')),
        openDirectory: async () => ({ directory, close: () => undefined }),
        client,
        signal: new AbortController().signal,
        version: '0.0.0-test',
        ...more,
      });
      return { exitCode, out, err };
    },
    pay: async (account, reference, { confirm = true, currency = account === 'jp' ? 'JPY' : 'EUR', ...more } = {}) => {
      const sandbox = account === 'jp' ? jp : eu;
      const payments = (await paymentsFromEnv(env, adapters, client)).for(account);
      if (!supports(payments, 'paymentIntents.create')) throw new Error(`${account} takes no payments`);
      const intent = await payments.paymentIntents.create(
        {
          amount: { minorUnits: 1000, currency },
          customer: sandbox.customer,
          paymentMethod: sandbox.paymentMethods.succeeds,
          confirm,
          ...more,
        },
        { reference },
      );
      return intent.ref;
    },
  };
};
