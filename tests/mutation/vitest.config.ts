import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The tests that mutants are run against: those next to the sources, of one package where only one is mutated. The conformance suite, and answers
 * mutilated in a thousand ways, take longer than all of them together, and the receiver is not mutated. No projects: Stryker's runner does not tell them apart.
 */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@oneintent\/core$/, replacement: `${root}packages/core/src/index.ts` },
      { find: /^@oneintent\/core\/(adapter|conformance|migration|webhooks)$/, replacement: `${root}packages/core/src/$1.ts` },
      { find: /^@oneintent\/(adapter-[a-z]+|sandbox)$/, replacement: `${root}packages/$1/src/index.ts` },
    ],
  },
  test: {
    include: [`${process.env.ONEINTENT_TESTS_OF ?? 'packages/*'}/src/**/*.test.ts`],
    exclude: ['**/node_modules/**', '**/dist/**', '**/conformance/**', '**/receiver/**', '**/conformance.test.ts', '**/mutilated.test.ts', 'packages/{cli,directory-sqlite,sandbox}/**'],
    // One load of the sources for all files: a run takes a quarter of the time.
    isolate: false,
    setupFiles: ['tests/setup/nock.ts'],
    testTimeout: 20_000,
  },
});
