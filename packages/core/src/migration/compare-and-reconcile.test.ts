import { describe, expect, it } from 'vitest';
import { readRefund } from '../testing/acme-objects.js';
import { acmeLimits } from '../testing/acme.js';
import { normalize } from '../contract/normalize.js';
import { snapshot } from '../testing/client.js';
import { compareIntents, type CompareOptions, type FieldComparison } from './compare-intents.js';
import { reconciliationLine } from './reconcile.js';

const old = { id: 'pi_old', status: 'succeeded', amount: 1000, amountReceived: 1000, currency: 'EUR', captureMethod: 'automatic', clientSecret: 'pi_old_secret_1' } as const;

const compared = (change: Parameters<typeof snapshot>[0], options?: CompareOptions): ReadonlyMap<string, FieldComparison> =>
  new Map(compareIntents(snapshot(old, 'old'), snapshot({ ...old, id: 'pi_new', ...change }, 'new'), options).map((comparison) => [comparison.field, comparison]));

const fieldsThat = (verdict: FieldComparison['verdict'], comparisons: ReadonlyMap<string, FieldComparison>): readonly string[] =>
  [...comparisons.values()].filter((comparison) => comparison.verdict === verdict).map(({ field }) => field);

describe('the same order at two providers', () => {
  it('differs only in what a migration makes differ', () => {
    const comparisons = compared({ clientSecret: 'pi_new_secret_2' });
    expect(fieldsThat('different', comparisons)).toEqual([]);
    expect(fieldsThat('explained', comparisons)).toEqual(expect.arrayContaining(['account', 'id', 'ref', 'clientSecret']));
  });

  it.each([
    ['amount', { amount: 999 }],
    ['amountReceived', { amountReceived: 0 }],
    ['status', { status: 'requires_capture' as const }],
    ['livemode', { livemode: true }],
    ['captureMethod', { captureMethod: 'manual' as const }],
  ])('a difference of %s wants a look', (field, change) => {
    const other = field === 'livemode' ? compareIntents(snapshot({ ...old, livemode: false }), snapshot({ ...old, livemode: true })) : [...compared(change).values()];
    expect(other.find((comparison) => comparison.field === field)?.verdict).toBe('different');
  });

  it.each([
    ['customer', { customer: 'cus_1' }],
    ['paymentMethod', { paymentMethod: 'pm_1' }],
    ['setupFutureUsage', { setupFutureUsage: 'off_session' as const }],
  ])('wants a look where the %s got lost on the way', (field, had) => {
    const comparisons = compareIntents(snapshot({ ...old, ...had }, 'old'), snapshot(old, 'new'));
    expect(comparisons.filter(({ verdict }) => verdict === 'different').map((comparison) => comparison.field)).toEqual([field]);
  });

  it('says why each was canceled', () => {
    const canceled = (cancellationReason: 'duplicate' | 'fraudulent', canceledAt: string) => snapshot({ ...old, status: 'canceled', cancellationReason, canceledAt });
    const comparisons = compareIntents(canceled('duplicate', '2026-01-01T00:00:00.000Z'), canceled('fraudulent', '2026-01-02T00:00:00.000Z'));
    expect(comparisons.filter(({ verdict }) => verdict === 'different').map(({ field }) => field)).toEqual(['cancellationReason']);
  });

  it('is told by the mapping who is who, and which values were accepted', () => {
    const one = snapshot({ ...old, customer: 'cus_1', paymentMethod: 'pm_1', captureMethod: 'automatic_async' }, 'old');
    const other = snapshot({ ...old, customer: 'cus_9', paymentMethod: 'pm_9', captureMethod: 'automatic' }, 'new');
    const identities = [{ kind: 'customer', from: 'cus_1', to: 'cus_9' }, { kind: 'payment_method', from: 'pm_1', to: 'pm_9' }] as const;
    const different = (options?: CompareOptions): readonly string[] => compareIntents(one, other, options).filter(({ verdict }) => verdict === 'different').map(({ field }) => field);
    expect(different()).toEqual(['captureMethod', 'customer', 'paymentMethod']);
    expect(different({ identities, mappings: { captureMethod: { automatic_async: 'automatic' } } })).toEqual([]);
  });

  it('is compared without a secret in what is told', () => {
    expect(JSON.stringify([...compared({ clientSecret: 'pi_new_secret_2' }).values()])).not.toContain('secret_');
  });
});

describe('a line for the books', () => {
  it('has a payment with what was asked for and what was taken, in minor units', () => {
    expect(reconciliationLine(snapshot({ ...old, amountReceived: 800, metadata: { oneintent_reference: 'order-1' } }, 'old'))).toMatchObject({
      type: 'payment', account: 'old', ref: 'old:pi_old', reference: 'order-1', payment: null, status: 'succeeded', currency: 'EUR', amount: 1000, settled: 800,
    });
  });

  it.each([
    ['succeeded', 300],
    ['pending', 0],
    ['failed', 0],
  ])('has a refund that is %s, with the ref of its payment and %i that went back', (status, settled) => {
    const reading = readRefund({ id: 're_1', status, amount: 300, payment: 'pi_old' });
    const refund = normalize('refund', { ...reading, currency: 'EUR', paymentIntent: 'pi_old', status }, { account: 'old', adapter: { provider: 'acme' }, limits: acmeLimits } as never);
    expect(reconciliationLine(refund)).toMatchObject({ type: 'refund', payment: 'old:pi_old', amount: 300, settled });
  });

  it('says null for what the provider does not tell, not 0', () => {
    expect(reconciliationLine(snapshot({ ...old, status: 'processing', amountReceived: null })).settled).toBeNull();
  });
});
