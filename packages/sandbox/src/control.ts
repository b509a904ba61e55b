import { Hono } from 'hono';
import * as z from 'zod';
import type { Sandbox } from './contract.js';
import { paymentMethodNames } from './engine/payment-methods.js';

const deliverSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  order: z.union([z.enum(['sent', 'reversed']), z.strictObject({ shuffledBy: z.int() })]).optional(),
  duplicates: z.int().nonnegative().optional(),
});

const completeSchema = z.strictObject({ method: z.enum(paymentMethodNames).optional() });

function statusOf(sandbox: Sandbox, id: string): string | undefined {
  const payments = sandbox.ledger();
  return [...payments, ...sandbox.setups(), ...payments.flatMap(({ refunds }) => refunds)].find((entry) => entry.id === id)?.status;
}

/** The sandbox's own endpoints, beside the provider's. They take no key: they are served on loopback only. */
export function controlApp(sandbox: Sandbox): Hono {
  const app = new Hono();

  app.post('/actions/:id/:verdict{complete|fail}', (context) => {
    const { id, verdict } = context.req.param();
    if (verdict === 'complete') sandbox.completeAction(id);
    else sandbox.failAction(id);
    return context.json({ id, status: statusOf(sandbox, id) });
  });
  app.post('/setups/:id/complete', async (context) => {
    const { id } = context.req.param();
    const body = await context.req.text();
    const { method } = completeSchema.parse(body === '' ? {} : JSON.parse(body));
    sandbox.completeSetup(id, method);
    return context.json({ id, status: statusOf(sandbox, id) });
  });
  app.post('/clock', async (context) => {
    const { seconds } = z.strictObject({ seconds: z.number().nonnegative() }).parse(await context.req.json());
    sandbox.advance(seconds);
    return context.json({ advanced: seconds });
  });
  app.get('/ledger', (context) => context.json(sandbox.ledger()));
  app.get('/setups', (context) => context.json(sandbox.setups()));
  app.get('/events', (context) => context.json(sandbox.events()));
  app.get('/deliveries', async (context) => context.json(await sandbox.deliveries()));
  app.post('/deliveries', async (context) => {
    const { url, order, duplicates } = deliverSchema.parse(await context.req.json());
    const results = await sandbox.deliver((request) => fetch(request), { url, ...(order === undefined ? {} : { order }), ...(duplicates === undefined ? {} : { duplicates }) });
    return context.json(results);
  });
  app.get('/requests', (context) => context.json(sandbox.requests()));
  app.get('/switches', (context) => context.json(sandbox.switches()));
  app.post('/switches', async (context) => {
    sandbox.setSwitches(await context.req.json());
    return context.json(sandbox.switches());
  });
  app.post('/reset', (context) => {
    sandbox.reset();
    return context.json({ reset: true });
  });

  app.all('*', (context) => context.json({ error: `No control route ${context.req.method} ${context.req.path}` }, 404));
  app.onError((error, context) => context.json({ error: error.message }, 400));
  return app;
}
