import type { Harness, Stage, TestLedgerEntry } from '@oneintent/core/conformance';
import { createPayments } from '@oneintent/core';
import { pronto } from './adapter.ts';
import { apiKey, openPronto, origin, webhookSecret } from './server.ts';

/** What the books call a status, in the suite's words. Not the adapter's own table: a witness does not copy. */
const statusIn = { HELD: 'requires_capture', COLLECTING: 'processing', WORKING: 'processing', TAKEN: 'succeeded', VOIDED: 'canceled', FAILED: 'canceled' } as const;
const refundStatusIn = { PENDING: 'pending', DONE: 'succeeded', REJECTED: 'failed' } as const;

const openStage = (capturesLater: boolean): Stage => {
  const { fetch, requests, advance, now, set, ...provider } = openPronto({ capturesLater });
  return {
    origin,
    fetch,
    currency: 'EUR',
    customer: 'PAYER_ANNA',
    paymentMethods: {
      succeeds: 'CARD_FINE',
      card_declined: 'CARD_REFUSED',
      insufficient_funds: 'CARD_EMPTY',
      expired_card: 'CARD_OLD',
      processing_succeeds: 'BANK_FINE',
      processing_fails: 'BANK_EMPTY',
    },
    requests: () => requests,
    ledger: () =>
      provider.charges().map(({ id, status, value, held_until: until }): TestLedgerEntry => {
        const isAuthorised = status === 'TAKEN' || until !== null;
        return {
          id,
          status: statusIn[status],
          authorized: isAuthorised ? value : 0,
          captured: status === 'TAKEN' ? value : 0,
          released: isAuthorised && status === 'VOIDED' ? value : 0,
          confirmations: 1,
          refunded: provider.returned(id),
          refunds: provider.returns().filter(({ charge }) => charge === id).map((made) => ({ id: made.id, status: refundStatusIn[made.status], amount: made.value })),
        };
      }),
    advance,
    now,
    switches: ['refundsSettle', 'refundsFail'],
    setSwitches: ({ refundsSettle, refundsFail }) =>
      set({ ...(refundsSettle !== undefined && { settle: refundsSettle === 'at_once' ? 'at_once' : 'later' }), ...(refundsFail !== undefined && { fail: refundsFail }) }),
    webhookSecret,
    deliveries: provider.deliveries,
  };
};

/** Pronto's harness. */
export const harnessOf = ({ capturesLater = false }: { readonly capturesLater?: boolean } = {}): Harness => ({
  name: capturesLater ? 'pronto, which takes its time to collect' : 'pronto, which charges in one step',
  adapter: pronto(apiKey),
  open: () => openStage(capturesLater),
  connect: (options) => createPayments(options),
  refusals: {
    rateLimited: { status: 429, body: { problem: { code: 'TOO_MANY', member: null } } },
    stillRunning: { status: 409, body: { problem: { code: 'STILL_RUNNING', member: null } } },
    broken: { status: 500, body: { problem: { code: 'BROKEN', member: null } } },
  },
});
