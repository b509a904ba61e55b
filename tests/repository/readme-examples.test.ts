import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { blocksOf, documents, type Block } from './markdown.ts';
import { root } from './tree.ts';

/**
 * Every TypeScript block of the documents is compiled as a module of its own. HTML comments directly above a block:
 * `<!-- run -->` runs it too (a ```text block that follows is its output), and `<!-- given … -->` holds lines that come first.
 */
const workspace = join(root, 'tests');
const all = documents.map((file) => blocksOf(file));
const examples = all.flat().filter(({ info }) => /^(ts|typescript)$/.test(info));
const given = /^given\s/;

const sourceOf = ({ code, comments }: Block): string =>
  [...comments.filter((comment) => given.test(comment)).map((comment) => comment.replace(given, '')), code, 'export {};'].join('\n');

const nameOf = ({ file, line }: Block): string => `${file}:${line}`;

const compile = (sources: ReadonlyMap<string, string>): string[] => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noUnusedLocals: false, noUnusedParameters: false }, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    const source = sources.get(path);
    return source === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, source, rest[0], true);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const { file, start = 0 } = diagnostic;
    return file ? `${file.fileName}, line ${file.getLineAndCharacterOfPosition(start).line + 1}: ${message}` : message;
  });
};

const run = (block: Block) => {
  const { outputText } = ts.transpileModule(sourceOf(block), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  return spawnSync(process.execPath, ['--input-type=module', '--eval', outputText], { cwd: workspace, encoding: 'utf8' });
};

/** Runnable blocks, each with the output that its document promises. */
const runnable = all.flatMap((blocks) => blocks.flatMap((block, index) => {
  if (!block.comments.includes('run')) return [];
  const next = blocks[index + 1];
  return [{ name: nameOf(block), block, output: next?.info === 'text' ? next.code : undefined }];
}));

describe('the examples of the documents', () => {
  it('are all compiled: none is exempt', () => {
    const exempt = all.flat().filter(({ info }) => /^(ts|typescript|tsx)\b/.test(info) && !examples.some((example) => example.info === info));
    expect(exempt.map(nameOf)).toEqual([]);
  });

  it('compile against the built packages', { timeout: 60_000 }, () => {
    const sources = new Map(examples.map((block) =>
      [join(workspace, `${nameOf(block).replace(/[/:]/g, '-')}.ts`), sourceOf(block)]));
    expect(compile(sources)).toEqual([]);
  });

  it.each(runnable)('$name runs and prints what the document says', ({ block, output }) => {
    const { status, stdout, stderr } = run(block);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    if (output !== undefined) expect(stdout.trim()).toBe(output.trim());
  });
});
