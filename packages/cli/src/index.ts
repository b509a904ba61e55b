import { Command } from 'commander';
import { addCompare } from './commands/compare.js';
import { addConformance } from './commands/conformance.js';
import { addCreateAdapter } from './commands/create-adapter.js';
import { addDoctor } from './commands/doctor.js';
import { addDrain } from './commands/drain.js';
import { addExplain } from './commands/explain.js';
import { addImportMapping } from './commands/import-mapping.js';
import { addPlan } from './commands/plan.js';
import { addReconcile } from './commands/reconcile.js';
import { addStatus } from './commands/status.js';
import { tellFailure } from './failures.js';
import { withoutSecrets } from './redact.js';
import type { ExitCode, World } from './world.js';

export { processWorld } from './process-world.js';
export type { ExitCode, OpenedDirectory, World } from './world.js';

const description = `The command line of OneIntent. Accounts and their keys come from the environment:
  ONEINTENT_ACCOUNTS=jp,eu  ONEINTENT_JP_PROVIDER=payjp  ONEINTENT_JP_API_KEY=…`;

const exitCodes = '\nExit codes: 0 done; 1 something was found, or it could not finish; 2 the command line or the configuration is wrong.\n';

const commands = [addPlan, addStatus, addImportMapping, addCompare, addDrain, addReconcile, addExplain, addDoctor, addCreateAdapter, addConformance];

/**
 * Runs one command. Only `drain` changes anything at a provider, and only outcomes that are unknown; nothing else moves money, but for `conformance` on a
 * harness whose stage is a provider's own test mode. No secret of the environment is printed.
 * @param args the words after the program's name.
 * @returns the exit code. It never rejects for what a user or a provider did.
 */
export const main = async (args: readonly string[], world: World): Promise<ExitCode> => {
  const safe = withoutSecrets(world);
  let exitCode: ExitCode = 0;
  const program = new Command('oneintent')
    .description(description)
    .version(world.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void safe.print(text), writeErr: safe.printError })
    .showHelpAfterError('(--help shows the options)')
    .addHelpText('after', exitCodes);
  for (const add of commands) add(program, safe, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return tellFailure(safe, error, args.includes('--json'));
  }
};
