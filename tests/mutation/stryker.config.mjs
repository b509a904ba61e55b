/**
 * `npm run mutation` changes the sources one small thing at a time, and sees whether a test goes red; docs/testing.md says how to read it.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  disableTypeChecks: false,
  ignorePatterns: ['.turbo', 'bench', 'coverage', 'dist', 'examples', 'reports'],
  tempDirName: 'reports/mutation/copy',
  reporters: ['clear-text', 'progress', 'json', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
};
