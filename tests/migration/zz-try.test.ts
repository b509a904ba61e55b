import { planMigration, planAsMarkdown } from '@oneintent/core/migration';
import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { configurations } from '../conformance/configurations.ts';
it('try', () => {
  for (const from of configurations) for (const to of configurations) if (from !== to || from.name === 'paypercut') {
    const plan = planMigration({ from: from.adapter, to: to.adapter, usage: {} });
    writeFileSync(`/tmp/try/${from.name}-${to.name}.md`.replaceAll(' ', '_'), planAsMarkdown(plan));
  }
});
