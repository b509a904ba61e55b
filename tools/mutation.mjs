import { runNode } from './process.mjs';

const rooms = ['model', 'errors', 'lifecycle', 'contract', 'transport', 'webhooks', 'client'];
const everything = [...rooms.map((room) => `packages/core/src/${room}/**`), 'packages/adapter-*/src/**'];
const never = ['!**/*.test.ts', '!**/*.test-d.ts', '!**/testing/**'];

/**
 * Changes the sources, one small thing at a time, and sees whether a test goes red. Tests are never changed.
 * @param {readonly string[]} args `--mutate '<glob>,<glob>'` changes only these files, of one package; every other option is Stryker's.
 */
export const mutation = (args) => {
  const at = args.indexOf('--mutate');
  const mutated = at === -1 ? everything.join(',') : (args[at + 1] ?? '');
  const others = at === -1 ? args : args.toSpliced(at, 2);
  // A package's own tests have to notice. Not by Stryker's `testFiles`: with it, what is evaluated when a file is loaded is never changed (9.6.1).
  const testsOf = (at === -1 ? undefined : /^packages\/[\w-]+/.exec(mutated)?.[0]) ?? 'packages/*';
  return runNode(
    ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'tests/mutation/stryker.config.mjs', '--mutate', [mutated, ...never].join(','), ...others],
    { env: { ONEINTENT_TESTS_OF: testsOf } },
  );
};
