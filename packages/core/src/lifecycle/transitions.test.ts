import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { vocabulary, type OperationName } from '../contract/vocabulary.js';
import { paymentIntentStatuses, type KnownPaymentIntentStatus } from '../model/payment-intent.js';
import { mayBeLegal, reachableStatuses } from './legality.js';
import { paymentIntentTransitions, terminalStatuses } from './transitions.js';

describe('the transitions', () => {
  it('leave no terminal status', () => {
    expect(paymentIntentTransitions.filter(({ from }) => terminalStatuses.has(from))).toEqual([]);
  });

  it('lead on from every status that is not terminal', () => {
    const withWayOut = new Set(paymentIntentTransitions.map(({ from }) => from));
    expect(paymentIntentStatuses.filter((status) => !withWayOut.has(status))).toEqual([...terminalStatuses]);
  });

  it('lead from the first status to every other', () => {
    expect([...reachableStatuses('requires_payment_method')].toSorted()).toEqual([...paymentIntentStatuses].toSorted());
  });

  it('are told once each, lead elsewhere and have a cause', () => {
    const pairs = paymentIntentTransitions.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(paymentIntentTransitions.filter(({ from, to, by }) => from === to || by.length === 0)).toEqual([]);
  });

  it('by an operation start where the operation is legal', () => {
    const wrong = (['confirm', 'capture', 'cancel'] as const).flatMap((verb) =>
      paymentIntentTransitions.filter(({ from, by }) => by.includes(verb) && !vocabulary[`paymentIntents.${verb}`].legalFrom?.includes(from)));
    expect(wrong).toEqual([]);
  });
});

const mayTry = (operation: OperationName, seen: KnownPaymentIntentStatus | 'unknown'): boolean => mayBeLegal(vocabulary[operation].legalFrom ?? paymentIntentStatuses, seen);

describe('an operation on an old snapshot', () => {
  it.each<readonly [OperationName, KnownPaymentIntentStatus | 'unknown', boolean]>([
    ['paymentIntents.capture', 'requires_payment_method', true],
    ['paymentIntents.capture', 'requires_capture', true],
    ['paymentIntents.capture', 'processing', true],
    ['paymentIntents.capture', 'succeeded', false],
    ['paymentIntents.capture', 'canceled', false],
    ['paymentIntents.confirm', 'requires_payment_method', true],
    ['paymentIntents.confirm', 'requires_action', true],
    ['paymentIntents.confirm', 'succeeded', false],
    ['paymentIntents.confirm', 'canceled', false],
    ['paymentIntents.cancel', 'processing', true],
    ['paymentIntents.cancel', 'succeeded', false],
    ['paymentIntents.incrementAuthorization', 'requires_confirmation', true],
    ['paymentIntents.incrementAuthorization', 'succeeded', false],
    ['paymentIntents.confirm', 'unknown', true],
    ['paymentIntents.capture', 'unknown', true],
  ])('%s when last seen %s: may be tried is %s', (operation, seen, allowed) => {
    expect(mayTry(operation, seen)).toBe(allowed);
  });

  it('is never refused in a status that this version does not know', () => {
    expect([...reachableStatuses('unknown')]).toEqual([...paymentIntentStatuses]);
  });

  it('counts the status itself as reachable', () => {
    expect(paymentIntentStatuses.filter((status) => !reachableStatuses(status).has(status))).toEqual([]);
  });
});

describe('docs/lifecycle.md', () => {
  const page = readFileSync(new URL('../../../../docs/lifecycle.md', import.meta.url), 'utf8');
  const told = paymentIntentTransitions.map(({ from, to, by }) => `${from} --> ${to}: ${by.join(', ')}`);
  const rows = (heading: string): string[][] =>
    (page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));

  it('draws exactly the transitions of the data, with what causes them', () => {
    const drawn = [...page.matchAll(/^ {2,}(\w+ --> \w+: .+)$/gm)].map(([, arrow]) => arrow);
    expect(drawn.toSorted()).toEqual(told.toSorted());
  });

  it('draws an end at exactly the terminal statuses', () => {
    expect([...page.matchAll(/^ +(\w+) --> \[\*\]$/gm)].map(([, status]) => status).toSorted()).toEqual([...terminalStatuses].toSorted());
  });

  it('has the same transitions in a table', () => {
    expect(rows('Transitions').map(([from, to, by]) => `${from} --> ${to}: ${by}`)).toEqual(told);
  });

  it('says for every operation from which statuses it is legal', () => {
    const legal = Object.entries(vocabulary).map(([name, { legalFrom }]) => [name, legalFrom?.join(', ') ?? 'any']);
    expect(rows('Operations')).toEqual(legal);
  });
});
