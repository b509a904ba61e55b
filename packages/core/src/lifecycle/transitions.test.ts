import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import { paymentIntentStatuses, type KnownPaymentIntentStatus } from '../model/payment-intent.js';
import { refundStatuses } from '../model/refund.js';
import { setupIntentStatuses } from '../model/setup-intent.js';
import { mayBeLegal, reachableStatuses } from './legality.js';
import { isTerminal, transitions, type Transition, type Trigger } from './transitions.js';

const kinds = [
  ['payment_intent', paymentIntentStatuses],
  ['setup_intent', setupIntentStatuses],
  ['refund', refundStatuses],
] as const;

describe.each(kinds)('the transitions of a %s', (kind, statuses) => {
  const table: readonly Transition<string>[] = transitions[kind];

  it('leave no terminal status', () => {
    expect(table.filter(({ from }) => isTerminal(kind, from))).toEqual([]);
  });

  it('lead on from every status that is not terminal', () => {
    const withWayOut = new Set(table.map(({ from }) => from));
    expect(statuses.filter((status) => !withWayOut.has(status))).toEqual(statuses.filter((status) => isTerminal(kind, status)));
  });

  it('lead from the first status to every other', () => {
    expect([...reachableStatuses(statuses[0], kind)].toSorted()).toEqual([...statuses].toSorted());
  });

  it('are told once each, lead elsewhere and have a cause', () => {
    const pairs = table.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(table.filter(({ from, to, by }) => from === to || by.length === 0)).toEqual([]);
  });
});

describe('the transitions', () => {
  it.each<readonly [keyof typeof transitions, Trigger, OperationName]>([
    ['payment_intent', 'confirm', 'paymentIntents.confirm'],
    ['payment_intent', 'capture', 'paymentIntents.capture'],
    ['payment_intent', 'cancel', 'paymentIntents.cancel'],
    ['setup_intent', 'confirm', 'setupIntents.confirm'],
    ['setup_intent', 'cancel', 'setupIntents.cancel'],
    ['refund', 'cancel', 'refunds.cancel'],
  ])('of a %s by %s start where %s is legal', (kind, trigger, operation) => {
    const legalFrom: readonly string[] | null = operationDefinitions[operation].legalFrom;
    const table: readonly Transition<string>[] = transitions[kind];
    expect(table.filter(({ from, by }) => by.includes(trigger) && !legalFrom?.includes(from))).toEqual([]);
  });
});

const mayTry = (operation: OperationName, seen: KnownPaymentIntentStatus | 'unknown'): boolean => mayBeLegal(operationDefinitions[operation].legalFrom ?? paymentIntentStatuses, seen);

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
  const section = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = (heading: string): string[][] =>
    section(heading)
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));

  describe.each([
    ['Payment intents', 'payment_intent', paymentIntentStatuses],
    ['Setup intents', 'setup_intent', setupIntentStatuses],
    ['Refunds', 'refund', refundStatuses],
  ] as const)('%s', (heading, kind, statuses) => {
    const told = transitions[kind].map(({ from, to, by }) => `${from} --> ${to}: ${by.join(', ')}`);

    it('draws exactly the transitions of the data, with what causes them', () => {
      const drawn = [...section(heading).matchAll(/^ {2,}(\w+ --> \w+: .+)$/gm)].map(([, arrow]) => arrow);
      expect(drawn.toSorted()).toEqual(told.toSorted());
    });

    it('draws an end at exactly the terminal statuses', () => {
      const ends = [...section(heading).matchAll(/^ +(\w+) --> \[\*\]$/gm)].map(([, status]) => status);
      expect(ends.toSorted()).toEqual(statuses.filter((status) => isTerminal(kind, status)).toSorted());
    });

    it('has the same transitions in a table', () => {
      expect(rows(heading).map(([from, to, by]) => `${from} --> ${to}: ${by}`)).toEqual(told);
    });
  });

  it('says for every operation from which statuses it is legal', () => {
    const legal = Object.entries(operationDefinitions).map(([name, { legalFrom }]) => [name, legalFrom?.join(', ') ?? 'any']);
    expect(rows('Operations')).toEqual(legal);
  });
});
