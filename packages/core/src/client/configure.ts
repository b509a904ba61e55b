import { problemIf } from '../model/problems.js';
import { inputError, type Problem } from '../model/payment-error.js';
import { accountPattern } from '../model/ref.js';
import type { AnyAdapter } from '../contract/adapter.js';
import type { LimitOverrides, Limits } from '../contract/limits.js';
import { contractProblems } from '../contract/contract-version.js';
import { upToDate } from '../contract/up-to-date.js';
import type { ExchangeHook } from '../transport/events.js';
import type { Fetch } from '../transport/exchange.js';
import { Secret, type SecretValue } from '../model/secret.js';
import type { ClientContext } from '../call/context.js';
import { noJournal } from '../call/journal.js';
import { readLimits } from '../contract/limits-schema.js';
import { areSecrets, isSafe, isUrl, longestTimer } from './setting-rules.js';

/** How a client is set up. Times are in milliseconds. */
export interface PaymentsOptions<A extends AnyAdapter = AnyAdapter> {
  readonly adapter: A;
  /** The account's name in your application: lower-case letters, digits and hyphens. It is part of every ref, so keep it for ever. Default: the provider's name. */
  readonly account?: string;
  /** Where the provider is. Default: the adapter's own. */
  readonly baseUrl?: string;
  /** Limits that differ from the adapter's own: providers change them. Each is a whole fact, with its source; they are checked here, and copied. */
  readonly limits?: LimitOverrides;
  /** For a whole call, retries and look-ups included. Default 80,000. */
  readonly deadline?: number;
  /** For one exchange, its body included. Default 25,000. */
  readonly attemptTimeout?: number;
  /** How often an exchange is repeated at most, where it may be repeated. Default 2. */
  readonly retries?: number;
  /** The secret, or during a change the secrets, with which webhook deliveries are verified. Needed only by `payments.webhooks.verify`. */
  readonly webhookSecret?: string | SecretValue<string> | readonly (string | SecretValue<string>)[];
  /** Sees every exchange, redacted. */
  readonly onExchange?: ExchangeHook;
  /** Default: the global one. It must not repeat a request by itself; an error of its own with `neverSent: true` says that no byte of the request left. */
  readonly fetch?: Fetch;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** `count` random bytes. Default: Web Crypto. */
  readonly random?: (count: number) => Uint8Array;
}

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    const abort = (): void => {
      clearTimeout(timer);
      fail(new DOMException('The call was aborted.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      done();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });

const names: { readonly [O in keyof Required<PaymentsOptions>]: true } = {
  adapter: true,
  account: true,
  baseUrl: true,
  limits: true,
  deadline: true,
  attemptTimeout: true,
  retries: true,
  webhookSecret: true,
  onExchange: true,
  fetch: true,
  clock: true,
  sleep: true,
  random: true,
};

const secretsOf = (given: PaymentsOptions['webhookSecret']): readonly unknown[] =>
  (given === undefined ? [] : Array.isArray(given) ? given : [given]).map((secret: unknown) => (Secret.is(secret) ? secret.reveal() : secret));

const limitsOf = ({ limits }: PaymentsOptions): ReturnType<typeof readLimits> => (limits === undefined ? { limits: {}, problems: [] } : readLimits(limits));

/** A header that the adapter sends itself is no place for a key: one of the two would not arrive, and keys that do not arrive protect nothing. */
const keyProblems = ({ authorization, connectedAccountHeader, headers }: AnyAdapter, { idempotency }: Partial<Limits>): readonly Problem[] => {
  if (idempotency === undefined || idempotency.value.honoured === 'no' || !('header' in idempotency.value.place)) return [];
  const name = idempotency.value.place.header.toLowerCase();
  const taken = [...Object.keys(authorization()), ...Object.keys(headers), connectedAccountHeader].some((other) => other?.toLowerCase() === name);
  return taken
    ? [{ field: 'limits.idempotency.value.place.header', problem: 'is a header that the adapter sends itself', remedy: "Give the header in which the provider takes keys, such as 'Idempotency-Key'." }]
    : [];
};

const problemsOf = (options: PaymentsOptions, given: ReturnType<typeof readLimits>): readonly Problem[] => {
  const { adapter, baseUrl, deadline, attemptTimeout, retries, onExchange, fetch, clock, sleep: sleepGiven, random } = options;
  const time = (field: string, value: number | undefined) =>
    problemIf(value !== undefined && !(typeof value === 'number' && Number.isFinite(value) && value > 0), field, 'is not a number of milliseconds above zero', 'Give milliseconds.');
  const ofVersion = contractProblems(Object(adapter), 'adapter.contract');
  if (ofVersion.length > 0) return ofVersion;
  if (typeof adapter !== 'object' || adapter === null || typeof adapter.operations !== 'object' || typeof adapter.readError !== 'function')
    return [{ field: 'adapter', problem: 'is not an adapter', remedy: "Give one, such as payjp({ apiKey }) from '@oneintent/adapter-payjp'." }];
  const url = baseUrl ?? adapter.baseUrl;
  const account: unknown = options.account ?? adapter.provider;
  const functions = { onExchange, fetch, clock, sleep: sleepGiven, random };
  return [
    ...problemIf(
      typeof account !== 'string' || !accountPattern.test(account),
      'account',
      'is not a name of lower-case letters, digits and hyphens',
      "Use one such as 'jp' or 'shop-eu'.",
    ),
    ...problemIf(!isUrl(url), 'baseUrl', 'is not an http(s) address', "Give one such as 'https://api.example.com'."),
    ...problemIf(isUrl(url) && !isSafe(url), 'baseUrl', 'is not encrypted, and the API key would travel over it', 'Use https; plain http is for loopback only.'),
    ...given.problems,
    ...keyProblems(adapter, given.limits),
    ...time('deadline', deadline),
    ...time('attemptTimeout', attemptTimeout),
    ...problemIf(attemptTimeout !== undefined && attemptTimeout > longestTimer, 'attemptTimeout', 'is longer than a timer can count', `Give at most ${longestTimer}.`),
    ...problemIf(retries !== undefined && (!Number.isSafeInteger(retries) || retries < 0), 'retries', 'is not a whole number from 0', 'Give 0 for none.'),
    ...problemIf(
      options.webhookSecret !== undefined && !areSecrets(options.webhookSecret),
      'webhookSecret',
      'is not a text, or a list of texts',
      "Give the secret that the provider's dashboard shows for the endpoint; during a change the old and the new one.",
    ),
    ...Object.entries(functions).flatMap(([field, value]) => problemIf(value !== undefined && typeof value !== 'function', field, 'is not a function', 'Give one, or leave it out.')),
    ...Object.keys(options).flatMap((field) => problemIf(!Object.hasOwn(names, field), field, 'is not an option', `Options are ${Object.keys(names).join(', ')}.`)),
  ];
};

/**
 * Everything that a client is made of, from its options.
 * @throws PaymentError `configuration` with all problems in one message.
 */
export const contextOf = (options: PaymentsOptions): ClientContext => {
  const given = limitsOf(options);
  const problems = problemsOf(options, given);
  if (problems.length > 0) throw inputError(problems, { code: 'configuration' });
  const adapter = upToDate(options.adapter);
  const limits = Object.freeze({ ...adapter.limits, ...given.limits });
  return Object.freeze({
    adapter: Object.freeze({ ...adapter, limits }),
    account: options.account ?? adapter.provider,
    baseUrl: (options.baseUrl ?? adapter.baseUrl).replace(/\/+$/, ''),
    limits,
    deadline: options.deadline ?? 80_000,
    journal: noJournal,
    webhookSecrets: secretsOf(options.webhookSecret).map((secret) => new Secret(String(secret))),
    transport: Object.freeze({
      fetch: options.fetch,
      clock: options.clock ?? Date.now,
      sleep: options.sleep ?? sleep,
      random: options.random ?? ((count: number) => crypto.getRandomValues(new Uint8Array(count))),
      attemptTimeout: options.attemptTimeout ?? 25_000,
      retries: options.retries ?? 2,
      onExchange: options.onExchange,
    }),
  });
};
