import { operationDefinitions } from '../../index.js';
import { equal, holds, oneOf } from '../assertions.js';
import { callerFaults, faults, faulty, inOwnWords, type Fault } from '../faults.js';
import { agrees, booksOf, ending, movedOf, movements, takenOnce, type Movement } from '../movements.js';
import type { Promised } from '../promise.js';
import { reference } from '../rehearsal.js';
import { openScene, type Scene } from '../scene.js';

/** Breaks one movement at certain exchanges, and holds the answer, and the later resume from another process, against the books. Tells how often the fault hit. */
const survive = async (scene: Scene, movement: Movement, fault: Fault, isHit: (exchange: number) => boolean): Promise<number> => {
  const intent = await movement.before(scene);
  const input = movement.input(scene);
  const most = (intent ?? { amount: scene.amount(100) }).amount.minorUnits;
  let offset = 0;
  const clock = (): number => Date.now() + offset;
  const caller = new AbortController();
  const { fetch, hits } = faulty(scene.stage.fetch, fault, isHit, () => {
    offset += fault.clockJump ?? 0;
    if (fault.callerAborts === true) caller.abort();
  });
  const broken = scene.client({ fetch, clock, ...(fault.attemptTimeout !== undefined && { attemptTimeout: fault.attemptTimeout }) });

  const ended = await ending(() => movement.act(broken, intent, input, { reference, ...(fault.callerAborts && { signal: caller.signal }) }));
  const books = await booksOf(scene);
  takenOnce(books, most);
  if ('intent' in ended) {
    agrees(ended.intent, books);
    holds(movement.happened(books, intent), 'what is told as done has happened');
    return hits();
  }

  const { error } = ended;
  oneOf(error.outcome, ['not_sent', 'rejected', 'unknown'], 'a failed call has an outcome');
  if (fault.callerAborts === true && error.outcome === 'unknown') equal(error.code, 'aborted', 'a call that its caller gave up says so');
  if (error.outcome !== 'unknown') {
    holds(!movement.happened(books, intent), `what is told as ${error.outcome} has not happened`);
    return hits();
  }
  holds(error.resume !== null, 'an unknown outcome can be resumed');
  const resume = JSON.parse(JSON.stringify(error.resume));
  if (fault.resumedAfter !== undefined) {
    await scene.stage.advance?.(fault.resumedAfter);
    offset += fault.resumedAfter * 1000;
  }
  const settled = await ending(async () => movedOf(await scene.client({ clock }).resume(resume, { input })));
  const later = await booksOf(scene);
  takenOnce(later, most);
  if ('intent' in settled) {
    agrees(settled.intent, later);
    return hits();
  }
  oneOf(settled.error.outcome, ['unknown', 'rejected'], 'what cannot be settled stays unknown, or is proven not to have happened');
  const { target, result: answer } = operationDefinitions[movement.operation];
  if (settled.error.outcome === 'rejected' || target === answer) holds(!movement.happened(later, intent), 'what has happened to a known object is found');
  return hits();
};

interface Position {
  readonly name: string;
  readonly isHit: (exchange: number) => boolean;
  /** The position that has to have hit so often before, or this one would only repeat it. */
  readonly beyond?: { readonly name: string; readonly hits: number };
}

const positions: readonly Position[] = [
  { name: 'at the first exchange', isHit: (exchange) => exchange === 1 },
  { name: 'at the second exchange', isHit: (exchange) => exchange === 2 },
  { name: 'at the third exchange', isHit: (exchange) => exchange === 3, beyond: { name: 'at the second exchange', hits: 1 } },
  { name: 'from the second exchange on', isHit: (exchange) => exchange >= 2, beyond: { name: 'at the second exchange', hits: 1 } },
  { name: 'at the first two exchanges', isHit: (exchange) => exchange <= 2 },
  { name: 'at the first three exchanges', isHit: (exchange) => exchange <= 3, beyond: { name: 'at the first two exchanges', hits: 2 } },
  { name: 'from the first exchange on', isHit: () => true, beyond: { name: 'at the first three exchanges', hits: 3 } },
];

/** Enough for a fault that differs from another only in how the runtime spells it. */
const firstAndAlways: readonly Position[] = [
  { name: 'at the first exchange', isHit: (exchange) => exchange === 1 },
  { name: 'from the first exchange on', isHit: () => true },
];

/** Every movement of money, under every fault, at every exchange. */
export const faultPromises: readonly Promised[] = Object.values<Movement>(movements).flatMap((movement) =>
  [...faults, ...callerFaults].map(
    (fault): Promised => ({
      id: `faults/${movement.name}/${fault.id}`,
      title: 'the money moves at most once, and the answer agrees with the books or is unknown and can be resumed',
      operations: ['paymentIntents.create', movement.operation],
      fields: movement.fields,
      ...(movement.when && { when: movement.when }),
      levers: ['succeeds', 'ledger', ...(movement.levers ?? []), ...(fault.resumedAfter === undefined ? [] : (['advance'] as const))],
      prove: async ({ harness }) => {
        const hits = new Map<string, number>();
        for (const { name, isHit, beyond } of fault.spelling === undefined ? positions : firstAndAlways) {
          if (beyond !== undefined && (hits.get(beyond.name) ?? 0) < beyond.hits) continue;
          try {
            hits.set(name, await survive(await openScene(harness), movement, inOwnWords(harness, fault), isHit));
          } catch (error) {
            throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          }
        }
      },
    }),
  ),
);
