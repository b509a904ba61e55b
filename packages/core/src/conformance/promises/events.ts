import type { LivingObject, PaymentEvent, PaymentIntent } from '../../index.js';
import { equal, fails, holds, oneOf } from '../assertions.js';
import { changed, membersOf, pathKey, withBody } from '../exchanges.js';
import { idsOf, pagesOf } from '../pages.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { again, rehearse } from '../rehearsal.js';
import { now, pay, type Scene } from '../scene.js';

const list = ['paymentIntents.create', 'events.list'] as const;
const paid = ['paymentIntents.create.confirm'] as const;

/** What of a living object an event has to have right. */
const facts = (object: LivingObject | null): unknown =>
  object?.object === 'payment_intent' ? [object.id, object.status, object.amount, object.amountReceived, object.amountCapturable, object.captureMethod, object.customer] : object;

/** A few payments, some time apart. */
const somePayments = async (scene: Scene): Promise<readonly PaymentIntent[]> => {
  const intents: PaymentIntent[] = [];
  for (let count = 0; count < 3; count += 1) {
    intents.push(await pay(scene, 'succeeds', 100 + count));
    await scene.stage.advance?.(5);
  }
  return intents;
};

export const eventPromises: readonly Promised[] = [
  {
    id: 'events.list/newest-first',
    alone: true,
    title: 'what happened last is told first',
    operations: list,
    fields: paid,
    levers: ['succeeds', 'advance'],
    prove: async (scene) => {
      const intents = await somePayments(scene);
      const { data } = await scene.payments.events.list();
      const subjects = data.flatMap(({ subject }) => (subject === null ? [] : [subject.id]));
      equal([...new Set(subjects)], intents.map(({ id }) => id).toReversed(), 'the newest payment comes first');
      const times = data.flatMap(({ createdAt }) => (createdAt === null ? [] : [createdAt]));
      equal(times, times.toSorted().toReversed(), 'so do the times');
    },
  },
  {
    id: 'events.list/subject',
    alone: true,
    title: 'the newest event of a payment has it as it is read',
    operations: [...list, 'paymentIntents.retrieve'],
    fields: paid,
    levers: ['succeeds', 'advance'],
    prove: async (scene) => {
      for (const intent of await somePayments(scene)) {
        const told = (await scene.payments.events.list()).data.filter(({ subject }) => subject?.id === intent.id);
        holds(told.length > 0, 'the payment is told');
        const newest = told.map(({ createdAt }) => createdAt ?? '').toSorted().at(-1);
        // Several can have happened at one time.
        const seen = told.filter(({ createdAt }) => (createdAt ?? '') === newest).map(({ subject }) => JSON.stringify(facts(subject)));
        oneOf(JSON.stringify(facts(await now(scene, intent))), seen, 'an event has the payment as it is');
        holds(told.some(({ type }) => type === 'payment_intent.succeeded'), 'one of them says that it succeeded', told.map(({ type }) => type));
      }
    },
  },
  {
    id: 'events.list/filters',
    alone: true,
    title: 'each filter is applied by the provider',
    operations: list,
    fields: paid,
    when: ({ harness: { adapter } }) => ['providerType', 'subject', 'createdFrom', 'createdBefore'].some((field) => adapter.operations['events.list']?.accepts.some((one) => one === field)),
    levers: ['succeeds', 'advance'],
    prove: async (scene) => {
      await somePayments(scene);
      const all = await pagesOf(scene.payments.events.list, {});
      const middle = all[Math.floor(all.length / 2)];
      if (middle === undefined || middle.subject === null || middle.createdAt === null) throw new NotTested('the stage tells no event with its subject and time');
      const { providerType, subject, createdAt } = middle;
      const filters: readonly (readonly [string, string, (event: PaymentEvent) => boolean])[] = [
        ['providerType', providerType, (event) => event.providerType === providerType],
        ['subject', subject.id, (event) => event.subject?.id === subject.id],
        ['createdFrom', createdAt, (event) => (event.createdAt ?? '') >= createdAt],
        ['createdBefore', createdAt, (event) => (event.createdAt ?? '') < createdAt],
      ];
      for (const [field, value, isMeant] of filters) {
        if (!scene.hasField('events.list', field)) continue;
        equal(idsOf(await pagesOf(scene.payments.events.list, { [field]: value })), idsOf(all.filter(isMeant)), `only what ${field} says is listed`);
      }
    },
  },
  {
    id: 'events.retrieve/same',
    title: 'an event is read by itself, its ref, id and { id }, as it was listed, and is believed as far as the provider itself',
    operations: [...list, 'events.retrieve'],
    fields: paid,
    levers: ['succeeds'],
    prove: async (scene) => {
      await pay(scene, 'succeeds', 100);
      const [event] = (await scene.payments.events.list()).data;
      if (event === undefined) throw new NotTested('the stage tells no event');
      const same = ({ ref, type, providerType, createdAt, subject, trust }: PaymentEvent): unknown => [ref, type, providerType, createdAt, facts(subject), trust];
      equal(event.trust, 'retrieved', 'it comes from the provider');
      for (const target of [event, event.ref, event.id, { id: event.id }]) equal(same(await scene.payments.events.retrieve(target)), same(event), 'it is the same event');
    },
  },
  {
    id: 'events.retrieve/new-type',
    title: 'an event of a type that is not known is unknown, with the provider\'s own word, and never one of those that are known',
    operations: [...list, 'events.retrieve'],
    fields: paid,
    levers: ['succeeds'],
    prove: async (scene) => {
      const rehearsed = await rehearse(scene, 'events.retrieve');
      const { providerType }: { readonly providerType?: unknown } = Object(rehearsed.result);
      const body: unknown = JSON.parse(rehearsed.exchanges.at(-1)?.text ?? 'null');
      const types = membersOf(body).filter(({ value }) => value === providerType);
      for (const word of ['something_new.happened', `${String(providerType)}_in_part`]) {
        const told: Partial<PaymentEvent> = Object(await again(rehearsed, withBody(changed(body, new Map(types.map(({ path }) => [pathKey(path), word]))))));
        equal([told.type, told.providerType], ['unknown', word], 'it is unknown');
      }
    },
  },
  {
    id: 'events.retrieve/not-found',
    title: 'an id that the provider does not know is not_found',
    operations: ['events.retrieve'],
    levers: [],
    prove: async (scene) => {
      await fails(() => scene.payments.events.retrieve('no-such-event'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
    },
  },
];
