import * as z from 'zod';
import type { PaymentsOptions } from '../client/configure.js';
import { limitsSchema } from '../contract/limits-schema.js';
import { areSecrets, isSafe, isUrl, longestTimer } from '../client/setting-rules.js';
import type { EnvironmentVariable } from './adapter-package.js';
import type { AccountSettings } from './types.js';

type Function = 'onExchange' | 'fetch' | 'clock' | 'sleep' | 'random';

const time = 'is not a number of milliseconds above zero; give milliseconds';
const milliseconds = z.number({ error: time }).positive(time);
const count = 'is not a whole number from 0; give 0 for none';
const functionOf = <K extends Function>() =>
  z.custom<NonNullable<PaymentsOptions[K]>>((value) => typeof value === 'function', 'is not a function; give one, or leave it out').exactOptional();

/** The settings that every account has, whatever its adapter: the rules of `createPayments`, which can only be asked once there is an adapter. A test holds the two to each other. */
export const settingsSchema = z.strictObject({
  baseUrl: z
    .custom<string>((value) => typeof value === 'string' && isUrl(value), "is not an http(s) address; give one such as 'https://api.example.com'")
    .refine((value) => !isUrl(value) || isSafe(value), 'is not encrypted, and the API key would travel over it; use https, as plain http is for loopback only')
    .exactOptional(),
  limits: limitsSchema.exactOptional(),
  deadline: milliseconds.exactOptional(),
  attemptTimeout: milliseconds.max(longestTimer, `is longer than a timer can count; give at most ${longestTimer}`).exactOptional(),
  retries: z.int({ error: count }).min(0, count).exactOptional(),
  webhookSecret: z
    .custom<NonNullable<PaymentsOptions['webhookSecret']>>(
      areSecrets,
      "is not a text, or a list of texts; give the secret that the provider's dashboard shows for the endpoint, and during a change the old and the new one",
    )
    .exactOptional(),
  onExchange: functionOf<'onExchange'>(),
  fetch: functionOf<'fetch'>(),
  clock: functionOf<'clock'>(),
  sleep: functionOf<'sleep'>(),
  random: functionOf<'random'>(),
}) satisfies z.ZodType<AccountSettings>;

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

/** How a variable's text becomes a setting's value. */
type TextParser = (text: string) => unknown;

const number: TextParser = (text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

/** The parts of a list that is written with commas. */
export const splitList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The settings that the environment can give. */
export const settingVariables: Readonly<Record<string, EnvironmentVariable & { readonly read: TextParser }>> = {
  baseUrl: { variable: 'BASE_URL', secret: false, read: (text) => text },
  deadline: { variable: 'DEADLINE', secret: false, read: number },
  attemptTimeout: { variable: 'ATTEMPT_TIMEOUT', secret: false, read: number },
  retries: { variable: 'RETRIES', secret: false, read: number },
  webhookSecret: { variable: 'WEBHOOK_SECRET', secret: true, read: splitList },
};
