import express, { type Express, type Request, type Response } from 'express';
import type { Accounts } from './accounts.js';
import { checkOut } from './check-out.js';

const answer = async (accounts: Accounts, request: Request, response: Response): Promise<void> => {
  const { status, body } = await checkOut(accounts, request.body);
  response.status(status).json(body);
};

/**
 * `expressApp(await openAccounts(process.env)).listen(3000)`: a wrong environment ends the process before it listens. Express 5 sees to a rejection by
 * itself; Express 4 needs a `catch(next)`.
 */
export const expressApp = (accounts: Accounts): Express => {
  const app = express();
  app.post('/orders', express.json(), (request, response) => answer(accounts, request, response));
  return app;
};
