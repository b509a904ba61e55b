import { parseArgs } from 'node:util';
import type { Provider } from './providers.js';

/** What the command line asks for. */
export type Wish =
  | { readonly type: 'tour' }
  | { readonly type: 'help' }
  | { readonly type: 'mistake'; readonly problem: string }
  | {
      readonly type: 'live';
      readonly provider: Provider;
      readonly apiKey: string;
      readonly baseUrl: string | undefined;
      readonly customer: string | undefined;
      readonly paymentMethod: string | undefined;
      readonly declinedPaymentMethod: string | undefined;
    };

const options = {
  help: { type: 'boolean', short: 'h' },
  live: { type: 'string' },
  'payment-method': { type: 'string' },
  'declined-payment-method': { type: 'string' },
  customer: { type: 'string' },
  'base-url': { type: 'string' },
} as const;

export const helpText = (providers: readonly Provider[]): string => `Usage: npm start                       the tour, at sandboxes on this machine
       npm start -- --live <provider>  what a server can do at the provider's own test mode

Providers, and the variable of the environment that has the test key:
${providers.map(({ name, variable }) => `  ${name.padEnd(24)}${variable}`).join('\n')}

With --live:
  --payment-method <id>           a payment method that pays, made in a browser (Stripe has some for everyone)
  --declined-payment-method <id>  one that is declined
  --customer <id>                 the customer who owns them
  --base-url <address>            another address of the provider

  --help                          this text

The exit code is 0 when all is as promised, 1 when something is off, 2 when the command is not understood.
`;

const mistake = (problem: string): Wish => ({ type: 'mistake', problem });

/** Arguments are never quoted, as one of them may be a key in the wrong place. */
const problemOf = (error: unknown): string => {
  const option = error instanceof Error ? /'(--?[a-z-]{1,30})[ ']/.exec(error.message)?.[1] : undefined;
  if (option === undefined) return 'There are no arguments other than options.';
  return Object.keys(options).includes(option.replace(/^--/, '')) ? `${option} is not used as the help says.` : `There is no option ${option}.`;
};

const parse = (args: readonly string[]) => {
  try {
    return { values: parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};

/** What is asked for. No message quotes a key. */
export const readArguments = (args: readonly string[], env: Readonly<Record<string, string | undefined>>, providers: readonly Provider[]): Wish => {
  const { values, problem } = parse(args);
  if (values === undefined) return mistake(problem);
  if (values.help) return { type: 'help' };
  if (values.live === undefined) return Object.keys(values).length === 0 ? { type: 'tour' } : mistake('These options go with --live <provider>.');

  const provider = providers.find(({ name }) => name === values.live);
  if (provider === undefined) return mistake(`--live takes one of ${providers.map(({ name }) => name).join(', ')}.`);
  const { variable } = provider;
  const apiKey = env[variable]?.trim() ?? '';
  if (apiKey === '') return mistake(`No key: set ${variable} to a test key, which begins with sk_test_.`);
  if (/_live_/.test(apiKey)) return mistake(`${variable} holds a live key, and real money is never touched here: set it to a test key, which begins with sk_test_.`);
  if (!apiKey.startsWith('sk_test_')) return mistake(`${variable} does not hold a secret test key: set it to one, which begins with sk_test_.`);
  return {
    type: 'live',
    provider,
    apiKey,
    baseUrl: values['base-url'],
    customer: values.customer,
    paymentMethod: values['payment-method'],
    declinedPaymentMethod: values['declined-payment-method'],
  };
};
