import { Hono } from 'hono';
import type { WebhookReceiver } from '@oneintent/core/webhooks';

/** Hono speaks the Web's Request and Response, and so does the receiver. The same goes for Workers, Deno and Bun. */
export const honoApp = (receiver: WebhookReceiver): Hono => new Hono().post('/webhooks/payments', (context) => receiver(context.req.raw));
