import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import type { Sandbox } from './contract.js';
import { controlApp } from './control.js';

/** A sandbox that listens. */
export interface Served {
  /** Base URL, for instance `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox over HTTP on 127.0.0.1, with its control routes under `/_sandbox`.
 * @param options.port default 0: any free port.
 */
export async function serve(sandbox: Sandbox, options: { readonly port?: number } = {}): Promise<Served> {
  // Only serving needs Node; the sandbox in process runs wherever fetch does.
  const { createAdaptorServer } = await import('@hono/node-server');
  const app = new Hono();
  app.route('/_sandbox', controlApp(sandbox));
  app.all('*', async ({ req }) => {
    const body = await req.text();
    return sandbox.fetch(req.url, { method: req.method, headers: req.header(), ...(body === '' || req.method === 'GET' || req.method === 'HEAD' ? {} : { body }) });
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sandbox does not listen on a port.');
  return address.port;
}
