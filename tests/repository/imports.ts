import { dirname, join } from 'node:path';
import ts from 'typescript';
import { read } from './tree.ts';

const sources = new Map<string, ts.SourceFile>();
const parsed = new Map<string, readonly ts.Node[]>();

const descendants = (node: ts.Node, into: ts.Node[]): ts.Node[] => {
  into.push(node);
  ts.forEachChild(node, (child) => void descendants(child, into));
  return into;
};

/** A file's syntax tree, parsed once. */
export const sourceOf = (file: string): ts.SourceFile => {
  const source = sources.get(file) ?? ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  sources.set(file, source);
  return source;
};

/** Every node of a file's syntax tree; comments are not among them. */
export const nodesOf = (file: string): readonly ts.Node[] => {
  const known = parsed.get(file);
  if (known) return known;
  const nodes = descendants(sourceOf(file), []);
  parsed.set(file, nodes);
  return nodes;
};

const literal = (node: ts.Node | undefined): string[] => (node && ts.isStringLiteralLike(node) ? [node.text] : []);

const specifiersIn = (node: ts.Node): string[] => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (!ts.isCallExpression(node)) return [];
  const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword
    || ['require', 'require.resolve', 'vi.mock'].includes(node.expression.getText());
  return loads ? literal(node.arguments[0]) : [];
};

/** What a file imports: types, re-exports and dynamic imports included. */
const specifiersOf = (file: string): string[] => nodesOf(file).flatMap(specifiersIn);

const isRelative = (specifier: string): boolean => specifier.startsWith('.');

/** The files that a file imports by a relative path, as paths from the root; `./a.js` means the source `./a.ts`. */
export const relativeImports = (file: string): string[] =>
  specifiersOf(file).filter(isRelative).map((specifier) => join(dirname(file), specifier).replace(/\.js$/, '.ts'));

export const bareImports = (file: string): string[] =>
  specifiersOf(file).filter((specifier) => !isRelative(specifier));
