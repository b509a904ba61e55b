// The commands of package.json. Each is enough on a fresh clone: it installs and builds what is missing first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`OneIntent needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one (https://nodejs.org) and run the same command again.`);
  process.exit(1);
}

const { Problem, runNode, runTool, say } = await import('./process.mjs');
const { setUp } = await import('./set-up.mjs');
const { build } = await import('./build.mjs');
const { check } = await import('./check.mjs');
const { mutation } = await import('./mutation.mjs');
const { filesBelow } = await import('./fingerprint.mjs');

/** @typedef {(args: readonly string[]) => Promise<number>} Command */

const report = 'reports/vitest.json';

/** @type {Record<string, Command>} */
const commands = {
  start: (args) => runNode(['examples/dist/tour.js', ...args]),

  test: (args) => runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args]),

  check,

  examples: async () => {
    let worst = 0;
    for (const example of filesBelow('examples/dist').filter((file) => /dist\/[a-z0-9-]+\.js$/.test(file))) {
      console.log(`\n== ${example}`);
      worst = Math.max(worst, await runNode([example]));
    }
    return worst;
  },

  chaos: (args) => runNode(['tests/dist/chaos.js', ...args]),

  'simulate:migration': (args) => runNode(['tests/dist/simulate-migration.js', ...args]),

  conformance: (args) => runNode(['tests/dist/conformance.js', ...args]),

  'conformance:mutants': (args) => runNode(['tests/dist/conformance-mutants.js', ...args]),

  mutation,

  // It uses what the set-up installs, so it is loaded when it is asked for.
  places: async (args) => (await import('./places.mjs')).tryPlaces(args),

  bench: (args) => runNode(['bench/run.mjs', ...args]),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];

try {
  if (command === undefined) {
    throw new Problem(`There is no command "${name}"; there are: ${Object.keys(commands).join(', ')}.`);
  }
  await setUp();
  await build();
  process.exitCode = await command(args);
} catch (error) {
  say(error instanceof Problem ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
