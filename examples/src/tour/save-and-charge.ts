import { money, supports, toBrowser } from '@oneintent/core';
import { NotTested, tryMissing, type Scene, type Shop, type ShopPayments } from './stage.js';

type Card = ReturnType<Shop['card']>;

/** What came of a setup, and the card to charge. */
interface Saved {
  readonly told: string;
  readonly card: Card;
}

const save = async (payments: ShopPayments, shop: Shop, reference: string): Promise<Saved> => {
  if (!supports(payments, 'setupIntents.create')) throw new NotTested('the provider saves no cards by setups');
  const { customer } = shop.card('good');
  const takes = payments.accepts('setupIntents.create');
  const input = {
    ...(takes.includes('customer') && customer !== undefined && { customer }),
    ...(takes.includes('usage') && { usage: 'off_session' as const }),
    ...(takes.includes('currency') && { currency: shop.currency }),
  };
  const setup = await payments.setupIntents.create(input, { reference });
  shop.tell('setupIntents.create', setup.status);
  await shop.giveCard(toBrowser(setup));
  if (!supports(payments, 'setupIntents.retrieve')) {
    const told = await tryMissing(payments, shop, 'setupIntents.retrieve');
    shop.note('neither a look-up nor an event tells here how a setup ended; what is charged is a card that the customer already has');
    return { told, card: shop.card('good') };
  }
  const { status, paymentMethod } = await payments.setupIntents.retrieve(setup);
  shop.tell('setupIntents.retrieve', status);
  if (paymentMethod === null) return { told: `${status}, and no card is told`, card: shop.card('good') };
  return { told: status, card: { paymentMethod, ...(customer !== undefined && { customer }) } };
};

/** A card that the customer gives once, and that the shop charges when they are not there. */
export const saveAndCharge: Scene = {
  title: (show) => `Save a card in the browser, and later charge ${show(200)} to it without the customer`,
  promised: {
    statuses: ['succeeded'],
    money: { authorised: 200, captured: 200, released: 0, refunded: 0 },
    facts: (payments) => ({ setup: supports(payments, 'setupIntents.retrieve') ? 'succeeded' : 'unsupported, 0 bytes sent' }),
  },
  play: async (payments, shop, reference) => {
    const { told, card } = await save(payments, shop, reference);
    const takesOffSession = payments.accepts('paymentIntents.create').includes('offSession');
    if (!takesOffSession) shop.note('"off session" has no field here: a saved card is charged like any other');
    const offSession = takesOffSession ? ({ offSession: 'unscheduled' } as const) : {};
    shop.store(await payments.paymentIntents.create({ amount: money(200, shop.currency), confirm: true, ...card, ...offSession }, { reference }));
    return { setup: told };
  },
};
