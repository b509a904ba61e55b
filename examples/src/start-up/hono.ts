import { Hono } from 'hono';
import type { Accounts } from './accounts.js';
import { checkOut, type Order } from './check-out.js';

/** `serve(honoApp(await openAccounts(process.env)))`: a wrong environment ends the process before it listens. */
export const honoApp = (accounts: Accounts): Hono =>
  new Hono().post('/orders', async (context) => {
    const { status, body } = await checkOut(accounts, await context.req.json<Order>());
    return context.json(body, status);
  });
