import { defineConfig, type Options } from 'tsup';

/** One way to build every published package: ESM, declarations, one chunk per shared class. */
export const build = (entry: Record<string, string>, more: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    splitting: true,
    clean: true,
    treeshake: true,
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...more,
  });
