import type { OperationName } from '../index.js';
import { failureInWords, failureOf, theHarness, type Failure } from './advice.js';
import type { Deviation, Harness, Lever, Runner, Stage } from './harness.js';
import { NotTested } from './not-tested.js';
import type { Promised } from './promise.js';
import { addressPromises } from './promises/addresses.js';
import { askedExactlyPromises } from './promises/asked-exactly.js';
import { attemptPromises } from './promises/attempts.js';
import { cancelAndListPromises } from './promises/cancel-and-list.js';
import { capturePromises } from './promises/capture.js';
import { confirmPromises } from './promises/confirm.js';
import { createPromises } from './promises/create.js';
import { declaredPromises } from './promises/declared.js';
import { eventPromises } from './promises/events.js';
import { everyOperationPromises } from './promises/every-operation.js';
import { exactnessPromises } from './promises/exactness.js';
import { faultPromises } from './promises/faults.js';
import { fieldPromises } from './promises/fields.js';
import { keyWindowPromises } from './promises/key-window.js';
import { limitPromises } from './promises/limits.js';
import { moneyToldPromises } from './promises/money-told.js';
import { ownFaultPromises } from './promises/own-faults.js';
import { pagingPromises } from './promises/paging.js';
import { racePromises } from './promises/races.js';
import { refundLifecyclePromises } from './promises/refund-lifecycle.js';
import { refundRacePromises } from './promises/refund-races.js';
import { refundPromises } from './promises/refunds.js';
import { refusedPromises } from './promises/refused.js';
import { retrieveAndUpdatePromises } from './promises/retrieve-and-update.js';
import { setupIntentLifecyclePromises } from './promises/setup-intent-lifecycle.js';
import { setupIntentPromises } from './promises/setup-intents.js';
import { stateToldPromises } from './promises/state-told.js';
import { traitPromises } from './promises/traits.js';
import { webhookPromises } from './promises/webhooks.js';
import { openScene } from './scene.js';
import { StageNotOpened, watch, type Watched } from './watched-harness.js';

/** What became of one promise. */
export interface ConformanceResult {
  readonly id: string;
  readonly title: string;
  /** `deviates`: declared as a known deviation, and indeed not kept. */
  readonly result: 'proven' | 'failed' | 'not_tested' | 'deviates';
  /** Why it was not tested; the deviation's reason, and that it had to be looked at again where that is so; {@link failure} in words. */
  readonly detail: string | null;
  /** Why it failed and where to begin; `null` where it did not. */
  readonly failure: Failure | null;
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
    ...pagingPromises,
    ...traitPromises,
    ...everyOperationPromises,
    ...exactnessPromises,
    ...askedExactlyPromises,
    ...addressPromises,
    ...declaredPromises,
    ...moneyToldPromises,
    ...stateToldPromises,
    ...keyWindowPromises,
    ...ownFaultPromises,
    ...faultPromises,
    ...racePromises,
    ...refusedPromises(harness.adapter),
  ].filter((promised) => applies(harness, promised));

const hasLever = (stage: Stage, lever: Lever): boolean =>
  lever in stage ? Reflect.get(stage, lever) !== undefined : Reflect.get(stage.paymentMethods, lever) !== undefined;

/** Which promises to prove, and what counts. */
export interface CheckSelection {
  /** Those whose id matches. Default: all. */
  readonly only?: RegExp;
  /** Whether `failed` is also what was not tested, and what deviates beyond the day by which somebody had to look at it again. Default: false. */
  readonly strict?: boolean;
  /** Milliseconds since the epoch, for that day. Default: `Date.now`. */
  readonly now?: () => number;
}

type Finding = Pick<ConformanceResult, 'result' | 'detail' | 'failure'>;

const failed = (failure: Failure): Finding => ({ result: 'failed', detail: failureInWords(failure), failure });

/** Whether the day by which somebody had to look at a deviation again is over; a day that cannot be read is. */
const isOverdue = ({ reviewBy }: Deviation, now: number): boolean => reviewBy !== undefined && !(Date.parse(reviewBy) + 86_400_000 > now);

const overdueText = ({ reviewBy }: Deviation): string => `had to be looked at again by ${reviewBy}`;

const deviationOf = ({ deviations = [] }: Harness, { id }: Promised): Deviation | undefined => deviations.find((deviation) => deviation.id === id);

const untested = (reason: string, remedy: string, { strict = false }: CheckSelection): Finding =>
  strict
    ? failed({ about: 'a strict run tests every promise', expected: remedy, seen: reason, lastRequest: null, open: theHarness })
    : { result: 'not_tested', detail: reason, failure: null };

