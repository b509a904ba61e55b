import type { OperationName } from '../index.js';
import { callOn, prepareCall, type Call } from './calls.js';
import { recording, replaying, type Last, type Recorded } from './exchanges.js';
import type { Scene } from './scene.js';

/** A call that succeeded, and all that went over the wire for it. */
export interface Rehearsed {
  readonly scene: Scene;
  readonly call: Call;
  readonly exchanges: readonly Recorded[];
  readonly result: unknown;
}

/** The reference that rehearsed calls have. */
export const reference = 'order-1';

/** Brings about a call of an operation and lets it succeed. */
export const rehearse = async (scene: Scene, operation: OperationName): Promise<Rehearsed> => {
  const call = await prepareCall(scene, operation);
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const result = await callOn(scene.client({ fetch }), call, { reference });
  return { scene, call, exchanges, result };
};

/** Calls again without the provider: every exchange is answered as it was, the last one as told. */
export const again = ({ scene, call, exchanges }: Rehearsed, last: Last): Promise<unknown> => callOn(scene.client({ fetch: replaying(exchanges, last).fetch, retries: 0 }), call, { reference });
