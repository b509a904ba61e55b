import { honouredKeys, type Fetch } from '../../index.js';
import { equal } from '../assertions.js';
import { booksOf, movements, takenOnce, type Movement } from '../movements.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import type { Scene } from '../scene.js';

/** Seconds before the end of the window at which a request comes again. */
const justInside = 60;

type SentRequest = readonly [Parameters<Fetch>[0], RequestInit];

/** A fetch that keeps what is written through it. */
const keeping = (fetch: Fetch): { readonly fetch: Fetch; readonly written: readonly SentRequest[] } => {
  const written: SentRequest[] = [];
  return {
    written,
    fetch: (input, init = {}) => {
      if ((init.method ?? 'GET') !== 'GET') written.push([input, init]);
      return fetch(input, init);
    },
  };
};

const unguarded: readonly Movement[] = [movements.createAndConfirm, movements.increment, movements.refund, movements.partialRefund];

const windowOf = ({ harness }: Pick<Scene, 'harness'>, { operation }: Movement): number | null => honouredKeys(harness.adapter.limits, operation)?.window ?? null;

/** Moves money, lets nearly all of the declared window pass, and sends the very same again: as a client that never got the answer, and by the bytes. */
const repeatLate = async (scene: Scene, movement: Movement): Promise<void> => {
  const target = await movement.before(scene);
  const input = movement.input(scene);
  const most = (target ?? { amount: scene.amount(100) }).amount.minorUnits;
  const { fetch, written } = keeping(scene.stage.fetch);
  await movement.act(scene.client({ fetch }), target, input, { reference: 'order-1' });
  const before = await booksOf(scene);
  if (written.length === 0) throw new NotTested('the movement sends nothing that could come again');
  await scene.stage.advance?.((windowOf(scene, movement) ?? 0) - justInside);
  for (const [address, init] of written) await scene.stage.fetch(address, { ...init, signal: null });
  // Time alone settles and ends things; whatever was moved, is not moved anew.
  const moved = (entries: typeof before): unknown => entries.map(({ id, authorized, captured, confirmations, refunds = [] }) => [id, authorized, captured, confirmations, refunds.map((refund) => refund.id)]);
  const later = await booksOf(scene);
  equal(moved(later), moved(before), 'the same request under its key, just inside the window that is declared, moves nothing more');
  if (movement.operation !== 'paymentIntents.incrementAuthorization') takenOnce(later, most);
};

/** A key is remembered for as long as the adapter says. */
export const keyWindowPromises: readonly Promised[] = unguarded.map(
  (movement): Promised => ({
    id: `${movement.operation}/key-window${movement.name === 'partial-refund' ? '-part' : ''}`,
    title: 'a key is remembered for as long as is declared: the same request just before that moves no money again',
    operations: ['paymentIntents.create', movement.operation],
    fields: movement.fields,
    when: (scene) => (movement.when?.(scene) ?? true) && windowOf(scene, movement) !== null,
    levers: ['succeeds', 'ledger', 'advance', ...(movement.levers ?? [])],
    prove: (scene) => repeatLate(scene, movement),
  }),
);
