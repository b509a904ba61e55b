import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const windows = process.platform === 'win32';
const secondsBetweenSignsOfLife = 15;

/** A failure whose message already says what to do next: shown without a stack. */
export class Problem extends Error {}

/** @param {string} text */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Says what a `Problem` says and ends with 1; throws any other error on. @param {unknown} error */
export const sayProblem = (error) => {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exitCode = 1;
};

/**
 * Writes a file that is made from others, unless it is up to date. With `--check` on the command line it only says whether it is.
 * @param {string} file from the root
 * @param {string} text
 * @param {string} command what writes it
 */
export const writeMade = (file, text, command) => {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (process.argv.includes('--check')) throw new Problem(`${file} is not up to date: run ${command}.`);
  writeFileSync(path, text);
  say(`${file} written.`);
};

/**
 * Runs a command from the root and gives its exit code.
 * @param {string} command an absolute path, or `npm`
 * @param {readonly string[]} args
 * @param {{ readonly doing?: string, readonly quiet?: boolean, readonly env?: Record<string, string> }} [options]
 * `doing` prints a sign of life now and then; `quiet` shows the command's output only when it fails.
 * @returns {Promise<number>}
 */
export const run = (command, args, { doing, quiet = false, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: windows && command === 'npm',
    });
    /** @type {Buffer[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    const timer = doing === undefined ? undefined : setInterval(() => {
      say(`  … ${doing}, ${Math.round((Date.now() - started) / 1000)} s`);
    }, secondsBetweenSignsOfLife * 1000);
    child.once('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearInterval(timer);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      if (signal) say(`${command} was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });

/** @param {readonly string[]} args @param {Parameters<typeof run>[2]} [options] */
export const runNode = (args, options) => run(process.execPath, args, options);

/** Where a development dependency keeps the script that its command starts. */
const scripts = {
  attw: '@arethetypeswrong/cli/dist/index.js',
  knip: 'knip/bin/knip.js',
  oxlint: 'oxlint/bin/oxlint',
  publint: 'publint/src/cli.js',
  typedoc: 'typedoc/bin/typedoc',
  tsc: 'typescript/bin/tsc',
  turbo: 'turbo/bin/turbo',
  vitest: 'vitest/vitest.mjs',
};

/**
 * Runs a development dependency without npx, which costs half a second and may ask the network.
 * @param {keyof typeof scripts} tool
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runTool = (tool, args, { env, ...options } = {}) =>
  runNode([join(root, 'node_modules', scripts[tool]), ...args], {
    ...options,
    env: { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...env },
  });
