import { existsSync, readFileSync } from 'node:fs';

/**
 * Prints the totals of the test runner's own report, and fails when a test failed or there is no report.
 * A test file that could not be loaded counts as one failure: none of its tests are in the runner's totals.
 */
const totals = (/** @type {string} */ report) => {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
};

const { passed, failed } = totals(process.argv[2] ?? 'reports/vitest.json');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
