import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './repository/tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneintent-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (...args: readonly string[]) => spawnSync(process.execPath, [join(root, 'bench/run.mjs'), ...args], { encoding: 'utf8' });

const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && Number.isFinite(value) && value > 0);

/** Who is timed at verifying and parsing a delivery. */
const verifiers = ['oneintent: generic stripe', 'stripe constructEventAsync', 'stripe constructEvent'];

/** How long anything takes is nobody's promise here. */
describe('the bench', () => {
  it('measures a client in every part, says so in tables and writes it as JSON', () => {
    const output = join(folder, 'one.json');
    const client = 'oneintent: payjp payment_flows';
    const { status, stdout, stderr } = bench('--quick', '--client', client, '--rounds', '1', '--milliseconds', '30', '--output', output);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`| ${client} |`);
    for (const verifier of verifiers) expect(stdout).toMatch(new RegExp(`^\\| ${verifier} \\| \\d+ \\| [\\d.]+ \\| [\\d.]+ \\| [\\d.]+ \\|$`, 'm'));

    const cost = { requestsPerSecond: positive, p50Milliseconds: positive, cpuMicroseconds: positive };
    const cells = ['retrieve', 'create'].flatMap((operation) => [1, 16, 64].map((concurrency) => ({ client, operation, concurrency, rounds: [cost] })));
    const size = { minified: positive, gzip: positive };
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
      machine: { cores: positive, node: process.versions.node },
      plan: { rounds: 1, milliseconds: 30 },
      throughput: cells,
      mapping: [{ name: client, bytes: positive, jsonParseMicroseconds: positive, mapMicroseconds: expect.any(Number) }],
      webhooks: verifiers.map((name) => ({ name, bytes: expect.closeTo(2000, -3), microseconds: [positive] })),
      coldImports: expect.arrayContaining([{ name: 'core + adapter-payjp', milliseconds: positive }]),
      sizes: expect.arrayContaining([{ name: 'core + adapter-payjp', node: size, edge: size }]),
    });
  });

  it.each([
    ['--client', 'nobody', 'There is no client named "nobody"; there are: oneintent: payjp payment_flows,'],
    ['--part', 'nothing', 'There is no part named "nothing"; there are: throughput,'],
    ['--rounds', '0', '"0" is not a whole number from 1.'],
  ])('%s %s is refused with what would do', (option, value, message) => {
    expect(bench(option, value)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });
});
