import { describeConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, it } from 'vitest';
import { paypercut } from './index.js';

describeConformance(
  { name: 'paypercut', adapter: paypercut({ apiKey: 'sk_test_sandbox' }), open: () => createSandbox({ dialect: 'paypercut' }) },
  { describe, it },
);
