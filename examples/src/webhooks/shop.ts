import { createPayments, type LivingObject } from '@oneintent/core';
import { createWebhookReceiver, memoryWebhookStore, type WebhookReceiver } from '@oneintent/core/webhooks';
import { paypercut } from '@oneintent/adapter-paypercut';
import type { Sandbox } from '@oneintent/sandbox';

/** What the shop keeps: the last snapshot of each object, and what it did about its events. */
export interface Shop {
  readonly payments: ReturnType<typeof clientOf>;
  readonly receiver: WebhookReceiver;
  readonly known: ReadonlyMap<string, LivingObject>;
  readonly log: readonly string[];
}

const clientOf = (sandbox: Sandbox) =>
  createPayments({
    adapter: paypercut({ apiKey: sandbox.apiKey, baseUrl: sandbox.origin }),
    account: 'eu',
    fetch: sandbox.fetch,
    webhookSecret: sandbox.webhookSecret,
  });

/** A shop at one provider. With several processes the store has to be one that they share; `memoryWebhookStore` is for one process. */
export const openShop = (sandbox: Sandbox): Shop => {
  const known = new Map<string, LivingObject>();
  const log: string[] = [];
  const payments = clientOf(sandbox);
  const receiver = createWebhookReceiver({
    payments,
    store: memoryWebhookStore(),
    latest: (ref) => known.get(ref) ?? null,
    onEvent: ({ type, subject }, { freshness, snapshot }) => {
      log.push(`${type}: ${freshness}`);
      if (subject !== null && snapshot !== null) known.set(subject.ref, snapshot);
    },
    onError: (error) => log.push(error instanceof Error ? error.message : String(error)),
  });
  return { payments, receiver, known, log };
};
