// Writes docs/kontor.md, the example of the guide to adapters in full, for a reader who has no examples/: `node tools/kontor-page.mjs`.
// `--check` only says whether it is up to date.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, root, sayProblem, writeMade } from './process.mjs';

const page = 'docs/kontor.md';
const folder = 'examples/src/adapter';

/** The files in the order in which they are read, each with what it is. @type {readonly (readonly [string, string])[]} */
const files = [
  ['kontor/wire.ts', "The adapter: Kontor's JSON."],
  ['kontor/read.ts', 'Theirs to ours.'],
  ['kontor/write.ts', 'Ours to theirs, and a rule across fields.'],
  ['kontor/errors.ts', 'What a refusal means.'],
  ['kontor/operations.ts', 'The table of operations.'],
  ['kontor/limits.ts', 'What Kontor takes, with sources.'],
  ['kontor/webhook.ts', 'How Kontor tells what happens.'],
  ['kontor/index.ts', 'The factory.'],
  ['kontor-books.ts', 'The simulated provider: what it keeps.'],
  ['kontor-server.ts', 'The simulated provider: what it answers.'],
  ['kontor-stage.ts', 'The stage: the simulated provider as the suite wants it, and its own words for what goes wrong.'],
  ['kontor.test.ts', 'The suite.'],
  ['kontor-habits.test.ts', 'What the suite does not prove.'],
  ['kontor-provider.ts', "The suite at Kontor's own test account, for `oneintent conformance --live`."],
];

const top = `# Kontor: the worked example in full

Every file of the example of [Writing an adapter](writing-an-adapter.md), for reading beside it. Kontor does not exist. The files are written by
\`node tools/kontor-page.mjs\` from \`${folder}\`, where they are compiled and tested.

To run them, put them into one folder, the first eight below \`kontor/\`:

\`\`\`sh
npm install @oneintent/core zod vitest
npx vitest run
\`\`\`
`;

/** @param {string} path */
const textOf = (path) => {
  const file = join(root, path);
  if (!existsSync(file)) throw new Problem(`${path} is not there: take it off the list in tools/kontor-page.mjs.`);
  return readFileSync(file, 'utf8').trimEnd();
};

/** @param {readonly [string, string]} file */
const section = ([name, what]) => `\n## \`${name}\`\n\n${what}\n\n<!-- from ${folder}/${name} -->\n\`\`\`ts\n${textOf(`${folder}/${name}`)}\n\`\`\`\n`;

try {
  writeMade(page, `${top}${files.map(section).join('')}`, 'node tools/kontor-page.mjs');
} catch (error) {
  sayProblem(error);
}
