import { command } from './command.js';
import { paintFor } from './print.js';

const { stdout, env, argv } = process;

// A reader who has seen enough, such as head, closes the pipe.
stdout.on('error', () => undefined);

process.exitCode = await command(argv.slice(2), {
  env,
  write: (text) => stdout.write(text),
  paint: paintFor(stdout, env),
  width: Math.max(stdout.columns ?? 136, 80),
  fetch: globalThis.fetch,
  run: `tour-${Date.now().toString(36)}`,
});
