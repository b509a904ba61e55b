import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { median, reordered } from './statistics.mjs';

const execute = promisify(execFile);

/** What an application writes to use each. A client's own names, so that what it does not use may be left out of a bundle. */
const entries = {
  'core + adapter-payjp': "export { createPayments } from '@oneintent/core'; export { payjp } from '@oneintent/adapter-payjp';",
  'core + adapter-paypercut': "export { createPayments } from '@oneintent/core'; export { paypercut } from '@oneintent/adapter-paypercut';",
  'core + adapter-generic': "export { createPayments } from '@oneintent/core'; export { generic, stripe } from '@oneintent/adapter-generic';",
  stripe: "export { Stripe } from 'stripe';",
  '@payjp/payjpv2':
    'export { createClient, createPaymentFlow, getPaymentFlow, updatePaymentFlow, confirmPaymentFlow, capturePaymentFlow, cancelPaymentFlow, getAllPaymentFlows } ' +
    "from '@payjp/payjpv2';",
  zod: "export { z } from 'zod';",
  ofetch: "export { ofetch } from 'ofetch';",
};

/** Milliseconds of the imports in a fresh process, without the start of Node itself. @param {string} code */
const coldImport = async (code) => {
  const packages = [...code.matchAll(/from '([^']+)'/g)].map(([, name]) => `await import('${name}');`);
  const script = `const started = performance.now(); ${packages.join(' ')} process.stdout.write(String(performance.now() - started));`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script], { cwd: import.meta.dirname });
  return Number(stdout);
};

/**
 * @param {{ readonly rounds: number, readonly say: (text: string) => void }} plan
 * @returns {Promise<readonly { readonly name: string, readonly milliseconds: number }[]>}
 */
export const measureColdImports = async ({ rounds, say }) => {
  const results = Object.entries(entries).map(([name, code]) => ({ name, code, times: /** @type {number[]} */ ([]) }));
  say(`cold imports, ${rounds} of each`);
  for (let round = 0; round < rounds; round += 1) for (const { code, times } of reordered(results, round)) times.push(await coldImport(code));
  return results.map(({ name, times }) => ({ name, milliseconds: median(times) }));
};

/** @param {string} contents @param {import('esbuild').BuildOptions} target @returns {Promise<Size | null>} `null` where it cannot be bundled for the target */
const bundle = async (contents, target) => {
  const built = await build({
    stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, logLevel: 'silent', ...target,
  }).catch(() => null);
  if (built === null) return null;
  const { outputFiles } = built;
  const code = outputFiles?.[0]?.contents ?? new Uint8Array();
  return { minified: code.length, gzip: gzipSync(code, { level: 9 }).length };
};

/** @type {Readonly<Record<'node' | 'edge', import('esbuild').BuildOptions>>} */
const targets = { node: { platform: 'node' }, edge: { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] } };

/** @typedef {{ readonly minified: number, readonly gzip: number }} Size */

/** @returns {Promise<readonly { readonly name: string, readonly node: Size | null, readonly edge: Size | null }[]>} */
export const measureSizes = () =>
  Promise.all(Object.entries(entries).map(async ([name, code]) => ({ name, node: await bundle(code, targets.node), edge: await bundle(code, targets.edge) })));
