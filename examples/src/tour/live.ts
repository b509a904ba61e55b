import { createPayments, explain, money, type Fetch, type PaymentIntent } from '@oneintent/core';
import { verdictOf, type BookEntry, type Verdict } from './books.js';
import { createNetwork } from './network.js';
import { playScenes, untested, type Played } from './play.js';
import type { Provider } from './providers.js';
import { serverScenes } from './scenes.js';
import { NotTested, type Shop, type ShopPayments } from './stage.js';
import { createTimeline } from './timeline.js';

/** What a run against a provider's test mode is given. */
export interface LiveOptions {
  readonly provider: Provider;
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly customer: string | undefined;
  readonly paymentMethod: string | undefined;
  readonly declinedPaymentMethod: string | undefined;
  readonly fetch: Fetch;
  /** Begins every reference: two runs must not share one, or the second would be given the answers of the first. */
  readonly run: string;
}

/** What a run against a provider's test mode came to, as data. */
export interface LiveVisit {
  readonly title: string;
  readonly choice: string;
  readonly origin: string;
  readonly mediaType: string | null;
  readonly currency: string;
  readonly played: readonly Played[];
  readonly verdict: Verdict;
  /** How many payments were canceled afterwards. */
  readonly cleanedUp: number;
  /** Payments that may still be open, by ref. */
  readonly leftOpen: readonly string[];
}

/** What no server can do by itself. */
const neverTested: readonly Played[] = [
  untested('A payment with 3-D Secure', 'only the customer, in a browser, can pass it'),
  untested('A card that is saved', 'only the customer, in a browser, can give it'),
  untested('Webhooks', 'the provider cannot reach this machine'),
  untested('A migration', 'it needs two providers, and this run has one'),
];

const unreachable = (): Promise<never> => Promise.reject(new NotTested("it needs the customer's browser, or an address that the provider can reach"));

const hasEnded = ({ status }: PaymentIntent): boolean => status === 'succeeded' || status === 'canceled';

/** Asks for every payment again. One that cannot be read is missing from the books, which the verdict says. */
const readBack = async (payments: ShopPayments, stored: readonly PaymentIntent[]): Promise<readonly BookEntry[]> => {
  const books: BookEntry[] = [];
  for (const { ref } of stored) {
    const now = await payments.paymentIntents.retrieve(ref).catch(() => null);
    if (now === null) continue;
    const { id, status, amount, amountReceived } = now;
    books.push({ id, status, amount: amount.minorUnits, authorised: null, captured: amountReceived?.minorUnits ?? null, released: null, refunded: null, captures: null });
  }
  return books;
};

/** Cancels what is still open. */
const cleanUp = async (payments: ShopPayments, stored: readonly PaymentIntent[]): Promise<Pick<LiveVisit, 'cleanedUp' | 'leftOpen'>> => {
  const open = stored.filter((intent) => !hasEnded(intent));
  const leftOpen: string[] = [];
  for (const { ref } of open) {
    try {
      await payments.paymentIntents.cancel(ref);
    } catch {
      leftOpen.push(ref);
    }
  }
  return { cleanedUp: open.length - leftOpen.length, leftOpen };
};

/**
 * Does what a server can do against a provider's test mode, then cancels what it left open.
 * @throws PaymentError, before anything is sent, when the key, the address or the payment method is not one that the provider takes.
 */
export const visitLive = async ({ provider, apiKey, baseUrl, customer, fetch, run, ...given }: LiveOptions): Promise<LiveVisit> => {
  const methods = { good: given.paymentMethod ?? provider.testMethods?.good, declined: given.declinedPaymentMethod ?? provider.testMethods?.declined };
  const network = createNetwork(fetch);
  const timeline = createTimeline();
  const adapter = provider.adapter(apiKey);
  const payments = createPayments({ adapter, account: 'tour', fetch: network.fetch, onExchange: timeline.onExchange, ...(baseUrl !== undefined && { baseUrl }) });
  const shop: Shop = {
    currency: provider.currency,
    card: (kind) => {
      const paymentMethod = methods[kind];
      if (paymentMethod === undefined) throw new NotTested(`a browser has to make a payment method first; give its id with ${kind === 'good' ? '--payment-method' : '--declined-payment-method'}`);
      return { paymentMethod, ...(customer !== undefined && { customer }) };
    },
    store: timeline.store,
    keep: timeline.keep,
    stored: timeline.stored,
    browser: () => Promise.reject(new NotTested("the provider asks for 3-D Secure, which needs the customer's browser")),
    giveCard: unreachable,
    deliver: unreachable,
    pass: () => undefined,
    tell: timeline.tell,
    note: timeline.note,
    network,
  };
  if (methods.good !== undefined) await explain(adapter, 'paymentIntents.create', { amount: money(500, provider.currency), ...shop.card('good') });
  const played = await playScenes(serverScenes, payments, shop, timeline, run);
  const { mediaType, stored } = { mediaType: timeline.mediaType(), stored: timeline.stored() };
  const books = await readBack(payments, stored);
  const verdict = verdictOf([...played, ...neverTested], books, provider.currency);
  return {
    title: provider.title,
    choice: provider.choice,
    origin: new URL(baseUrl ?? adapter.baseUrl).origin,
    mediaType,
    currency: provider.currency,
    played: [...played, ...neverTested],
    verdict,
    ...(await cleanUp(payments, stored)),
  };
};
