import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { configurations } from '../conformance/configurations.ts';
import { main } from './command.ts';

process.exitCode = await main(process.argv.slice(2), {
  configurations,
  print: (text) => process.stdout.write(text),
  progress: (text) => process.stdout.write(process.stdout.isTTY ? `\r${text}` : `${text}\n`),
  read: (file) => readFileSync(file, 'utf8'),
  keep: (name, text) => {
    mkdirSync('reports', { recursive: true });
    writeFileSync(`reports/${name}`, text);
    return `reports/${name}`;
  },
  time: () => performance.now(),
});
