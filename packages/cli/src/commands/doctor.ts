import { operationNames, PaymentError, supports, type Problem } from '@oneintent/core';
import { adaptersOption, openAccounts, type Accounts, type Client } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { problemLines } from '../failures.js';
import { examples, jsonOption } from '../options.js';
import { asJson, table } from '../table.js';
import type { World } from '../world.js';

interface Options {
  readonly account?: string;
  readonly adapters?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** What was looked at, and what came of it. */
interface Check {
  readonly ok: boolean;
  readonly says: string;
}

interface Report {
  readonly account: string;
  readonly provider: string;
  readonly dialect: string | null;
  readonly livemode: boolean | null;
  /** `null` when it was not tried. */
  readonly connection: Check | null;
  readonly webhooks: Check;
  readonly operations: readonly string[];
}

/** An id that no provider gives. */
const nobody = 'oneintent_doctor_asks_for_nothing';

const failure = (error: unknown): Check => {
  if (!PaymentError.is(error)) throw error;
  if (error.code === 'not_found') return { ok: true, says: 'answers' };
  return { ok: false, says: `${error.code}${error.httpStatus === null ? '' : `, HTTP ${error.httpStatus}`}` };
};

const connectionOf = async (payments: Client, signal: AbortSignal): Promise<Check> => {
  try {
    if (supports(payments, 'paymentIntents.list')) {
      await payments.paymentIntents.list(payments.accepts('paymentIntents.list').includes('limit') ? { limit: 1 } : {}, { signal });
      return { ok: true, says: 'answers' };
    }
    if (!supports(payments, 'paymentIntents.retrieve')) return { ok: false, says: 'has nothing that could be read' };
    await payments.paymentIntents.retrieve(nobody, { signal });
    return { ok: false, says: 'knows a payment that nobody made: is it a stub?' };
  } catch (error) {
    return failure(error);
  }
};

/** What a delivery without contents is refused for says whether there is a secret. */
const webhooksOf = async ({ webhooks }: Client): Promise<Check> => {
  try {
    await webhooks.verify({ body: '', headers: {} });
    return { ok: false, says: 'an empty delivery was believed' };
  } catch (error) {
    if (!PaymentError.is(error)) throw error;
    if (error.code === 'unsupported') return { ok: true, says: 'the provider has none' };
    return error.code === 'configuration' ? { ok: false, says: 'the secret is missing: give WEBHOOK_SECRET' } : { ok: true, says: 'the secret is there' };
  }
};

const look = async (payments: Client, { offline = false }: Options, { signal }: World): Promise<Report> => {
  const { account, provider, dialect, livemode, operations } = payments;
  return { account, provider, dialect, livemode, connection: offline ? null : await connectionOf(payments, signal), webhooks: await webhooksOf(payments), operations };
};

const mark = (check: Check | null): string => (check === null ? 'not asked' : `${check.ok ? 'ok' : 'WRONG'}: ${check.says}`);
const modeOf = (livemode: boolean | null): string => (livemode === null ? 'unknown' : livemode ? 'live' : 'test');

const inWords = (reports: readonly Report[]): string =>
  [
    table([['account', 'provider', 'dialect', 'mode', 'connection', 'webhooks'], ...reports.map((report) => [report.account, report.provider, report.dialect ?? '-', modeOf(report.livemode), mark(report.connection), mark(report.webhooks)])]),
    table([['operation', ...reports.map(({ account }) => account)], ...operationNames.map((name) => [name, ...reports.map(({ operations }) => (operations.includes(name) ? 'yes' : '-'))])]),
  ].join('\n');

const open = async (world: World, { adapters }: Options): Promise<Accounts | readonly Problem[]> => {
  try {
    return await openAccounts(world, { adapters });
  } catch (error) {
    if (PaymentError.is(error) && error.code === 'configuration') return error.problems;
    throw error;
  }
};

/** `doctor`: whether the configuration is right and the providers answer. It only reads. */
export const addDoctor: AddCommand = (program, world, end) =>
  void program
    .command('doctor')
    .description('Check the configuration: variables, adapters, keys, webhook secrets. Reads from each provider, and changes nothing.')
    .option('--account <name>', 'this account only')
    .option('--offline', 'ask no provider')
    .option(...adaptersOption)
    .option(...jsonOption)
    .addHelpText('after', examples('doctor', 'doctor --account jp --json', 'doctor --offline'))
    .action(async (options: Options) => {
      const opened = await open(world, options);
      if (!('names' in opened)) {
        await world.print(options.json ? asJson({ ok: false, problems: opened, accounts: [] }) : problemLines(opened, ''));
        return end(1);
      }
      const chosen = options.account === undefined ? opened.names.map((name) => opened.named(name, '--account')) : [opened.named(options.account, '--account')];
      const reports: Report[] = [];
      for (const payments of chosen) reports.push(await look(payments, options, world));
      const ok = reports.every(({ connection, webhooks }) => connection?.ok !== false && webhooks.ok);
      await world.print(options.json ? asJson({ ok, problems: [], accounts: reports }) : inWords(reports));
      if (!ok) end(1);
    });
