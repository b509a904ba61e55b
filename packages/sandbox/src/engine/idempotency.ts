import type { Answer } from '../http/answer.js';

/** What is known of an idempotency key. */
export interface KeyRecord {
  /** Method, path, query and content of the first request, in one spelling. */
  readonly fingerprint: string;
  readonly firstSeenAt: number;
  /** Null while the first request is under way. */
  answer: Answer | null;
  readonly finished: Promise<void>;
}

/** How a provider treats a repeated key. */
export interface KeyPolicy {
  readonly lifetimeSeconds: number;
  /** Is the same key with other content refused? Otherwise the first answer is replayed. */
  readonly noticesOtherContent: boolean;
  /** Is a request refused while the first one with its key is under way? Otherwise it waits. */
  readonly noticesConcurrency: boolean;
  /** Is this answer kept under its key? */
  readonly keeps: (answer: Answer) => boolean;
}

/** A request that carries a key. */
export interface KeyedRequest {
  readonly key: string;
  readonly fingerprint: string;
  readonly now: () => number;
}

/** What became of a request with a key. */
export type KeyedOutcome = { readonly kind: 'executed' | 'replayed'; readonly answer: Answer } | { readonly kind: 'other_content' | 'in_progress' };

// A request must take a moment, or no other could ever find it under way; timers may be faked in a test, a port is not.
const moment = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Carries a request out once per key. */
export async function executeOnce(
  keys: Map<string, KeyRecord>,
  request: KeyedRequest,
  policy: KeyPolicy,
  execute: () => Answer,
): Promise<KeyedOutcome> {
  const known = liveRecord(keys, request, policy);
  if (known !== undefined) {
    if (known.answer === null && policy.noticesConcurrency) return { kind: 'in_progress' };
    if (known.fingerprint !== request.fingerprint && policy.noticesOtherContent) return { kind: 'other_content' };
    await known.finished;
    if (known.answer !== null) return { kind: 'replayed', answer: known.answer };
    return executeOnce(keys, request, policy, execute);
  }

  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const record: KeyRecord = { fingerprint: request.fingerprint, firstSeenAt: request.now(), answer: null, finished };
  keys.set(request.key, record);
  try {
    await moment();
    const answer = execute();
    if (policy.keeps(answer)) record.answer = answer;
    return { kind: 'executed', answer };
  } finally {
    if (record.answer === null && keys.get(request.key) === record) keys.delete(request.key);
    finish();
  }
}

function liveRecord(keys: Map<string, KeyRecord>, request: KeyedRequest, policy: KeyPolicy): KeyRecord | undefined {
  const record = keys.get(request.key);
  if (record === undefined || record.answer === null) return record;
  if (request.now() - record.firstSeenAt < policy.lifetimeSeconds * 1000) return record;
  keys.delete(request.key);
  return undefined;
}
