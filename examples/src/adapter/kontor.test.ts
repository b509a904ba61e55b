import { describeConformance } from '@oneintent/core/conformance';
import { describe, it } from 'vitest';
import { openStage, refusals } from './kontor-stage.js';
import { kontor } from './kontor/index.js';

for (const currency of ['EUR', 'JPY'])
  describeConformance({ name: `kontor in ${currency}`, adapter: kontor({ apiKey: 'sk_test_kontor' }), open: () => openStage(currency), refusals }, { describe, it });
