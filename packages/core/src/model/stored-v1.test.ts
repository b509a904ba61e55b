import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { PaymentIntent } from './payment-intent.js';
import { addedLater, readStoredPaymentIntent, storedIntent, storePaymentIntent } from './stored.js';
import { toBrowser } from './to-browser.js';

type Json = Readonly<Record<string, unknown>>;

/** What 0.1 wrote: every status, every member with a value and without, every word. It is never changed: a form that is no longer read is a broken promise. */
const text = readFileSync(new URL('testing/stored-v1.json', import.meta.url), 'utf8');
const sample = JSON.parse(text) as readonly Json[];

const membersOfV1: readonly string[] = [...new Set(sample.flatMap((stored) => Object.keys(stored)))];

/** JSON without the members that were added after version 1. They have to be `null`: one with a value stays, and differs from what was written. */
const asInV1 = (json: Json): Json => Object.fromEntries(Object.entries(json).filter(([member, value]) => membersOfV1.includes(member) || value !== null));

/** An intent as plain JSON, its secrets in the clear. A member that is undefined would be missing. */
const plain = (intent: PaymentIntent): Json => {
  const { clientSecret, nextAction } = toBrowser(intent);
  return asInV1(JSON.parse(JSON.stringify({ ...intent, clientSecret, ...('nextAction' in intent && { nextAction }), raw: intent.raw.reveal() })) as Json);
};

const named = sample.map((stored) => [`${String(stored['id'])}, ${String(stored['status'])}`, stored] as const);

describe('the sample of version 1', () => {
  it('is as 0.1 wrote it', () => {
    expect(createHash('sha256').update(JSON.stringify(sample)).digest('hex')).toBe('f6cce56d677f8b73cf01f5054cfd81545d03688c022c1a6b162fa7ec8a7cd2a7');
  });

  it.each(named)('%s: is read with every member and every word that was written', (_name, stored) => {
    const { v: _, ...written } = stored;
    expect(plain(readStoredPaymentIntent(stored))).toStrictEqual(written);
  });

  it.each(named)('%s: is written again as it was', (_name, stored) => {
    const again = JSON.parse(JSON.stringify(storePaymentIntent(readStoredPaymentIntent(stored), { include: ['clientSecret', 'nextAction', 'raw'] }))) as Json;
    expect(asInV1(again)).toStrictEqual(stored);
  });

  it('has every member that the form has without those that were added later', () => {
    const members = (stored: readonly Json[]): readonly string[] => [...new Set(stored.flatMap((one) => Object.keys(one)))].toSorted();
    const today = sample.map((stored) => storePaymentIntent(readStoredPaymentIntent(stored)));
    const missing = members(today).filter((member) => !members(sample).includes(member));
    // Where a member is missing here, it was added later: each of them is null in what is read of the sample.
    expect(today.flatMap((stored) => missing.map((member) => stored[member])).filter((value) => value !== null)).toEqual([]);
  });
});

/** A member with a name that the model will never have: what holds of it holds of any. */
const member = 'member_of_tomorrow';

describe('a member that was added after version 1', () => {
  const tomorrow = storedIntent({ [member]: addedLater(z.object({ kind: z.string() })) });

  it.each(named)('%s: is null in JSON that lacks it, and nothing else changes', (_name, stored) => {
    const today = storedIntent({}).parse(stored);
    expect(tomorrow.parse(stored)).toEqual({ ...today, [member]: null });
  });

  it.each(named)('%s: is read from JSON that has it', (_name, stored) => {
    expect(tomorrow.parse({ ...stored, [member]: { kind: 'a' } })).toMatchObject({ [member]: { kind: 'a' } });
    expect(tomorrow.parse({ ...stored, [member]: null })).toMatchObject({ [member]: null });
  });

  it.each(named)('%s: makes the sample unreadable when it is added as if it had always been there', (_name, stored) => {
    const careless = storedIntent({ [member]: z.nullable(z.string()) });
    expect(careless.safeParse(stored).error?.issues.map(({ path }) => path)).toEqual([[member]]);
  });
});

/** Every object inside a stored intent, by the path to it; what is in `raw`, `metadata` and the data of an action is the provider's, or the application's. */
const objectsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? []
    : [path, ...Object.entries(value).flatMap(([name, inner]) => (['raw', 'metadata', 'data'].includes(name) ? [] : objectsIn(inner, [...path, name])))];

const changedAt = (value: unknown, [name, ...rest]: readonly string[], change: (inner: unknown) => unknown): unknown =>
  name === undefined ? change(value) : { ...Object(value), [name]: changedAt(Reflect.get(Object(value), name), rest, change) };

describe('what a later version may have written', () => {
  it.each(named)('%s: is read without the members that this version does not have, wherever they are', (_name, stored) => {
    for (const path of objectsIn(stored)) {
      const more = changedAt(stored, path, (inner) => ({ ...Object(inner), [member]: { deep: [1] } }));
      expect([path, plain(readStoredPaymentIntent(more))]).toEqual([path, plain(readStoredPaymentIntent(stored))]);
    }
  });

  const full = sample.find(({ status, clientSecret }) => status === 'requires_action' && clientSecret !== null) ?? {};
  const canceled = sample.find(({ status }) => status === 'canceled') ?? {};
  const challenge = sample.find(({ nextAction }) => Reflect.get(Object(nextAction), 'flow') === 'challenge') ?? {};

  it.each<readonly [string, Json, readonly string[], unknown]>([
    ['capture method', full, ['captureMethod'], 'unknown'],
    ['confirmation method', full, ['confirmationMethod'], 'unknown'],
    ['future usage', full, ['setupFutureUsage'], 'unknown'],
    ['reason of a failure', full, ['lastPaymentError', 'reason'], 'unknown'],
    ['advice', full, ['lastPaymentError', 'advice'], null],
    ['cancellation reason', canceled, ['cancellationReason'], 'unknown'],
    ['3-D Secure flow', challenge, ['nextAction', 'flow'], 'unknown'],
  ])('is read with an unknown %s where it has a word that this version does not know', (_what, stored, path, expected) => {
    const read = plain(readStoredPaymentIntent(changedAt(stored, path, () => 'word_of_tomorrow')));
    const { v: _, ...unchanged } = stored;
    expect(read).toEqual(changedAt(unchanged, path, () => expected));
  });

  it('is read with an opaque next action where it has a kind that this version does not know', () => {
    const nextAction = { type: 'kind_of_tomorrow', address: 'https://bank.example' };
    expect(plain(readStoredPaymentIntent({ ...full, nextAction }))['nextAction']).toEqual({ type: 'opaque', providerType: 'kind_of_tomorrow', data: nextAction });
  });

  it.each([...new Set(sample.map(({ status }) => String(status)))])('is read as unknown, with the word that was used, where its status is none that this version knows: in place of %s', (status) => {
    const { v: _, ...stored } = sample.find((one) => one['status'] === status) ?? {};
    const { nextAction = null, canceledAt: _at, cancellationReason: _why, ...facts } = stored as Json & { readonly nextAction?: unknown };
    const read = plain(readStoredPaymentIntent({ v: 1, ...stored, status: 'status_of_tomorrow' }));
    expect(read).toEqual({ ...facts, status: 'unknown', providerStatus: 'status_of_tomorrow', nextAction });
  });
});
