import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { Problem, root, runTool, say } from './process.mjs';
import { manifestOf, workspaces } from './workspaces.mjs';

const stamp = join(root, 'node_modules', '.oneintent-built');
const shared = ['package-lock.json', 'turbo.json', 'tsconfig.base.json', 'tsup.config.base.ts'];

const built = () => workspaces().filter((folder) => manifestOf(folder).scripts?.['build'] !== undefined);

/** @param {string} folder The tests' commands lie in the folders of their tests, not in `src`. */
const sourcesOf = (folder) =>
  folder === 'tests' ? ['chaos', 'conformance'].flatMap((part) => filesBelow(`tests/${part}`)).filter((file) => !file.endsWith('.test.ts')) : filesBelow(`${folder}/src`);

const sources = () => {
  const files = built().flatMap((folder) => [
    ...['package.json', 'tsconfig.json', 'tsup.config.ts'].map((file) => `${folder}/${file}`),
    ...sourcesOf(folder),
  ]);
  return fingerprint([...shared, ...files], 'content');
};

const results = () => {
  const files = built().flatMap((folder) => {
    const found = filesBelow(`${folder}/dist`);
    return found.length > 0 ? found : [`${folder}/dist`];
  });
  return fingerprint(files, 'times');
};

/** Builds what has changed. Turbo has a cache of its own; this also saves starting it when nothing has changed at all. */
export const build = async () => {
  const before = sources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === `${before} ${results()}`) return;
  say('Building what has changed …');
  const code = await runTool('turbo', ['run', 'build', '--output-logs=errors-only'], { doing: 'still building' });
  if (code !== 0) throw new Problem('The build failed: mend what the lines above name, then run the same command again.');
  writeFileSync(stamp, `${before} ${results()}`);
};
