import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

/** Tests run on the sources, so that a failing line is a line that one can edit; `tests/packages` holds what is built and packed. */
const alias = [
  { find: /^@oneintent\/core$/, replacement: source('core/src/index.ts') },
  { find: /^@oneintent\/core\/(adapter|conformance|migration|webhooks)$/, replacement: source('core/src/$1.ts') },
  { find: /^@oneintent\/(adapter-[a-z]+|cli|directory-sqlite|sandbox)$/, replacement: source('$1/src/index.ts') },
];

/** One load of the sources for all files of a worker: to load them anew for each takes longer than most files do. */
const project = (name: string, root: string) => ({
  resolve: { alias },
  test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'], testTimeout: 20_000, isolate: false, setupFiles: [fileURLToPath(new URL('tests/setup/nock.ts', import.meta.url))] },
});

export default defineConfig({
  test: {
    // The runner would leave a core idle; on two cores that doubles the time.
    maxWorkers: '100%',
    projects: [
      project('core', 'packages/core'),
      project('adapter-payjp', 'packages/adapter-payjp'),
      project('adapter-paypercut', 'packages/adapter-paypercut'),
      project('adapter-generic', 'packages/adapter-generic'),
      project('sandbox', 'packages/sandbox'),
      project('directory-sqlite', 'packages/directory-sqlite'),
      project('cli', 'packages/cli'),
      project('tests', 'tests'),
      project('examples', 'examples'),
    ],
  },
});
