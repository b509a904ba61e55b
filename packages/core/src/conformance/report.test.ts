import { expect, it } from 'vitest';
import { conformanceMarkdown, countResults, type ConformanceReport } from './report.js';

const report: ConformanceReport = {
  v: 1,
  name: 'payjp',
  at: { where: 'sandbox' },
  results: [
    { id: 'paymentIntents.capture/full', title: 'takes all', result: 'proven', detail: null },
    { id: 'paymentIntents.capture/partial', title: 'takes a part', result: 'failed', detail: 'took all' },
    { id: 'paymentIntents.capture/expired', title: 'is not captured', result: 'not_tested', detail: 'the harness has no advance' },
    { id: 'faults/capture/reset-after', title: 'at most once', result: 'proven', detail: null },
  ],
};

it('counts each kind of result', () => {
  expect(countResults(report.results)).toEqual({ proven: 2, failed: 1, not_tested: 1, deviates: 0 });
});

it('the Markdown shows failures and what was not tested, and that nobody has asked the provider itself', () => {
  const markdown = conformanceMarkdown([report]);
  expect(markdown).toContain('| paymentIntents.capture | 1 proven, **1 failed**, 1 not tested |');
  expect(markdown).toContain('| faults/capture | 1 proven |');
  expect(markdown).toContain('**failed** `paymentIntents.capture/partial` (takes a part): took all');
  expect(markdown).toContain('**not tested** `paymentIntents.capture/expired`');
  expect(markdown).toContain('Not tested at the provider: payjp.');
});

it('a run at the provider has a column of its own, with its day', () => {
  const markdown = conformanceMarkdown([report, { ...report, at: { where: 'provider', date: '2026-11-20' } }]);
  expect(markdown).toContain('payjp: at the provider, 2026-11-20');
  expect(markdown).not.toContain('Not tested at the provider');
});
