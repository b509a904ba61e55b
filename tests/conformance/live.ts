import { generic, stripe } from '@oneintent/adapter-generic';
import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
import { money, PaymentError, supports, type AnyAdapter, type Fetch } from '@oneintent/core';
import { atProvider, countResults, promisesFor, reportOf, runConformance, type ConformanceReport, type ConformanceResult, type Harness, type Leftover, type MethodName } from '@oneintent/core/conformance';
import type { Dialect } from '@oneintent/sandbox';

/** A provider that can be asked itself. */
export interface LiveProvider {
  /** As it is named on the command line. */
  readonly name: string;
  /** The same configuration on the sandbox, under whose name the report stands. */
  readonly configuration: string;
  readonly adapter: (options: { readonly apiKey: string; readonly baseUrl?: string }) => AnyAdapter;
  /** The variable of the environment that has the test key. */
  readonly variable: string;
  /** A currency that the provider takes. */
  readonly currency: string;
  /** Payment methods that the provider's test mode has for everyone. */
  readonly paymentMethods: { readonly [M in MethodName]?: string };
}

/** The providers, under the names and with the variables that `npm start -- --live` has. A new dialect does not compile until it is here. */
const byDialect: Readonly<Record<Dialect, LiveProvider>> = {
  payjp_payment_flows: { name: 'payjp', configuration: 'payjp payment_flows', adapter: payjp, variable: 'PAYJP_API_KEY', currency: 'JPY', paymentMethods: {} },
  payjp_payment_intents: {
    name: 'payjp_payment_intents',
    configuration: 'payjp payment_intents',
    adapter: (options) => payjp({ ...options, dialect: 'payment_intents' }),
    variable: 'PAYJP_API_KEY',
    currency: 'JPY',
    paymentMethods: {},
  },
  paypercut: { name: 'paypercut', configuration: 'paypercut', adapter: paypercut, variable: 'PAYPERCUT_API_KEY', currency: 'EUR', paymentMethods: {} },
  stripe: {
    name: 'stripe',
    configuration: 'generic stripe',
    adapter: (options) => generic(stripe, options),
    variable: 'STRIPE_API_KEY',
    currency: 'EUR',
    // Source: https://stripe.com/docs/testing.
    paymentMethods: {
      succeeds: 'pm_card_visa',
      card_declined: 'pm_card_visa_chargeDeclined',
      insufficient_funds: 'pm_card_visa_chargeDeclinedInsufficientFunds',
      expired_card: 'pm_card_chargeDeclinedExpiredCard',
      three_d_secure: 'pm_card_threeDSecure2Required',
    },
  },
};

/** The providers that can be asked themselves. */
export const liveProviders: readonly LiveProvider[] = Object.values(byDialect);

const methodNames: Readonly<Record<MethodName, true>> = {
  succeeds: true, card_declined: true, insufficient_funds: true, expired_card: true, three_d_secure: true, processing_succeeds: true, processing_fails: true,
}; // prettier-ignore

const isMethodName = (text: string): text is MethodName => Object.hasOwn(methodNames, text);

/** What the command line says of a live run. */
export interface LiveArguments {
  readonly live: string;
  readonly 'payment-method'?: readonly string[] | undefined;
  readonly customer?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly pause?: string | undefined;
  readonly only?: string | undefined;
}

/** Where a live run is. `write` gets whole lines, `progress` what may be written over. */
export interface LiveWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
  readonly progress: (text: string) => void;
  readonly now: () => number;
  readonly fetch?: Fetch;
  /** Ends the run after the promise that is being proven, so that it is still put away. */
  readonly signal?: AbortSignal;
}

/** What came of a live run: what to end with, and the report, `null` where nothing was proven. */
export interface LiveEnd {
  readonly exitCode: 0 | 1 | 2;
  readonly report: ConformanceReport | null;
}

/** The command line, or the environment, is wrong. No message quotes a key. */
class Mistake extends Error {}

const keyOf = ({ variable }: LiveProvider, env: LiveWorld['env']): string => {
  const key = env[variable]?.trim() ?? '';
  const remedy = 'a secret test key, which begins with sk_test_';
  if (key === '') throw new Mistake(`No key: set ${variable} to ${remedy}.`);
  if (/_live_/.test(key)) throw new Mistake(`${variable} holds a live key, and real money is never touched here: set it to ${remedy}.`);
  if (!key.startsWith('sk_test_')) throw new Mistake(`${variable} does not hold ${remedy}.`);
  return key;
};

const methodsOf = (given: readonly string[]): LiveProvider['paymentMethods'] =>
  Object.fromEntries(
    given.map((text) => {
      const [, name = 'succeeds', id = ''] = /^(?:(\w+)=)?(\S+)$/.exec(text) ?? [];
      if (!isMethodName(name) || id === '') throw new Mistake(`--payment-method is [NAME=]ID, with one of the names ${Object.keys(methodNames).join(', ')}.`);
      return [name, id];
    }),
  );

interface Prepared {
  readonly provider: LiveProvider;
  readonly harness: Harness;
  readonly only: RegExp;
}

const prepare = (given: LiveArguments, { env, now, fetch }: LiveWorld, onLeftover: (leftover: Leftover) => void): Prepared => {
  const provider = liveProviders.find(({ name }) => name === given.live);
  if (provider === undefined) throw new Mistake(`--live takes one of ${liveProviders.map(({ name }) => name).join(', ')}.`);
  const { customer, 'base-url': baseUrl } = given;
  const pause = Number(given.pause ?? 250);
  if (!(pause >= 0 && pause <= 60_000)) throw new Mistake('--pause is a number of milliseconds, at most 60000.');
  const harness = atProvider({
    name: provider.configuration,
    adapter: provider.adapter({ apiKey: keyOf(provider, env), ...(baseUrl !== undefined && { baseUrl }) }),
    currency: provider.currency,
    ...(customer !== undefined && { customer }),
    paymentMethods: { ...provider.paymentMethods, ...methodsOf(given['payment-method'] ?? []) },
    date: new Date(now()).toISOString().slice(0, 10),
    pause,
    onLeftover,
    ...(fetch !== undefined && { fetch }),
  });
  return { provider, harness, only: new RegExp(given.only ?? '') };
};

