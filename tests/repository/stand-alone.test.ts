import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBelow, manifestOf, packages, read, root } from './tree.ts';

const text = filesBelow('.').filter((file) => !/\.(png|ico|tgz)$/.test(file));
const linesWith = (files: readonly string[], found: (line: string) => boolean): string[] =>
  files.flatMap((file) =>
    read(file).split('\n').flatMap((line, index) => (found(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])));

describe('the repository', () => {
  it('names no path of one machine', () => {
    const here = [root, homedir()].map((folder) => `${folder}/`).filter((folder) => folder.split('/').length > 3);
    const elsewhere = /(^|[^\w.-])\/(home|root|Users)\/\w/;
    expect(linesWith(text, (line) => elsewhere.test(line) || here.some((folder) => line.includes(folder)))).toEqual([]);
  });

  it('has a lock that names no download address', () => {
    expect(linesWith(['package-lock.json'], (line) => /"resolved": "\w+:/.test(line))).toEqual([]);
  });

  it('is installed from whatever registry its user has chosen', () => {
    expect(linesWith(['.npmrc'], (line) => /registry\s*=/.test(line) && !line.startsWith('omit-'))).toEqual([]);
  });

  it('gives every package the licence of the whole', () => {
    expect(packages.filter((folder) => read(join(folder, 'LICENSE')) !== read('LICENSE'))).toEqual([]);
    expect(['.', ...packages].filter((folder) => manifestOf(folder).license !== 'MIT')).toEqual([]);
  });
});

describe('the last line of .ci/run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneintent-totals-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const totals = (report?: object) => {
    const file = join(folder, 'report.json');
    rmSync(file, { force: true });
    if (report) writeFileSync(file, JSON.stringify(report));
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'tools/totals.mjs'), file], { encoding: 'utf8' });
    return { stdout, status };
  };
  const loaded = { status: 'passed', assertionResults: [{}] };
  const unloaded = { status: 'failed', assertionResults: [] };

  it.each([
    ['gives the totals of the runner', { numPassedTests: 3, numFailedTests: 0, testResults: [loaded] }, '3 passed, 0 failed\n', 0],
    ['fails with a failed test', { numPassedTests: 3, numFailedTests: 2, testResults: [loaded] }, '3 passed, 2 failed\n', 1],
    ['counts a file that does not load', { numPassedTests: 3, numFailedTests: 0, testResults: [unloaded] }, '3 passed, 1 failed\n', 1],
    ['fails without a report', undefined, '0 passed, 1 failed\n', 1],
  ])('%s', (_promise, report, stdout, status) => {
    expect(totals(report)).toEqual({ stdout, status });
  });
});
