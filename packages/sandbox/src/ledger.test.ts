import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allDialects, drive, type Driver } from './testing/drive.js';
import type { LedgerEntry, Movement } from './index.js';
import { paymentMethodNames } from './engine/payment-methods.js';

const method = fc.constantFrom(...paymentMethodNames);
const operation = fc.oneof(
  fc.record({ do: fc.constant('create' as const), amount: fc.integer({ min: 100, max: 5000 }), manual: fc.boolean(), confirm: fc.boolean(), method }),
  fc.record({ do: fc.constant('confirm' as const), method }),
  fc.record({ do: fc.constant('capture' as const), amount: fc.option(fc.integer({ min: 50, max: 6000 }), { nil: undefined }) }),
  fc.record({ do: fc.constantFrom('cancel' as const, 'complete' as const, 'fail' as const) }),
  fc.record({ do: fc.constantFrom('increment' as const, 'update' as const), amount: fc.integer({ min: 50, max: 8000 }) }),
  fc.record({ do: fc.constant('refund' as const), amount: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined }) }),
  fc.record({ do: fc.constant('advance' as const), seconds: fc.constantFrom(10, 61, 86_400, 8 * 86_400) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

async function carryOut(driver: Driver, step: Operation, key: string): Promise<void> {
  const id = driver.sandbox.ledger().at(-1)?.id ?? 'none';
  switch (step.do) {
    case 'create':
      await driver.create(step, key);
      return;
    case 'confirm':
      await driver.confirm(id, driver.method(step.method), key);
      return;
    case 'capture':
      await driver.capture(id, step.amount, {}, key);
      return;
    case 'cancel':
      await driver.cancel(id, {}, key);
      return;
    case 'refund':
      await driver.refund(id, step.amount, {}, key);
      return;
    case 'increment':
      await driver.increment(id, step.amount);
      return;
    case 'update':
      await driver.update(id, { amount: step.amount });
      return;
    case 'advance':
      driver.sandbox.advance(step.seconds);
      return;
    default:
      if (driver.sandbox.ledger().at(-1)?.status !== 'requires_action') return;
      if (step.do === 'complete') driver.sandbox.completeAction(id);
      else driver.sandbox.failAction(id);
  }
}

/** What is wrong with an entry; nothing, one hopes. */
function faults(entry: LedgerEntry, partialCapture: 'closes' | 'stays_open'): readonly string[] {
  const { status, authorized, captured, released, refunded, refundPending, movements } = entry;
  const count = (type: Movement['type']) => movements.filter((movement) => movement.type === type).length;
  const held = authorized - captured - released;
  const rules: readonly (readonly [string, boolean])[] = [
    ['never more captured and released than authorised', held >= 0],
    ['never more refunded and on its way back than captured', refunded + refundPending <= captured],
    ['movements are whole and above zero', movements.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0)],
    ['authorised once', count('authorized') <= 1],
    ['captured once, when a capture closes', partialCapture === 'stays_open' || count('captured') <= 1],
    ['succeeded means captured', status !== 'succeeded' || captured > 0],
    ['the end leaves nothing held', !['succeeded', 'canceled'].includes(status) || held === 0],
    ['requires_capture means held', status !== 'requires_capture' || held > 0],
    ['nothing authorised before', ['requires_capture', 'succeeded', 'canceled'].includes(status) || authorized === 0],
  ];
  return rules.flatMap(([rule, kept]) => (kept ? [] : [`${entry.id}: ${rule}`]));
}

describe.each(allDialects)('%s: the books', (dialect) => {
  it.each(['closes', 'stays_open'] as const)('balance after any operations (partial capture %s)', async (partialCapture) => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), async (operations) => {
        const driver = drive({ dialect, switches: { partialCapture, refundsSettle: 'later', refundWithoutAmount: 'whole' } });
        for (const [index, step] of operations.entries()) await carryOut(driver, step, `key-${index}`);
        for (const entry of driver.sandbox.ledger()) expect(faults(entry, partialCapture)).toEqual([]);
        for (const { status } of driver.sandbox.requests()) expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

it('what the ledger gives away cannot be changed', async () => {
  const driver = drive({ dialect: 'stripe' });
  await driver.create({ method: 'succeeds', confirm: true });
  const [entry] = driver.sandbox.ledger();
  for (const value of [driver.sandbox.ledger(), entry, entry?.movements, entry?.movements[0]]) expect(Object.isFrozen(value)).toBe(true);
});
