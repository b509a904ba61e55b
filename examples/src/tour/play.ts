import { PaymentError, type PaymentIntent } from '@oneintent/core';
import { NotTested, nothing, show, type Facts, type Movements, type Scene, type Shop, type ShopPayments } from './stage.js';
import type { Step, Timeline } from './timeline.js';

/** A scene that was played, as data. */
export interface Played {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Every snapshot that the application was given, in order. */
  readonly intents: readonly PaymentIntent[];
  readonly facts: Facts;
  /** What the provider's books have to show of it. */
  readonly money: Movements;
  /** How often money may be taken. */
  readonly captures: number;
  /** Why it could not be tested; `null` when it was. */
  readonly notTested: string | null;
  /** What was not as promised. */
  readonly problems: readonly string[];
}

const titleOf = (scene: Scene, { currency }: Shop): string => scene.title((units) => show(units, currency));

const differences = (scene: Scene, payments: ShopPayments, intents: readonly PaymentIntent[], facts: Facts): readonly string[] => {
  const statuses = intents.map(({ status }) => status).join(', ');
  const promised = scene.promised.statuses.join(', ');
  return [
    ...(statuses === promised ? [] : [`statuses were "${statuses}" instead of "${promised}"`]),
    ...Object.entries(scene.promised.facts(payments))
      .filter(([name, value]) => facts[name] !== value)
      .map(([name, value]) => `${name} was ${facts[name] ?? 'not seen'} instead of ${value}`),
  ];
};

/** An error of this library never quotes a secret; another one may say anything. */
const describe = (error: unknown): string => {
  if (!PaymentError.is(error)) return `failed with ${error instanceof Error ? error.name : 'something that is no error'}`;
  const ref = error.resume?.ref ?? error.intent?.ref;
  return `${error.code}: ${error.message}${ref === undefined ? '' : ` (payment ${ref})`}`;
};

/** A scene that cannot be tested in this run. */
export const untested = (title: string, why: string): Played => ({ title, steps: [], intents: [], facts: {}, money: nothing, captures: 0, notTested: why, problems: [] });

const playScene = async (scene: Scene, payments: ShopPayments, shop: Shop, timeline: Timeline, reference: string): Promise<Played> => {
  const title = titleOf(scene, shop);
  const { money, captures = 1 } = scene.promised;
  try {
    const facts = await scene.play(payments, shop, reference);
    const taken = timeline.take();
    return { title, ...taken, facts, money, captures, notTested: null, problems: differences(scene, payments, taken.intents, facts) };
  } catch (error) {
    if (error instanceof NotTested) return { ...untested(title, error.message), ...timeline.take() };
    if (PaymentError.is(error) && error.intent !== null) timeline.store(error.intent);
    return { title, ...timeline.take(), facts: {}, money, captures, notTested: null, problems: [describe(error)] };
  }
};

/** Plays scenes one after the other. Each has its own order, whose reference begins with `prefix`. */
export const playScenes = async (scenes: readonly Scene[], payments: ShopPayments, shop: Shop, timeline: Timeline, prefix: string): Promise<readonly Played[]> => {
  const played: Played[] = [];
  for (const [index, scene] of scenes.entries()) {
    const isRefused = played[0]?.problems.some((problem) => problem.startsWith('authentication:')) ?? false;
    played.push(isRefused ? untested(titleOf(scene, shop), 'the API key is not accepted') : await playScene(scene, payments, shop, timeline, `${prefix}-${index + 1}`));
  }
  return played;
};