/** Makes one payment and cancels it: a key that is not accepted, or an address that is not the provider's, is seen before five hundred promises say so. */
const tryOut = async ({ adapter, open, connect }: Harness): Promise<void> => {
  const stage = await open();
  const { currency, customer, paymentMethods } = stage;
  const payments = connect?.({ adapter, baseUrl: stage.origin, fetch: stage.fetch }, stage);
  if (payments === undefined || !supports(payments, 'paymentIntents.create')) throw new Error('The harness has no client that pays.');
  const input = { amount: money(10_000, currency) };
  const paymentMethod = paymentMethods.succeeds;
  if (paymentMethod !== undefined) await payments.explain('paymentIntents.create', { ...input, paymentMethod, ...(customer !== undefined && { customer }) });
  await payments.paymentIntents.create(input);
  await stage.close?.();
};

const refusal = (error: unknown, { variable }: LiveProvider): { readonly exitCode: 1 | 2; readonly why: string } => {
  if (!PaymentError.is(error)) throw error;
  const problems = error.problems.map(({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`).join(' ');
  if (error.outcome === 'not_sent' && problems !== '') return { exitCode: 2, why: problems };
  const remedy = error.code === 'authentication' ? `Look at the key in ${variable}.` : 'Nothing else was tried.';
  return { exitCode: 1, why: `The provider does not take a first payment: ${[error.code, error.providerCode].filter((code) => code !== null).join(', ')}. ${remedy}` };
};

/** What each lever that nobody has at a provider would need; a payment method can be given. */
const wordsFor = (lever: string): string => {
  if (isMethodName(lever)) return `give one with --payment-method ${lever}=ID`;
  const words: Readonly<Record<string, string>> = {
    ledger: "the provider's own books cannot be asked",
    setups: "the provider's own books cannot be asked",
    completeAction: "only the customer, in a browser, can do it",
    failAction: "only the customer, in a browser, can do it",
    completeSetup: "only the customer, in a browser, can do it",
    deliveries: 'the provider cannot reach this machine',
    webhookSecret: 'the provider cannot reach this machine',
  };
  return words[lever] ?? 'only a sandbox can be told to';
};

/** Why promises were not tested, with how many they are. One that lacks several levers counts with each. */
const untestedLines = (results: readonly ConformanceResult[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { result, detail } of results) {
    if (result !== 'not_tested' || detail === null) continue;
    const levers = /^the harness has no (.+)$/.exec(detail)?.[1]?.split(', ').map((lever) => `no ${lever} (${wordsFor(lever)})`);
    for (const why of levers ?? [detail]) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([why, count]) => `  not tested, ${count}: ${why}`);
};

const prove = async ({ harness, only }: Prepared, { write, progress, now, signal }: LiveWorld): Promise<ConformanceReport> => {
  const total = promisesFor(harness).filter(({ id }) => only.test(id)).length;
  const started = now();
  const results: ConformanceResult[] = [];
  for await (const result of runConformance(harness, { only })) {
    results.push(result);
    progress(`${harness.name}: ${results.length} of ${total} promises, ${countResults(results).failed} failed`);
    if (signal?.aborted) break;
  }
  progress('');
  if (results.length < total) write(`Stopped after ${results.length} of ${total} promises.`);
  const { proven, failed, not_tested: untested, deviates } = countResults(results);
  const report = reportOf(harness, results);
  const date = report.at.where === 'provider' ? report.at.date : '';
  write(`${harness.name}: ${proven} proven at the provider, ${date}; ${failed} failed, ${untested} not tested, ${deviates} deviate (${((now() - started) / 1000).toFixed(0)} s)`);
  for (const line of untestedLines(results)) write(line);
  for (const { id, title, result, detail } of results) if (result === 'failed' || result === 'deviates') write(`  ${result}: ${id} (${title})\n    ${detail}`);
  return report;
};

const leftoverLine = ({ object, id, why }: Leftover): string => `  ${object} ${id ?? 'whose id is not known'}: ${why}`;

/**
 * Runs the suite at a provider's own test account, and puts away what it leaves open. Test keys only, from the environment; nothing else is read there.
 * @returns 0 when nothing failed, 1 when something did, it was stopped or the provider takes no payment, 2 when the command or the environment is wrong. Never quotes a key.
 */
export const runLive = async (given: LiveArguments, world: LiveWorld): Promise<LiveEnd> => {
  const leftovers: Leftover[] = [];
  let prepared: Prepared;
  try {
    prepared = prepare(given, world, (leftover) => leftovers.push(leftover));
  } catch (error) {
    if (!(error instanceof Mistake || PaymentError.is(error) || error instanceof SyntaxError)) throw error;
    world.write(error.message);
    return { exitCode: 2, report: null };
  }
  try {
    await tryOut(prepared.harness);
  } catch (error) {
    const { exitCode, why } = refusal(error, prepared.provider);
    world.write(why);
    return { exitCode, report: null };
  }
  const report = await prove(prepared, world);
  if (leftovers.length > 0) world.write(`Left at the provider, ${leftovers.length}; look at them in its dashboard:`);
  for (const leftover of leftovers) world.write(leftoverLine(leftover));
  return { exitCode: report.results.some(({ result }) => result === 'failed') || world.signal?.aborted === true ? 1 : 0, report };
};
