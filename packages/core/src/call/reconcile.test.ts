import { describe, expect, it } from 'vitest';
import { money } from '../index.js';
import { noFailure } from '../contract/readings.js';
import { bench, snapshot } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';
import type { LivingObject } from '../model/event.js';
import type { Asked as AskedOf, Reconciliation } from '../operations/definition.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import { contradicts } from './reconcile.js';

interface Asked extends AskedOf {
  readonly operation: OperationName;
}
/** What the rule of an operation says of an object of the operation's kind. */
const reconcile = (subject: LivingObject, { operation, ...asked }: Asked): Reconciliation => operationDefinitions[operation].reconcile(subject as never, asked);

type Said = Parameters<typeof snapshot>[0];
const since = '2026-04-10T05:00:00.000Z';
const failure = { ...noFailure, reason: 'card_declined' } as const;
const asked = (operation: Asked['operation'], more: Partial<Asked> = {}): Asked => ({ operation, amount: null, confirm: false, before: null, since, ...more });
const euros = (minorUnits: number) => money(minorUnits, 'EUR');
const setup = (said: object) => bench([answer(200, { id: 'seti_1', ...said })]).payments.setupIntents.retrieve('seti_1');
const refund = (said: object = {}) => bench([answer(200, { id: 're_1', amount: 300, ...said })]).payments.refunds.retrieve('re_1');

