import { isOperationName, operationNames, PaymentError, type Explanation } from '@oneintent/core';
import { adaptersOption, openAccounts } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { problemLines, UsageError } from '../failures.js';
import { isRecord, readJson } from '../files.js';
import { examples, jsonOption } from '../options.js';
import { asJson } from '../table.js';

interface Options {
  readonly account?: string;
  readonly input?: string;
  readonly target?: string;
  readonly reference?: string;
  readonly adapters?: string;
  readonly json?: boolean;
}

const inWords = ({ method, url, headers, body, bytes }: Explanation): string =>
  `${method} ${url}\n${Object.entries(headers).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body === null ? '' : asJson(body)}(${bytes} bytes)\n`;

/** `explain`: the request that an operation would send. Nothing is sent. */
export const addExplain: AddCommand = (program, world, end) =>
  void program
    .command('explain')
    .description('Show the request that an operation would send, redacted. Nothing is sent.')
    .argument('<operation>', 'such as paymentIntents.create')
    .option('--account <name>', 'the account; default: the default account')
    .option('--input <file>', 'the input as JSON; - for the standard input')
    .option('--target <ref>', 'what the operation is about: a ref or an id')
    .option('--reference <text>', "your own name of what is paid, which makes the idempotency key")
    .option(...adaptersOption)
    .option(...jsonOption)
    .addHelpText('after', examples('explain paymentIntents.create --input order.json', 'explain refunds.create --account jp --target jp:pfw_1'))
    .action(async (operation: string, { account, input: file, target, reference, adapters, json }: Options) => {
      if (!isOperationName(operation)) throw new UsageError(`There is no such operation. Operations are ${operationNames.join(', ')}.`);
      const accounts = await openAccounts(world, { adapters });
      const payments = account === undefined ? accounts.default : accounts.named(account, '--account');
      const input = file === undefined ? {} : await readJson(world, file);
      if (!isRecord(input)) throw new UsageError('--input is not a JSON object.');
      try {
        const explanation = await payments.explain(operation, input, { target: target ?? null, ...(reference !== undefined && { options: { reference } }) });
        await world.print(json ? asJson(explanation) : inWords(explanation));
      } catch (error) {
        if (!PaymentError.is(error) || !['invalid_request', 'unsupported', 'invalid_state'].includes(error.code)) throw error;
        const { code, message, problems } = error;
        const lines = problemLines(problems);
        await world.print(json ? asJson({ operation, refused: { code, message, problems } }) : `${operation} would be refused: ${code}\n${lines === '' ? `  ${message}\n` : lines}`);
        end(1);
      }
    });
