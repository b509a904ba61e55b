import type { Delivery, EventType, Payments, PaymentEvent, PaymentErrorShape, OperationName, ProofPlace } from '../../index.js';
import { equal, fails, holds, oneOf } from '../assertions.js';
import { reachableTexts } from '../exchanges.js';
import type { StageDelivery } from '../harness.js';
import { everything } from '../everything.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { pay, type Scene } from '../scene.js';
import { readsDriftsOfDelivery } from './drift.js';

const create = ['paymentIntents.create'] as const;
const paid = ['paymentIntents.create.confirm'] as const;
const levers = ['succeeds', 'deliveries', 'webhookSecret', 'now'] as const;

const hasWebhooks: Promised['when'] = ({ harness }) => harness.adapter.webhooks !== null;

/** Whether a delivery's bytes are proven by its scheme, and not only where it comes from; and where its proof stands. */
const proves = (scene: Scene): { readonly bytes: boolean; readonly places: readonly ProofPlace[] } => {
  const scheme = scene.harness.adapter.webhooks?.scheme;
  if (scheme === undefined) return { bytes: false, places: [] };
  if ('in' in scheme) return { bytes: scheme.type === 'hmac', places: [scheme] };
  const names = scheme.type === 'timestamped_hmac' ? [scheme.header] : ['id', 'timestamp', 'signature'].map((name) => scheme.headerPrefix + name);
  return { bytes: true, places: names.map((name) => ({ in: 'header', name })) };
};

/** Whether the address that is posted to is signed as well. */
const isAddressSigned = ({ harness: { adapter } }: Scene): boolean => adapter.webhooks?.scheme.type === 'hmac' && adapter.webhooks.scheme.over === 'address_and_body';

/** A client at the provider's own time, some seconds off, with these secrets. */
const receiver = (scene: Scene, { secrets = [scene.stage.webhookSecret ?? ''], secondsOff = 0 }: { readonly secrets?: readonly string[]; readonly secondsOff?: number } = {}): Payments<OperationName> => {
  const at = (scene.stage.now?.() ?? 0) + secondsOff * 1000;
  return scene.client({ webhookSecret: secrets, clock: () => at });
};

const deliveriesOf = async (scene: Scene): Promise<readonly StageDelivery[]> => (await scene.stage.deliveries?.()) ?? [];

/** One delivery of a payment. */
const oneDelivery = async (scene: Scene): Promise<StageDelivery> => {
  await pay(scene, 'succeeds', 100);
  const delivery = (await deliveriesOf(scene)).at(-1);
  if (delivery === undefined) throw new NotTested('the stage delivers nothing of a payment');
  return delivery;
};

const refused = (scene: Scene, delivery: Delivery, how: string, off: Parameters<typeof receiver>[1] = {}): Promise<PaymentErrorShape> =>
  fails(() => receiver(scene, off).webhooks.verify(delivery), { code: ['webhook_unverified'], outcome: ['rejected'] }, how);

/** Each character in turn is another one; a few of them, evenly spread. */
const altered = (text: string): readonly string[] =>
  Array.from({ length: 8 }, (_, index) => Math.floor((index * (text.length - 1)) / 7)).map((at) => `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`);

/** Where a delivery is posted to that names no address: then nothing hangs on it. */
const anywhere = 'https://shop.example/webhooks';

/** What stands at a place of a delivery; empty where nothing does. */
const valueAt = ({ headers, url = anywhere }: StageDelivery, { in: where, name }: ProofPlace): string =>
  where === 'query' ? (new URL(url).searchParams.get(name) ?? '') : (Object.entries(headers).find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1] ?? '');

/** A delivery with other values at a place, or none. */
const withAt = (delivery: StageDelivery, { in: where, name }: ProofPlace, values: readonly string[]): Delivery => {
  const { headers, body, url = anywhere } = delivery;
  if (where === 'header') return { body, url, headers: { ...Object.fromEntries(Object.entries(headers).filter(([header]) => header.toLowerCase() !== name.toLowerCase())), [name]: values } };
  const address = new URL(url);
  address.searchParams.delete(name);
  for (const value of values) address.searchParams.append(name, value);
  return { body, headers, url: address.href };
};

/** What a delivery can be turned into that nobody may believe. */
const forgeries = (scene: Scene, delivery: StageDelivery): readonly (readonly [string, Delivery])[] => {
  const { bytes, places } = proves(scene);
  return [
    ...places.flatMap((place) => {
      const value = valueAt(delivery, place);
      return [
        [`without ${place.name}`, withAt(delivery, place, [])] as const,
        [`with an empty ${place.name}`, withAt(delivery, place, [''])] as const,
        [`with ${place.name} twice`, withAt(delivery, place, [value, value])] as const,
        ...altered(value).map((text) => [`with ${place.name} altered`, withAt(delivery, place, [text])] as const),
      ];
    }),
    ...(isAddressSigned(scene) ? [['posted to another address', { ...delivery, url: `${delivery.url ?? anywhere}/elsewhere` }] as const] : []),
    ...(bytes ? [...altered(delivery.body), `${delivery.body} `, delivery.body.slice(1), ''].map((body) => ['with its body altered', { ...delivery, body }] as const) : []),
  ];
};

