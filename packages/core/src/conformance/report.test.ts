import { expect, it } from 'vitest';
import { capabilitiesOf, causesOf, conformanceMarkdown, countResults, reportOf, whereToBegin, type ConformanceReport } from './report.js';
import type { ConformanceResult } from './suite.js';

const capture = { operations: ['paymentIntents.create', 'paymentIntents.capture'] } as const;
const results: readonly ConformanceResult[] = [
  { id: 'paymentIntents.capture/full', title: 'takes all', ...capture, result: 'proven', detail: null, failure: null },
  { id: 'paymentIntents.capture/partial', title: 'takes a part', ...capture, result: 'failed', detail: 'took all', failure: { about: 'a part is taken', expected: '50', seen: '100', lastRequest: 'POST /payments/pay_1/capture (answered 200)', open: 'src/write.ts' } },
  { id: 'paymentIntents.capture/expired', title: 'is not captured', ...capture, result: 'not_tested', detail: 'the harness has no advance', failure: null },
  { id: 'faults/capture/reset-after', title: 'at most once', ...capture, result: 'proven', detail: null, failure: null },
  { id: 'paymentIntents.list/empty', title: 'is empty', operations: ['paymentIntents.list'], result: 'proven', detail: null, failure: null },
  { id: 'refunds.create/absent', title: 'is refused', operations: [], result: 'proven', detail: null, failure: null },
];
const report = reportOf({ name: 'payjp' }, results);
const atProvider: ConformanceReport = reportOf({ name: 'payjp', provenAt: { where: 'provider', date: '2026-11-20' } }, results.filter(({ id }) => id.startsWith('paymentIntents.list')));

it('counts each kind of result', () => {
  expect(countResults(results)).toEqual({ proven: 4, failed: 1, not_tested: 1, deviates: 0 });
});

it('a harness that says nothing of where it is was run on a sandbox', () => {
  expect([report.at.where, atProvider.at.where]).toEqual(['sandbox', 'provider']);
});

it('the Markdown shows what was proven where, what failed and what was not tested', () => {
  const markdown = conformanceMarkdown([report]);
  expect(markdown).toContain('| promises about | proven on the sandbox | proven at the provider | failed | not tested | deviate |');
  expect(markdown).toContain('| paymentIntents.capture | 1 | not tested | **1** | 1 |  |');
  expect(markdown).toContain('| faults/capture | 1 | not tested |  |  |  |');
  expect(markdown).toContain('- **failed** on the sandbox: `paymentIntents.capture/partial` (takes a part):\n\n  ```text\n  a part is taken\n    last request  POST /payments/pay_1/capture (answered 200)\n    expected      50\n    seen          100\n    open          src/write.ts\n  ```\n');
  expect(markdown).toContain('- **not tested** on the sandbox: `paymentIntents.capture/expired`');
});

it('a run at the provider has its own column, with its day, and says what it did not test', () => {
  const markdown = conformanceMarkdown([atProvider, report]);
  expect(markdown).toContain('| promises about | proven on the sandbox | proven at the provider (2026-11-20) | failed | not tested | deviate |');
  expect(markdown).toContain('| paymentIntents.list | 1 | 1 |  |  |  |');
  expect(markdown).toContain('| paymentIntents.capture | 1 | not tested | **1** | 1 |  |');
});

it('a capability is what the suite found: one broken promise spoils every operation that it needs', () => {
  const [found] = capabilitiesOf([report, atProvider]);
  expect(found?.operations['paymentIntents.capture']).toEqual({ present: true, sandbox: 'failed', provider: null });
  expect(found?.operations['paymentIntents.list']).toEqual({ present: true, sandbox: 'proven', provider: { result: 'proven', date: '2026-11-20' } });
  expect(found?.operations['refunds.create']).toEqual({ present: false, sandbox: 'proven', provider: null });
  expect(found?.operations['events.list']).toEqual({ present: false, sandbox: null, provider: null });
});

const failing = (id: string, failure: Partial<NonNullable<ConformanceResult['failure']>>): ConformanceResult => ({
  id, title: 'is so', ...capture, result: 'failed', detail: id, failure: { about: id, expected: 'no error', seen: 'invalid_request', lastRequest: `POST /${id} (answered 200)`, open: 'src/write.ts', ...failure },
}); // prettier-ignore
const many: readonly ConformanceResult[] = [
  ...results,
  failing('a.b/alone', { seen: 'not_found' }),
  ...['a.b/one', 'a.b/two', 'a.b/three', 'a.b/four', 'a.b/five'].map((id) => failing(id, {})),
];

it('what fails for one cause is told once in Markdown, with the first few of its promises and how many they are; the most frequent cause first', () => {
  const markdown = conformanceMarkdown([reportOf({ name: 'payjp' }, many)]);
  expect(markdown.match(/\*\*failed\*\* on the sandbox/g)).toHaveLength(3);
  expect(markdown).toContain('- **failed** on the sandbox: `a.b/one` (is so), and 4 more for the same reason: a.b/two, a.b/three, a.b/four, …:\n');
  expect(markdown.indexOf('`a.b/one`')).toBeLessThan(markdown.indexOf('`paymentIntents.capture/partial`'));
  expect(markdown).toContain("7 failures have 3 causes; begin with --only '^a\\.b/one$'.");
});

it('what differs in what was expected, in what was seen or in what to open has causes of its own; so has a bare no', () => {
  const causes = (...given: readonly Partial<NonNullable<ConformanceResult['failure']>>[]): number => causesOf(given.map((failure, index) => failing(`a.b/${index}`, failure))).length;
  expect([causes({}, {}), causes({}, { expected: 'an error' }), causes({}, { seen: 'nothing' }), causes({}, { open: 'src/read.ts' })]).toEqual([1, 2, 2, 2]);
  expect([causes({ expected: 'true', seen: 'false', about: 'it is' }, { expected: 'true', seen: 'false', about: 'it was' }), causes({ expected: 'true', about: 'it is' }, { expected: 'true', about: 'it is' })]).toEqual([2, 1]);
});

it('where to begin counts failures and causes, and says nothing where nothing failed', () => {
  expect([whereToBegin(results), whereToBegin(results.filter(({ result }) => result !== 'failed'))]).toEqual(["1 failure has 1 cause; begin with --only '^paymentIntents\\.capture/partial$'", null]);
});
