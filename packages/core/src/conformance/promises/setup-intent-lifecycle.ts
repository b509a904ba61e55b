import type { OperationName } from '../../index.js';
import { equal, fails, oneOf } from '../assertions.js';
import { idsOf, pagesOf } from '../pages.js';
import type { Promised } from '../promise.js';
import { says } from '../raw.js';
import { prepareSetup, setupBy, setupEntry, switchTo } from '../scene.js';
import { setupAgreesWithLedger, setupNow } from './setup-intents.js';

const create = ['setupIntents.create'] as const;
const retrieve = [...create, 'setupIntents.retrieve'] as const;

/** What has succeeded can neither be confirmed nor canceled. */
const ended = (verb: 'confirm' | 'cancel'): readonly Promised[] => {
  const operation: OperationName = `setupIntents.${verb}`;
  return [
    {
      id: `${operation}/succeeded-refused`,
      title: `what has succeeded is not ${verb}ed: refused with nothing sent, and by the provider for an id alone, with the current status`,
      operations: [...retrieve, operation],
      levers: ['succeeds', 'setups', 'completeSetup', 'requests'],
      prove: async (scene) => {
        const made = await prepareSetup(scene, null);
        await scene.stage.completeSetup?.(made.id, 'succeeds');
        const setup = await setupNow(scene, made);
        const before = await scene.seen();
        await fails(() => scene.payments.setupIntents[verb](setup), { code: ['invalid_request'], outcome: ['not_sent'] }, 'a snapshot that has succeeded');
        equal(await scene.seen(), before, 'nothing was sent');
        const error = await fails(() => scene.payments.setupIntents[verb](setup.id), { code: ['invalid_state'], outcome: ['rejected'] }, 'what has succeeded');
        equal(error.currentStatus, 'succeeded', 'the error says how the setup is now');
        await setupAgreesWithLedger(scene, setup);
      },
    },
    {
      id: `${operation}/owned-by-a-page`,
      title: 'a setup that belongs to a hosted page is refused by the provider, and stays as it is',
      operations: [...create, operation],
      fields: verb === 'confirm' ? ['setupIntents.create.paymentMethod'] : [],
      levers: ['succeeds', 'setups', 'setSwitches'],
      prove: async (scene) => {
        const setup = await scene.payments.setupIntents.create(setupBy(scene, verb === 'confirm' ? 'succeeds' : null));
        await switchTo(scene, { setupsOwnedBySession: true });
        await fails(() => scene.payments.setupIntents[verb](setup), { code: ['invalid_state'], outcome: ['rejected'] }, 'a setup of a hosted page');
        await setupAgreesWithLedger(scene, setup);
      },
    },
  ];
};

/** The reading, changing, ending and listing of setup intents. */
export const setupIntentLifecyclePromises: readonly Promised[] = [
  ...ended('confirm'),
  ...ended('cancel'),
  {
    id: 'setupIntents.retrieve/same',
    title: 'reads back what was created, by snapshot, ref, id and { id }',
    operations: retrieve,
    levers: ['setups'],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null);
      for (const target of [setup, setup.ref, setup.id, { id: setup.id }]) {
        const same = await scene.payments.setupIntents.retrieve(target);
        equal([same.ref, same.status, same.customer, same.usage], [setup.ref, setup.status, setup.customer, setup.usage], 'it is the same setup');
      }
    },
  },
  {
    id: 'setupIntents.retrieve/not-found',
    title: 'an id that the provider does not know is not_found',
    operations: ['setupIntents.retrieve'],
    levers: [],
    prove: async (scene) => {
      await fails(() => scene.payments.setupIntents.retrieve('no-such-setup'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
    },
  },
  {
    id: 'setupIntents.update/metadata',
    title: 'sets what is named, deletes what is null, leaves the rest',
    operations: [...retrieve, 'setupIntents.update'],
    fields: ['setupIntents.create.metadata', 'setupIntents.update.metadata'],
    levers: [],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null, { metadata: { keep: 'a', change: 'b', drop: 'c' } }, { reference: 'card-9' });
      await scene.payments.setupIntents.update(setup, { metadata: { change: 'B', drop: null } });
      const { metadata, reference } = await setupNow(scene, setup);
      equal([metadata?.['keep'], metadata?.['change'], metadata?.['drop'] ?? null], ['a', 'B', null], 'the metadata is merged');
      equal(reference, 'card-9', 'the reference stays');
    },
  },
  {
    id: 'setupIntents.update/description',
    title: 'changes the description and nothing else',
    operations: [...retrieve, 'setupIntents.update'],
    fields: ['setupIntents.update.description'],
    levers: [],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null);
      await scene.payments.setupIntents.update(setup, { description: 'Card of the shop' });
      const { description, status, usage } = await setupNow(scene, setup);
      equal([description, status, usage], ['Card of the shop', setup.status, setup.usage], 'only the description changed');
    },
  },
  {
    id: 'setupIntents.cancel/ends',
    title: 'ends a setup: the books say so, and nothing can be saved by it any more',
    operations: [...create, 'setupIntents.cancel'],
    levers: ['setups'],
    prove: async (scene) => {
      const setup = await scene.payments.setupIntents.cancel(await prepareSetup(scene, null));
      equal(setup.status, 'canceled', 'the setup is canceled');
      await setupAgreesWithLedger(scene, setup);
      if (scene.harness.adapter.operations['setupIntents.confirm'] === undefined) return;
      const paymentMethod = scene.stage.paymentMethods.succeeds;
      const more = paymentMethod !== undefined && scene.hasField('setupIntents.confirm', 'paymentMethod') ? { paymentMethod } : {};
      await fails(() => scene.payments.setupIntents.confirm(setup.id, more), { code: ['invalid_state'], outcome: ['rejected'] }, 'confirming what is canceled');
      equal((await setupEntry(scene, setup)).saved, null, 'nothing is saved');
    },
  },
  {
    id: 'setupIntents.cancel/reasons',
    title: 'takes each reason that it declares, and reads it back where the provider tells it',
    operations: [...create, 'setupIntents.cancel'],
    fields: ['setupIntents.cancel.reason'],
    levers: [],
    prove: async (scene) => {
      for (const reason of scene.payments.limits.setupCancellationReasons.value) {
        const setup = await scene.payments.setupIntents.cancel(await prepareSetup(scene, null), { reason });
        equal(setup.status, 'canceled', 'the setup is canceled');
        if (setup.status === 'canceled') oneOf(setup.cancellationReason, says(setup, /reason/) ? [reason] : [reason, null], 'the reason is the one that was given');
      }
    },
  },
  {
    id: 'setupIntents.list/customer',
    alone: true,
    title: 'the filter by customer is applied by the provider',
    operations: [...create, 'setupIntents.list'],
    fields: ['setupIntents.list.customer', 'setupIntents.create.customer'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const { customer, ...others } = setupBy(scene, null);
      await scene.payments.setupIntents.create(others);
      const own = await scene.payments.setupIntents.create(setupBy(scene, null));
      equal(idsOf(await pagesOf(scene.payments.setupIntents.list, { customer: customer ?? '' })), [own.id], "only the customer's own setup is listed");
    },
  },
];
