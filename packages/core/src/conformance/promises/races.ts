import { honouredKeys, type Fetch } from '../../index.js';
import { equal, holds, oneOf } from '../assertions.js';
import { agrees, booksOf, ending, movements, takenOnce, type Ended, type Movement } from '../movements.js';
import type { Promised } from '../promise.js';
import { openScene, type Scene } from '../scene.js';

/** Two clients at once on one payment. */
interface Race {
  readonly name: string;
  readonly title: string;
  readonly one: Movement;
  readonly other: Movement;
  /** One logical movement sent twice, or two that only one of can happen. */
  readonly references: readonly [string, string];
  /** Keys have to keep the two apart, as nothing else does. */
  readonly needsKeys?: true;
}

const same = ['order-1', 'order-1'] as const;
const different = ['order-1', 'order-2'] as const;

const races: readonly Race[] = [
  { name: 'two-creates', title: 'two creates under one reference', one: movements.createAndConfirm, other: movements.createAndConfirm, references: same, needsKeys: true },
  { name: 'two-confirms', title: 'two confirmations under one reference', one: movements.confirm, other: movements.confirm, references: same },
  { name: 'two-confirms-apart', title: 'two confirmations that do not know of each other', one: movements.confirm, other: movements.confirm, references: different },
  { name: 'two-captures', title: 'two captures under one reference', one: movements.capture, other: movements.capture, references: same },
  { name: 'two-captures-apart', title: 'two captures that do not know of each other', one: movements.capture, other: movements.capture, references: different },
  { name: 'two-partial-captures', title: 'two captures of a part under one reference', one: movements.partialCapture, other: movements.partialCapture, references: same },
  { name: 'capture-against-cancel', title: 'a capture against a cancellation', one: movements.capture, other: movements.cancel, references: different },
  { name: 'cancel-against-capture', title: 'a cancellation against a capture', one: movements.cancel, other: movements.capture, references: different },
];

/** What holds one exchange of the first client back until the second one has ended: its request, or its answer. */
interface Order {
  readonly name: string;
  readonly holds: 'nothing' | 'request' | 'answer';
  readonly exchange: number;
}

const orders: readonly Order[] = [
  { name: 'both at once', holds: 'nothing', exchange: 0 },
  ...[1, 2].flatMap((exchange): readonly Order[] => [
    { name: `the first client's request ${exchange} arrives after the second client has ended`, holds: 'request', exchange },
    { name: `the first client's answer ${exchange} arrives after the second client has ended`, holds: 'answer', exchange },
  ]),
];

const heldBack = (fetch: Fetch, order: Order, released: Promise<unknown>): { readonly fetch: Fetch; readonly isHeld: Promise<void> } => {
  let exchanges = 0;
  let hold = (): void => undefined;
  const isHeld = new Promise<void>((done) => {
    hold = done;
  });
  return {
    isHeld,
    fetch: async (input, init) => {
      exchanges += 1;
      const isIt = exchanges === order.exchange;
      if (isIt && order.holds === 'request') {
        hold();
        await released;
      }
      const response = await fetch(input, init);
      if (isIt && order.holds === 'answer') {
        hold();
        await released;
      }
      return response;
    },
  };
};

/** What may be said to whom another came before. `invalid_request`: a part that is more than is left. */
const beaten = ['invalid_state', 'idempotency_in_progress', 'idempotency_key_reused', 'invalid_request'];

const run = async (scene: Scene, { one, other, references }: Race, order: Order): Promise<void> => {
  const intent = await one.before(scene);
  const input = { one: one.input(scene), other: other.input(scene) };
  const isKeyed = [one, other].every(({ operation }) => honouredKeys(scene.payments.limits, operation) !== null);
  const most = (intent ?? { amount: scene.amount(100) }).amount.minorUnits;
  let release = (): void => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  const slow = heldBack(scene.stage.fetch, order, released);
  const first = ending(() => one.act(scene.client({ fetch: slow.fetch }), intent, input.one, { reference: references[0] }));
  if (order.holds !== 'nothing') await Promise.race([slow.isHeld, first]);
  const second = await ending(() => other.act(scene.client({}), intent, input.other, { reference: references[1] }));
  release();
  const ends: readonly (readonly [Movement, Ended])[] = [
    [one, await first],
    [other, second],
  ];

  const books = await booksOf(scene);
  takenOnce(books, most);
  for (const [movement, ended] of ends) {
    if ('intent' in ended) {
      agrees(ended.intent, books);
      holds(movement.happened(books, intent), 'what is told as done has happened');
    } else if (ended.error.outcome !== 'unknown') {
      oneOf(ended.error.code, beaten, 'who came too late is told so, or does not know');
      if (isKeyed && references[0] === references[1])
        equal(movement.happened(books, intent), false, 'under one reference and one key, nobody is told that what has happened was refused');
    }
  }
  holds(ends.some(([, ended]) => 'intent' in ended || ended.error.outcome === 'unknown'), 'one of the two was done, or may have been');
};

/** Two clients at once, in every order that their first exchanges can arrive in. */
export const racePromises: readonly Promised[] = races.map(
  (race): Promised => ({
    id: `races/${race.name}`,
    title: `${race.title}: the money moves at most once, and both answers agree with the books, say who came too late, or are unknown`,
    operations: ['paymentIntents.create', race.one.operation, race.other.operation],
    fields: [...race.one.fields, ...race.other.fields],
    when: (scene) =>
      [race.one, race.other].every(({ when }) => when?.(scene) ?? true) && (race.needsKeys === undefined || honouredKeys(scene.harness.adapter.limits, race.one.operation) !== null),
    levers: ['succeeds', 'ledger'],
    prove: async ({ harness }) => {
      for (const order of orders) {
        try {
          await run(await openScene(harness), race, order);
        } catch (error) {
          throw new Error(`${order.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
      }
    },
  }),
);
