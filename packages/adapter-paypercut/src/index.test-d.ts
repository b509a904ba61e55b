import { expectTypeOf } from 'vitest';
import { createPayments } from '@oneintent/core';
import { paypercut } from './index.js';

const payments = createPayments({ adapter: paypercut({ apiKey: 'sk_test_1' }) });

expectTypeOf<keyof typeof payments.paymentIntents>().toEqualTypeOf<'create' | 'retrieve' | 'confirm' | 'capture' | 'cancel' | 'waitFor'>();
expectTypeOf<keyof typeof payments.setupIntents>().toEqualTypeOf<'create'>();
expectTypeOf<keyof typeof payments.refunds>().toEqualTypeOf<'create' | 'retrieve' | 'list' | 'iterate' | 'waitFor'>();
expectTypeOf<keyof typeof payments.attempts>().toEqualTypeOf<'retrieve'>();
expectTypeOf<keyof typeof payments.events>().toEqualTypeOf<'retrieve' | 'list' | 'iterate'>();
// @ts-expect-error A setup intent cannot be looked at again.
void payments.setupIntents.retrieve;
// @ts-expect-error A refund cannot be stopped.
void payments.refunds.cancel;
