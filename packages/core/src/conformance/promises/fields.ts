import { explain, operationNames, PaymentError, operationDefinitions, type InputOf, type OperationName } from '../../index.js';
import { equal, holds } from '../assertions.js';
import type { Promised } from '../promise.js';
import { neededFields, sample } from '../samples.js';
import type { Scene } from '../scene.js';
import type { AnyAdapter } from '../../adapter.js';

type InputFields = Readonly<Record<string, unknown>>;

/** What an operation would send; `null` when the adapter's own rules refuse these fields together. */
const sent = async (adapter: AnyAdapter, operation: OperationName, input: InputFields): Promise<string | null> => {
  try {
    const target = operationDefinitions[operation].target === null ? null : { id: 'object-1' };
    // Any operation may be explained with the input that its own declaration takes.
    const { url, body, bytes } = await explain(adapter, operation, input as InputOf<typeof operation>, { target });
    return JSON.stringify([url, body, bytes]);
  } catch (error) {
    if (PaymentError.is(error) && ['invalid_request', 'unsupported'].includes(error.code)) return null;
    throw error;
  }
};

/** A value that this adapter takes for a field, and another one. */
const samplesOf = (scene: Scene, operation: OperationName, field: string): readonly unknown[] => {
  const { cancellationReasons, setupCancellationReasons, refundReasons } = scene.payments.limits;
  const reasons = operation === 'refunds.create' ? refundReasons : operation === 'setupIntents.cancel' ? setupCancellationReasons : cancellationReasons;
  if (field === 'reason') return reasons.value;
  if (field === 'offSession') return ['unscheduled', 'recurring'];
  if (field === 'threeDSecure') return ['any', 'automatic', 'challenge'];
  return [sample(scene, operation, field)];
};

/** Whether giving a field changes the request, beside whatever others it may need; `null` when no combination is allowed. */
const isSent = async (scene: Scene, operation: OperationName, field: string, others: readonly string[]): Promise<boolean | null> => {
  const { adapter } = scene.harness;
  const needed = neededFields(scene, operation);
  const giving = (wanted: (other: string) => boolean): InputFields => Object.fromEntries(others.filter(wanted).map((other) => [other, samplesOf(scene, operation, other)[0]]));
  for (const beside of [giving((other) => needed.includes(other)), giving((other) => other === 'confirm' || needed.includes(other)), giving(() => true)])
    for (const value of samplesOf(scene, operation, field)) {
      const [without, given] = [await sent(adapter, operation, beside), await sent(adapter, operation, { ...beside, [field]: value })];
      if (without !== null && given !== null) return without !== given;
    }
  return null;
};

/** Whether `confirm` decides if a payment with a method is sent at all: where there is no confirmation of its own, nothing else could tell that it is meant. */
const isDecidedByConfirm = async (scene: Scene): Promise<boolean> => {
  const { adapter } = scene.harness;
  const create = 'paymentIntents.create';
  if (adapter.operations['paymentIntents.confirm'] !== undefined || !scene.hasField(create, 'paymentMethod')) return false;
  const needed = Object.fromEntries(['paymentMethod', ...neededFields(scene, create)].filter((field) => field !== 'confirm').map((field) => [field, samplesOf(scene, create, field)[0]]));
  return (await sent(adapter, create, needed)) === null && (await sent(adapter, create, { ...needed, confirm: true })) !== null;
};

/** Nothing is dropped silently: of each operation that an adapter has, each field that it accepts changes what is sent. */
export const fieldPromises: readonly Promised[] = operationNames
  .filter((operation) => Object.keys(operationDefinitions[operation].fields).length > 0)
  .map(
    (operation): Promised => ({
      id: `${operation}/fields-sent`,
      title: 'each field that is accepted changes what is sent',
      operations: [operation],
      when: ({ harness: { adapter } }) => (adapter.operations[operation]?.accepts.length ?? 0) > 0,
      levers: [],
      prove: async (scene) => {
        const accepted = scene.payments.accepts(operation).filter((field) => field !== 'providerOptions');
        const dropped: string[] = [];
        for (const field of accepted.filter((one) => !neededFields(scene, operation).includes(one))) {
          const changes = await isSent(scene, operation, field, accepted.filter((other) => other !== field));
          if (changes !== true && field === 'confirm' && (await isDecidedByConfirm(scene))) continue;
          holds(changes !== null, `${field} can be given`);
          if (changes === false) dropped.push(field);
        }
        equal(dropped, [], 'none is dropped');
      },
    }),
  );
