import * as z from 'zod/mini';
import type { PaymentsOptions } from '../client/configure.js';
import { limitsSchema } from '../contract/limits-schema.js';
import { areSecrets, isSafe, isUrl, longestTimer } from '../client/setting-rules.js';
import type { EnvironmentVariable } from './adapter-package.js';
import type { AccountSettings } from './types.js';

type Function = 'onExchange' | 'fetch' | 'clock' | 'sleep' | 'random';

const time = 'is not a number of milliseconds above zero; give milliseconds';
const milliseconds = z.number(time).check(z.positive(time));
const count = 'is not a whole number from 0; give 0 for none';
const functionOf = <K extends Function>() =>
  z.exactOptional(z.custom<NonNullable<PaymentsOptions[K]>>((value) => typeof value === 'function', 'is not a function; give one, or leave it out'));

/** The settings that every account has, whatever its adapter: the rules of `createPayments`, which can only be asked once there is an adapter. A test holds the two to each other. */
export const settingsSchema = z.strictObject(
  {
    baseUrl: z.exactOptional(
      z
        .custom<string>((value) => typeof value === 'string' && isUrl(value), "is not an http(s) address; give one such as 'https://api.example.com'")
        .check(z.refine((value) => !isUrl(value) || isSafe(value), 'is not encrypted, and the API key would travel over it; use https, as plain http is for loopback only')),
    ),
    limits: z.exactOptional(limitsSchema),
    deadline: z.exactOptional(milliseconds),
    attemptTimeout: z.exactOptional(milliseconds.check(z.maximum(longestTimer, `is longer than a timer can count; give at most ${longestTimer}`))),
    retries: z.exactOptional(z.int(count).check(z.minimum(0, count))),
    webhookSecret: z.exactOptional(
      z.custom<NonNullable<PaymentsOptions['webhookSecret']>>(
        areSecrets,
        "is not a text, or a list of texts; give the secret that the provider's dashboard shows for the endpoint, and during a change the old and the new one",
      ),
    ),
    onExchange: functionOf<'onExchange'>(),
    fetch: functionOf<'fetch'>(),
    clock: functionOf<'clock'>(),
    sleep: functionOf<'sleep'>(),
    random: functionOf<'random'>(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `has options that do not exist (${issue.keys.join(', ')}); remove them, or correct their spelling` : 'is not an object; pass one') },
) satisfies z.ZodMiniType<AccountSettings>;

/** Those of them that are functions: an application may set them for all its accounts at once. */
export const functionsSchema = z.pick(settingsSchema, { onExchange: true, fetch: true, clock: true, sleep: true, random: true });

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
