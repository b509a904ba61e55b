import type { CallContext, ClientContext } from '../call/context.js';

/** A call in the middle of its course, for tests of one step. It is a confirmation that lasts a minute, unless said otherwise. */
export const callOf = (client: ClientContext, { endsAt = client.transport.clock() + 60_000, ...said }: Partial<CallContext> & { readonly endsAt?: number } = {}): CallContext => {
  const startedAt = client.transport.clock();
  const operation = said.operation ?? 'paymentIntents.confirm';
  return {
    client,
    calledAs: operation,
    operation,
    id: null,
    snapshot: null,
    input: {},
    request: {},
    amount: null,
    confirm: false,
    reference: null,
    attempt: 1,
    key: 'key_1',
    callersKey: false,
    inputDigest: '',
    connectedAccount: undefined,
    signal: undefined,
    time: { startedAt, startedTick: performance.now(), endsAt, sendBy: endsAt },
    firstSentAt: startedAt,
    sentBefore: false,
    ...said,
  };
};