const table: readonly (readonly [string, Asked, Said, Reconciliation])[] = [
  ['a creation that is there', asked('paymentIntents.create', { amount: euros(1000) }), { status: 'requires_confirmation' }, 'done'],
  ['a creation with another amount', asked('paymentIntents.create', { amount: euros(999) }), { status: 'succeeded' }, 'conflict'],
  ['a creation that was to be confirmed and is not yet', asked('paymentIntents.create', { confirm: true }), { status: 'requires_confirmation' }, 'undecided'],
  ['a creation that was confirmed', asked('paymentIntents.create', { confirm: true }), { status: 'succeeded' }, 'done'],
  ['a creation that was declined', asked('paymentIntents.create', { confirm: true }), { status: 'requires_payment_method', lastPaymentError: failure }, 'done'],
  ['a creation that the provider is working on', asked('paymentIntents.create', { confirm: true }), { status: 'processing' }, 'done'],
  ['a creation that was confirmed and canceled since', asked('paymentIntents.create', { confirm: true }), { status: 'canceled' }, 'done'],
  ['a confirmation: unchanged', asked('paymentIntents.confirm'), { status: 'requires_confirmation' }, 'undecided'],
  ['a confirmation: succeeded', asked('paymentIntents.confirm'), { status: 'succeeded' }, 'done'],
  ['a confirmation: authorised', asked('paymentIntents.confirm'), { status: 'requires_capture' }, 'done'],
  ['a confirmation: an action', asked('paymentIntents.confirm', { before: snapshot({ status: 'requires_confirmation' }) }), { status: 'requires_action' }, 'done'],
  ['a confirmation: the action of before', asked('paymentIntents.confirm', { before: snapshot({ status: 'requires_action' }) }), { status: 'requires_action' }, 'undecided'],
  ['a confirmation: a failure where there was none', asked('paymentIntents.confirm', { before: snapshot() }), { lastPaymentError: failure }, 'done'],
  ['a confirmation: a failure that came after the snapshot and before the request', asked('paymentIntents.confirm', { before: snapshot() }), { lastPaymentError: failure, updatedAt: '2026-04-10T04:59:59Z' }, 'undecided'],
  ['a confirmation: a failure where there was none, by a clock that counts in seconds', asked('paymentIntents.confirm', { before: snapshot(), since: '2026-04-10T05:00:00.900Z' }), { lastPaymentError: failure, updatedAt: '2026-04-10T05:00:00Z' }, 'done'],
  ['a confirmation: another failure in the second of the one before', asked('paymentIntents.confirm', { before: snapshot({ lastPaymentError: failure }), since: '2026-04-10T05:00:00.900Z' }), { lastPaymentError: failure, updatedAt: '2026-04-10T05:00:00Z' }, 'undecided'],
  ['a confirmation: the failure of before', asked('paymentIntents.confirm', { before: snapshot({ lastPaymentError: failure }) }), { lastPaymentError: failure }, 'undecided'],
  ['a confirmation: a failure of which nobody knows since when', asked('paymentIntents.confirm'), { lastPaymentError: failure }, 'undecided'],
  ['a confirmation: a failure since then', asked('paymentIntents.confirm'), { lastPaymentError: failure, updatedAt: '2026-04-10T05:00:01Z' }, 'done'],
  ['a confirmation: a failure from before', asked('paymentIntents.confirm'), { lastPaymentError: failure, updatedAt: '2026-04-10T04:59:59Z' }, 'undecided'],
  ['a confirmation: a failure of the very moment it left', asked('paymentIntents.confirm'), { lastPaymentError: failure, updatedAt: since }, 'undecided'],
  ['a confirmation: a change since then that is no failure', asked('paymentIntents.confirm', { before: snapshot() }), { updatedAt: '2026-04-10T05:00:01Z' }, 'undecided'],
  ['a confirmation: a failure on an intent that could still be confirmed', asked('paymentIntents.confirm', { before: snapshot() }), { status: 'requires_confirmation', lastPaymentError: failure }, 'undecided'],
  ['a confirmation: a failure under a status never heard of', asked('paymentIntents.confirm', { before: snapshot() }), { status: 'on_the_moon', lastPaymentError: failure }, 'undecided'],
  ['a confirmation: an action, and nobody knows what was before', asked('paymentIntents.confirm'), { status: 'requires_action' }, 'done'],
  ['a confirmation: succeeded where an action was awaited', asked('paymentIntents.confirm', { before: snapshot({ status: 'requires_action' }) }), { status: 'succeeded' }, 'done'],
  ['a confirmation: a status never heard of', asked('paymentIntents.confirm'), { status: 'on_the_moon' }, 'undecided'],
  ['a capture: unchanged', asked('paymentIntents.capture'), { status: 'requires_capture' }, 'undecided'],
  ['a capture: succeeded', asked('paymentIntents.capture'), { status: 'succeeded' }, 'done'],
  ['a capture of a part: that part', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded', amountReceived: 400 }, 'done'],
  ['a capture of a part: nobody says how much', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded' }, 'done'],
  ['a capture of a part: another', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded', amountReceived: 1000 }, 'conflict'],
  ['a capture of a part: as many of another currency', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded', currency: 'usd', amountReceived: 400 }, 'conflict'],
  ['a capture of a part: something was taken, and the status was never heard of', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'on_the_moon', amountReceived: 400 }, 'undecided'],
  ['a capture of everything: only a part was taken', asked('paymentIntents.capture'), { status: 'requires_capture', amountReceived: 400 }, 'undecided'],
  ['a capture of a part that leaves the rest open', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'requires_capture', amountReceived: 400 }, 'done'],
  ['a capture of a part after another', asked('paymentIntents.capture', { amount: euros(300), before: snapshot({ amountReceived: 400 }) }), { status: 'requires_capture', amountReceived: 700 }, 'done'],
  ['a capture of a part: only what was before', asked('paymentIntents.capture', { amount: euros(400), before: snapshot({ amountReceived: 400 }) }), { status: 'requires_capture', amountReceived: 400 }, 'undecided'],
  ['a capture: canceled, nothing taken', asked('paymentIntents.capture'), { status: 'canceled', amountReceived: 0 }, 'impossible'],
  ['a capture: canceled, something taken', asked('paymentIntents.capture'), { status: 'canceled', amountReceived: 5 }, 'undecided'],
  ['a capture: processing', asked('paymentIntents.capture'), { status: 'processing' }, 'undecided'],
  ['a capture: what was held is being worked on', asked('paymentIntents.capture', { before: snapshot({ status: 'requires_capture' }) }), { status: 'processing' }, 'done'],
  ['a capture: what was being worked on still is', asked('paymentIntents.capture', { before: snapshot({ status: 'processing' }) }), { status: 'processing' }, 'undecided'],
  ['a capture: what was held still is', asked('paymentIntents.capture', { before: snapshot({ status: 'requires_capture' }) }), { status: 'requires_capture' }, 'undecided'],
  ['a partial capture: the rest canceled since', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'canceled', amountReceived: 400 }, 'done'],
  ['a partial capture: canceled, another amount taken', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'canceled', amountReceived: 5 }, 'undecided'],
  ['a cancellation: canceled', asked('paymentIntents.cancel'), { status: 'canceled' }, 'done'],
  ['a cancellation: succeeded', asked('paymentIntents.cancel'), { status: 'succeeded' }, 'impossible'],
  ['a cancellation: unchanged', asked('paymentIntents.cancel'), { status: 'requires_capture' }, 'undecided'],
  ['an increment: the new total', asked('paymentIntents.incrementAuthorization', { amount: euros(1500) }), { status: 'requires_capture', amount: 1500 }, 'done'],
  ['an increment: the old total', asked('paymentIntents.incrementAuthorization', { amount: euros(1500) }), { status: 'requires_capture' }, 'undecided'],
  ['an increment to what it was', asked('paymentIntents.incrementAuthorization', { amount: euros(1000), before: snapshot() }), { status: 'requires_capture' }, 'undecided'],
  ['an increment of which nobody knows to what', asked('paymentIntents.incrementAuthorization'), { status: 'requires_capture' }, 'undecided'],
  ['an update', asked('paymentIntents.update', { amount: euros(1000) }), {}, 'undecided'],
  ['a reading', asked('paymentIntents.retrieve'), {}, 'done'],
];

