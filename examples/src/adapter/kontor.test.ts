import { describeConformance, type Deviation } from '@oneintent/core/conformance';
import { describe, it } from 'vitest';
import { openStage } from './kontor-stage.js';
import { kontor } from './kontor/index.js';

const answering = [
  'paymentIntents.create', 'paymentIntents.retrieve', 'paymentIntents.confirm', 'paymentIntents.capture', 'paymentIntents.cancel', 'paymentIntents.list',
  'refunds.create', 'refunds.retrieve', 'refunds.list',
]; // prettier-ignore

/** Where the suite does not see what Kontor's answers cannot do without. Its own promise is in kontor-habits.test.ts. */
const deviations = answering.map(
  (operation): Deviation => ({
    id: `${operation}/missing-optionals`,
    reason: 'the suite knows an amount by its number and a status by its neutral word, so it leaves out "100.00" and state.phase as optional',
    source: 'packages/core/src/conformance/promises/lenient-reading.ts',
  }),
);

describeConformance({ name: 'kontor', adapter: kontor({ apiKey: 'sk_test_kontor' }), open: () => openStage('EUR'), deviations }, { describe, it });
