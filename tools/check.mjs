import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './pack.mjs';
import { Problem, runTool } from './process.mjs';

const packages = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneintent-packed-'));
  try {
    let worst = 0;
    for (const { name, tarball } of pack(folder)) {
      const code = Math.max(
        await runTool('publint', ['run', tarball, '--strict'], { quiet: true }),
        await runTool('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii'], { quiet: true }),
      );
      console.log(`  ${code === 0 ? 'passed' : 'FAILED'}  ${name}`);
      worst = Math.max(worst, code);
    }
    return worst;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @type {Record<string, { readonly what: string, readonly remedy: string, readonly run: () => Promise<number> }>} */
const checks = {
  lint: {
    what: 'lint rules (.oxlintrc.json)',
    remedy: 'npm run lint -- --fix mends some of it',
    run: () => runTool('oxlint', ['--deny-warnings']),
  },
  types: {
    what: 'types of all workspaces, type tests included, and of the tools',
    remedy: 'npm run typecheck repeats it',
    run: async () => Math.max(
      await runTool('turbo', ['run', 'typecheck', '--output-logs=errors-only', '--continue'], { doing: 'still checking' }),
      await runTool('tsc', ['-p', 'tools/tsconfig.json']),
    ),
  },
  reference: {
    what: 'the API reference, by typedoc, without a warning (reports/reference)',
    remedy: 'npm run check reference repeats it',
    run: () => runTool('typedoc', ['--logLevel', 'Warn']),
  },
  packages: {
    what: 'the packed packages, by publint and attw',
    remedy: 'npm run check packages repeats it',
    run: packages,
  },
  unused: {
    what: 'unused files, exports and dependencies, by knip',
    remedy: 'delete what is unused, or say in knip.json who uses it',
    run: () => runTool('knip', []),
  },
};

/** Runs the checks that are named, or all; a failing one doesn't keep the others from running. */
export const check = async (/** @type {readonly string[]} */ names) => {
  const known = Object.keys(checks);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Problem(`There is no check named ${unknown.join(', ')}; there are: ${known.join(', ')}.`);

  const results = [];
  for (const [name, { what, remedy, run }] of Object.entries(checks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n== ${name}: ${what}`);
    const started = Date.now();
    const code = await run();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    results.push({ failed: code !== 0, line: code === 0 ? `  passed  ${name} (${seconds} s)` : `  FAILED  ${name} (${seconds} s): ${remedy}` });
  }
  console.log(`\n== summary\n${results.map(({ line }) => line).join('\n')}`);
  return results.some(({ failed }) => failed) ? 1 : 0;
};
