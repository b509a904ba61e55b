import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = join(root, 'tests/packages/application.ts');

/** An application. Each line of the second part has one mistake, or none. */
const text = `
import { createPayments, supports, type AnyAdapter, type OperationName } from '@oneintent/core';
import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
declare const adapter: AnyAdapter;
declare const name: OperationName;
const any = createPayments({ adapter });
const jp = createPayments({ adapter: payjp({ apiKey: 'sk_test_1' }) });
const bg = createPayments({ adapter: paypercut({ apiKey: 'sk_test_1' }) });
void [jp.paymentIntents.create, jp.paymentIntents.iterate, jp.paymentIntents.waitFor, jp.paymentIntents.capture, jp.refunds.create, jp.setupIntents.cancel, jp.events.list, bg.attempts.retrieve];

void any.paymentIntents.create({}); // unknown operations
supports(any, 'paymentIntents.lst'); // misspelt
supports(any, name); // name of run time
void bg.paymentIntents.list(); // absent
if (supports(any, 'paymentIntents.list')) void any.paymentIntents.list(); // right
void jp.paymentIntents.retrieve('jp:1'); // right
`;

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
};

/** An editor that has the application open, with the built packages as they are published. */
const editor = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) => {
    const content = name === file ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
  directoryExists: (name) => ts.sys.directoryExists(name),
  getDirectories: (name) => ts.sys.getDirectories(name),
});

const errors = editor.getSemanticDiagnostics(file).map(({ start = 0, messageText }) => {
  const line = text.slice(text.lastIndexOf('\n', start) + 1, text.indexOf('\n', start));
  return { about: line.split('// ')[1], message: ts.flattenDiagnosticMessageText(messageText, '\n') };
});

const errorsAbout = (about: string): readonly string[] => errors.filter((error) => error.about === about).map(({ message }) => message);

const hoverOver = (verb: string): string => {
  const info = editor.getQuickInfoAtPosition(file, text.indexOf(verb) + verb.length - 1);
  return ts.displayPartsToString(info?.documentation);
};

describe('an editor shows the docstring of an operation at the verb of a client', () => {
  it.each([
    ['jp.paymentIntents.create', /^Creates an intent\./],
    ['jp.paymentIntents.capture', /Capture is final/],
    ['jp.paymentIntents.iterate', /page after page/],
    ['jp.paymentIntents.waitFor', /Retrieves again and again/],
    ['jp.refunds.create', /^Refunds a payment/],
    ['jp.setupIntents.cancel', /A method that was saved stays saved/],
    ['jp.events.list', /One page of events/],
    ['bg.attempts.retrieve', /^Reads the payment attempt behind an intent/],
  ])('%s', (verb, expected) => {
    expect(hoverOver(verb)).toMatch(expected);
  });
});

describe('a compile error says what to do', () => {
  it('asks for supports() where the operations are known only at run time', () => {
    expect(errorsAbout('unknown operations')).toContainEqual(expect.stringMatching(/Property 'create' does not exist on type 'AskSupportsBefore<"supports\(payments, 'paymentIntents\.…'\)">'/));
  });

  it('lists the operations of the resource for a misspelt name in supports()', () => {
    expect(errorsAbout('misspelt')).toEqual([expect.stringMatching(/'"paymentIntents\.lst"' is not assignable .*"paymentIntents\.list"/)]);
  });

  it('says that a name of run time narrows nothing', () => {
    expect(errorsAbout('name of run time')).toEqual([expect.stringContaining('payments.operations.includes(name)')]);
  });

  it('names the missing verb where the provider has none', () => {
    expect(errorsAbout('absent')).toEqual([expect.stringMatching(/Property 'list' does not exist/)]);
  });

  it('is not there for what is right', () => {
    expect(errors.filter(({ about }) => about === 'right' || about === undefined)).toEqual([]);
  });
});
