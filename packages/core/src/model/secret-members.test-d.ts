// A secret member of a payment intent is stored only where it is named, and reaches the browser of the payer: one that has neither place does not compile.
import { expectTypeOf } from 'vitest';
import type { PaymentIntentFacts } from './payment-intent.js';
import type { SecretValue } from './secret.js';
import type { StoredSecret } from './stored.js';
import type { BrowserPayment } from './to-browser.js';

type SecretMember = { [M in keyof PaymentIntentFacts]: NonNullable<PaymentIntentFacts[M]> extends SecretValue<unknown> ? M : never }[keyof PaymentIntentFacts];

expectTypeOf<SecretMember>().toExtend<StoredSecret>();
expectTypeOf<Exclude<SecretMember, 'raw'>>().toExtend<keyof BrowserPayment>();
