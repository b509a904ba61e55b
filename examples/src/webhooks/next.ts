import type { WebhookReceiver } from '@oneintent/core/webhooks';

/** A route handler of Next.js: `export const { POST } = nextRoute(receiver)` in `app/webhooks/payments/route.ts`. */
export const nextRoute = (receiver: WebhookReceiver) => ({ POST: (request: Request): Promise<Response> => receiver(request) });
