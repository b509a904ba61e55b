import { memoryMigrationDirectory } from '@oneintent/core/migration';
import { main } from './command.ts';

let told = -Infinity;

process.exitCode = await main(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  progress: (text) => {
    const now = performance.now();
    if (now - told < 3_000) return;
    told = now;
    process.stdout.write(process.stdout.isTTY ? `\r${text}` : `${text}\n`);
  },
  openDirectory: memoryMigrationDirectory,
  time: () => performance.now(),
});
