import type { LivingObject } from '@oneintent/core';
import { createWebhookReceiver, memoryWebhookStore } from '@oneintent/core/webhooks';
import { hold, type Scene } from './stage.js';

const answering = (status: number) => (): Promise<Response> => Promise.resolve(new Response(null, { status }));

/** A worker that knows of a payment by deliveries alone, and they come as badly as they can. */
export const hearOfIt: Scene = {
  title: (show) => `Take ${show(600)}, and hear of it by webhooks that come late, twice and the newest first`,
  promised: {
    statuses: ['requires_capture', 'succeeded', 'succeeded'],
    money: { authorised: 600, captured: 600, released: 0, refunded: 0 },
    facts: () => ({ refused: 0, handledTwice: 0, neverHandled: 0, current: 1, undecided: 0 }),
  },
  play: async (payments, shop, reference) => {
    // What was told of the scenes before is not this one's matter.
    await shop.deliver(answering(200));
    const held = await hold(600, payments, shop, reference);
    shop.store(await payments.paymentIntents.capture(held, {}, { reference }));

    const known = new Map<string, LivingObject>();
    const handled: string[] = [];
    const seen: string[] = [];
    const receiver = createWebhookReceiver({
      payments,
      store: memoryWebhookStore(),
      latest: (ref) => known.get(ref) ?? null,
      onEvent: ({ id, type }, { freshness, snapshot }) => {
        handled.push(id);
        seen.push(freshness);
        if (snapshot !== null) known.set(snapshot.ref, snapshot);
        shop.tell(type, freshness);
      },
    });

    await shop.deliver(answering(503));
    shop.pass(3600);
    shop.note('the shop was down for an hour; now a worker that knows nothing yet is told all of it, each event twice and the newest first');
    const posts = await shop.deliver(receiver, 'newest_first_and_twice');
    const events = new Set(posts.map(({ eventId }) => eventId));
    const snapshot = known.get(held.ref);
    if (snapshot?.object === 'payment_intent') shop.keep(snapshot);
    shop.note(`${posts.length} deliveries of ${events.size} events, each handled once; what is known in the end: ${snapshot?.status ?? 'nothing'}`);
    return {
      refused: posts.filter(({ status }) => status !== 200).length,
      handledTwice: handled.length - new Set(handled).size,
      neverHandled: [...events].filter((id) => !handled.includes(id)).length,
      current: seen.filter((freshness) => freshness === 'current').length,
      undecided: seen.filter((freshness) => freshness === 'undecided').length,
    };
  },
};
