import { createServer } from 'node:http';
import type { Express } from 'express';

/** Runs an Express app on loopback for as long as `use` takes, and gives a `fetch` that reaches it whatever the address says. */
export const withExpress = async <T>(app: Express, use: (send: (request: Request) => Promise<Response>) => Promise<T>): Promise<T> => {
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await use(async (request) => {
      const { pathname } = new URL(request.url);
      return fetch(`http://127.0.0.1:${port}${pathname}`, { method: request.method, headers: request.headers, body: await request.arrayBuffer() });
    });
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};
