import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshot } from '../testing/client.js';
import { paymentIntentStatuses } from '../model/payment-intent.js';
import { compareSnapshots, type SnapshotOrder } from './compare-snapshots.js';

const opposite: Readonly<Record<SnapshotOrder, SnapshotOrder>> = { first: 'second', second: 'first', same: 'same', undecided: 'undecided' };
const amount = fc.option(fc.integer({ min: 0, max: 3 }));
const any = fc
  .record({
    id: fc.constantFrom('pi_1', 'pi_2'),
    status: fc.constantFrom(...paymentIntentStatuses, 'never_heard_of'),
    updatedAt: fc.option(fc.constantFrom('2026-04-10T05:00:00Z', '2026-04-10T05:00:00.001Z', 1775797201)),
    amountReceived: amount,
    amountCapturable: amount,
  })
  .map((said) => snapshot(said));

const earlier = '2026-04-10T05:00:00Z';
const later = '2026-04-10T05:00:01Z';

describe('of two snapshots', () => {
  it('the order does not depend on which is named first', () => {
    fc.assert(
      fc.property(any, any, (first, second) => {
        expect(compareSnapshots(second, first)).toBe(opposite[compareSnapshots(first, second)]);
      }),
    );
  });

  it('one is the same as itself', () => {
    fc.assert(
      fc.property(any, (one) => {
        expect(compareSnapshots(one, one)).toBe('same');
      }),
    );
  });

  it.each<readonly [string, Parameters<typeof snapshot>[0], Parameters<typeof snapshot>[0], SnapshotOrder]>([
    ['of different objects nothing is known', { id: 'pi_1', updatedAt: later }, { id: 'pi_2', updatedAt: earlier }, 'undecided'],
    ['the later by the provider’s clock is newer', { updatedAt: later }, { updatedAt: earlier }, 'first'],
    ['the clock decides before an end does', { updatedAt: later, status: 'processing' }, { updatedAt: earlier, status: 'succeeded' }, 'first'],
    ['an end is newer where there is no clock', { status: 'succeeded' }, { status: 'processing' }, 'first'],
    ['an end is newer at the same time', { status: 'canceled', updatedAt: later }, { status: 'requires_capture', updatedAt: later }, 'first'],
    ['an end is newer where only one has a clock', { status: 'succeeded' }, { status: 'processing', updatedAt: later }, 'first'],
    ['an end decides before money does', { status: 'succeeded', amountReceived: 0 }, { status: 'processing', amountReceived: 5 }, 'first'],
    ['more money received is newer', { status: 'requires_capture', amountReceived: 5 }, { status: 'requires_capture', amountReceived: 4 }, 'first'],
    ['statuses that may follow each other decide nothing', { status: 'processing' }, { status: 'requires_action' }, 'undecided'],
    ['two different ends decide nothing', { status: 'succeeded' }, { status: 'canceled' }, 'undecided'],
    ['equal facts are the same', { status: 'processing', amountReceived: 0 }, { status: 'processing', amountReceived: 0 }, 'same'],
    ['other amounts are not the same', { amountCapturable: 5 }, { amountCapturable: 4 }, 'undecided'],
  ])('%s', (_rule, first, second, expected) => {
    expect(compareSnapshots(snapshot(first), snapshot(second))).toBe(expected);
  });

  it('of different accounts nothing is known', () => {
    expect(compareSnapshots(snapshot({ updatedAt: later }, 'one'), snapshot({ updatedAt: earlier }, 'two'))).toBe('undecided');
  });
});
