import { describe, expect, it } from 'vitest';
import { expressApp } from './express.js';
import { honoApp } from './hono.js';
import { nextRoute } from './next.js';
import { play } from './play.js';
import { withExpress } from './serve-express.js';

describe.each<readonly [string, Parameters<typeof play>[0]]>([
  ['Hono', (receiver) => async (request) => honoApp(receiver).fetch(request)],
  ['Next.js', (receiver) => nextRoute(receiver).POST],
  ['Express', (receiver) => (request) => withExpress(expressApp(receiver), (send) => send(request))],
])('the receiver in %s', (_framework, handle) => {
  it('handles every event once, though all come twice and in reverse, and ends in the newest state', async () => {
    const { log, statuses, status } = await play(handle);
    expect(statuses.every((answered) => answered === 200)).toBe(true);
    expect(log.filter((line) => line.startsWith('payment_intent.'))).toEqual(['payment_intent.succeeded: current', 'payment_intent.amount_capturable_updated: stale']);
    expect(status).toBe('succeeded');
  });

  it('refuses what is not signed', async () => {
    const { forged, log } = await play(handle);
    expect(forged).toBe(400);
    expect(log.at(-1)).toContain('the signature header is missing');
  });
});
