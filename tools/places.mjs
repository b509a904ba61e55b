// Tries the places of the three changes (CONTRIBUTING.md): applies each entry of `places-list.mjs` to a temporary copy of the tree, and must see the type check or the
// named test fail. The copy links what is installed, but no package of this repository: what is checked are the sources of the copy.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import ts from 'typescript';
import { places } from './places-list.mjs';
import { Problem, root, say } from './process.mjs';
import { workspaces } from './workspaces.mjs';

/** @typedef {import('./places-list.mjs').Place} Place */
/** @typedef {import('./places-list.mjs').Edit} Edit */

const made = new Set(['.git', '.turbo', 'coverage', 'dist', 'node_modules', 'reports']);

/** @param {string} from @param {string} to */
const link = (from, to) => {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to, 'junction');
};

/** The tree without what is made of it, with what is installed and built linked. @returns {string} */
const copyTree = () => {
  const copy = mkdtempSync(join(tmpdir(), 'oneintent-places-'));
  for (const entry of readdirSync(root).filter((name) => !made.has(name)))
    cpSync(join(root, entry), join(copy, entry), { recursive: true, filter: (source) => !made.has(source.split(/[\\/]/).at(-1) ?? '') });
  for (const entry of readdirSync(join(root, 'node_modules')).filter((name) => !['@oneintent', '.vite', '.cache'].includes(name)))
    link(join(root, 'node_modules', entry), join(copy, 'node_modules', entry));
  for (const folder of workspaces()) {
    for (const kept of ['dist', 'node_modules']) if (existsSync(join(root, folder, kept))) link(join(root, folder, kept), join(copy, folder, kept));
    link(join(copy, folder), join(copy, 'node_modules', '@oneintent', folder.split('/').at(-1) ?? folder));
  }
  return copy;
};

/** A file's text with an edit. An edit that changes nothing would try nothing. @param {string} copy @param {Edit} edit */
const edited = (copy, { file, replace, by }) => {
  const text = existsSync(join(copy, file)) ? readFileSync(join(copy, file), 'utf8') : '';
  if (replace === '' && text === '') return by;
  const at = text.indexOf(replace);
  if (replace === '' || at < 0) throw new Problem(`tools/places-list.mjs: ${file} has no "${replace.trim().split('\n')[0]}" any more. Name another text that stands there.`);
  return text.slice(0, at) + by + text.slice(at + replace.length);
};

/** Applies edits while something is done. @template T @param {string} copy @param {readonly Edit[]} edits @param {() => T} action @returns {T} */
const whileEdited = (copy, edits, action) => {
  /** @type {Map<string, string | null>} */
  const before = new Map();
  try {
    for (const edit of edits) {
      const path = join(copy, edit.file);
      if (!before.has(path)) before.set(path, existsSync(path) ? readFileSync(path, 'utf8') : null);
      writeFileSync(path, edited(copy, edit));
    }
    return action();
  } finally {
    for (const [path, text] of before) if (text === null) rmSync(path); else writeFileSync(path, text);
  }
};

