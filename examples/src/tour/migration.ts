import { createPayments, type Fetch } from '@oneintent/core';
import { createMigration, drain, type DrainProgress, type MigrationDecision, type MigrationDirectory } from '@oneintent/core/migration';
import { createSandbox, serve, type LedgerEntry } from '@oneintent/sandbox';
import { booksOf, verdictOf, type Verdict } from './books.js';
import { migrationScenes } from './migration-scenes.js';
import { createNetwork } from './network.js';
import { playScenes, type Played } from './play.js';
import type { Provider } from './providers.js';
import type { Shop } from './stage.js';
import { createTimeline } from './timeline.js';

/** From which provider to which, and where it is remembered who owns what. */
export interface Route {
  readonly from: Provider;
  readonly to: Provider;
  readonly directory: MigrationDirectory;
}

/** One side's own ledger. */
interface OwnLedger {
  readonly title: string;
  readonly ledger: readonly LedgerEntry[];
}

/** All that happened in a migration, as data. */
export interface MigrationVisit {
  readonly title: string;
  readonly choice: string;
  readonly origin: string;
  readonly mediaType: null;
  readonly currency: string;
  readonly played: readonly Played[];
  readonly sides: { readonly from: OwnLedger; readonly to: OwnLedger };
  /** The references of all orders, by the shop's own book. */
  readonly orders: readonly string[];
  /** What both ledgers say together. */
  readonly verdict: Verdict;
}

type Decided = Extract<MigrationDecision, { what: 'decided' }>;

const immediately = (): Promise<void> => Promise.resolve();

const lastOf = async (progress: AsyncIterable<DrainProgress>): Promise<DrainProgress> => {
  let last: DrainProgress | null = null;
  for await (const step of progress) last = step;
  if (last === null) throw new TypeError('drain has told nothing');
  return last;
};

/** Orders with another number of payments than one, over both ledgers. */
const notPaidOnce = (orders: readonly string[], { from, to }: MigrationVisit['sides']): readonly string[] => {
  const count = (side: OwnLedger, order: string): number => side.ledger.filter(({ reference }) => reference === order).length;
  return orders
    .filter((order) => count(from, order) + count(to, order) !== 1)
    .map((order) => `the ledgers have ${order} not once: ${count(from, order)} at ${from.title}, ${count(to, order)} at ${to.title}`);
};

/** Opens two fresh sandboxes on loopback, and migrates from one to the other. */
export const visitMigration = async ({ from, to, directory }: Route, fetch: Fetch): Promise<MigrationVisit> => {
  const [old, fresh] = [createSandbox({ dialect: from.dialect }), createSandbox({ dialect: to.dialect })];
  const [oldServed, freshServed] = [await serve(old), await serve(fresh)];
  try {
    const network = createNetwork(fetch);
    const timeline = createTimeline();
    const orders: string[] = [];
    const decided: Decided[] = [];
    let share = 0;
    // An answer that is lost is left to the next run of the job.
    const more = { fetch: network.fetch, retries: 0, sleep: immediately, onExchange: timeline.onExchange } as const;
    const payments = createMigration({
      from: createPayments({ adapter: from.adapter(old.apiKey), account: 'shop', baseUrl: oldServed.origin, clock: old.now, ...more }),
      to: createPayments({ adapter: to.adapter(fresh.apiKey), account: 'shop-new', baseUrl: freshServed.origin, clock: fresh.now, ...more }),
      rollout: () => share,
      directory,
      singleProcess: true,
      onDecision: (decision) => {
        if (decision.what === 'decided') decided.push(decision);
      },
    });
    await directory.loadMappings([
      { kind: 'customer', from: old.customer, to: fresh.customer },
      { kind: 'payment_method', from: old.paymentMethods.succeeds, to: fresh.paymentMethods.succeeds },
    ]);
    const unused = (): Promise<never> => Promise.reject(new TypeError('a migration needs no customer'));
    const shop: Shop = {
      currency: from.currency,
      card: () => ({ customer: old.customer, paymentMethod: old.paymentMethods.succeeds }),
      store: timeline.store,
      keep: timeline.keep,
      stored: timeline.stored,
      browser: unused,
      giveCard: unused,
      deliver: unused,
      pass: () => undefined,
      tell: timeline.tell,
      note: timeline.note,
      network,
    };
    const scenes = migrationScenes({
      roll: (percent) => {
        share = percent;
      },
      order: (reference) => orders.push(reference),
      ledgers: (beginning) => {
        const count = (ledger: readonly LedgerEntry[]): number => ledger.filter(({ reference }) => reference?.startsWith(beginning)).length;
        return { from: count(old.ledger()), to: count(fresh.ledger()) };
      },
      places: (beginning, side) => decided.filter((one) => one.key.startsWith(beginning) && one.side === side).map(({ place }) => Math.floor(place)),
      drain: () => lastOf(drain({ payments: payments.from, directory })),
    });
    const played = await playScenes(scenes, payments, shop, timeline, 'order');
    const sides = { from: { title: from.title, ledger: old.ledger() }, to: { title: to.title, ledger: fresh.ledger() } };
    const verdict = verdictOf(played, booksOf([...sides.from.ledger, ...sides.to.ledger]), from.currency);
    return {
      title: `Migration: ${from.title} → ${to.title}`,
      choice: 'createMigration({ from, to, rollout, directory })',
      origin: `${oldServed.origin} and ${freshServed.origin}`,
      mediaType: null,
      currency: from.currency,
      played,
      sides,
      orders,
      verdict: { ...verdict, problems: [...verdict.problems, ...notPaidOnce(orders, sides)] },
    };
  } finally {
    await Promise.all([oldServed.close(), freshServed.close()]);
  }
};