/** The statuses of the object in which something can just have happened to it; a type that is not here says nothing of them. */
const statusesOf: { readonly [T in EventType]?: readonly string[] } = {
  'payment_intent.processing': ['processing'],
  'payment_intent.requires_action': ['requires_action'],
  'payment_intent.amount_capturable_updated': ['requires_capture'],
  'payment_intent.succeeded': ['succeeded'],
  'payment_intent.payment_failed': ['requires_payment_method', 'canceled'],
  'payment_intent.canceled': ['canceled'],
  'setup_intent.requires_action': ['requires_action'],
  'setup_intent.succeeded': ['succeeded'],
  'setup_intent.setup_failed': ['requires_payment_method', 'canceled'],
  'setup_intent.canceled': ['canceled'],
  'refund.failed': ['failed', 'unknown'],
};

/** What is said of an object has to fit the object that comes with it, and that has to be in the books. */
const fits = async (scene: Scene, { type, subject }: PaymentEvent): Promise<void> => {
  if (type === 'unknown') return;
  holds(subject !== null, `${type} comes with its object`);
  if (subject === null) return;
  equal(subject.object, type.split('.')[0], 'the object is of the kind that the type says');
  const statuses = statusesOf[type];
  if (statuses !== undefined) oneOf(subject.status, statuses, `${type} fits the object's status`);
  const entries = (await scene.stage.ledger?.()) ?? [];
  const books = { payment_intent: entries, setup_intent: (await scene.stage.setups?.()) ?? [], refund: entries.flatMap(({ refunds = [] }) => refunds) };
  oneOf(subject.id, books[subject.object].map(({ id }) => id), 'the object is in the books');
};

