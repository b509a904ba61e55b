import { defineConfig } from 'vitest/config';

const project = (name: string, root: string) => ({
  test: { name, root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'], testTimeout: 20_000 },
});

export default defineConfig({
  test: {
    projects: [
      project('core', 'packages/core'),
      project('adapter-payjp', 'packages/adapter-payjp'),
      project('adapter-paypercut', 'packages/adapter-paypercut'),
      project('adapter-generic', 'packages/adapter-generic'),
      project('sandbox', 'packages/sandbox'),
      project('tests', 'tests'),
      project('examples', 'examples'),
    ],
  },
});