/** A type check of the copy that keeps what has not changed. @param {string} copy @param {readonly string[]} files */
const typeCheck = (copy, files) => {
  const { config } = ts.readConfigFile(join(copy, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: files.map((file) => join(copy, file)) }, ts.sys, copy);
  options.paths = {
    '@oneintent/core/*': [join(copy, 'packages/core/src/*.ts')],
    ...Object.fromEntries(workspaces().filter((folder) => folder.startsWith('packages/')).map((folder) => [`@oneintent/${folder.slice('packages/'.length)}`, [join(copy, folder, 'src/index.ts')]])),
  };
  /** @type {Map<string, string>} */
  const library = new Map();
  /** @param {string} file */
  const textOf = (file) => {
    if (!file.includes('node_modules')) return ts.sys.readFile(file);
    const text = library.get(file) ?? ts.sys.readFile(file);
    if (text !== undefined) library.set(file, text);
    return text;
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => files.map((file) => join(copy, file)),
    getScriptVersion: (file) => (file.includes('node_modules') ? '1' : ts.sys.createHash?.(ts.sys.readFile(file) ?? '') ?? ''),
    getScriptSnapshot: (file) => {
      const text = textOf(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => copy,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
  /** What the compiler says of a file. @param {string} file @returns {readonly string[]} */
  return (file) => service.getSemanticDiagnostics(join(copy, file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 160));
};

/** The full names of the tests of a file that fail, of those whose name contains `name`. @param {string} copy @param {string} file @param {string} name @returns {{ readonly failed: readonly string[], readonly passed: number }} */
const runTests = (copy, file, name) => {
  const output = join(copy, 'places-report.json');
  rmSync(output, { force: true });
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const { stderr } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', file, '-t', pattern, '--reporter=json', `--outputFile=${output}`], { cwd: copy, encoding: 'utf8' });
  if (!existsSync(output)) throw new Problem(`${file} could not be run: ${stderr.trim().slice(0, 400)}`);
  /** @type {{ readonly testResults: readonly { readonly status: string, readonly message: string, readonly assertionResults: readonly { readonly fullName: string, readonly status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ fullName }) => fullName.includes(name));
  // Where what comes before the tests fails, none of them has.
  const failed = results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const before = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed')).map(({ message }) => message);
  return { failed: [...before, ...failed], passed: results.filter(({ status }) => status === 'passed').length };
};

/** What complains about a place: what it says, or `null` where nothing does. @param {string} copy @param {ReturnType<typeof typeCheck>} check @param {Place} place */
const complaintAbout = (copy, check, { edits, complains }) =>
  whileEdited(copy, edits, () => ('compiler' in complains ? check(complains.compiler) : runTests(copy, complains.test, complains.named).failed)[0] ?? null);

/** Whether a place is quiet while nothing is left out: otherwise a complaint would say nothing. @param {string} copy @param {ReturnType<typeof typeCheck>} check @param {Place} place */
const isQuiet = (copy, check, { complains }) => {
  if ('compiler' in complains) return check(complains.compiler).length === 0;
  const { failed, passed } = runTests(copy, complains.test, complains.named);
  return failed.length === 0 && passed > 0;
};

/** Tries every place, or those whose change or file contains a text. @param {readonly string[]} args @returns {Promise<number>} */
export const tryPlaces = async (args) => {
  const [part = ''] = args;
  const chosen = places.filter(({ change, place }) => `${change} ${place}`.includes(part));
  if (chosen.length === 0) throw new Problem(`No place contains "${part}".`);
  say(`Copying the tree, to try ${chosen.length} places …`);
  const copy = copyTree();
  try {
    const check = typeCheck(copy, [...new Set(chosen.flatMap(({ complains }) => ('compiler' in complains ? [complains.compiler] : [])))]);
    /** @type {Map<string, boolean>} */
    const quiet = new Map();
    let silent = 0;
    for (const [index, one] of chosen.entries()) {
      const who = 'compiler' in one.complains ? `compiler, in ${one.complains.compiler}` : `${one.complains.test}: ${one.complains.named}`;
      if (!quiet.has(who)) quiet.set(who, isQuiet(copy, check, one));
      const complaint = quiet.get(who) ? complaintAbout(copy, check, one) : null;
      if (complaint === null) silent += 1;
      const result = complaint !== null ? `complains: ${complaint.split('\n')[0]?.slice(0, 110)}` : quiet.get(who) ? 'IS SILENT' : 'COMPLAINS ALREADY, or there is no such test';
      console.log(`${String(index + 1).padStart(2)} of ${chosen.length}  ${one.change}: ${one.place}\n          ${who}\n          ${result}`);
    }
    console.log(`${chosen.length - silent} of ${chosen.length} places complain when they are left out.`);
    return silent === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
