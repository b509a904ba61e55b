import { expectTypeOf } from 'vitest';
import { createPayments, money, supports, type CreatePaymentIntent } from '@oneintent/core';
import { payjp, type PayjpDialect, type PayjpProviderOptions } from './index.js';

type Common = 'create' | 'retrieve' | 'update' | 'confirm' | 'capture' | 'cancel' | 'list' | 'iterate' | 'waitFor';

// Today's API has no incrementAuthorization; the earlier one has.
const flows = createPayments({ adapter: payjp({ apiKey: 'sk_test_1' }) });
expectTypeOf<keyof typeof flows.paymentIntents>().toEqualTypeOf<Common>();

const named = createPayments({ adapter: payjp({ apiKey: 'sk_test_1', dialect: 'payment_flows' }) });
expectTypeOf<keyof typeof named.paymentIntents>().toEqualTypeOf<Common>();

const intents = createPayments({ adapter: payjp({ apiKey: 'sk_test_1', dialect: 'payment_intents' }) });
expectTypeOf<keyof typeof intents.paymentIntents>().toEqualTypeOf<Common | 'incrementAuthorization'>();

// A dialect that is chosen at run time gives the verbs of both; the others after supports().
declare const dialect: PayjpDialect;
const either = createPayments({ adapter: payjp({ apiKey: 'sk_test_1', dialect }) });
expectTypeOf<keyof typeof either.paymentIntents>().toEqualTypeOf<Common>();
// @ts-expect-error Not every dialect has it.
void either.paymentIntents.incrementAuthorization;
if (supports(either, 'paymentIntents.incrementAuthorization'))
  expectTypeOf(either.paymentIntents.incrementAuthorization).toBeCallableWith('jp:pi_1', { amount: money(1500, 'JPY') });

// A setup is confirmed by the browser today, and a refund cannot be stopped any more.
expectTypeOf<keyof typeof flows.setupIntents>().toEqualTypeOf<'create' | 'retrieve' | 'update' | 'cancel' | 'list' | 'iterate' | 'waitFor'>();
expectTypeOf<keyof typeof intents.setupIntents>().toEqualTypeOf<'create' | 'retrieve' | 'update' | 'confirm' | 'cancel' | 'list' | 'iterate' | 'waitFor'>();
expectTypeOf<keyof typeof flows.refunds>().toEqualTypeOf<'create' | 'retrieve' | 'update' | 'list' | 'iterate' | 'waitFor'>();
expectTypeOf<keyof typeof intents.refunds>().toEqualTypeOf<'create' | 'retrieve' | 'update' | 'cancel' | 'list' | 'iterate' | 'waitFor'>();
// @ts-expect-error PAY.JP shows no attempts.
void flows.attempts;

// @ts-expect-error No such dialect.
payjp({ apiKey: 'sk_test_1', dialect: 'payment_pages' });
// @ts-expect-error Without its name the dialect would be the default one.
payjp<'payment_intents'>({ apiKey: 'sk_test_1' });
// @ts-expect-error The key is needed.
payjp({});
// @ts-expect-error A misspelt option.
payjp({ apiKey: 'sk_test_1', dialekt: 'payment_flows' });

// providerOptions.payjp is typed wherever the adapter is imported.
expectTypeOf<NonNullable<NonNullable<CreatePaymentIntent['providerOptions']>['payjp']>>().toEqualTypeOf<PayjpProviderOptions>();
const amount = money(5400, 'JPY');
void flows.paymentIntents.create({ amount, providerOptions: { payjp: { requestExtendedAuthorization: 'if_available' } } });
// @ts-expect-error No such value.
void flows.paymentIntents.create({ amount, providerOptions: { payjp: { requestExtendedAuthorization: 'always' } } });
// @ts-expect-error No such option.
void flows.paymentIntents.create({ amount, providerOptions: { payjp: { threeDSecure: 'any' } } });
