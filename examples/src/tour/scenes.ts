import { money, PaymentError, supports, toBrowser, type BrowserPayment, type CancellationReason, type PaymentIntent, type Payments, type PaymentsFacts } from '@oneintent/core';

/** The client that the application needs. What only some providers have is asked for with `supports()` and `accepts()`. */
export type ShopPayments = Payments<'paymentIntents.create' | 'paymentIntents.retrieve' | 'paymentIntents.confirm' | 'paymentIntents.capture' | 'paymentIntents.cancel'>;

/** A small shop: what the application knows and the world that it stands in. */
export interface Shop {
  readonly currency: string;
  /** The customer's saved card: one that pays, or one that is declined. */
  readonly card: (kind: 'good' | 'declined') => { readonly paymentMethod: string; readonly customer?: string };
  /** The order book: the newest snapshot of each payment. */
  readonly store: (intent: PaymentIntent) => PaymentIntent;
  readonly stored: () => readonly PaymentIntent[];
  /** The page of the customer, who does what the payment asks for. */
  readonly browser: (payment: BrowserPayment) => Promise<void>;
  /** Says what a call came to that returns no payment. */
  readonly tell: (operation: string, result: string) => void;
  readonly note: (text: string) => void;
  readonly network: { readonly loseNextAnswer: () => void; readonly answersLost: () => number; readonly bytesSent: () => number };
}

/** What a scene has seen beside the statuses. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Minor units, as the provider's books have to show them. */
export interface Movements {
  readonly authorised: number;
  readonly captured: number;
  readonly released: number;
}

export interface Scene {
  readonly title: (show: (units: number) => string) => string;
  /** The statuses that the application is told, in order; what the books show; what else is seen. */
  readonly promised: { readonly statuses: readonly string[]; readonly money: Movements; readonly facts: (payments: PaymentsFacts) => Facts };
  readonly play: (payments: ShopPayments, shop: Shop, reference: string) => Promise<Facts>;
}

/** Thrown by what is not there in this run, such as a customer. */
export class NotTested extends Error {}

const none = (): Facts => ({});
const nothing: Movements = { authorised: 0, captured: 0, released: 0 };

/** Not every provider takes the address to come back to. */
const returnAddress = (payments: ShopPayments, operation: 'paymentIntents.create' | 'paymentIntents.confirm'): { readonly returnUrl?: string } =>
  payments.accepts(operation).includes('returnUrl') ? { returnUrl: 'https://shop.example/return' } : {};

interface Ask {
  readonly threeDSecure?: 'any';
}

const hold = async (units: number, payments: ShopPayments, shop: Shop, reference: string, ask: Ask = {}): Promise<PaymentIntent> => {
  const address = returnAddress(payments, 'paymentIntents.create');
  const input = { amount: money(units, shop.currency), captureMethod: 'manual', confirm: true, ...shop.card('good'), ...address, ...ask } as const;
  return shop.store(await payments.paymentIntents.create(input, { reference }));
};

const holdAndTakePart = (ask: Ask): Scene => ({
  title: (show) => `Hold ${show(1000)}${ask.threeDSecure ? ' with 3-D Secure' : ''}, take ${show(800)}, release the rest`,
  promised: {
    statuses: [...(ask.threeDSecure ? ['requires_action'] : []), 'requires_capture', 'succeeded'],
    money: { authorised: 1000, captured: 800, released: 200 },
    facts: none,
  },
  play: async (payments, shop, reference) => {
    let intent = await hold(1000, payments, shop, reference, ask);
    if (intent.status === 'requires_action') {
      await shop.browser(toBrowser(intent));
      intent = shop.store(await payments.paymentIntents.retrieve(intent));
    }
    shop.store(await payments.paymentIntents.capture(intent, { amount: money(800, shop.currency) }, { reference }));
    return {};
  },
});

const takeAtOnce: Scene = {
  title: (show) => `Take ${show(500)} at once`,
  promised: { statuses: ['succeeded'], money: { authorised: 500, captured: 500, released: 0 }, facts: none },
  play: async (payments, shop, reference) => {
    const input = { amount: money(500, shop.currency), confirm: true, ...shop.card('good'), ...returnAddress(payments, 'paymentIntents.create') };
    shop.store(await payments.paymentIntents.create(input, { reference }));
    return {};
  },
};

const declineAndSecondAttempt: Scene = {
  title: (show) => `Charge ${show(300)} to a card that is declined, then to another`,
  promised: {
    statuses: ['requires_payment_method', 'requires_payment_method', 'succeeded'],
    money: { authorised: 300, captured: 300, released: 0 },
    facts: () => ({ declined: 'card_declined' }),
  },
  play: async (payments, shop, reference) => {
    const [{ paymentMethod: declined, ...customer }, { paymentMethod: other }] = [shop.card('declined'), shop.card('good')];
    const order = shop.store(await payments.paymentIntents.create({ amount: money(300, shop.currency), ...customer }, { reference }));
    const address = returnAddress(payments, 'paymentIntents.confirm');
    const first = shop.store(await payments.paymentIntents.confirm(order, { paymentMethod: declined, ...address }, { reference }));
    const reason = first.lastPaymentError?.reason ?? null;
    shop.note(`a decline is a value, not an exception: lastPaymentError.reason is ${reason}; the next try says attempt: 2`);
    shop.store(await payments.paymentIntents.confirm(first, { paymentMethod: other, ...address }, { reference, attempt: 2 }));
    return { declined: reason };
  },
};

