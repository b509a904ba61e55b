import { describeConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, it } from 'vitest';
import { payjp } from './index.js';

for (const dialect of ['payment_flows', 'payment_intents'] as const)
  describeConformance(
    { name: `payjp ${dialect}`, adapter: payjp({ apiKey: 'sk_test_sandbox', dialect }), open: () => createSandbox({ dialect: `payjp_${dialect}` }) },
    { describe, it },
  );
