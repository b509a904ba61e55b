import { toBrowser, type SetupIntent } from '../../index.js';
import { equal, failure, holds, oneOf } from '../assertions.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { says, tells } from '../raw.js';
import { aWhile, prepareSetup, save, setupEntry, type Scene } from '../scene.js';

const create = ['setupIntents.create'] as const;
const confirm = [...create, 'setupIntents.confirm'] as const;
const retrieve = [...create, 'setupIntents.retrieve'] as const;
const withMethod = ['setupIntents.create.paymentMethod'] as const;
const atOnce = [...withMethod, 'setupIntents.create.confirm'] as const;

/** Holds a setup against the books: its status, and whether a method was saved. */
export const setupAgreesWithLedger = async (scene: Scene, setup: SetupIntent): Promise<void> => {
  const { status, saved } = await setupEntry(scene, setup);
  equal(setup.status, status, 'the status that is returned is the one in the books');
  equal(saved !== null, setup.status === 'succeeded', 'a method is saved when the setup has succeeded, and not before');
  if (saved !== null) oneOf(setup.paymentMethod, tells(setup, saved.paymentMethod) ? [saved.paymentMethod] : [saved.paymentMethod, null], 'the method that is returned is the one that was saved');
};

const nothingSaved = async (scene: Scene): Promise<void> =>
  holds(((await scene.stage.setups?.()) ?? []).every(({ saved }) => saved === null), 'nothing was saved');

/** The setup intent as the provider has it now. */
export const setupNow = (scene: Scene, setup: SetupIntent): Promise<SetupIntent> => scene.payments.setupIntents.retrieve(setup);

/** A setup that is confirmed by a method: with its creation, or after it where that cannot be. */
const confirmed = (scene: Scene, method: 'three_d_secure' | 'processing_succeeds' | 'processing_fails'): Promise<SetupIntent> => {
  if (!scene.hasField('setupIntents.create', 'paymentMethod')) throw new NotTested('a setup takes no method from the back end');
  if (scene.hasField('setupIntents.create', 'confirm')) return save(scene, method);
  return prepareSetup(scene, method).then((setup) => scene.payments.setupIntents.confirm(setup));
};

/** Whether a provider's confirmation can be brought about from the back end. */
const canConfirm: Promised['when'] = ({ harness: { adapter } }) =>
  adapter.operations['setupIntents.create']?.accepts.includes('confirm') === true || adapter.operations['setupIntents.confirm'] !== undefined;

const declines = (['card_declined', 'expired_card'] as const).map(
  (method): Promised => ({
    id: `setupIntents.create/${method}`,
    title: `a decline (${method}) is a value, or payment_declined where there is no setup to return, and saves nothing`,
    operations: create,
    fields: atOnce,
    levers: [method, 'setups'],
    prove: async (scene) => {
      const setup = await save(scene, method).catch(async (thrown: unknown) => {
        const error = await failure(() => Promise.reject(thrown), 'a decline without a setup');
        equal([error.code, error.outcome], ['payment_declined', 'rejected'], 'a decline that is thrown says that nothing was saved');
        holds(error.failure !== null, 'it carries the failure');
        return null;
      });
      if (setup !== null) {
        equal(setup.status, 'requires_payment_method', 'a declined setup asks for another method');
        holds(setup.lastSetupError !== null, 'it carries the failure');
      }
      await nothingSaved(scene);
    },
  }),
);

const slow = (
  [
    ['processing_succeeds', 'succeeded'],
    ['processing_fails', 'requires_payment_method'],
  ] as const
).map(
  ([method, end]): Promised => ({
    id: `setupIntents.create/${method}`,
    title: `a setup that takes time is processing, then ${end}; waitFor sees it`,
    operations: retrieve,
    fields: withMethod,
    when: canConfirm,
    levers: [method, 'setups', 'advance'],
    prove: async (scene) => {
      const setup = await confirmed(scene, method);
      equal(setup.status, 'processing', 'the provider is at work');
      await setupAgreesWithLedger(scene, setup);
      await scene.stage.advance?.(aWhile);
      const settled = await scene.payments.setupIntents.waitFor(setup);
      equal(settled.status, end, 'the end is seen');
      if (says(settled, /error/i)) holds(settled.lastSetupError !== null, 'why it failed is read where it is told');
      await setupAgreesWithLedger(scene, settled);
    },
  }),
);

