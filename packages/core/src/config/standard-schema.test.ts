import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import * as mini from 'zod/mini';
import { readWire, tryWire, type StandardResult, type StandardSchema } from '../adapter.js';
import { paymentsFromConfig } from '../index.js';
import { apiKey } from '../testing/acme.js';
import { errorOf } from '../testing/client.js';
import { cornerShop, type ShopOptions } from './testing/shops.js';

type Options = ShopOptions<'simple' | 'full'>;

const isOptions = (value: unknown): value is Options => typeof value === 'object' && value !== null && 'apiKey' in value && typeof value.apiKey === 'string';

/** A schema without a library: no more than the interface asks for. */
const byHand: StandardSchema<Options> = {
  '~standard': {
    version: 1,
    vendor: 'nobody',
    validate: (value): StandardResult<Options> => (isOptions(value) ? { value } : { issues: [{ message: 'is not a key; pass the secret key', path: [{ key: 'apiKey' }] }] }),
  },
};

/** Some libraries have schemas that are functions. */
const callable: StandardSchema<Options> = Object.assign((value: unknown) => isOptions(value), byHand);

const ofZod = zod.strictObject({ apiKey: zod.string('is not a key; pass the secret key'), wire: zod.enum(['simple', 'full']).exactOptional() });
const ofMini = mini.strictObject({ apiKey: mini.string('is not a key; pass the secret key'), wire: mini.exactOptional(mini.enum(['simple', 'full'])) });

const schemas: readonly (readonly [string, StandardSchema<Options>])[] = [
  ['a schema that is written by hand', byHand],
  ['a schema that is a function', callable],
  ['a schema of zod', ofZod],
  ['a schema of zod/mini', ofMini],
];

/** An application that configures one account of a provider whose adapter has this schema. */
const configured = (options: StandardSchema<Options>, account: object) =>
  paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey, ...account } } }, { corner: async () => ({ adapterPackage: { ...cornerShop, options } }) });

describe.each(schemas)('%s', (_what, schema) => {
  it('checks the options of an adapter', async () => {
    await expect(configured(schema, {})).resolves.toMatchObject({ accounts: ['shop'] });
    expect((await errorOf(configured(schema, { apiKey: 7 }))).problems).toEqual([{ field: 'accounts.shop.apiKey', problem: 'is not a key', remedy: 'Pass the secret key.' }]);
  });

  it('reads the JSON of a provider', () => {
    expect(readWire(schema, { apiKey })).toEqual({ apiKey });
    expect(() => readWire(schema, { apiKey: 7 })).toThrow('apiKey');
    expect(tryWire(schema, { apiKey: 7 })).toBeNull();
  });
});

it('an issue without a sentence, as zod/mini has it where the author wrote none, is reported in words that say where to look', async () => {
  const wordless: StandardSchema<Options> = { '~standard': { version: 1, vendor: 'zod', validate: () => ({ issues: [{ message: 'Invalid input', path: ['wire'] }] }) } };
  const { problems } = await errorOf(configured(wordless, { wire: 'half' }));
  expect(problems).toEqual([{ field: 'accounts.shop.wire', problem: 'is not as the adapter needs it', remedy: "See the adapter's README." }]);
});

it('a schema that answers with a promise is refused, as options are checked without waiting', async () => {
  const later: StandardSchema<Options> = { '~standard': { version: 1, vendor: 'nobody', validate: async (value) => byHand['~standard'].validate(value) } };
  expect((await errorOf(configured(later, {}))).problems).toMatchObject([{ field: 'accounts.shop', problem: expect.stringContaining('asynchronous') }]);
});
