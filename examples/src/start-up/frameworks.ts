import { withExpress } from '../webhooks/serve-express.js';
import { expressApp } from './express.js';
import { honoApp } from './hono.js';
import type { Handler } from './play.js';

/** The same shop in two frameworks. */
export const frameworks: readonly (readonly [string, Handler])[] = [
  ['Hono', (accounts) => async (request) => honoApp(accounts).fetch(request)],
  ['Express', (accounts) => (request) => withExpress(expressApp(accounts), (send) => send(request))],
];