/** Not every provider tells the reason back: `null` means that it did not say. */
const cancelFor = async (reason: CancellationReason, payments: ShopPayments, shop: Shop, intent: PaymentIntent, reference: string): Promise<Facts> => {
  const canceled = shop.store(await payments.paymentIntents.cancel(intent, { reason }, { reference }));
  const told = canceled.status === 'canceled' ? canceled.cancellationReason : null;
  return { toldAnotherReason: told !== null && told !== reason };
};

const cancelWithReason: Scene = {
  title: (show) => `Hold ${show(400)}, then cancel it with a reason`,
  promised: {
    statuses: ['requires_capture', 'canceled'],
    money: { authorised: 400, captured: 0, released: 400 },
    facts: () => ({ toldAnotherReason: false }),
  },
  play: async (payments, shop, reference) => {
    const held = await hold(400, payments, shop, reference);
    return cancelFor('requested_by_customer', payments, shop, held, reference);
  },
};

const loseAnAnswer: Scene = {
  title: (show) => `Hold ${show(700)} and take it; the provider does so, but its answer is lost`,
  promised: {
    statuses: ['requires_capture', 'succeeded'],
    money: { authorised: 700, captured: 700, released: 0 },
    facts: () => ({ answersLost: 1, received: 700 }),
  },
  play: async (payments, shop, reference) => {
    const held = await hold(700, payments, shop, reference);
    const lostBefore = shop.network.answersLost();
    shop.network.loseNextAnswer();
    const { amountReceived } = shop.store(await payments.paymentIntents.capture(held, {}, { reference }));
    return { answersLost: shop.network.answersLost() - lostBefore, received: amountReceived?.minorUnits ?? null };
  },
};

const createAndCancel: Scene = {
  title: (show) => `Create a payment of ${show(600)}, look it up, cancel it with a reason`,
  promised: {
    statuses: ['requires_payment_method', 'requires_payment_method', 'canceled'],
    money: nothing,
    facts: () => ({ toldAnotherReason: false }),
  },
  play: async (payments, shop, reference) => {
    const created = shop.store(await payments.paymentIntents.create({ amount: money(600, shop.currency) }, { reference }));
    const same = shop.store(await payments.paymentIntents.retrieve(created.ref));
    return cancelFor('requested_by_customer', payments, shop, same, reference);
  },
};

/** What TypeScript does not let one write: a call of a verb that the client does not have. */
const callMissingVerb = async (payments: PaymentsFacts & { readonly paymentIntents: object }, verb: string): Promise<unknown> => {
  const missing: unknown = Reflect.get(payments.paymentIntents, verb);
  return typeof missing === 'function' ? missing() : null;
};

/** Other payments of the account may stand between those of this run. */
const farEnough = 100;

const listing: Scene = {
  title: () => 'List the payments, three to a page',
  promised: {
    statuses: [],
    money: nothing,
    facts: (payments) => ({ list: supports(payments, 'paymentIntents.list') ? 'all payments found' : 'unsupported, 0 bytes sent' }),
  },
  play: async (payments, shop) => {
    if (supports(payments, 'paymentIntents.list')) {
      const wanted = new Set(shop.stored().map(({ id }) => id));
      const count = wanted.size;
      let seen = 0;
      for await (const { id } of payments.paymentIntents.iterate({ limit: 3 })) {
        wanted.delete(id);
        seen += 1;
        if (wanted.size === 0 || seen === farEnough) break;
      }
      shop.tell('paymentIntents.list', `${count - wanted.size} of ${count} found`);
      return { list: wanted.size === 0 ? 'all payments found' : `${wanted.size} missing` };
    }
    const before = shop.network.bytesSent();
    const refusal = await callMissingVerb(payments, 'list').catch((error: unknown) => error);
    const list = `${PaymentError.is(refusal) ? refusal.code : 'not refused'}, ${shop.network.bytesSent() - before} bytes sent`;
    shop.tell('paymentIntents.list', list);
    return { list };
  },
};

/** The tour, with a customer at hand. */
export const scenes: readonly Scene[] = [holdAndTakePart({ threeDSecure: 'any' }), takeAtOnce, declineAndSecondAttempt, cancelWithReason, loseAnAnswer, listing];

/** What a server can do by itself. */
export const serverScenes: readonly Scene[] = [createAndCancel, holdAndTakePart({}), takeAtOnce, declineAndSecondAttempt, cancelWithReason, loseAnAnswer, listing];
