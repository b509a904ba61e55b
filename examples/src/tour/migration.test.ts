import { payjp } from '@oneintent/adapter-payjp';
import { claimedEntry, memoryMigrationDirectory, type MigrationDirectory } from '@oneintent/core/migration';
import { beforeAll, describe, expect, it } from 'vitest';
import { command } from './command.js';
import { visitMigration, type MigrationVisit, type Route } from './migration.js';
import { plain, visitText } from './print.js';
import { paymentFlows, paymentIntents } from './providers.js';

const routeWith = (change: Partial<Route> = {}): Route => ({ from: paymentIntents, to: paymentFlows, directory: memoryMigrationDirectory(), ...change });

describe('the migration of the tour', () => {
  let visited: MigrationVisit;
  beforeAll(async () => {
    visited = await visitMigration(routeWith(), fetch);
  });

  const ordersAt = (side: 'from' | 'to') => visited.sides[side].ledger.map(({ reference }) => reference);
  const text = (width: number) => visitText(visited, width, plain);

  it('leaves all orders at the old side at 0, divides them at 50 and has all of them at the new side at 100', () => {
    expect(ordersAt('from')).toEqual(['order-1-1', 'order-1-2', 'order-1-3', 'order-2-1', 'order-2-4']);
    expect(ordersAt('to')).toEqual(['order-2-2', 'order-2-3', 'order-3-1', 'order-3-2', 'order-4']);
  });

  it('pays the order whose answer was lost once, where it began, under one idempotency key', () => {
    expect(visited.sides.to.ledger.filter(({ captured }) => captured === 700).map(({ reference, status }) => [reference, status])).toEqual([['order-4', 'succeeded']]);
    expect(visited.sides.from.ledger.filter(({ amount }) => amount === 700)).toEqual([]);
    expect(text(136)).toMatch(/→ unknown +│ GET {2}\/v2\/payment_flows → no answer/);
    expect(text(136)).toMatch(/POST \/v2\/payment_flows → 200 \(again, same idempotency key\)\n.*0 at the old side, 1 at the new/);
  });

  it('takes what is held at the old side there, after all has moved', () => {
    expect(visited.sides.from.ledger.find(({ reference }) => reference === 'order-1-3')).toMatchObject({ status: 'succeeded', authorized: 900, captured: 600, released: 300 });
  });

  it('drains the old side until nothing is open there', () => {
    expect(visited.played.at(-1)?.facts).toEqual({ openBefore: 1, openAfter: 0, unknownAfter: 0, listed: true });
    expect(visited.sides.from.ledger.filter(({ status }) => status !== 'succeeded')).toEqual([]);
  });

  it('moves exactly the money that was ordered, by both ledgers', () => {
    expect(visited.verdict).toEqual({ payments: 10, authorised: 5600, captured: 5300, released: 300, refunded: 0, takenTwice: 0, wrongAnswers: 0, problems: [] });
  });

  it.each([80, 136])('shows its calls within %i columns', (width) => {
    const lines = text(width).split('\n').filter((line) => line.includes('│'));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });
});

/** One that remembers no owner. */
const forgetful = (): MigrationDirectory => ({
  ...memoryMigrationDirectory(),
  byKey: () => Promise.resolve(null),
  claim: (proposal) => Promise.resolve(claimedEntry(null, proposal)),
});

/** An adapter that captures half as much again as it is asked for. */
const greedy = (apiKey: string) => {
  const adapter = payjp({ apiKey, dialect: 'payment_intents' });
  const capture = adapter.operations['paymentIntents.capture'];
  const request: typeof capture.request = (input) => capture.request({ ...input, ...(input.amount && { amount: { ...input.amount, units: input.amount.units * 1.5 } }) });
  return { ...adapter, operations: { ...adapter.operations, 'paymentIntents.capture': { ...capture, request } } };
};

describe('the exit code is 1 and the last lines say what is off', () => {
  const run = async (route: Route) => {
    const written: string[] = [];
    const code = await command([], { env: {}, write: (text) => written.push(text), paint: plain, width: 136, fetch, run: 'test', providers: [], route });
    const [, end = ''] = written.join('').split('Not as promised:');
    return { code, end };
  };

  it('when the directory forgets, so that the order whose answer was lost is paid at both sides', async () => {
    const { code, end } = await run(routeWith({ directory: forgetful() }));
    expect(code).toBe(1);
    expect(end).toContain('the ledgers have order-4 not once: 1 at PAY.JP, payment intents, 1 at PAY.JP, payment flows');
    expect(end).toMatch(/the books have a payment pfw_\S+ of which the application was never told/);
  });

  it('when the old side takes more than it was asked for, by its ledger', async () => {
    const { code, end } = await run(routeWith({ from: { ...paymentIntents, adapter: greedy } }));
    expect(code).toBe(1);
    expect(end).toContain('the books show 900 JPY captured instead of 600 JPY');
  });

  it('and 0 when all is as promised', async () => {
    expect(await run(routeWith())).toEqual({ code: 0, end: '' });
  });
});
