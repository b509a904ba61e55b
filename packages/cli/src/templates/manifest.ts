import type { AdapterNames } from './names.js';

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The `package.json` of a new adapter. */
export const packageJson = ({ name, title, coreRange }: AdapterNames): string =>
  asText({
    name: `adapter-${name}`,
    version: '0.0.0',
    description: `OneIntent adapter: ${title}.`,
    license: 'UNLICENSED',
    private: true,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19.0' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    files: ['dist', '!dist/testing', '!dist/**/*.test.*', 'README.md'],
    scripts: {
      build: 'tsc',
      test: 'vitest run src',
      conformance: 'tsc && oneintent conformance dist/testing/harness.js',
      'conformance:provider': 'tsc && oneintent conformance dist/testing/provider.js --live',
    },
    dependencies: { zod: '^4.6.7' },
    peerDependencies: { '@oneintent/core': coreRange },
    devDependencies: { '@oneintent/cli': coreRange, '@oneintent/core': coreRange, typescript: '^6.0.3', vitest: '^4.1.12' },
    keywords: ['payments', 'payment-intent', 'adapter'],
  });

/** The `tsconfig.json` of a new adapter: strict, and for Node.js or any other place where fetch runs. */
export const tsconfigJson = (): string =>
  asText({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      skipLibCheck: true,
      declaration: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  });
