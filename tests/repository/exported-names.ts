/**
 * What the files of a repository export under which names, and which declaration stands behind each name. A re-export leads to the declaration that it
 * passes on, also through other packages of this repository, so that two entries with one name can be told from two meanings of one name.
 */
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Exported names of a file, each with its declaration as `file#name`; of a module that is not in the repository, `module#name`. */
export type ExportedNames = ReadonlyMap<string, string>;

/** Where sources come from. */
export interface SourceFiles {
  /** The parsed file. */
  readonly parse: (file: string) => ts.SourceFile;
  /** The source file behind the specifier of a package; `null` for a module that is not in the repository. */
  readonly fileOfPackage: (specifier: string) => string | null;
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const namesInBinding = (name: ts.BindingName): readonly string[] =>
  ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesInBinding(element.name)));

/** The names that a statement declares at the top of its file. */
const declaredIn = (statement: ts.Statement): readonly string[] => {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => namesInBinding(name));
  const declares = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)
    || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement);
  return declares && statement.name !== undefined ? [statement.name.text] : [];
};

/** The names that a file declares and exports itself; what it passes on from another file is not among them. */
export const declaredExports = (source: ts.SourceFile): readonly string[] => [...new Set(source.statements.filter(isExported).flatMap(declaredIn))];

const moduleText = (statement: ts.ImportDeclaration | ts.ExportDeclaration): string | null =>
  statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;

/** Reads the exports of files, each file once. */
export const exportReader = ({ parse, fileOfPackage }: SourceFiles): ((file: string) => ExportedNames) => {
  const known = new Map<string, ExportedNames>();

  const fileOf = (from: string, specifier: string): string | null =>
    specifier.startsWith('.') ? join(dirname(from), specifier).replace(/\.js$/, '.ts') : fileOfPackage(specifier);

  const namespaceOf = (from: string, specifier: string): string => `${fileOf(from, specifier) ?? specifier}#*`;

  /** The declaration behind a name that another module exports. */
  const declarationIn = (from: string, specifier: string, name: string): string => {
    const file = fileOf(from, specifier);
    return file === null ? `${specifier}#${name}` : (exportsOf(file).get(name) ?? `${file}#${name}`);
  };

  /** The declaration behind a name in a file: an imported one, or its own. */
  const declarationHere = (source: ts.SourceFile, file: string, name: string): string => {
    for (const statement of source.statements.filter(ts.isImportDeclaration)) {
      const specifier = moduleText(statement);
      const bindings = statement.importClause?.namedBindings;
      if (specifier === null || bindings === undefined) continue;
      if (ts.isNamespaceImport(bindings) && bindings.name.text === name) return namespaceOf(file, specifier);
      const found = ts.isNamedImports(bindings) ? bindings.elements.find((element) => element.name.text === name) : undefined;
      if (found !== undefined) return declarationIn(file, specifier, (found.propertyName ?? found.name).text);
    }
    return `${file}#${name}`;
  };

  const passedOn = (statement: ts.ExportDeclaration, source: ts.SourceFile, file: string): readonly (readonly [string, string])[] => {
    const specifier = moduleText(statement);
    const { exportClause } = statement;
    if (exportClause === undefined) {
      const from = specifier === null ? null : fileOf(file, specifier);
      return from === null ? [] : [...exportsOf(from)];
    }
    if (ts.isNamespaceExport(exportClause)) return [[exportClause.name.text, namespaceOf(file, specifier ?? '')]];
    return exportClause.elements.map(({ name, propertyName }) => {
      const own = (propertyName ?? name).text;
      return [name.text, specifier === null ? declarationHere(source, file, own) : declarationIn(file, specifier, own)];
    });
  };

  const exportsOf = (file: string): ExportedNames => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const source = parse(file);
    const names = new Map<string, string>();
    // Known before it is complete, so that files that pass on each other's names come to an end.
    known.set(file, names);
    for (const name of declaredExports(source)) names.set(name, `${file}#${name}`);
    for (const statement of source.statements.filter(ts.isExportDeclaration)) for (const [name, declaration] of passedOn(statement, source, file)) names.set(name, declaration);
    return names;
  };

  return exportsOf;
};

/** Names behind which there is more than one declaration, in alphabetical order, each with all of them. */
export const namesWithManyMeanings = (exports: readonly ExportedNames[]): ReadonlyMap<string, readonly string[]> => {
  const meanings = new Map<string, Set<string>>();
  for (const [name, declaration] of exports.flatMap((names) => [...names])) meanings.set(name, (meanings.get(name) ?? new Set()).add(declaration));
  return new Map([...meanings].filter(([, declarations]) => declarations.size > 1)
    .map(([name, declarations]) => [name, [...declarations].toSorted()] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1)));
};
