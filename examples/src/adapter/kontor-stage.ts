import type { Refusals, Stage, TestLedgerEntry } from '@oneintent/core/conformance';
import type { State } from './kontor-books.js';
import { openKontor } from './kontor-server.js';

/** What Kontor answers when it is not well. Source: Kontor API guide 4, "Faults". It honours no keys, so that nothing is ever still running. */
export const refusals: Refusals = {
  rateLimited: { status: 429, body: { fault: { kind: 'too_many', text: 'Too many requests.', code: null, member: null }, ticket: 'tkt_1' } },
  broken: { status: 500, body: { fault: { kind: 'broken', text: 'Something broke here.', code: null, member: null }, ticket: 'tkt_2' } },
};

/** What the books call a state, in the suite's words. Not the adapter's own table: a witness does not copy. */
const statusIn = ({ phase, detail }: State): string => {
  if (phase === 'open') return detail === 'ready' ? 'requires_confirmation' : detail === 'customer_needed' ? 'requires_action' : 'requires_payment_method';
  return { working: 'processing', held: 'requires_capture', paid: 'succeeded', closed: 'canceled' }[phase] ?? phase;
};

/** A fresh Kontor for one promise of the suite, with the levers that it has. */
export const openStage = (currency: string): Stage => {
  const provider = openKontor();
  const { origin, fetch, requests, webhookSecret, advance, now } = provider;
  return {
    origin,
    fetch,
    currency,
    customer: 'anna',
    paymentMethods: {
      succeeds: 'card_fine',
      card_declined: 'card_refused',
      insufficient_funds: 'card_empty',
      expired_card: 'card_old',
      three_d_secure: 'card_careful',
      processing_succeeds: 'transfer',
      processing_fails: 'transfer_bounces',
    },
    requests: () => requests,
    ledger: () =>
      provider.payments().map(({ id, state, currency: paidIn, authorized, taken, released, charges }): TestLedgerEntry => {
        const refunds = provider.refunds().filter(({ payment }) => payment === id).toReversed();
        return {
          id,
          currency: paidIn,
          status: statusIn(state),
          authorized,
          captured: taken,
          released,
          confirmations: charges,
          refunded: refunds.reduce((sum, { amount }) => sum + amount, 0),
          refunds: refunds.map((refund) => ({ id: refund.id, status: 'succeeded', amount: refund.amount })),
        };
      }),
    completeAction: (id) => provider.act(id, true),
    failAction: (id) => provider.act(id, false),
    advance,
    now,
    webhookSecret,
    deliveries: () =>
      provider.deliveries().map(({ kind, url, body }) => ({ type: kind, headers: {}, body, url })),
  };
};
