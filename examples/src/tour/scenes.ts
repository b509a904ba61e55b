import { money, supports, toBrowser, type CancellationReason, type PaymentIntent } from '@oneintent/core';
import { giveBackParts } from './give-back-parts.js';
import { hearOfIt } from './hear-of-it.js';
import { saveAndCharge } from './save-and-charge.js';
import { hold, none, nothing, returnAddress, tryMissing, type Ask, type Facts, type Scene, type Shop, type ShopPayments } from './stage.js';

const holdAndTakePart = (ask: Ask): Scene => ({
  title: (show) => `Hold ${show(1000)}${ask.threeDSecure ? ' with 3-D Secure' : ''}, take ${show(800)}, release the rest`,
  promised: {
    statuses: [...(ask.threeDSecure ? ['requires_action'] : []), 'requires_capture', 'succeeded'],
    money: { authorised: 1000, captured: 800, released: 200, refunded: 0 },
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
  promised: { statuses: ['succeeded'], money: { authorised: 500, captured: 500, released: 0, refunded: 0 }, facts: none },
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
    money: { authorised: 300, captured: 300, released: 0, refunded: 0 },
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
    money: { authorised: 400, captured: 0, released: 400, refunded: 0 },
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
    money: { authorised: 700, captured: 700, released: 0, refunded: 0 },
    facts: () => ({ answersLost: 1, received: 700 }),
  },
  play: async (payments, shop, reference) => {
    const held = await hold(700, payments, shop, reference);
    const lostBefore = shop.network.answersLost();
    shop.network.loseNextAnswers(1);
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
    return { list: await tryMissing(payments, shop, 'paymentIntents.list') };
  },
};

/** The tour, with a customer at hand. */
export const scenes: readonly Scene[] = [
  holdAndTakePart({ threeDSecure: 'any' }),
  takeAtOnce,
  declineAndSecondAttempt,
  cancelWithReason,
  loseAnAnswer,
  listing,
  saveAndCharge,
  giveBackParts,
  hearOfIt,
];

/** What a server can do by itself. */
export const serverScenes: readonly Scene[] = [
  createAndCancel,
  holdAndTakePart({}),
  takeAtOnce,
  declineAndSecondAttempt,
  cancelWithReason,
  loseAnAnswer,
  listing,
  giveBackParts,
];
