// The provider of the measurements, in a process of its own: reads the request, answers fixed bytes. No logic that could be the bottleneck.
import { createServer } from 'node:http';
import { shapes } from './payloads.mjs';

const answers = Object.values(shapes).map(({ folder, path, payment }) => {
  const body = Buffer.from(JSON.stringify(payment));
  return { prefix: `${folder}${path}`, body, headers: ['Content-Type', 'application/json', 'Content-Length', String(body.length), 'X-Request-Id', 'req_bench'] };
});

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const answer = answers.find(({ prefix }) => request.url?.startsWith(prefix));
  const reply = () => {
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, answer.headers).end(answer.body);
  };
  if (request.method === 'GET') reply();
  else request.resume().once('end', reply);
});

process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ origin: `http://127.0.0.1:${address.port}` });
});
