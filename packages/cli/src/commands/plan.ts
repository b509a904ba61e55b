import { supports, type PaymentIntent } from '@oneintent/core';
import { planAsMarkdown, planMigration, usageOf, type MigrationUsage, type ObservedUsage } from '@oneintent/core/migration';
import { adaptersOption, openAccounts, type Client } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { UsageError } from '../failures.js';
import { isRecord, readJson } from '../files.js';
import { count, examples } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';
import type { World } from '../world.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly usage?: string;
  readonly observe?: number;
  readonly adapters?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/** What is in it is checked by the plan itself. */
const isUsage = (value: unknown): value is MigrationUsage => isRecord(value);

const readUsage = async (world: World, path: string): Promise<MigrationUsage> => {
  const usage = await readJson(world, path);
  if (!isUsage(usage)) throw new UsageError('--usage is not a JSON object.');
  return usage;
};

const observe = async (world: World, payments: Client, most: number): Promise<ObservedUsage> => {
  if (!supports(payments, 'paymentIntents.list')) throw new UsageError(`--observe: the account ${payments.account} can't list its payments. Give --usage.`);
  const intents = payments.paymentIntents.iterate({}, { signal: world.signal });
  const progress = progressOf(world);
  async function* some(): AsyncGenerator<PaymentIntent, void, undefined> {
    let seen = 0;
    for await (const intent of intents) {
      yield intent;
      seen += 1;
      if (seen % 100 === 0) progress.show(`${seen} payments observed`);
      if (seen >= most) return;
    }
  }
  try {
    return await usageOf(some());
  } finally {
    progress.end();
  }
};

/** `plan`: what stands between two accounts. */
export const addPlan: AddCommand = (program, world, end) =>
  void program
    .command('plan')
    .description('Compare two accounts for what you use of payments, and say what blocks the move. Exit code 1 when something does.')
    .requiredOption('--from <account>', 'the account where payments are made now')
    .requiredOption('--to <account>', 'the account where they shall be made')
    .option('--usage <file>', 'JSON that says what you use, as MigrationUsage of @oneintent/core/migration; - for the standard input')
    .option('--observe <number>', 'look at so many payments of the old account, and count what they use', count)
    .option(...adaptersOption)
    .option('--markdown', 'print the plan as Markdown (the default)')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', examples('plan --from jp --to eu', 'plan --from jp --to eu --usage usage.json --observe 500 > plan.md', 'plan --from jp --to eu --json'))
    .action(async ({ from, to, usage: file, observe: most, adapters, markdown, json }: Options) => {
      if (markdown && json) throw new UsageError('--markdown and --json: choose one.');
      const accounts = await openAccounts(world, { adapters });
      const [payments, sides] = [accounts.named(from, '--from'), { from: accounts.adapterNamed(from, '--from'), to: accounts.adapterNamed(to, '--to') }];
      const declared = file === undefined ? {} : await readUsage(world, file);
      const observed = most === undefined ? {} : { observed: await observe(world, payments, most) };
      const plan = planMigration({ ...sides, usage: { ...declared, ...observed } });
      await world.print(json ? asJson(plan) : planAsMarkdown(plan));
      if (file === undefined && most === undefined) world.printError('Nothing says what you use, and on no knowledge the plan does not say go on: give --usage, --observe or both.\n');
      if (!plan.proceed) end(1);
    });
