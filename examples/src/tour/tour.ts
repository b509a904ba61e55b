import { createPayments, type Fetch, type OperationName } from '@oneintent/core';
import { createSandbox, serve, type LedgerEntry, type RecordedEvent, type SetupEntry } from '@oneintent/sandbox';
import { booksOf, verdictOf, type Verdict } from './books.js';
import { createNetwork } from './network.js';
import { playScenes, type Played } from './play.js';
import type { Provider } from './providers.js';
import { scenes } from './scenes.js';
import type { Shop } from './stage.js';
import { createTimeline } from './timeline.js';

/** All that happened at one provider, as data. */
export interface Visit {
  readonly title: string;
  readonly choice: string;
  readonly origin: string;
  readonly mediaType: string | null;
  readonly currency: string;
  readonly operations: readonly OperationName[];
  readonly played: readonly Played[];
  readonly verdict: Verdict;
  /** The provider's books of payments. */
  readonly ledger: readonly LedgerEntry[];
  /** The provider's books of saved cards. */
  readonly setups: readonly SetupEntry[];
  /** What the provider has told by events, and every post of it. */
  readonly events: readonly RecordedEvent[];
}

/** Waiting before a repetition would only make the tour longer. */
const immediately = (): Promise<void> => Promise.resolve();

/** Opens a fresh sandbox on loopback and plays every scene against it. */
export const visit = async (provider: Provider, fetch: Fetch): Promise<Visit> => {
  const sandbox = createSandbox({ dialect: provider.dialect });
  const served = await serve(sandbox);
  try {
    const network = createNetwork(fetch);
    const timeline = createTimeline();
    const payments = createPayments({
      adapter: provider.adapter(sandbox.apiKey),
      account: 'shop',
      baseUrl: served.origin,
      fetch: network.fetch,
      webhookSecret: sandbox.webhookSecret,
      clock: sandbox.now,
      sleep: immediately,
      onExchange: timeline.onExchange,
    });
    const shop: Shop = {
      currency: provider.currency,
      card: (kind) => ({ customer: sandbox.customer, paymentMethod: sandbox.paymentMethods[kind === 'good' ? 'succeeds' : 'card_declined'] }),
      store: timeline.store,
      keep: timeline.keep,
      stored: timeline.stored,
      browser: async ({ id }) => {
        timeline.note('toBrowser(intent) goes to the customer, who passes 3-D Secure there');
        sandbox.completeAction(id);
      },
      giveCard: async ({ id }) => {
        timeline.note('toBrowser(setup) goes to the customer, who gives a card there');
        sandbox.completeSetup(id);
      },
      deliver: (receiver, how) => sandbox.deliver(receiver, how === undefined ? {} : { order: 'reversed', duplicates: 1 }),
      pass: sandbox.advance,
      tell: timeline.tell,
      note: timeline.note,
      network,
    };
    const played = await playScenes(scenes, payments, shop, timeline, 'order');
    return {
      title: provider.title,
      choice: provider.choice,
      origin: served.origin,
      mediaType: timeline.mediaType(),
      currency: provider.currency,
      operations: payments.operations,
      played,
      verdict: verdictOf(played, booksOf(sandbox.ledger()), provider.currency),
      ledger: sandbox.ledger(),
      setups: sandbox.setups(),
      events: sandbox.events(),
    };
  } finally {
    await served.close();
  }
};
