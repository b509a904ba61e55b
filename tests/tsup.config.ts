import { defineConfig } from 'tsup';

/** The commands among the tests, one entry per folder: Node 20 runs no TypeScript. */
export default defineConfig({
  entry: { chaos: 'chaos/index.ts', conformance: 'conformance/index.ts', 'conformance-mutants': 'conformance/mutants.ts', 'simulate-migration': 'migration/simulate/index.ts' },
  format: ['esm'],
  target: 'es2022',
  platform: 'node',
  splitting: true,
  clean: true,
  treeshake: true,
  skipNodeModulesBundle: true,
});
