import { supports, type OperationName, type PaymentIntent, type Refund } from '@oneintent/core';
import { reconciliationLine } from '@oneintent/core/migration';
import { adaptersOption, openAccounts, type Client } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { examples, jsonOption, time } from '../options.js';
import { progressOf } from '../progress.js';

interface Options {
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  readonly adapters?: string;
  /** Lines of JSON are what it prints anyway. */
  readonly json?: boolean;
}

/** What the provider can filter is asked of it; the rest is done here. */
const filterFor = (payments: Client, operation: OperationName, { from, to }: Options): { readonly createdFrom?: string; readonly createdBefore?: string } => {
  const accepted = payments.accepts(operation);
  return {
    ...(from !== undefined && accepted.includes('createdFrom') && { createdFrom: from }),
    ...(to !== undefined && accepted.includes('createdBefore') && { createdBefore: to }),
  };
};

/** What has no date is not left out: the books would miss it. */
const isWithin = ({ createdAt }: PaymentIntent | Refund, { from, to }: Options): boolean =>
  createdAt === null || ((from === undefined || Date.parse(createdAt) >= Date.parse(from)) && (to === undefined || Date.parse(createdAt) < Date.parse(to)));

async function* everything(payments: Client, options: Options, signal: AbortSignal): AsyncGenerator<PaymentIntent | Refund, readonly string[], undefined> {
  const missing: string[] = [];
  if (supports(payments, 'paymentIntents.list')) yield* payments.paymentIntents.iterate(filterFor(payments, 'paymentIntents.list', options), { signal });
  else missing.push('payments');
  if (supports(payments, 'refunds.list')) yield* payments.refunds.iterate(filterFor(payments, 'refunds.list', options), { signal });
  else missing.push('refunds');
  return missing;
}

/** `reconcile`: payments and refunds as lines for the books. */
export const addReconcile: AddCommand = (program, world, end) =>
  void program
    .command('reconcile')
    .description('Print the payments and refunds of an account as lines of JSON, for your books. Exit code 1 when something could not be listed.')
    .option('--account <name>', 'the account; default: the default account')
    .option('--from <time>', 'only what was created at or after then', time)
    .option('--to <time>', 'only what was created before then', time)
    .option(...adaptersOption)
    .option(jsonOption[0], 'lines of JSON, as without it; errors as JSON too')
    .addHelpText('after', examples('reconcile --account jp --from 2026-04-01 --to 2026-05-01 > april.jsonl', 'reconcile --account eu | jq -s "map(.settled) | add"'))
    .action(async (options: Options) => {
      const accounts = await openAccounts(world, { adapters: options.adapters });
      const payments = options.account === undefined ? accounts.default : accounts.named(options.account, '--account');
      const progress = progressOf(world);
      const objects = everything(payments, options, world.signal);
      let looked = 0;
      try {
        for (;;) {
          const { done, value } = await objects.next();
          if (done) {
            progress.end();
            if (value.length > 0) world.printError(`${payments.account} can't list its ${value.join(' and ')}: they are missing.\n`);
            return end(value.length > 0 ? 1 : 0);
          }
          looked += 1;
          if (isWithin(value, options)) await world.print(`${JSON.stringify(reconciliationLine(value))}\n`);
          if (looked % 1000 === 0) progress.show(`${looked} looked at`);
        }
      } finally {
        progress.end();
      }
    });
