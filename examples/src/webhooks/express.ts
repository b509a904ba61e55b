import express, { type Express, type Request as ExpressRequest, type Response as ExpressResponse } from 'express';
import type { WebhookReceiver } from '@oneintent/core/webhooks';

const passOn = async (receiver: WebhookReceiver, request: ExpressRequest, response: ExpressResponse): Promise<void> => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const body: Uint8Array = request.body;
  const answer = await receiver(new Request(`https://${request.hostname}${request.originalUrl}`, { method: 'POST', headers, body: new Uint8Array(body) }));
  response.status(answer.status).type('application/json').send(await answer.text());
};

/**
 * Express parses bodies before a route sees them; a signature is over the bytes that arrived. So this route takes them raw, and stands before any
 * `express.json()`. Express 5 sees to a rejection by itself; Express 4 needs a `catch(next)`.
 */
export const expressApp = (receiver: WebhookReceiver): Express => {
  const app = express();
  app.post('/webhooks/payments', express.raw({ type: () => true, limit: '1mb' }), (request, response) => passOn(receiver, request, response));
  return app;
};
