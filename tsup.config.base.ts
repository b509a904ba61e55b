import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/** The folders of the packages whose code is in a build: the file `node_modules/zod/v4/core/util.js` is of `node_modules/zod`. */
const packagesIn = (files: readonly string[]): readonly string[] =>
  [...new Set(files.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))].toSorted();

const noticeOf = (folder: string): string => {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licences = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file)).toSorted();
  if (licences.length === 0) throw new Error(`${name} is bundled, and has no licence file that could be published with it.`);
  return [`${name} ${version}`, ...licences.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n');
};

/** Writes `dist/third-party-notices.txt`: the licence of each package whose code esbuild has put into the build. Licences ask for it. */
const notices: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'third-party-notices',
  setup: ({ onEnd }) =>
    onEnd(({ metafile }) => {
      const used = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) => Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0));
      const folders = packagesIn(used);
      if (folders.length === 0) return;
      mkdirSync('dist', { recursive: true });
      writeFileSync(join('dist', 'third-party-notices.txt'), `The files of this folder contain parts of these packages.\n\n${folders.map(noticeOf).join('\n\n\n')}\n`);
    }),
};

/**
 * One way to build every published package: ESM, declarations, one chunk per shared class. A library among a package's `dependencies` is imported by its name; one
 * among its `devDependencies` is built in, as far as it is used (zod/mini), so that nobody installs or loads the rest of it.
 */
export const build = (entry: Record<string, string>, more: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    splitting: true,
    clean: true,
    treeshake: true,
    esbuildPlugins: [notices],
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...more,
  });
