// The suite disturbs every operation that may move money: one that has no movement does not compile.
import { expectTypeOf } from 'vitest';
import type { MoneyOperation } from '../index.js';
import type { movements } from './movements.js';

expectTypeOf<MoneyOperation>().toExtend<(typeof movements)[keyof typeof movements]['operation']>();