const deviates = (deviation: Deviation, lastRequest: string | null, { strict = false, now = Date.now }: CheckSelection): Finding => {
  const known = `${deviation.reason} (${deviation.source})`;
  if (!isOverdue(deviation, now())) return { result: 'deviates', detail: known, failure: null };
  if (!strict) return { result: 'deviates', detail: `${known}; ${overdueText(deviation)}`, failure: null };
  return failed({ about: 'every deviation has been looked at again in time', expected: 'a look at the provider, and another day or no deviation', seen: `${known} ${overdueText(deviation)}`, lastRequest, open: theHarness });
};

const prove = async ({ harness, lastRequest }: Watched, promised: Promised, selection: CheckSelection): Promise<Finding> => {
  const deviation = deviationOf(harness, promised);
  try {
    const scene = await openScene(harness);
    const missing = promised.levers.filter((lever) => !hasLever(scene.stage, lever)).join(', ');
    if (missing !== '') return untested(`the harness has no ${missing}`, `a stage with ${missing}`, selection);
    if (promised.alone && scene.stage.shared) return untested('the account has objects that no promise has made', 'a stage of its own', selection);
    await promised.prove(scene);
  } catch (thrown) {
    const error: unknown = thrown instanceof Error && (thrown.cause instanceof StageNotOpened || thrown.cause instanceof NotTested) ? thrown.cause : thrown;
    if (error instanceof StageNotOpened) return failed({ ...failureOf(promised.id, error, lastRequest()), open: theHarness });
    if (error instanceof NotTested) return untested(error.message, 'a stage that can show it', selection);
    const failure = failureOf(promised.id, error, lastRequest());
    if (deviation === undefined) return failed(failure);
    const { as = '' } = deviation;
    return failureInWords(failure).includes(as) ? deviates(deviation, lastRequest(), selection) : failed({ ...failure, expected: `${failure.expected}; or, as a deviation, "${as}" in this text` });
  }
  if (deviation === undefined) return { result: 'proven', detail: null, failure: null };
  return failed({ about: 'what is declared as a deviation is one', expected: `that it is not kept: ${deviation.reason}`, seen: 'it holds: remove the deviation', lastRequest: lastRequest(), open: theHarness });
};

/** Proves one promise on a fresh stage, and closes what was opened for it. Never rejects: a stage that cannot be opened or closed is `failed`. */
export const proveOne = async (harness: Harness, promised: Promised, selection: CheckSelection = {}): Promise<ConformanceResult> => {
  const { id, title, operations } = promised;
  const watched = watch(harness);
  const finding = await prove(watched, promised, selection);
  try {
    await watched.close();
  } catch (error) {
    const { seen, ...failure } = failureOf(id, error, watched.lastRequest());
    if (finding.failure === null) return { id, title, operations, ...failed({ ...failure, seen: `the stage could not be closed: ${seen}`, open: theHarness }) };
  }
  return { id, title, operations, ...finding };
};

const selected = (harness: Harness, { only = /^/ }: CheckSelection): readonly Promised[] => promisesFor(harness).filter(({ id }) => only.test(id));

/** Proves every promise that is selected, one after another, as they are consumed. */
export async function* runConformance(harness: Harness, selection: CheckSelection = {}): AsyncGenerator<ConformanceResult, void, undefined> {
  for (const promised of selected(harness, selection)) yield await proveOne(harness, promised, selection);
}

const skipVisibly = (context: unknown, reason: string): void => {
  const skip: unknown = (typeof context === 'object' || typeof context === 'function') && context !== null && 'skip' in context ? context.skip : undefined;
  if (typeof skip === 'function') skip.call(context, reason);
};

/**
 * Registers the suite with a test runner. A promise that cannot be tested for want of a lever is skipped visibly, with the lever's name; a deviation that had to be
 * looked at again says so in its title. A test that fails throws what is not kept, with the last request, what was expected, what was seen and what to open.
 * @example describeConformance({ name: 'payjp', adapter: payjp({ apiKey }), open: () => createSandbox({ dialect: 'payjp_payment_flows' }) }, { describe, it });
 */
export const describeConformance = (harness: Harness, { describe, it }: Runner, selection: CheckSelection = {}): void => {
  const { now = Date.now } = selection;
  describe(`${harness.name} keeps the promises of a OneIntent adapter`, () => {
    for (const promised of selected(harness, selection)) {
      const deviation = deviationOf(harness, promised);
      const warning = deviation !== undefined && isOverdue(deviation, now()) ? ` (deviates: ${overdueText(deviation)})` : '';
      it(`${promised.id}: ${promised.title}${warning}`, async (context) => {
        const { result, detail } = await proveOne(harness, promised, selection);
        if (result === 'not_tested') skipVisibly(context, `not tested: ${detail}`);
        if (result === 'failed') throw new Error(`${promised.id}: ${promised.title}\n  ${detail}`);
      });
    }
  });
};
