import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { paymentsFromConfig, type AdapterLoader } from '../index.js';
import { errorOf } from '../testing/client.js';
import { cornerShop } from './testing/shops.js';

const told = async (loader: unknown) => errorOf(paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey: 'sk_test_1' } } }, { corner: loader as AdapterLoader }));

/** What this Node says of an import of a package that is not there. */
const notFound = (specifier: string): Error & { readonly code: string } => {
  const script = `import(${JSON.stringify(specifier)}).catch(({ code, message }) => console.log(JSON.stringify({ code, message })))`;
  const said = JSON.parse(spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).stdout) as { readonly code: string; readonly message: string };
  return Object.assign(new Error(said.message), { code: said.code });
};

describe('an adapter that cannot be loaded', () => {
  it('because it is not installed: the message says how to install it', async () => {
    const { problems } = await told(async () => Promise.reject(notFound('@somebody/adapter-corner')));
    expect(problems).toEqual([{ field: 'accounts.shop.provider', problem: 'is corner, whose adapter is not installed', remedy: 'Run npm install @somebody/adapter-corner.' }]);
  });

  it('because a package that it needs is not installed: the message names that one', async () => {
    const { problems } = await told(async () => Promise.reject(notFound('left-pad-for-payments')));
    expect(problems[0]?.remedy).toBe('Run npm install left-pad-for-payments.');
  });

  it('because it is not installed, where the runtime names no package: the usual one is named', async () => {
    const { problems } = await told(async () => Promise.reject(Object.assign(new Error('Not here.'), { code: 'ERR_MODULE_NOT_FOUND' })));
    expect(problems[0]?.remedy).toBe('Run npm install @oneintent/adapter-corner.');
  });

  it.each<readonly [string, unknown, string]>([
    ['because it fails', async () => Promise.reject(new SyntaxError('hunted')), 'could not be loaded (SyntaxError)'],
    ['because it fails with no error', async () => Promise.reject('hunted'), 'could not be loaded (an error)'],
    ['because it is another module', async () => ({ hunted: 1 }), 'exports no adapterPackage'],
    ['because it exports something else', async () => ({ adapterPackage: { provider: 'corner' } }), 'exports no adapterPackage'],
    ['because it is another provider’s', async () => ({ adapterPackage: { ...cornerShop, provider: 'market' } }), 'another provider'],
    ['because there is no function', { hunted: 1 }, 'is not the name of a provider that adapters has'],
  ])('%s: the message says so and quotes nothing', async (_why, loader, problem) => {
    const error = await told(loader);
    expect(error.problems).toMatchObject([{ field: 'accounts.shop.provider', problem: expect.stringContaining(problem) }]);
    expect(JSON.stringify(error)).not.toContain('hunted');
  });
});
