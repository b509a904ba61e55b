import { expressApp } from './express.js';
import { honoApp } from './hono.js';
import { nextRoute } from './next.js';
import { play } from './play.js';
import { withExpress } from './serve-express.js';

const print = (framework: string, { log, statuses, forged, status }: Awaited<ReturnType<typeof play>>): void => {
  console.log(`\n${framework}: each event delivered twice, the newest first`);
  for (const line of log) console.log(`  ${line}`);
  console.log(`  answered ${statuses.join(', ')}; a forged one ${forged}; the payment is ${status}`);
};

print('Hono', await play((receiver) => async (request) => honoApp(receiver).fetch(request)));
print('Next.js', await play((receiver) => nextRoute(receiver).POST));
print(
  'Express',
  await play((receiver) => (request) => withExpress(expressApp(receiver), (send) => send(request))),
);
