import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { headingsOf } from './markdown.ts';
import { filesBelow, read, root } from './tree.ts';

const page = 'docs/kontor.md';
const folder = 'examples/src/adapter';

const run = (place: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, 'tools/kontor-page.mjs'), ...args], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}`.trim() };
};

describe('docs/kontor.md', () => {
  it('has the files as they stand in the example', () => {
    expect(run(root, '--check')).toEqual({ status: 0, said: '' });
  });

  it('has every file of the example but the tests that are about the guide itself', () => {
    const shown = headingsOf(read(page), 2).map((heading) => `${folder}/${heading.replaceAll('`', '')}`);
    const others = ['guide.test.ts', 'kontor-provider.test.ts'].map((name) => `${folder}/${name}`);
    expect(shown.toSorted()).toEqual(filesBelow(folder).filter((file) => !others.includes(file)));
  });
});

describe('the tool that writes it', () => {
  const place = mkdtempSync(join(tmpdir(), 'oneintent-kontor-'));
  afterAll(() => rmSync(place, { recursive: true }));

  it('sees a file that has changed, writes nothing with --check, and then writes it', () => {
    for (const path of ['tools', folder, page]) {
      mkdirSync(join(place, path, '..'), { recursive: true });
      cpSync(join(root, path), join(place, path), { recursive: true });
    }
    appendFileSync(join(place, folder, 'kontor/wire.ts'), '// A thought more.\n');
    expect(run(place, '--check')).toEqual({ status: 1, said: 'docs/kontor.md is not up to date: run node tools/kontor-page.mjs.' });
    expect(readFileSync(join(place, page), 'utf8')).not.toContain('A thought more.');
    expect(run(place)).toEqual({ status: 0, said: 'docs/kontor.md written.' });
    expect(readFileSync(join(place, page), 'utf8')).toContain('// A thought more.\n```\n');
  });
});