/** The making and the confirming of setup intents. */
export const setupIntentPromises: readonly Promised[] = [
  {
    id: 'setupIntents.create/bare',
    title: 'creates a setup that waits for a payment method, and saves nothing',
    operations: create,
    levers: ['setups'],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null);
      equal([setup.object, setup.status], ['setup_intent', 'requires_payment_method'], 'a setup without a method requires one');
      equal(setup.ref, `${setup.account}:${setup.id}`, 'the ref is the account and the id');
      await setupAgreesWithLedger(scene, setup);
      if (scene.hasField('setupIntents.create', 'customer')) equal([setup.customer, (await setupEntry(scene, setup)).customer], [scene.stage.customer ?? null, scene.stage.customer ?? null], "it is the customer's");
    },
  },
  {
    id: 'setupIntents.create/for-the-browser',
    title: "the browser gets the client secret that the provider gave, and the customer's own card ends the setup",
    operations: create,
    levers: ['succeeds', 'setups', 'completeSetup'],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null);
      const [, secret = null] = /"client_?secret"\s*:\s*"([^"]+)"/i.exec(JSON.stringify(setup.raw.reveal())) ?? [];
      equal(toBrowser(setup).clientSecret, secret, 'the browser gets it');
      await scene.stage.completeSetup?.(setup.id, 'succeeds');
      holds((await setupEntry(scene, setup)).saved !== null, 'the method is saved');
      if (scene.harness.adapter.operations['setupIntents.retrieve'] !== undefined) await setupAgreesWithLedger(scene, await setupNow(scene, setup));
    },
  },
  {
    id: 'setupIntents.retrieve/declined-in-the-browser',
    title: "a card that is declined in the browser saves nothing; the setup asks for another one, and why is read where it is told",
    operations: retrieve,
    levers: ['card_declined', 'setups', 'completeSetup'],
    prove: async (scene) => {
      const setup = await prepareSetup(scene, null);
      await scene.stage.completeSetup?.(setup.id, 'card_declined');
      const declined = await setupNow(scene, setup);
      equal(declined.status, 'requires_payment_method', 'the setup asks for another method');
      if (says(declined, /error/i)) holds(declined.lastSetupError !== null, 'why it failed is read where it is told');
      await setupAgreesWithLedger(scene, declined);
    },
  },
  {
    id: 'setupIntents.create/usage',
    title: 'the usage that is given is the one that is told',
    operations: create,
    fields: ['setupIntents.create.usage'],
    levers: ['setups'],
    prove: async (scene) => {
      for (const usage of ['off_session', 'on_session'] as const) {
        const setup = await prepareSetup(scene, null, { usage });
        equal((await setupEntry(scene, setup)).usage ?? usage, usage, 'the books have it');
        oneOf(setup.usage, says(setup, /^usage$/) ? [usage] : [usage, null], 'the usage is the same');
      }
    },
  },
  {
    id: 'setupIntents.create/confirm',
    title: 'with confirm saves the method, once',
    operations: create,
    fields: ['setupIntents.create.confirm'],
    levers: ['succeeds', 'setups'],
    prove: async (scene) => {
      const setup = await save(scene, 'succeeds');
      equal(setup.status, 'succeeded', 'the setup succeeded');
      await setupAgreesWithLedger(scene, setup);
      equal((await setupEntry(scene, setup)).confirmations, 1, 'it was confirmed once');
    },
  },
  ...declines,
  ...slow,
  {
    id: 'setupIntents.create/three-d-secure',
    title: 'a setup that needs the customer says so, and ends as the customer does',
    operations: retrieve,
    fields: withMethod,
    when: canConfirm,
    levers: ['three_d_secure', 'setups', 'completeAction', 'failAction'],
    prove: async (scene) => {
      for (const act of ['completeAction', 'failAction'] as const) {
        const setup = await confirmed(scene, 'three_d_secure');
        equal(setup.status, 'requires_action', 'the customer has to act');
        const { nextAction, clientSecret } = toBrowser(setup);
        holds(nextAction !== null || clientSecret !== null, 'the browser gets something to go on with');
        await setupAgreesWithLedger(scene, setup);
        await scene.stage[act]?.(setup.id);
        const ended = await setupNow(scene, setup);
        equal(ended.status, act === 'completeAction' ? 'succeeded' : 'requires_payment_method', 'it ends as the customer does');
        await setupAgreesWithLedger(scene, ended);
      }
    },
  },
  {
    id: 'setupIntents.create/metadata',
    title: 'metadata, the description and the reference come back as they were given',
    operations: retrieve,
    fields: ['setupIntents.create.metadata', 'setupIntents.create.description'],
    levers: [],
    prove: async (scene) => {
      const made = await prepareSetup(scene, null, { metadata: { order: 'A 1 & b=2' }, description: 'Tea' }, { reference: 'card-7' });
      for (const { metadata, reference, description } of [made, await setupNow(scene, made)])
        equal([metadata?.['order'], reference, description], ['A 1 & b=2', 'card-7', 'Tea'], 'they are read back');
    },
  },
  {
    id: 'setupIntents.confirm/saves',
    title: 'saves the method, once',
    operations: confirm,
    fields: withMethod,
    levers: ['succeeds', 'setups'],
    prove: async (scene) => {
      const setup = await scene.payments.setupIntents.confirm(await prepareSetup(scene, 'succeeds'));
      equal(setup.status, 'succeeded', 'the setup succeeded');
      await setupAgreesWithLedger(scene, setup);
      equal((await setupEntry(scene, setup)).confirmations, 1, 'it was confirmed once');
    },
  },
  {
    id: 'setupIntents.confirm/decline-then-other-method',
    title: 'a decline is a value; the next attempt with another method saves that one',
    operations: [...confirm, 'setupIntents.retrieve'],
    fields: [...withMethod, 'setupIntents.confirm.paymentMethod'],
    levers: ['card_declined', 'succeeds', 'setups'],
    prove: async (scene) => {
      const declined = await scene.payments.setupIntents.confirm(await prepareSetup(scene, 'card_declined'), {}, { reference: 'card-1' });
      equal(declined.status, 'requires_payment_method', 'the declined setup asks for another method');
      holds(declined.lastSetupError !== null, 'it carries the failure');
      await nothingSaved(scene);
      const paymentMethod = scene.stage.paymentMethods.succeeds ?? '';
      const saved = await scene.payments.setupIntents.confirm(declined, { paymentMethod }, { reference: 'card-1', attempt: 2 });
      equal(saved.status, 'succeeded', 'the second attempt succeeded');
      equal((await setupEntry(scene, saved)).saved?.paymentMethod, paymentMethod, 'the second method is saved');
    },
  },
];
