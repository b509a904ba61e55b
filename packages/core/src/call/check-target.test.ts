import { describe, expect, it } from 'vitest';
import type { ObjectKind } from '../model/kinds.js';
import type { PaymentAttempt, SetupIntent } from '../index.js';
import { bench, snapshot, thrownBy } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';
import { bareId, resolveTarget } from './check-target.js';

const means = (target: unknown, kind: ObjectKind = 'payment_intent') => resolveTarget(target as never, 'acme', kind);
const problemOf = (target: unknown, kind?: ObjectKind) => thrownBy(() => means(target, kind));
const without = (field: string): object => Object.fromEntries(Object.entries(snapshot()).filter(([name]) => name !== field));
const setup = (): Promise<SetupIntent> => bench([answer(200, { id: 'seti_1', status: 'succeeded' })]).payments.setupIntents.retrieve('seti_1');
const attempt = (): Promise<PaymentAttempt> => bench([answer(200, { id: 'ch_1', status: 'succeeded', amount: 1000 })]).payments.attempts.retrieve('ch_1');

describe('a target', () => {
  it.each<readonly [string, unknown, ObjectKind, string]>([
    ['the id that the provider gave', 'pi_1', 'payment_intent', 'pi_1'],
    ['its ref', 'acme:pi_1', 'payment_intent', 'pi_1'],
    ['an id with a colon that begins like no ref', 'Urn:pi_1', 'payment_intent', 'Urn:pi_1'],
    ['an id that looks like a ref of another account, when it is given as an id', { id: 'shop-eu:pi_1' }, 'payment_intent', 'shop-eu:pi_1'],
    ['a part of it', { id: 'pi_1', ref: 'acme:pi_1' }, 'payment_intent', 'pi_1'],
    ['a part of it that says what it is', { object: 'payment_intent', id: 'pi_1' }, 'payment_intent', 'pi_1'],
    ['an object of the provider’s own, whose ref is no text', { id: 'pi_1', ref: 7 }, 'payment_intent', 'pi_1'],
    ['an object of the provider’s own, that says otherwise what it is', { id: 'pi_1', object: 7 }, 'payment_intent', 'pi_1'],
  ])('may be %s', (_what, target, kind, id) => {
    expect(means(target, kind).id).toBe(id);
  });

  it.each<readonly [string, object, boolean]>([
    ['all of an intent', snapshot(), true],
    ['an intent without its status', without('status'), false],
    ['an intent without its ref', without('ref'), false],
    ['an intent without what the provider said', without('raw'), false],
    ['no more than an id', { id: 'pi_1' }, false],
    ['an object of the provider’s own with as many fields', { id: 'pi_1', status: 'succeeded', ref: 'acme:pi_1', raw: null }, false],
  ])('is believed about the state of the intent only as a whole: %s', (_what, target, isBelieved) => {
    expect(means(target)).toEqual({ id: 'pi_1', snapshot: isBelieved ? target : null });
  });

  it('is the attempt itself, or the intent that names it', async () => {
    expect(means(await attempt(), 'payment_attempt')).toEqual({ id: 'ch_1', snapshot: null });
    expect(means(snapshot({ latestPayment: 'ch_1' }), 'payment_attempt')).toEqual({ id: 'ch_1', snapshot: null });
  });

  it('is no attempt while the intent names none, nor when it is a setup', async () => {
    const none = { field: 'target', problem: 'has no payment attempt yet', remedy: expect.stringContaining('that has been confirmed') };
    for (const target of [snapshot(), await setup()]) expect(problemOf(target, 'payment_attempt')).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [none] });
  });

  it.each([null, undefined, 7, '', '   ', '.', '..', 'pi_1\n', { id: ' \t' }, { id: '..' }, { id: 7 }, {}])('is not %j', (target) => {
    expect(problemOf(target)).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'target', problem: 'is not the id of an object', remedy: expect.stringContaining('its ref') }] });
  });

  it.each<readonly [string, unknown]>([
    ['a ref', 'shop-eu:pi_1'],
    ['an intent', snapshot({}, 'shop-eu')],
    ['a part of an intent', { id: 'pi_1', ref: 'shop-eu:pi_1' }],
    ['an intent that says so in its account alone', { ...snapshot(), account: 'shop-eu' }],
  ])('of another account is refused, so that no money moves at the wrong one: %s', (_what, target) => {
    const problem = "belongs to the account 'shop-eu', and this client is the account 'acme'";
    expect(problemOf(target)).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'target', problem, remedy: expect.stringContaining("Use that account's client") }] });
  });

  it.each<readonly [string, unknown, ObjectKind, string]>([
    ['all of an intent where a refund is wanted', snapshot(), 'refund', 'is a payment_intent, where a refund is wanted'],
    ['a part of a refund where an intent is wanted', { object: 'refund', id: 're_1' }, 'payment_intent', 'is a refund, where a payment_intent is wanted'],
  ])('of another kind is refused: %s', (_what, target, kind, problem) => {
    expect(problemOf(target, kind)).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'target', problem, remedy: `Give the ${kind}, its ref, or its id.` }] });
  });
});

describe('what a list is narrowed to', () => {
  it.each([
    ['pi_1', 'pi_1'],
    ['acme:pi_1', 'pi_1'],
    ['shop-eu:pi_1', 'shop-eu:pi_1'],
  ])('may be named by a ref of this account: %s', (text, id) => {
    expect(bareId(text, 'acme')).toBe(id);
  });
});
