import { expectTypeOf } from 'vitest';
import { paymentsFromConfig, paymentsFromEnv, requireCapabilities, supports, type Payments, type PaymentIntents, type SelectionConfig } from '../index.js';
import { shops } from './testing/shops.js';

type Simple = Payments<'paymentIntents.create' | 'paymentIntents.retrieve'>;
type Full = Payments<'paymentIntents.create' | 'paymentIntents.retrieve' | 'paymentIntents.list'>;
type Market = Payments<'paymentIntents.cancel'>;

const { adapters } = shops();
const apiKey: string = 'sk_test_1';

// A literal provider gives its own client; so does a literal option on which the operations depend.
const literal = await paymentsFromConfig(
  {
    default: 'here',
    allow: { liveKeys: ['here'] },
    accounts: {
      here: { provider: 'corner', apiKey },
      there: { provider: 'corner', apiKey, wire: 'full', webhookSecret: ['a', 'b'], retries: 1 },
      'on-sundays': { provider: 'market', apiKey },
    },
  },
  adapters,
);
expectTypeOf(literal.for('here')).toEqualTypeOf<Simple>();
expectTypeOf(literal.for('there')).toEqualTypeOf<Full>();
expectTypeOf(literal.for('on-sundays')).toEqualTypeOf<Market>();
expectTypeOf(literal.default).toEqualTypeOf<Simple>();
expectTypeOf(literal.accounts).toEqualTypeOf<readonly ('here' | 'there' | 'on-sundays')[]>();
expectTypeOf(literal.choose({ currency: 'JPY' })).toEqualTypeOf<Simple | Full | Market>();
// @ts-expect-error There is no such account.
literal.for('everywhere');

// A name that is known at run time gives the union of the accounts.
declare const name: string;
expectTypeOf(literal.for(name)).toEqualTypeOf<Simple | Full | Market>();

// One account is the default.
const single = await paymentsFromConfig({ accounts: { shop: { provider: 'market', apiKey } } }, adapters);
expectTypeOf(single.default).toEqualTypeOf<Market>();

// An option that is known at run time gives the clients of its provider, and of no other.
declare const wire: 'simple' | 'full';
const either = await paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey, wire } } }, adapters);
expectTypeOf(either.default).toEqualTypeOf<Simple | Full>();

// What is wrong in a literal is wrong for the compiler.
// @ts-expect-error No such provider.
void paymentsFromConfig({ accounts: { shop: { provider: 'cornr', apiKey } } }, adapters);
// @ts-expect-error The key is needed.
void paymentsFromConfig({ accounts: { shop: { provider: 'corner' } } }, adapters);
// @ts-expect-error A misspelt option.
void paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey, wyre: 'full' } } }, adapters);
// @ts-expect-error No such choice.
void paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey, wire: 'half' } } }, adapters);
// @ts-expect-error Text as a time.
void paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey, deadline: '1' } } }, adapters);
// @ts-expect-error The default is no account.
void paymentsFromConfig({ default: 'shp', accounts: { shop: { provider: 'corner', apiKey } } }, adapters);
// @ts-expect-error A misspelt member.
void paymentsFromConfig({ defualt: 'shop', accounts: { shop: { provider: 'corner', apiKey } } }, adapters);

// A configuration of run time gives the union of all that can be chosen, which supports() narrows.
declare const file: SelectionConfig;
const read = await paymentsFromConfig(file, adapters);
expectTypeOf(read.default).toEqualTypeOf<Simple | Full | Market>();
expectTypeOf(read.for('shop')).toEqualTypeOf<Simple | Full | Market>();

const chosen = await paymentsFromEnv({}, adapters, { choose: ({ country }: { country: string }) => (country === 'JP' ? 'jp' : 'eu') });
const payments = chosen.for('jp');
expectTypeOf(payments).toEqualTypeOf<Simple | Full | Market>();
expectTypeOf(chosen.choose).parameters.toEqualTypeOf<[{ country: string }]>();
// @ts-expect-error Only some can be canceled.
void payments.paymentIntents.cancel;
if (supports(payments, 'paymentIntents.cancel')) expectTypeOf(payments.paymentIntents.cancel).toEqualTypeOf<PaymentIntents['cancel']>();

// What is required is there afterwards.
const required = chosen.default;
requireCapabilities(required, ['paymentIntents.list', { operation: 'paymentIntents.create', field: 'metadata' }]);
expectTypeOf(required.paymentIntents.list).toEqualTypeOf<PaymentIntents['list']>();
expectTypeOf(required.paymentIntents.create).toEqualTypeOf<PaymentIntents['create']>();
// @ts-expect-error A list has no such field.
requireCapabilities(chosen.default, [{ operation: 'paymentIntents.list', field: 'metadata' }]);
// @ts-expect-error No such operation.
requireCapabilities(chosen.default, ['paymentIntents.lsit']);
