import { describe, expect, expectTypeOf, it } from 'vitest';
import { paymentsFromConfig, paymentsFromEnv, supports, type Adapter, type PaymentIntents, type PaymentsOf } from '@oneintent/core';
import { generic, stripe } from '@oneintent/adapter-generic';
import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';

const adapters = {
  payjp: () => import('@oneintent/adapter-payjp'),
  paypercut: () => import('@oneintent/adapter-paypercut'),
  generic: () => import('@oneintent/adapter-generic'),
};
const apiKey = 'sk_test_1';

/** The clients that the adapters' own functions give. */
const direct = {
  flows: () => payjp({ apiKey }),
  intents: () => payjp({ apiKey, dialect: 'payment_intents' }),
  paypercut: () => paypercut({ apiKey }),
  stripe: () => generic(stripe, { apiKey }),
};
type Direct<N extends keyof typeof direct> = PaymentsOf<ReturnType<(typeof direct)[N]>>;

describe('a literal configuration of the real adapters', () => {
  it('has the clients that the adapters’ own functions give', async () => {
    const selection = await paymentsFromConfig(
      {
        default: 'jp',
        accounts: {
          jp: { provider: 'payjp', apiKey },
          old: { provider: 'payjp', apiKey, dialect: 'payment_intents' },
          eu: { provider: 'paypercut', apiKey },
          us: { provider: 'generic', apiKey, profile: 'stripe' },
          pinned: { provider: 'generic', apiKey, profile: stripe },
          acme: { provider: 'generic', apiKey, profile: { name: 'acme', baseUrl: 'https://api.acme.example', operations: ['paymentIntents.create'] } },
        },
      },
      adapters,
    );
    expectTypeOf(selection.default).toEqualTypeOf<Direct<'flows'>>();
    expectTypeOf(selection.for('jp')).toEqualTypeOf<Direct<'flows'>>();
    expectTypeOf(selection.for('old')).toEqualTypeOf<Direct<'intents'>>();
    expectTypeOf(selection.for('eu')).toEqualTypeOf<Direct<'paypercut'>>();
    expectTypeOf(selection.for('us')).toEqualTypeOf<Direct<'stripe'>>();
    expectTypeOf(selection.for('pinned')).toEqualTypeOf<Direct<'stripe'>>();
    // A profile of one's own is usable through supports().
    const acme = selection.for('acme');
    expectTypeOf(acme).toEqualTypeOf<PaymentsOf<Adapter<never>>>();
    expect(supports(acme, 'paymentIntents.create')).toBe(true);
    expect(selection.accounts.map((name) => selection.for(name).dialect)).toEqual(['payment_flows', 'payment_intents', null, null, null, null]);
    expect(selection.accounts.map((name) => selection.for(name).provider)).toEqual(['payjp', 'payjp', 'paypercut', 'stripe', 'stripe', 'acme']);
  });

  it('is refused by the compiler where it is wrong', () => {
    const wrong = () => [
      // @ts-expect-error No such dialect.
      paymentsFromConfig({ accounts: { jp: { provider: 'payjp', apiKey, dialect: 'payment_pages' } } }, adapters),
      // @ts-expect-error Paypercut has no dialects.
      paymentsFromConfig({ accounts: { eu: { provider: 'paypercut', apiKey, dialect: 'payment_flows' } } }, adapters),
      // @ts-expect-error No such profile.
      paymentsFromConfig({ accounts: { us: { provider: 'generic', apiKey, profile: 'strip' } } }, adapters),
      // @ts-expect-error A profile is needed.
      paymentsFromConfig({ accounts: { us: { provider: 'generic', apiKey } } }, adapters),
    ];
    expectTypeOf(wrong).toBeFunction();
  });
});

describe('an environment of the real adapters', () => {
  it('has the union of them, which supports() narrows', async () => {
    const { default: payments } = await paymentsFromEnv({ ONEINTENT_PROVIDER: 'payjp', ONEINTENT_API_KEY: apiKey, ONEINTENT_DIALECT: 'payment_intents' }, adapters);
    // @ts-expect-error Not every provider has it.
    expectTypeOf(payments.paymentIntents).toBeUnknown();
    expect(supports(payments, 'paymentIntents.incrementAuthorization')).toBe(true);
    if (supports(payments, 'paymentIntents.incrementAuthorization'))
      expectTypeOf(payments.paymentIntents.incrementAuthorization).toEqualTypeOf<PaymentIntents['incrementAuthorization']>();
  });

  it('calls an account without a name as its provider is called, whatever its adapter', async () => {
    const { accounts } = await paymentsFromEnv({ ONEINTENT_PROVIDER: 'generic', ONEINTENT_PROFILE: 'stripe', ONEINTENT_API_KEY: apiKey }, adapters);
    expect(accounts).toEqual(['stripe']);
  });
});
