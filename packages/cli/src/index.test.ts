import { expect, it } from 'vitest';
import { files, openShop, secrets } from './testing/world.js';

const commands = ['plan', 'status', 'drain', 'compare', 'import-mapping', 'reconcile', 'explain', 'doctor', 'create-adapter', 'conformance'];

it('lists its commands, what the exit codes mean, and where the keys come from', async () => {
  const { exitCode, out } = await openShop().run(['--help']);
  expect(exitCode).toBe(0);
  for (const name of commands) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  expect(out).toMatch(/Exit codes: 0 done; 1 .*; 2 /);
  expect(out).toContain('ONEINTENT_ACCOUNTS');
});

it.each(commands)('%s --help has examples, and no option for a secret', async (name) => {
  const { exitCode, out, err } = await openShop().run([name, '--help']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toMatch(new RegExp(`Examples:\n {2}\\$ oneintent ${name}\\b`));
  expect(out).toContain('--json');
  expect(out).not.toMatch(/--[\w-]*(key|secret|token|password)/i);
});

it.each([
  ['no command', []],
  ['an unknown command', ['pay']],
  ['an unknown option', ['doctor', '--speak']],
  ['too many words', ['doctor', 'please']],
])('ends with 2 for %s, with nothing on the side of the results', async (_what, args) => {
  const { exitCode, out, err } = await openShop().run(args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).not.toBe('');
});

it('tells an error as a line of JSON where JSON was asked for', async () => {
  const { run, env } = openShop();
  const { exitCode, out, err } = await run(['explain', 'paymentIntents.create', '--json'], { env: { ...env, ONEINTENT_JP_PROVIDER: 'payjpp' } });
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'configuration', problems: [{ field: 'ONEINTENT_JP_PROVIDER' }] } });
});

it('has a version', async () => {
  expect(await openShop().run(['--version'])).toMatchObject({ exitCode: 0, out: '0.0.0-test\n' });
});

/** Every command, as it succeeds and as it fails. */
const everything: readonly (readonly string[])[] = [
  ...commands.flatMap((name) => [[name], [name, '--help'], [name, `--api-key=${secrets.ONEINTENT_JP_API_KEY}`], [name, secrets.ONEINTENT_EU_WEBHOOK_SECRET, '--json']]),
  ...['jp', secrets.ONEINTENT_JP_API_KEY].flatMap((account) => [
    ['plan', '--from', account, '--to', 'eu'],
    ['plan', '--from', account, '--to', 'eu', '--observe', '2', '--json'],
    ['drain', '--from', account, '--directory', 'migration.db'],
    ['drain', '--from', account, '--directory', 'migration.db', '--json'],
    ['reconcile', '--account', account],
    ['explain', 'paymentIntents.create', '--account', account, '--input', 'order.json'],
    ['explain', 'paymentIntents.create', '--account', account, '--input', 'order.json', '--json'],
    ['doctor', '--account', account],
    ['doctor', '--account', account, '--json'],
  ]),
  ['status', '--directory', 'migration.db'],
  ['compare', 'jp:pfw_1', `eu:${secrets.ONEINTENT_EU_API_KEY}`],
  ['import-mapping', 'mapping.csv', '--directory', 'migration.db'],
  ['import-mapping', 'bad.csv', '--directory', 'migration.db', '--json'],
  ['explain', 'refunds.create', '--target', secrets.ONEINTENT_EU_API_KEY, '--reference', secrets.ONEINTENT_JP_API_KEY],
];

const contents = files({
  'order.json': JSON.stringify({ amount: { minorUnits: 1000, currency: 'JPY' }, description: secrets.ONEINTENT_JP_API_KEY }),
  'mapping.csv': 'kind,from,to\ncustomer,cus_1,cus_2\n',
  'bad.csv': `kind,from,to\n${secrets.ONEINTENT_EU_API_KEY},a,b\n`,
});

const hidden = Object.values(secrets).flatMap((value) => value.split(','));
const seen = (text: string): readonly string[] => hidden.filter((secret) => text.includes(secret));

it.each([
  ['answers', {}, undefined],
  ['answers with errors that quote the key', {}, async (_url: unknown, init?: RequestInit) => Response.json({ error: { message: JSON.stringify(new Headers(init?.headers)), code: secrets.ONEINTENT_JP_API_KEY }, title: secrets.ONEINTENT_EU_API_KEY }, { status: 400 })],
  ['cannot be reached', {}, () => Promise.reject(new TypeError(`fetch failed for ${secrets.ONEINTENT_JP_API_KEY}`))],
  ['is configured wrongly', { ONEINTENT_JP_DIALECT: secrets.ONEINTENT_JP_API_KEY, ONEINTENT_JP_BASE_URL: secrets.ONEINTENT_JP_API_KEY }, undefined],
  ['has a key where another value belongs', { ONEINTENT_EU_PROVIDER: secrets.ONEINTENT_EU_API_KEY, ONEINTENT_DEFAULT_ACCOUNT: secrets.ONEINTENT_EU_WEBHOOK_SECRET }, undefined],
] as const)('no command prints a secret of the environment when a provider %s', { timeout: 60_000 }, async (_how, change, fetch) => {
  for (const args of everything) {
    const shop = openShop();
    await shop.pay('jp', 'order-1');
    const { out, err } = await shop.run(args, { ...contents, env: { ...shop.env, ...change }, client: { fetch: fetch ?? shop.fetch, sleep: () => Promise.resolve() } });
    expect({ args, seen: seen(`${out}${err}`) }).toEqual({ args, seen: [] });
    expect(out + err).not.toBe('');
  }
});

it('an adapter of the user whose error quotes its key makes no command print it', async () => {
  const { run, env } = openShop();
  const careless = () => Promise.reject(new Error('never asked'));
  const importModule = () => Promise.reject(new Error(`What is ${secrets.ONEINTENT_JP_API_KEY}?`));
  const { exitCode, err } = await run(['doctor', '--adapters', 'mine.js'], { env, adapters: { payjp: careless }, importModule });
  expect(exitCode).toBe(2);
  expect(err).toContain('What is [redacted]?');
});

it('a secret that JSON writes otherwise is none the more printed', async () => {
  const { run, env } = openShop();
  const key = 'quoted"and\\slashed';
  const importModule = () => Promise.reject(new Error(`What is ${key}?`));
  const { err } = await run(['doctor', '--json', '--adapters', 'mine.js'], { env: { ...env, ONEINTENT_JP_API_KEY: key }, importModule });
  expect(JSON.parse(err)).toEqual({ error: { code: 'usage', message: "--adapters: the module can't be imported: What is [redacted]?" } });
});
