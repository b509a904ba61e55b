import * as z from 'zod';
import { defineAdapter, inputError, Secret, type Adapter, type AdapterPackage, type AdapterVariant, type AnyAdapter, type OperationName, type Operations, type SecretValue } from '../../adapter.js';
import { acme } from '../../testing/acme.js';

/** Options of the fake providers: a key that says its mode, and a choice. */
export interface ShopOptions<W extends 'simple' | 'full' = 'simple'> {
  readonly apiKey: string | SecretValue<string>;
  readonly wire?: W;
}

type Simple = 'paymentIntents.create' | 'paymentIntents.retrieve';
type Full = Simple | 'paymentIntents.list';

const all = acme();

const only = <N extends OperationName>(names: readonly N[]): Operations<N> =>
  // Acme has every operation.
  Object.fromEntries(names.map((name) => [name, all.operations[name]])) as unknown as Operations<N>;

const facts = ({ apiKey }: ShopOptions<'simple' | 'full'>, provider: string): AnyAdapter => {
  const key = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  return acme({ provider, livemode: String(key).startsWith('sk_live_') });
};

const simple = ['paymentIntents.create', 'paymentIntents.retrieve'] as const;

const keyIsRight = (key: unknown): boolean => /^sk_(test|live)_/.test(String(Secret.is(key) ? key.reveal() : key));

/** A provider with two wire shapes, whose lists differ. */
export const cornerShop: AdapterPackage<
  readonly [
    AdapterVariant<ShopOptions, Adapter<Simple>>,
    AdapterVariant<ShopOptions<'full'> & { readonly wire: 'full' }, Adapter<Full>>,
    AdapterVariant<ShopOptions<'simple' | 'full'>, Adapter<Simple> | Adapter<Full>>,
  ]
> = {
  provider: 'corner',
  options: z.strictObject({
    apiKey: z.custom<string>(keyIsRight, { error: ({ input }) => `${input === undefined ? 'is missing' : 'is no secret key'}; give one that begins with sk_test_ or sk_live_` }),
    wire: z.enum(['simple', 'full'], 'is not a wire shape; use simple or full').exactOptional(),
  }),
  environment: { apiKey: { variable: 'API_KEY', secret: true }, wire: { variable: 'WIRE_SHAPE', secret: false } },
  create: (options) =>
    options.wire === 'full'
      ? defineAdapter({ ...facts(options, 'corner'), operations: only<Full>([...simple, 'paymentIntents.list']) })
      : defineAdapter({ ...facts(options, 'corner'), operations: only<Simple>(simple) }),
};

/** A provider whose author was careless: its messages quote what they were given. */
const marketStall: AdapterPackage<readonly [AdapterVariant<{ readonly apiKey: string; readonly colour?: string }, Adapter<'paymentIntents.cancel'>>]> = {
  provider: 'market',
  options: z.strictObject({
    apiKey: z.string({ error: ({ input }) => `is ${JSON.stringify(input)}` }),
    colour: z.string().regex(/^green/, { error: ({ input }) => `is ${input}; use green` }).exactOptional(),
  }),
  environment: { apiKey: { variable: 'API_KEY', secret: true }, colour: { variable: 'COLOUR', secret: false } },
  create: ({ apiKey }) => {
    if (apiKey.startsWith('broken')) throw new Error(`What is ${apiKey}?`);
    if (!apiKey.startsWith('sk_')) throw inputError([{ field: 'apiKey', problem: `is x${apiKey}x`, remedy: `Use another than ${apiKey}.` }], { code: 'configuration' });
    return defineAdapter({ ...facts({ apiKey }, 'market-eu'), operations: only<'paymentIntents.cancel'>(['paymentIntents.cancel']) });
  },
};

/** Both, with a list of what was loaded. */
export const shops = () => {
  const loaded: string[] = [];
  const adapters = {
    corner: async () => {
      loaded.push('corner');
      return { adapterPackage: cornerShop };
    },
    market: async () => {
      loaded.push('market');
      return { adapterPackage: marketStall };
    },
  };
  return { loaded, adapters };
};