describe('a look-up after a lost answer', () => {
  it.each(table)('of %s is judged', (_what, question, found, judgement) => {
    expect(reconcile(snapshot(found), question)).toBe(judgement);
  });

  it.each<readonly [string, Asked, object, Reconciliation]>([
    ['a creation that is there', asked('setupIntents.create'), { status: 'requires_confirmation' }, 'done'],
    ['a creation that was to be confirmed and is not yet', asked('setupIntents.create', { confirm: true }), { status: 'requires_confirmation' }, 'undecided'],
    ['a creation that was confirmed', asked('setupIntents.create', { confirm: true }), { status: 'succeeded' }, 'done'],
    ['a creation that was declined', asked('setupIntents.create', { confirm: true }), { status: 'requires_payment_method', failure: 'no' }, 'done'],
    ['a confirmation: unchanged', asked('setupIntents.confirm'), { status: 'requires_confirmation' }, 'undecided'],
    ['a confirmation: nothing failed', asked('setupIntents.confirm'), { status: 'requires_payment_method', updated: '2026-04-10T05:00:01Z' }, 'undecided'],
    ['a confirmation: a failure since then', asked('setupIntents.confirm'), { status: 'requires_payment_method', failure: 'no', updated: '2026-04-10T05:00:01Z' }, 'done'],
    ['a confirmation: a failure of which nobody knows since when', asked('setupIntents.confirm'), { status: 'requires_payment_method', failure: 'no' }, 'undecided'],
    ['a confirmation: processing', asked('setupIntents.confirm'), { status: 'processing' }, 'done'],
    ['a cancellation: canceled', asked('setupIntents.cancel'), { status: 'canceled' }, 'done'],
    ['a cancellation: succeeded', asked('setupIntents.cancel'), { status: 'succeeded' }, 'impossible'],
    ['a cancellation: unchanged', asked('setupIntents.cancel'), { status: 'requires_confirmation' }, 'undecided'],
  ])('of a setup, %s, is judged', async (_what, question, found, judgement) => {
    expect(reconcile(await setup(found), question)).toBe(judgement);
  });

  it.each<readonly [string, object, object, Reconciliation]>([
    ['a failure where there was none is its own', {}, { failure: 'no' }, 'done'],
    ['a failure that was there before proves nothing', { failure: 'no' }, { failure: 'no' }, 'undecided'],
  ])('of the confirmation of a setup: %s', async (_what, was, found, judgement) => {
    const before = await setup({ status: 'requires_payment_method', ...was });
    expect(reconcile(await setup({ status: 'requires_payment_method', ...found }), asked('setupIntents.confirm', { before }))).toBe(judgement);
  });

  it.each<readonly [string, Asked, object, Reconciliation]>([
    ['a refund of that amount', asked('refunds.create', { amount: euros(300) }), {}, 'done'],
    ['a refund of another amount', asked('refunds.create', { amount: euros(200) }), {}, 'conflict'],
    ['a refund of everything, whose amount nobody named', asked('refunds.create'), {}, 'done'],
    ['a cancellation: canceled', asked('refunds.cancel'), { status: 'canceled' }, 'done'],
    ['a cancellation: the money went back', asked('refunds.cancel'), { status: 'succeeded' }, 'impossible'],
    ['a cancellation: the refund failed by itself', asked('refunds.cancel'), { status: 'failed' }, 'impossible'],
    ['a cancellation: pending', asked('refunds.cancel'), { status: 'pending' }, 'undecided'],
    ['a cancellation: a status never heard of', asked('refunds.cancel'), { status: 'on_the_moon' }, 'undecided'],
  ])('of a refund, %s, is judged', async (_what, question, found, judgement) => {
    expect(reconcile(await refund(found), question)).toBe(judgement);
  });

  it('that finds nothing changed never proves that nothing was done', () => {
    for (const operation of ['confirm', 'capture', 'cancel', 'incrementAuthorization'] as const)
      for (const status of ['requires_payment_method', 'requires_confirmation', 'on_the_moon'])
        expect(reconcile(snapshot({ status }), asked(`paymentIntents.${operation}`, { amount: euros(7) }))).toBe('undecided');
  });
});

describe('an answer that is about something else than was asked for', () => {
  it.each<readonly [string, Asked, Said, boolean]>([
    ['a creation with another amount', asked('paymentIntents.create', { amount: euros(999) }), {}, true],
    ['a creation in another currency', asked('paymentIntents.create', { amount: money(1000, 'USD') }), {}, true],
    ['a creation as asked', asked('paymentIntents.create', { amount: euros(1000) }), {}, false],
    ['a capture of another amount', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded', amountReceived: 1000 }, true],
    ['a capture that does not say how much', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'succeeded' }, false],
    ['a capture that is still to be done', asked('paymentIntents.capture', { amount: euros(400) }), { status: 'requires_capture', amountReceived: 0 }, false],
    ['an increment to another total', asked('paymentIntents.incrementAuthorization', { amount: euros(1500) }), { status: 'requires_capture', amount: 2500 }, true],
    ['an increment as asked', asked('paymentIntents.incrementAuthorization', { amount: euros(1500) }), { status: 'requires_capture', amount: 1500 }, false],
    ['an increment that is still being worked on', asked('paymentIntents.incrementAuthorization', { amount: euros(1500) }), { status: 'processing', amount: 1000 }, false],
    ['anything without an amount', asked('paymentIntents.capture'), { status: 'succeeded', amountReceived: 3 }, false],
  ])('%s', (_what, question, found, expected) => {
    expect(contradicts({ ...question, snapshot: question.before }, snapshot(found))).toBe(expected);
  });
});
