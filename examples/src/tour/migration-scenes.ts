import { money, PaymentError } from '@oneintent/core';
import type { DrainProgress, Side } from '@oneintent/core/migration';
import { returnAddress, type Facts, type Movements, type Scene, type Shop, type ShopPayments } from './stage.js';

/** What a shop in a migration has beside its client. */
export interface MigrationStage {
  /** Sets the share of new orders that go to the new side, in percent. */
  readonly roll: (share: number) => void;
  /** Writes an order into the shop's own book, before it is sent. */
  readonly order: (reference: string) => void;
  /** How many payments the ledger of each side has whose reference begins so. */
  readonly ledgers: (reference: string) => { readonly from: number; readonly to: number };
  /** Where those orders lie between 0 and 100 that were given to a side, by the beginning of their references. */
  readonly places: (reference: string, side: Side) => readonly number[];
  /** Looks at all of the old side that may still be open. */
  readonly drain: () => Promise<DrainProgress>;
}

const each = 500;

const takeOne = async (units: number, payments: ShopPayments, shop: Shop, reference: string) =>
  payments.paymentIntents.create({ amount: money(units, shop.currency), confirm: true, ...shop.card('good'), ...returnAddress(payments, 'paymentIntents.create') }, { reference });

const takeSome = async (count: number, stage: MigrationStage, payments: ShopPayments, shop: Shop, reference: string): Promise<void> => {
  for (let number = 1; number <= count; number += 1) {
    stage.order(`${reference}-${number}`);
    shop.store(await takeOne(each, payments, shop, `${reference}-${number}`));
  }
};

/** Both ledgers, asked for the orders of one scene. */
const lookInBoth = (stage: MigrationStage, shop: Shop, reference: string): Facts => {
  const { from, to } = stage.ledgers(reference);
  shop.note(`by the ledgers: ${from} at the old side, ${to} at the new`);
  return { atOldSide: from, atNewSide: to };
};

const taken = (units: number): Movements => ({ authorised: units, captured: units, released: 0, refunded: 0 });

const succeeded = (count: number): readonly string[] => Array.from({ length: count }, () => 'succeeded');

/** The scenes of a migration from one provider to another, in the order in which they have to be played. */
export const migrationScenes = (stage: MigrationStage): readonly Scene[] => {
  let heldRef = '';
  return [
    {
      title: (inCurrency) => `The share is 0: take ${inCurrency(each)} twice and hold ${inCurrency(900)}, all where it always was`,
      promised: { statuses: succeeded(2), money: taken(2 * each), captures: 2, facts: () => ({ atOldSide: 3, atNewSide: 0 }) },
      play: async (payments, shop, reference) => {
        stage.roll(0);
        await takeSome(2, stage, payments, shop, reference);
        stage.order(`${reference}-3`);
        const input = { amount: money(900, shop.currency), captureMethod: 'manual', confirm: true, ...shop.card('good'), ...returnAddress(payments, 'paymentIntents.create') } as const;
        const held = await payments.paymentIntents.create(input, { reference: `${reference}-3` });
        shop.tell('paymentIntents.create', held.status);
        heldRef = held.ref;
        return lookInBoth(stage, shop, reference);
      },
    },
    {
      title: (inCurrency) => `The share is 50: take ${inCurrency(each)} four times; the order's number decides, once and for all`,
      promised: { statuses: succeeded(4), money: taken(4 * each), captures: 4, facts: () => ({ atOldSide: 2, atNewSide: 2 }) },
      play: async (payments, shop, reference) => {
        stage.roll(50);
        await takeSome(4, stage, payments, shop, reference);
        const at = (side: Side): string => stage.places(reference, side).join(' and ');
        shop.note(`orders that lie at ${at('to')} of 100 moved, those at ${at('from')} stayed; the directory knows what the saved card is called at the new side`);
        return lookInBoth(stage, shop, reference);
      },
    },
    {
      title: (inCurrency) => `The share is 100: take ${inCurrency(each)} twice, all at the new side`,
      promised: { statuses: succeeded(2), money: taken(2 * each), captures: 2, facts: () => ({ atOldSide: 0, atNewSide: 2 }) },
      play: async (payments, shop, reference) => {
        stage.roll(100);
        await takeSome(2, stage, payments, shop, reference);
        return lookInBoth(stage, shop, reference);
      },
    },
    {
      title: (inCurrency) => `Take ${inCurrency(700)} at 100; the answer is lost, the share goes back to 0, and the job runs again`,
      promised: { statuses: succeeded(1), money: taken(700), facts: () => ({ answersLost: 2, firstOutcome: 'unknown', atOldSide: 0, atNewSide: 1 }) },
      play: async (payments, shop, reference) => {
        const lostBefore = shop.network.answersLost();
        stage.roll(100);
        stage.order(reference);
        shop.network.loseNextAnswers(2);
        const first: unknown = await takeOne(700, payments, shop, reference).catch((error: unknown) => error);
        const firstOutcome = PaymentError.is(first) ? first.outcome : 'an answer';
        shop.tell('paymentIntents.create', firstOutcome);
        stage.roll(0);
        shop.note('the share is 0 again, and the same job makes the same call: the directory says where it began');
        shop.store(await takeOne(700, payments, shop, reference));
        return { answersLost: shop.network.answersLost() - lostBefore, firstOutcome, ...lookInBoth(stage, shop, reference) };
      },
    },
    {
      title: (inCurrency) => `All has moved: drain the old side, and take ${inCurrency(600)} of the ${inCurrency(900)} that are still held there`,
      promised: {
        statuses: succeeded(1),
        money: { authorised: 900, captured: 600, released: 300, refunded: 0 },
        facts: () => ({ openBefore: 1, openAfter: 0, unknownAfter: 0, listed: true }),
      },
      play: async (payments, shop, reference) => {
        stage.roll(100);
        const before = await stage.drain();
        shop.tell('drain', `${before.open.length} open`);
        shop.note(`the ref of what is held begins with "${heldRef.split(':')[0]}:", its owner, and there the capture goes, whatever the share`);
        shop.store(await payments.paymentIntents.capture(heldRef, { amount: money(600, shop.currency) }, { reference }));
        const after = await stage.drain();
        shop.tell('drain', `${after.open.length} open`);
        return { openBefore: before.open.length, openAfter: after.open.length, unknownAfter: after.unknown.length, listed: after.listed };
      },
    },
  ];
};
