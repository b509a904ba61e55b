import { money, refundable, supports, type Refund } from '@oneintent/core';
import { NotTested, returnAddress, show, type Scene } from './stage.js';

/** Two parts of a payment, and an accident between them. */
export const giveBackParts: Scene = {
  title: (inCurrency) => `Take ${inCurrency(900)}, give ${inCurrency(300)} back (the button is pressed twice), then ${inCurrency(200)} more`,
  promised: {
    statuses: ['succeeded'],
    money: { authorised: 900, captured: 900, released: 0, refunded: 500 },
    facts: () => ({ refunds: 2, refundable: 400 }),
  },
  play: async (payments, shop, reference) => {
    if (!supports(payments, 'refunds.create')) throw new NotTested('the provider has no refunds');
    const { currency } = shop;
    const input = { amount: money(900, currency), confirm: true, ...shop.card('good'), ...returnAddress(payments, 'paymentIntents.create') };
    const paid = shop.store(await payments.paymentIntents.create(input, { reference }));
    const refunds = new Map<string, Refund>();
    const left = (): number | null => refundable(paid, [...refunds.values()])?.minorUnits ?? null;
    const shown = (): string => `refundable() says that ${show(left() ?? 0, currency)} can still go back`;
    const giveBack = async (units: number, why: string): Promise<void> => {
      const refund = await payments.refunds.create(paid, { amount: money(units, currency) }, { reference: `${reference}-${why}` });
      refunds.set(refund.id, refund);
      shop.tell('refunds.create', `${refund.status} (refund ${[...refunds.keys()].indexOf(refund.id) + 1})`);
    };
    await giveBack(300, 'return-1');
    shop.note(`${shown()}; the button is pressed again: the same reference`);
    await giveBack(300, 'return-1');
    shop.note(`${shown()}, for it is the same refund; another part takes another reference`);
    await giveBack(200, 'return-2');
    shop.note(shown());
    return { refunds: refunds.size, refundable: left() };
  },
};
