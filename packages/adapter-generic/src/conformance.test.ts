import { describeConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, it } from 'vitest';
import { generic, stripe } from './index.js';

describeConformance(
  { name: 'generic, profile stripe', adapter: generic(stripe, { apiKey: 'sk_test_sandbox' }), open: () => createSandbox({ dialect: 'stripe' }) },
  { describe, it },
);
