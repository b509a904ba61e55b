import { isRead, operationNames, type OperationName } from '../../index.js';
import { failure, holds, oneOf } from '../assertions.js';
import { callOn, neededFor } from '../calls.js';
import { ownExchange, replaying } from '../exchanges.js';
import { inOwnWords, ownFaults } from '../faults.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { reference, rehearse } from '../rehearsal.js';
import type { Scene } from '../scene.js';

const neverARefusal = async (scene: Scene, operation: OperationName): Promise<void> => {
  const { call, exchanges } = await rehearse(scene, operation);
  const own = ownExchange(exchanges);
  const isOwn = scene.harness.refusals?.broken !== undefined;
  let understood = isOwn;
  for (const fault of ownFaults) {
    const { fetch } = replaying(exchanges, () => inOwnWords(scene.harness, fault).answer(null), own);
    let isLookedUp = false;
    const error = await failure(async () => {
      const told = await callOn(scene.client({ fetch, retries: 0 }), call, { reference });
      isLookedUp = true;
      return told;
    }, `what is answered with ${fault.id}`).catch((thrown: unknown) => {
      // What a look-up has proven to be done is told as done.
      if (isLookedUp) return null;
      throw thrown;
    });
    if (error === null) continue;
    oneOf(error.outcome, ['unknown'], `${fault.id}: whether the provider has acted is unknown`);
    holds(error.resume !== null, `${fault.id}: it can be resumed`);
    understood ||= error.providerCode !== null;
  }
  if (!understood) throw new NotTested("the harness has not the provider's own answer to a fault inside (refusals.broken)");
};

/** The provider's own fault is no refusal, whatever its words and whichever of the statuses for one it has. */
export const ownFaultPromises: readonly Promised[] = operationNames
  .filter((operation) => !isRead(operation))
  .map((operation): Promised => {
    const { operations, fields, levers } = neededFor(operation);
    return {
      id: `${operation}/own-faults`,
      title: "the provider's own words for a fault inside, a time-out or a request that still runs are no refusal: what happened is unknown and can be resumed",
      operations,
      ...(fields && { fields }),
      levers,
      prove: (scene) => neverARefusal(scene, operation),
    };
  });