/** How deliveries are verified, refused and read. */
export const webhookPromises: readonly Promised[] = [
  {
    id: 'webhooks.verify/absent',
    title: 'where the provider has no webhooks, a delivery is refused as unsupported, whatever it says',
    operations: [],
    when: ({ harness }) => harness.adapter.webhooks === null,
    levers: [],
    prove: async (scene) => {
      const delivery = { headers: {}, body: '{}' };
      await fails(() => scene.client({ webhookSecret: 'secret' }).webhooks.verify(delivery), { code: ['unsupported'], outcome: ['not_sent'] }, 'a delivery');
    },
  },
  {
    id: 'webhooks.verify/verified',
    title: "the provider's own deliveries are verified and read, as a Request, as text and as bytes; nothing is sent for it",
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers: [...levers, 'requests'],
    prove: async (scene) => {
      const { type, headers, body, url = anywhere } = await oneDelivery(scene);
      const before = await scene.seen();
      const shop = receiver(scene);
      const request = new Request(url, { method: 'POST', headers, body });
      for (const delivery of [{ headers, body, url }, { headers: new Headers(headers), body: new TextEncoder().encode(body), url }, request]) {
        const event = await shop.webhooks.verify(delivery);
        equal([event.object, event.ref, event.providerType], ['event', `${event.account}:${event.id}`, type], 'the event is the one that was delivered');
        equal(event.trust, proves(scene).bytes ? 'signed' : 'token', 'it is believed as far as its scheme proves');
      }
      equal(await scene.seen(), before, 'nothing was sent');
    },
  },
  {
    id: 'webhooks.verify/refused',
    title: 'a delivery of which a byte is altered or the signature is missing, empty or altered is refused',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers,
    prove: async (scene) => {
      const delivery = await oneDelivery(scene);
      equal((await receiver(scene).webhooks.verify(delivery)).providerType, delivery.type, 'as it was sent, it is verified');
      for (const [how, forged] of forgeries(scene, delivery)) await refused(scene, forged, `a delivery ${how}`);
    },
  },
  {
    id: 'webhooks.verify/secrets',
    title: 'another secret is refused, no secret is bad configuration, and while secrets change each of them is taken',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers,
    prove: async (scene) => {
      const delivery = await oneDelivery(scene);
      const secret = scene.stage.webhookSecret ?? '';
      for (const other of [`${secret}x`, secret.slice(1), secret.toUpperCase(), 'secret']) await refused(scene, delivery, 'a delivery under another secret', { secrets: [other] });
      await fails(() => scene.payments.webhooks.verify(delivery), { code: ['configuration'], outcome: ['not_sent'] }, 'a delivery, without a secret');
      for (const secrets of [['an-older-one', secret], [secret, 'a-newer-one']]) equal((await receiver(scene, { secrets }).webhooks.verify(delivery)).providerType, delivery.type, 'the delivery is verified');
    },
  },
  {
    id: 'webhooks.verify/age',
    title: 'a signed delivery is refused when it is five minutes old, or five minutes from the future',
    operations: create,
    fields: paid,
    when: ({ harness: { adapter } }) => ['timestamped_hmac', 'standard_webhooks'].includes(adapter.webhooks?.scheme.type ?? ''),
    levers,
    prove: async (scene) => {
      const delivery = await oneDelivery(scene);
      for (const secondsOff of [302, -302, 86_400, -86_400]) await refused(scene, delivery, `a delivery seen ${secondsOff} seconds off`, { secondsOff });
      for (const secondsOff of [290, -290]) equal((await receiver(scene, { secondsOff }).webhooks.verify(delivery)).providerType, delivery.type, `${secondsOff} seconds off is taken`);
    },
  },
  {
    id: 'webhooks.verify/secrecy',
    title: 'a refusal shows neither the secret, nor the signature or token, nor what was delivered',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers,
    prove: async (scene) => {
      const delivery = await oneDelivery(scene);
      const { places } = proves(scene);
      const proofs = places.map((place) => valueAt(delivery, place));
      const hidden = [scene.stage.webhookSecret ?? '', delivery.body.slice(0, 30), ...proofs.flatMap((proof) => [proof, proof.split(/[=,]/).at(-1) ?? ''])].filter((text) => text.length > 3);
      const other = { ...delivery, body: delivery.body.slice(0, -1) };
      for (const error of [await refused(scene, other, 'another body or secret', { secrets: [`${scene.stage.webhookSecret}x`] }), await refused(scene, { ...delivery, headers: {}, url: anywhere }, 'no signature')])
        for (const text of [String(error), JSON.stringify(error), ...reachableTexts(error)]) holds(!hidden.some((secret) => text.includes(secret)), 'nothing of it is shown');
    },
  },
  {
    id: 'webhooks.verify/types',
    title: 'every delivery means what the adapter says that it means, or is unknown; its object fits and is in the books',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers: [...levers, 'ledger'],
    prove: async (scene) => {
      await everything(scene);
      const sends = scene.harness.adapter.webhooks?.sends.value ?? [];
      const shop = receiver(scene);
      for (const delivery of await deliveriesOf(scene)) {
        const event = await shop.webhooks.verify(delivery);
        equal(event.providerType, delivery.type, "the provider's own word is kept");
        const declared = sends.find(({ providerType }) => providerType === event.providerType);
        // Where the object decides, it may be another type than the usual one, if it fits the object.
        const byObject = declared !== undefined && event.subject !== null && statusesOf[event.type]?.includes(event.subject.status) === true;
        if (!byObject && declared?.type !== 'unknown') equal(event.type, declared?.type ?? 'unknown', `${delivery.type} means what is declared`);
        await fits(scene, event);
      }
    },
  },
  {
    id: 'webhooks.verify/drift',
    title: 'when one member of what is delivered is gone, null, renamed or of another type, the event says the same or less, or is refused',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers: ['succeeds', 'deliveries'],
    prove: async (scene) => readsDriftsOfDelivery(scene, (await oneDelivery(scene)).body),
  },
  {
    id: 'webhooks.verify/all-that-is-declared',
    title: 'every type that is declared as sent does come, in the lives of payments, setups and refunds',
    operations: create,
    fields: paid,
    when: hasWebhooks,
    levers: [...levers, 'advance', 'setSwitches'],
    prove: async (scene) => {
      await everything(scene);
      const delivered = (await deliveriesOf(scene)).map(({ type }) => type);
      const declared = (scene.harness.adapter.webhooks?.sends.value ?? []).filter(({ type }) => type !== 'unknown');
      equal(declared.filter(({ providerType }) => !delivered.includes(providerType)).map(({ providerType }) => providerType), [], 'none of them never comes');
    },
  },
  {
    id: 'webhooks.verify/retrieved',
    title: 'an event that was delivered is read from the provider as it was delivered',
    operations: [...create, 'events.retrieve'],
    fields: paid,
    when: hasWebhooks,
    levers,
    prove: async (scene) => {
      const delivered = await receiver(scene).webhooks.verify(await oneDelivery(scene));
      const read = await scene.payments.events.retrieve(delivered);
      // A delivery may count whole seconds.
      const same = ({ ref, type, providerType, createdAt, subject }: PaymentEvent): unknown => [ref, type, providerType, createdAt?.slice(0, 19), subject?.id, subject?.status];
      equal(same(read), same(delivered), 'it is the same event');
      equal(read.trust, 'retrieved', 'and it is believed as far as the provider itself');
    },
  },
];
