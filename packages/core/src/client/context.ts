import type { AnyAdapter } from '../contract/adapter.js';
import type { SecretValue } from '../model/secret.js';
import type { Limits } from '../contract/limits.js';
import type { Transport } from '../transport/send.js';

/** Everything that one client is made of. */
export interface ClientContext {
  /** The adapter, with the limits that were overridden in configuration. */
  readonly adapter: AnyAdapter;
  readonly account: string;
  readonly baseUrl: string;
  readonly limits: Limits;
  readonly transport: Transport;
  readonly webhookSecrets: readonly SecretValue<string>[];
  /** Milliseconds for a whole call, unless the call says otherwise. */
  readonly deadline: number;
}
