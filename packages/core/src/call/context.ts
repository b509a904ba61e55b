// What a client is made of, and what one call is. Everything that the steps of a call share is fixed here once, when the call begins; no step computes a
// deadline of its own.
import type { AnyAdapter } from '../contract/adapter.js';
import type { Limits } from '../contract/limits.js';
import type { LivingObject } from '../model/event.js';
import type { Money } from '../model/money.js';
import type { SecretValue } from '../model/secret.js';
import type { OperationName } from '../operations/index.js';
import type { Transport } from '../transport/transport.js';

/** Everything that one client is made of. */
export interface ClientContext {
  /** The adapter, with the limits that were overridden in configuration. */
  readonly adapter: AnyAdapter;
  readonly account: string;
  readonly baseUrl: string;
  readonly limits: Limits;
  readonly transport: Transport;
  readonly journal: Journal;
  readonly webhookSecrets: readonly SecretValue<string>[];
  /** Milliseconds for a whole call, unless the call says otherwise. */
  readonly deadline: number;
}

/** When a call began, and when it ends. Milliseconds; `At` and `By` are since the epoch, by the client's clock. */
export interface CallTime {
  readonly startedAt: number;
  /** The runtime's monotonic clock at the start: the client's clock may be set back while a call runs. */
  readonly startedTick: number;
  /** The end of the whole call, look-ups included. */
  readonly endsAt: number;
  /** When sending must end, so that a look-up still fits if the response is lost. */
  readonly sendBy: number;
}

/** A call that has passed every check: nothing about it can be refused on our side any more. All its steps get it. */
export interface CallContext {
  readonly client: ClientContext;
  /** What the application called. `operation` differs where the library does it in several steps. */
  readonly calledAs: OperationName;
  readonly operation: OperationName;
  /** The provider's id of the target; `null` where the operation has none. */
  readonly id: string | null;
  /** The target as the caller knows it. */
  readonly snapshot: LivingObject | null;
  /** The neutral input with its defaults, without members that were `undefined`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What the adapter's `request` gets. */
  readonly request: object;
  readonly amount: Money | null;
  readonly confirm: boolean;
  readonly reference: string | null;
  readonly attempt: number;
  readonly key: string;
  /** Whether the caller passed the key itself. */
  readonly callersKey: boolean;
  readonly inputDigest: string;
  readonly connectedAccount: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly time: CallTime;
  /** When the first request of this operation left: earlier than `time.startedAt` for a call that is resumed. */
  readonly firstSentAt: number;
  /** Whether an earlier call may have sent the same request, so that a refusal of this one proves nothing about that one. */
  readonly sentBefore: boolean;
}

/** What a step of a call tells the journal, and asks it. */
export interface Journal {
  /** The object of an operation that is known to be done; `null` for one that may be sent. Sends nothing. */
  readonly find: (call: CallContext) => Promise<LivingObject | null>;
  /** Commits that a request is about to leave. While this rejects, nothing is sent. */
  readonly begin: (call: CallContext) => Promise<void>;
  /** Keeps how the operation ended: with an object, or with the error that the call throws. */
  readonly record: (call: CallContext, end: { readonly object: LivingObject } | { readonly error: unknown }) => Promise<void>;
}

/** The part of the whole time that is kept for a look-up, should the response be lost. Milliseconds. */
const reserve = (deadline: number): number => Math.min(10_000, deadline / 4);

/** The time of a call that begins now. What only reads needs no look-up later. */
export const beginTime = ({ transport, deadline }: ClientContext, given: number | undefined, readsOnly: boolean): CallTime => {
  const startedAt = transport.clock();
  const total = given ?? deadline;
  const endsAt = startedAt + total;
  return { startedAt, startedTick: performance.now(), endsAt, sendBy: readsOnly ? endsAt : endsAt - reserve(total) };
};

/** Milliseconds from now `until` a time of the call, by whichever of the two clocks has less. */
export const timeLeft = ({ client, time }: Pick<CallContext, 'client' | 'time'>, until: 'endsAt' | 'sendBy'): number => {
  const byClock = time[until] - client.transport.clock();
  const byTicks = time[until] - time.startedAt - (performance.now() - time.startedTick);
  return Math.min(byClock, byTicks);
};
