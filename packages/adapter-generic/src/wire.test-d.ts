// A profile may name every member that is read: one that `readMembers` in stripe-shape.ts lacks does not compile.
import { expectTypeOf } from 'vitest';
import type * as z from 'zod/mini';
import type { ReadMember } from './profile.js';
import type { paymentIntent, refund, setupIntent } from './wire.js';

expectTypeOf<keyof z.infer<typeof paymentIntent>>().toExtend<ReadMember>();
expectTypeOf<keyof z.infer<typeof setupIntent>>().toExtend<ReadMember>();
expectTypeOf<keyof z.infer<typeof refund>>().toExtend<ReadMember>();
