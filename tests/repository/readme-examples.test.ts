import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { blocksOf, documents, type Block } from './markdown.ts';
import { read, root } from './tree.ts';

/**
 * Every TypeScript block of the documents is compiled as a module of its own. HTML comments directly above a block:
 * `<!-- run -->` runs it too (a ```text block that follows is its output), and `<!-- given … -->` holds lines that come first. What is quoted from a file of the
 * examples, `<!-- from … -->`, is compiled where it stands.
 */
const workspace = join(root, 'tests');
const all = documents.map((file) => blocksOf(file));
const code = all.flat().filter(({ info }) => /^(ts|typescript)$/.test(info));
const given = /^given\s/;
const quoted = /^from (examples\/src\/\S+\.ts)$/;

const fileOf = ({ comments }: Block): string | null => comments.flatMap((comment) => quoted.exec(comment)?.[1] ?? [])[0] ?? null;
const quotes = code.flatMap((block) => {
  const from = fileOf(block);
  return from === null ? [] : [{ block, from }];
});
const examples = code.filter((block) => fileOf(block) === null);

const givenLines = ({ comments }: Block): string =>
  comments.filter((comment) => given.test(comment)).map((comment) => `${comment.replace(given, '')}\n`).join('');

const sourceOf = (block: Block): string => `${givenLines(block)}${block.code}\nexport {};\n`;

const nameOf = ({ file, line }: Block): string => `${file}:${line}`;

const compile = (blocks: readonly Block[]): string[] => {
  const byPath = new Map(blocks.map((block) => [join(workspace, `${nameOf(block).replace(/[/:]/g, '-')}.ts`), block]));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noUnusedLocals: false, noUnusedParameters: false }, root);
  const host = ts.createCompilerHost(options);
  const onDisk = { readFile: host.readFile.bind(host), fileExists: host.fileExists.bind(host), getSourceFile: host.getSourceFile.bind(host) };
  const inMemory = (path: string): string | undefined => {
    const block = byPath.get(path);
    return block && sourceOf(block);
  };
  host.readFile = (path) => inMemory(path) ?? onDisk.readFile(path);
  host.fileExists = (path) => byPath.has(path) || onDisk.fileExists(path);
  host.getSourceFile = (path, language, ...rest) => {
    const source = inMemory(path);
    return source === undefined ? onDisk.getSourceFile(path, language, ...rest) : ts.createSourceFile(path, source, language, true);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([...byPath.keys()], options, host)).map(({ file, start = 0, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    const block = file && byPath.get(file.fileName);
    if (!block) return message;
    const line = file.getLineAndCharacterOfPosition(start).line - givenLines(block).split('\n').length + 1;
    return line < 0 ? `${nameOf(block)} (given): ${message}` : `${block.file}:${block.line + 1 + line}: ${message}`;
  });
};

/** Where examples put the files that they make. */
const folder = mkdtempSync(join(tmpdir(), 'oneintent-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (block: Block) => {
  const { outputText } = ts.transpileModule(sourceOf(block), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  return spawnSync(process.execPath, ['--input-type=module', '--eval', outputText], {
    cwd: workspace, encoding: 'utf8', timeout: 15_000, env: { ...process.env, TMPDIR: folder, TEMP: folder, FORCE_COLOR: '0', NO_COLOR: undefined },
  });
};

/** Runnable blocks, each with the output that its document promises. */
const runnable = all.flatMap((blocks) => blocks.flatMap((block, index) => {
  if (!block.comments.includes('run')) return [];
  const next = blocks[index + 1];
  return [{ name: nameOf(block), block, output: next?.info === 'text' ? next.code : undefined }];
}));

describe('the examples of the documents', () => {
  it('are all compiled: none is exempt', () => {
    const exempt = all.flat().filter(({ info }) => /^(ts|typescript|tsx)\b/.test(info) && !code.some((example) => example.info === info));
    expect(exempt.map(nameOf)).toEqual([]);
  });

  it('that are quoted from a file stand in it, word for word', () => {
    expect(quotes.length).toBeGreaterThan(10);
    expect(quotes.flatMap(({ block, from }) => (existsSync(join(root, from)) && read(from).includes(block.code) ? [] : [nameOf(block)]))).toEqual([]);
  });

  it('compile against the built packages', { timeout: 60_000 }, () => {
    expect(compile(examples)).toEqual([]);
  });

  it.each(runnable)('$name runs and prints what the document says', ({ block, output }) => {
    const { status, stdout, stderr } = run(block);
    expect({ status, stderr, output: stdout.trim() }).toEqual({ status: 0, stderr: '', output: output?.trim() ?? stdout.trim() });
  });
});
