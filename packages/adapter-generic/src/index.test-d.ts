import { expectTypeOf } from 'vitest';
import { createPayments, money, supports, type CreatePaymentIntent } from '@oneintent/core';
import { generic, stripe, type GenericProviderOptions, type Profile } from './index.js';

type All = 'create' | 'retrieve' | 'update' | 'confirm' | 'capture' | 'cancel' | 'list' | 'incrementAuthorization' | 'iterate' | 'waitFor';
const options = { apiKey: 'sk_test_1' };
const base = { name: 'acme', baseUrl: 'https://api.acme.example' } as const;

// Stripe has all, in a profile of one's own that is made of it too.
const all = createPayments({ adapter: generic(stripe, options) });
expectTypeOf<keyof typeof all.paymentIntents>().toEqualTypeOf<All>();
const pinned = createPayments({ adapter: generic({ ...stripe, headers: { 'Stripe-Version': '2026-10-28.endive' } }, options) });
expectTypeOf<keyof typeof pinned.paymentIntents>().toEqualTypeOf<All>();

// A literal profile gives exactly its operations, written in place, kept in a constant, or taken from Stripe and narrowed.
const two = createPayments({ adapter: generic({ ...base, operations: ['paymentIntents.create', 'paymentIntents.retrieve'] }, options) });
expectTypeOf<keyof typeof two.paymentIntents>().toEqualTypeOf<'create' | 'retrieve' | 'waitFor'>();
const kept = { ...base, operations: ['paymentIntents.list'] } as const satisfies Profile;
const list = createPayments({ adapter: generic(kept, options) });
expectTypeOf<keyof typeof list.paymentIntents>().toEqualTypeOf<'list' | 'iterate'>();
const narrowed = createPayments({ adapter: generic({ ...stripe, operations: ['paymentIntents.create'] }, options) });
expectTypeOf<keyof typeof narrowed.paymentIntents>().toEqualTypeOf<'create'>();

// A profile that is known only at run time gives no verbs until supports() says so.
declare const widened: Profile;
const unknown = createPayments({ adapter: generic(widened, options) });
// @ts-expect-error Not known to be there.
void unknown.paymentIntents.capture;
if (supports(unknown, 'paymentIntents.capture')) expectTypeOf(unknown.paymentIntents.capture).toBeCallableWith('acme:pi_1', { amount: money(1500, 'EUR') });

// A list whose length is known only at run time, and a name that is, give none either.
declare const some: ('paymentIntents.create' | 'paymentIntents.cancel')[];
const listed = createPayments({ adapter: generic({ ...base, operations: some }, options) });
// @ts-expect-error The list may be empty.
void listed.paymentIntents.create;
declare const one: 'paymentIntents.create' | 'paymentIntents.cancel';
const either = createPayments({ adapter: generic({ ...base, operations: [one, 'paymentIntents.list'] }, options) });
expectTypeOf<keyof typeof either.paymentIntents>().toEqualTypeOf<'list' | 'iterate'>();

// Of two profiles chosen at run time the client has what both have.
declare const chosen: typeof stripe | typeof kept;
const union = createPayments({ adapter: generic(chosen, options) });
expectTypeOf<keyof typeof union.paymentIntents>().toEqualTypeOf<'list' | 'iterate'>();
// @ts-expect-error Only one of them has it.
void union.paymentIntents.create;

// @ts-expect-error A misspelt operation.
generic({ ...base, operations: ['paymentIntents.captrue'] }, options);
// @ts-expect-error A field that the operation does not have.
generic({ ...base, operations: ['paymentIntents.cancel'], accepts: { 'paymentIntents.cancel': ['amount'] } }, options);
// @ts-expect-error The key is needed.
generic(stripe, {});

// providerOptions.generic is typed wherever the adapter is imported.
expectTypeOf<NonNullable<NonNullable<CreatePaymentIntent['providerOptions']>['generic']>>().toEqualTypeOf<GenericProviderOptions>();
const amount = money(2000, 'USD');
void all.paymentIntents.create({ amount, providerOptions: { generic: { body: { automatic_payment_methods: { enabled: true }, expand: ['latest_charge'] } } } });
// @ts-expect-error No JSON.
void all.paymentIntents.create({ amount, providerOptions: { generic: { body: { at: new Date() } } } });
// @ts-expect-error No such option.
void all.paymentIntents.create({ amount, providerOptions: { generic: { headers: {} } } });
