import { parseRef, supports, type PaymentIntent } from '@oneintent/core';
import { compareIntents, type CompareOptions, type FieldComparison, type Mapping, type MigrationDirectory, type ValueMappings } from '@oneintent/core/migration';
import { adaptersOption, openAccounts, type Accounts } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { withDirectory } from '../directory.js';
import { UsageError } from '../failures.js';
import { readJson } from '../files.js';
import { examples, jsonOption } from '../options.js';
import { isPrinted } from '../redact.js';
import { asJson, table } from '../table.js';
import type { World } from '../world.js';

interface Options {
  readonly directory?: string;
  readonly mappings?: string;
  readonly values?: boolean;
  readonly adapters?: string;
  readonly json?: boolean;
}

const retrieve = async (world: World, accounts: Accounts, text: string): Promise<PaymentIntent> => {
  const ref = parseRef(text);
  if (ref === null) throw new UsageError('A ref is an account and an id, such as jp:pfw_1.');
  const payments = accounts.named(ref.account, "A ref's account");
  if (!supports(payments, 'paymentIntents.retrieve')) throw new UsageError(`The account ${ref.account} can't retrieve payments.`);
  return payments.paymentIntents.retrieve(text, { signal: world.signal });
};

const isMappings = (value: unknown): value is ValueMappings =>
  typeof value === 'object' && value !== null && Object.values(value).every((names) => typeof names === 'object' && names !== null && Object.values(names).every((name) => typeof name === 'string'));

const readMappings = async (world: World, file: string): Promise<ValueMappings> => {
  const mappings = await readJson(world, file);
  if (!isMappings(mappings)) throw new UsageError('--mappings is not what acceptProposals gives: {"captureMethod": {"automatic_async": "automatic"}}.');
  return mappings;
};

const identitiesOf = async (directory: MigrationDirectory, { customer, paymentMethod }: PaymentIntent): Promise<readonly Mapping[]> => {
  const found = [customer === null ? null : await directory.mapping('customer', customer), paymentMethod === null ? null : await directory.mapping('payment_method', paymentMethod)];
  return found.filter((mapping) => mapping !== null);
};

const shown = (comparison: FieldComparison): FieldComparison =>
  isPrinted(comparison.field) ? comparison : { ...comparison, one: comparison.one === null ? null : '[hidden]', other: comparison.other === null ? null : '[hidden]' };

const inWords = (comparisons: readonly FieldComparison[], differences: number): string =>
  `${table([
    ['field', 'verdict', 'one', 'other', 'why'],
    ...comparisons.filter(({ verdict }) => verdict !== 'equal').map(({ field, verdict, one, other, why }) => [field, verdict, JSON.stringify(one), JSON.stringify(other), why ?? '']),
  ])}\n${differences === 0 ? 'Every difference is explained.' : `${differences} ${differences === 1 ? 'difference is' : 'differences are'} not explained.`}\n`;

/** `compare`: two payments, field by field. */
export const addCompare: AddCommand = (program, world, end) =>
  void program
    .command('compare')
    .description('Read two payments and compare them in neutral terms. Exit code 1 when a difference is not explained by the migration.')
    .argument('<one>', 'a ref, such as jp:pfw_1; the old one')
    .argument('<other>', 'a ref, such as eu:pi_1; the new one')
    .option('--directory <file>', "the migration's directory, by which customers and payment methods are the same")
    .option('--mappings <file>', 'values that were accepted to be written otherwise, as JSON: the mappings of createMigration')
    .option('--values', 'show texts that payers or you wrote, too')
    .option(...adaptersOption)
    .option(...jsonOption)
    .addHelpText('after', examples('compare jp:pfw_1 eu:pi_1', 'compare jp:pfw_1 eu:pi_1 --directory migration.db --json'))
    .action(async (one: string, other: string, { directory: file, mappings, values = false, adapters, json }: Options) => {
      const accounts = await openAccounts(world, { adapters });
      const accepted = mappings === undefined ? {} : { mappings: await readMappings(world, mappings) };
      const [left, right] = [await retrieve(world, accounts, one), await retrieve(world, accounts, other)];
      const options: CompareOptions = { ...accepted, ...(file !== undefined && { identities: await withDirectory(world, file, (directory) => identitiesOf(directory, left)) }) };
      const comparisons = compareIntents(left, right, options);
      const differences = comparisons.filter(({ verdict }) => verdict === 'different').length;
      const told = values ? comparisons : comparisons.map(shown);
      await world.print(json ? asJson({ one, other, differences, fields: told }) : inWords(told, differences));
      if (differences > 0) end(1);
    });
