import type { Webhooks } from '../contract/webhooks.js';
import type { ClientContext } from './context.js';
export const webhooksOf = (_context: ClientContext): Webhooks => ({ verify: async () => { throw new Error('pending'); } });
