import type { OperationName } from '../index.js';
import type { Lever } from './harness.js';
import type { Scene } from './scene.js';

/** One promise that every adapter keeps that has what it needs. */
export interface Promised {
  /** Stable: `operation/what`. */
  readonly id: string;
  /** The promise, as a user relies on it. */
  readonly title: string;
  /** Operations that the adapter must have for the promise to mean something. */
  readonly operations: readonly OperationName[];
  /** Input fields that it must accept, as `operation.field`. */
  readonly fields?: readonly `${OperationName}.${string}`[];
  /** Other conditions on the adapter. */
  readonly when?: (scene: Pick<Scene, 'harness'>) => boolean;
  /** Whether it is about all that a list shows: then nobody else may use the account. */
  readonly alone?: true;
  /** Levers that the stage must have. */
  readonly levers: readonly Lever[];
  readonly prove: (scene: Scene) => Promise<void>;
}
