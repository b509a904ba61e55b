/** Taking webhook deliveries: the receiver, and what it remembers events by. A single delivery is verified by `payments.webhooks.verify`. */
export { createWebhookReceiver, type CaughtUp, type EventNews, type WebhookReceiver, type WebhookReceiverOptions } from './receiver/create-webhook-receiver.js';
export { webhookStorePromises, type WebhookStorePromise, type WebhookStoreStage } from './receiver/store-promises.js';
export { memoryWebhookStore, type Claim, type MemoryWebhookStoreOptions, type WebhookStore } from './receiver/store.js';
