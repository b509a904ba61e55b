import { describeConformance } from '@oneintent/core/conformance';
import { describe, it } from 'vitest';
import { openStage, refusals } from './kontor-stage.js';
import { kontor } from './kontor/index.js';

describeConformance({ name: 'kontor', adapter: kontor({ apiKey: 'sk_test_kontor' }), open: () => openStage('EUR'), refusals }, { describe, it });
