import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refundable, type LivingObject, type Refund } from '../index.js';
import { normalize } from '../contract/normalize.js';
import { readRefund } from '../testing/acme-objects.js';
import { acmeLimits } from '../testing/acme.js';
import { snapshot, thrownBy } from '../testing/client.js';
import { reduceSnapshot } from './reduce-snapshot.js';

const context = { account: 'acme', adapter: { provider: 'acme' }, limits: acmeLimits };
const refund = (said: object = {}): Refund => normalize('refund', readRefund({ id: 're_1', status: 'pending', amount: 300, payment: 'pi_1', ...said }), context);

const minute = (count: number): string => new Date(Date.parse('2026-04-10T05:00:00Z') + count * 60_000).toISOString();

/** The life of a payment as its snapshots tell it, in order: with the provider's clock, and without. */
const life = (withClock: boolean): readonly LivingObject[] =>
  (
    [
      ['requires_payment_method', 0],
      ['requires_confirmation', 0],
      ['requires_action', 0],
      ['processing', 0],
      ['requires_capture', 0],
      ['requires_capture', 400],
      ['succeeded', 1000],
    ] as const
  ).map(([status, amountReceived], index) => snapshot({ status, amountReceived, ...(withClock && { updatedAt: minute(index) }) }));

const reduceAll = (snapshots: readonly LivingObject[]): LivingObject | null => snapshots.reduce<LivingObject | null>((known, next) => reduceSnapshot(known, next).snapshot, null);

/** Any delivery of some of the snapshots: in any order, some twice, some not at all. */
const deliveries = (snapshots: readonly LivingObject[]) => fc.array(fc.constantFrom(...snapshots), { minLength: 1, maxLength: 14 });

describe('snapshots of a payment that come in any order, twice, late or not at all', () => {
  it('end in the newest of those that came, where the provider has a clock', () => {
    const snapshots = life(true);
    fc.assert(
      fc.property(deliveries(snapshots), (delivered) => {
        const newest = snapshots.findLast((one) => delivered.includes(one));
        expect(reduceAll(delivered)).toEqual(newest);
      }),
    );
  });

  it('end in the same state whatever their order, where it has none', () => {
    const snapshots = life(false);
    fc.assert(
      fc.property(deliveries(snapshots).chain((delivered) => fc.tuple(fc.constant(delivered), fc.shuffledSubarray(delivered, { minLength: delivered.length }))), ([one, other]) => {
        expect(reduceAll(other)).toEqual(reduceAll(one));
      }),
    );
  });

  it('never lose the end once it came, clock or not', () => {
    const snapshots = life(false);
    fc.assert(
      fc.property(deliveries(snapshots), deliveries(snapshots), (before, after) => {
        expect(reduceAll([...before, ...snapshots.slice(-1), ...after])).toMatchObject({ status: 'succeeded' });
      }),
    );
  });
});

describe('one more snapshot', () => {
  it.each([
    ['newer by the clock', { updatedAt: minute(0) }, { updatedAt: minute(1) }, 'current'],
    ['older by the clock', { updatedAt: minute(1) }, { updatedAt: minute(0) }, 'stale'],
    ['the same again', { status: 'processing' }, { status: 'processing' }, 'current'],
    ['that cannot be placed', { status: 'processing' }, { status: 'requires_action' }, 'undecided'],
  ] as const)('%s is told as such', (_what, one, other, freshness) => {
    expect(reduceSnapshot(snapshot(one), snapshot(other)).freshness).toBe(freshness);
  });

  it('of a refund: it never goes back from its end', () => {
    expect(reduceSnapshot(refund({ status: 'failed' }), refund({ status: 'succeeded' }))).toMatchObject({ snapshot: { status: 'failed' }, freshness: 'stale' });
    expect(reduceSnapshot(refund(), refund({ status: 'succeeded' }))).toMatchObject({ snapshot: { status: 'succeeded' }, freshness: 'current' });
    expect(reduceSnapshot(refund(), refund({ status: null })).freshness).toBe('undecided');
  });

  it('of another object is refused: what is known is kept by ref', () => {
    expect(thrownBy(() => reduceSnapshot(snapshot(), snapshot({ id: 'pi_2' })))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'next' }] });
  });
});

describe('what can still go back', () => {
  const paid = snapshot({ status: 'succeeded', amountReceived: 1000 });

  it.each<readonly [string, readonly Refund[], number]>([
    ['is all that was received at first', [], 1000],
    ['is less what went back, is on its way, or may have gone', [refund({ status: 'succeeded' }), refund({ id: 're_2' }), refund({ id: 're_3', status: null })], 100],
    ['counts no refund that failed or was stopped', [refund({ status: 'failed' }), refund({ status: 'canceled' })], 1000],
    ['is never below nothing', [refund({ amount: 700, status: 'succeeded' }), refund({ amount: 700, status: 'succeeded' })], 0],
  ])('%s', (_rule, refunds, left) => {
    expect(refundable(paid, refunds)).toEqual({ minorUnits: left, currency: 'EUR' });
  });

  it('is not known where the provider does not say what was received', () => {
    expect(refundable(snapshot({ amountReceived: null }), [])).toBeNull();
  });

  it.each([
    ['another payment', refund({ payment: 'pi_2' })],
    ['another currency', refund({ currency: 'jpy' })],
    ['a payment of the same id at another account', { ...refund(), account: 'elsewhere' }],
  ])('is not told from a refund of %s', (_what, other) => {
    expect(thrownBy(() => refundable(paid, [other]))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'refunds' }] });
  });
});
