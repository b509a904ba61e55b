import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './tree.ts';

const run = (folder: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'tools/readme-tables.mjs'), ...args], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}`.trim() };
};

it("every README's tables are those of the adapters' own data", () => {
  expect(run(root, '--check')).toEqual({ status: 0, said: '' });
});

describe('the tool that fills them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneintent-readmes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = join('packages', 'adapter-payjp', 'README.md');
  const empty = 'Before.\n<!-- generated: operations -->\n<!-- /generated -->\nBetween.\n<!-- generated: limits -->\n<!-- /generated -->\nThen.\n<!-- generated: events -->\n<!-- /generated -->\nAfter.\n';

  /** A house with this README alone, and the packages that are built. */
  const house = (text: string, ...packages: readonly string[]): string => {
    const place = mkdtempSync(join(folder, 'house-'));
    cpSync(join(root, 'tools'), join(place, 'tools'), { recursive: true });
    mkdirSync(join(place, dirname(file)), { recursive: true });
    writeFileSync(join(place, file), text);
    for (const name of packages) {
      mkdirSync(join(place, 'packages', name), { recursive: true });
      symlinkSync(join(root, 'packages', name, 'dist'), join(place, 'packages', name, 'dist'), 'junction');
    }
    return place;
  };

  it('with --check names the file that is not up to date, and writes nothing', () => {
    const place = house(empty, 'core', 'adapter-payjp');
    expect(run(place, '--check')).toEqual({ status: 1, said: expect.stringContaining('packages/adapter-payjp/README.md is not up to date') });
    expect(readFileSync(join(place, file), 'utf8')).toBe(empty);
  });

  it('writes what is there, what is absent, and where each limit comes from; the second time there is nothing to do', () => {
    const place = house(empty, 'core', 'adapter-payjp');
    expect(run(place)).toMatchObject({ status: 0 });
    const text = readFileSync(join(place, file), 'utf8');
    expect(text.split('\n')).toEqual(expect.arrayContaining([
      'Before.', 'Between.', 'Then.', 'After.',
      '| `refund.updated` | `refund.updated` |',
      '| `payment_flow.succeeded` | `payment_intent.succeeded` |',
      '### PAY.JP `payment_flows`',
      '| `paymentIntents.incrementAuthorization` | **absent**: refused, nothing sent |  |',
      '| `paymentIntents.incrementAuthorization` | `amount`, `description` | `statementDescriptor`, `metadata`, `providerOptions` |',
      "| amounts, in the provider's units | from 50, up to 9,999,999 | official Python SDK payjpv2, schemas of 2025-12-15 to 2026-04-02 | documented |",
    ]));
    expect(run(place, '--check')).toEqual({ status: 0, said: '' });
  });

  it('says which package is not built', () => {
    expect(run(house(empty, 'core'), '--check')).toEqual({ status: 1, said: expect.stringContaining('packages/adapter-payjp is not built: run npm run build') });
  });

  it('says which block a README lacks', () => {
    expect(run(house('# Nothing here\n', 'core', 'adapter-payjp')))
      .toEqual({ status: 1, said: expect.stringContaining('packages/adapter-payjp/README.md has no block from <!-- generated: operations -->') });
  });
});
