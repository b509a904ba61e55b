import { describeConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, it } from 'vitest';
import { dialectNames } from './dialects/index.js';
import { payjp } from './index.js';

for (const dialect of dialectNames)
  describeConformance(
    { name: `payjp ${dialect}`, adapter: payjp({ apiKey: 'sk_test_sandbox', dialect }), open: () => createSandbox({ dialect: `payjp_${dialect}` }) },
    { describe, it },
  );
