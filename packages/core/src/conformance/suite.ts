import type { OperationName } from '../index.js';
import { PromiseBroken } from './assertions.js';
import type { Deviation, Harness, Lever, Runner, Stage } from './harness.js';
import { NotTested, type Promised } from './promise.js';
import { attemptPromises } from './promises/attempts.js';
import { cancelAndListPromises } from './promises/cancel-and-list.js';
import { capturePromises } from './promises/capture.js';
import { confirmPromises } from './promises/confirm.js';
import { createPromises } from './promises/create.js';
import { eventPromises } from './promises/events.js';
import { everyOperationPromises } from './promises/every-operation.js';
import { faultPromises } from './promises/faults.js';
import { fieldPromises } from './promises/fields.js';
import { limitPromises } from './promises/limits.js';
import { racePromises } from './promises/races.js';
import { refundLifecyclePromises } from './promises/refund-lifecycle.js';
import { refundRacePromises } from './promises/refund-races.js';
import { refundPromises } from './promises/refunds.js';
import { refusedPromises } from './promises/refused.js';
import { retrieveAndUpdatePromises } from './promises/retrieve-and-update.js';
import { setupIntentLifecyclePromises } from './promises/setup-intent-lifecycle.js';
import { setupIntentPromises } from './promises/setup-intents.js';
import { traitPromises } from './promises/traits.js';
import { webhookPromises } from './promises/webhooks.js';
import { openScene, type Scene } from './scene.js';

/** What became of one promise. */
export interface ConformanceResult {
  readonly id: string;
  readonly title: string;
  /** `deviates`: declared as a known deviation, and indeed not kept. */
  readonly result: 'proven' | 'failed' | 'not_tested' | 'deviates';
  /** Why it failed or was not tested; the deviation's reason. */
  readonly detail: string | null;
  /** The operations that it takes; empty where the promise is about an absent one. */
  readonly operations: readonly OperationName[];
}

const splitField = (field: string): readonly [string, string] => [field.slice(0, field.lastIndexOf('.')), field.slice(field.lastIndexOf('.') + 1)];

const applies = (harness: Harness, { operations, fields = [], when }: Promised): boolean => {
  const declared: Readonly<Record<string, { readonly accepts: readonly string[] } | undefined>> = harness.adapter.operations;
  return (
    operations.every((operation) => declared[operation] !== undefined) &&
    fields.every((field) => {
      const [operation, name] = splitField(field);
      return declared[operation]?.accepts.includes(name) === true;
    }) &&
    (when?.({ harness }) ?? true)
  );
};

/** The promises that an adapter's own declaration picks, both ways: what is there behaves, what is absent is refused. */
export const promisesFor = (harness: Harness): readonly Promised[] =>
  [
    ...createPromises,
    ...retrieveAndUpdatePromises,
    ...confirmPromises,
    ...capturePromises,
    ...cancelAndListPromises,
    ...setupIntentPromises,
    ...setupIntentLifecyclePromises,
    ...refundPromises,
    ...refundLifecyclePromises,
    ...refundRacePromises,
    ...attemptPromises,
    ...eventPromises,
    ...webhookPromises,
    ...fieldPromises,
    ...limitPromises,
    ...traitPromises,
    ...everyOperationPromises,
    ...faultPromises,
    ...racePromises,
    ...refusedPromises(harness.adapter),
  ].filter((promised) => applies(harness, promised));

const has = (stage: Stage, lever: Lever): boolean =>
  lever in stage ? Reflect.get(stage, lever) !== undefined : Reflect.get(stage.paymentMethods, lever) !== undefined;

const proveOn = async (scene: Scene, promised: Promised, deviation: Deviation | undefined): Promise<Pick<ConformanceResult, 'result' | 'detail'>> => {
  const missing = promised.levers.filter((lever) => !has(scene.stage, lever));
  if (missing.length > 0) return { result: 'not_tested', detail: `the harness has no ${missing.join(', ')}` };
  try {
    await promised.prove(scene);
  } catch (error) {
    if (error instanceof NotTested) return { result: 'not_tested', detail: error.message };
    if (deviation !== undefined) return { result: 'deviates', detail: `${deviation.reason} (${deviation.source})` };
    return { result: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
  return deviation === undefined
    ? { result: 'proven', detail: null }
    : { result: 'failed', detail: `is declared as a deviation (${deviation.reason}), but holds: remove the deviation` };
};

/** Proves one promise on a fresh stage, and closes it. Throws only what the harness throws when it opens or closes one. */
export const proveOne = async (harness: Harness, promised: Promised): Promise<ConformanceResult> => {
  const { id, title, operations } = promised;
  const scene = await openScene(harness);
  try {
    return { id, title, operations, ...(await proveOn(scene, promised, harness.deviations?.find((known) => known.id === id))) };
  } finally {
    await scene.stage.close?.();
  }
};

/** Which promises to prove: those whose id a pattern matches. Default: all. */
export interface Selection {
  readonly only?: RegExp;
}

/** Proves every promise that is selected, one after another, as they are consumed. */
export async function* runConformance(harness: Harness, { only = /^/ }: Selection = {}): AsyncGenerator<ConformanceResult, void, undefined> {
  for (const promised of promisesFor(harness)) if (only.test(promised.id)) yield await proveOne(harness, promised);
}

const skipVisibly = (context: unknown, reason: string): void => {
  const skip: unknown = (typeof context === 'object' || typeof context === 'function') && context !== null && 'skip' in context ? context.skip : undefined;
  if (typeof skip === 'function') skip.call(context, reason);
};

/**
 * Registers the suite with a test runner. A promise that cannot be tested for want of a lever is skipped visibly, with the lever's name.
 * @example describeConformance({ name: 'payjp', adapter: payjp({ apiKey }), open: () => createSandbox({ dialect: 'payjp_payment_flows' }) }, { describe, it });
 */
export const describeConformance = (harness: Harness, { describe, it }: Runner): void => {
  describe(`${harness.name} keeps the promises of a OneIntent adapter`, () => {
    for (const promised of promisesFor(harness))
      it(`${promised.id}: ${promised.title}`, async (context) => {
        const { result, detail } = await proveOne(harness, promised);
        if (result === 'not_tested') skipVisibly(context, `not tested: ${detail}`);
        if (result === 'failed') throw new PromiseBroken(`${promised.id}: ${promised.title}`, 'kept', detail);
      });
  });
};
