import type { Context as HonoContext } from 'hono';
import { Hono } from 'hono/quick';
import type { Sandbox, SeenRequest } from '../contract.js';
import type { Call, DialectDefinition, GateRefusal, Route } from '../dialects/definition.js';
import { readClock } from '../engine/clock.js';
import { executeOnce } from '../engine/idempotency.js';
import { catchUp } from '../engine/catch-up.js';
import type { Store } from '../engine/store.js';
import type { Answer } from './answer.js';
import { checkCredentials } from './authentication.js';

/** The provider as an HTTP application: seen, authenticated, executed once per key, answered. */
export function providerApp(store: Store, definition: DialectDefinition, apiKey: Sandbox['apiKey']): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    const url = new URL(context.req.url);
    const { authorization, ...headers } = context.req.header();
    const seen: SeenRequest = {
      method: context.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.freeze(authorization === undefined ? headers : { ...headers, authorization: '[redacted]' }),
      body: await context.req.text(),
      status: null,
    };
    const { requests } = store;
    const place = requests.push(seen) - 1;
    await next();
    if (requests[place] === seen) requests[place] = { ...seen, status: context.res.status };
  });

  const send = (context: HonoContext, answer: Answer, replayed = false): Response =>
    new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': answer.contentType, ...definition.answerHeaders(context.req.raw.headers, replayed) },
    });

  const refuse = (context: HonoContext, reason: GateRefusal): Response =>
    send(context, definition.refuseAtGate(reason, { path: context.req.path, method: context.req.method, store }));

  app.use(async (context, next) => {
    const credentials = checkCredentials(context.req.header('authorization'), apiKey, definition.basic);
    return credentials === 'accepted' ? next() : refuse(context, credentials);
  });

  for (const route of [...definition.routes, ...definition.events.routes]) {
    app.on(route.method, route.path, async (context) => {
      const body = await context.req.text();
      const key = route.method === 'POST' && store.switches.idempotency ? (context.req.header('idempotency-key') ?? null) : null;
      const execute = (): Answer => route.handle(callOf(context, store, definition, route, body, key));
      if (key === null) return send(context, execute());
      if (!definition.keyAllowed(key)) return refuse(context, 'idempotency_key_invalid');

      const { pathname, search } = new URL(context.req.url);
      const account = accountOf(context);
      const { otherContent, concurrency } = definition.repeatedKey(store.switches);
      const { failuresStored, keyLifetimeSeconds } = store.switches;
      const outcome = await executeOnce(
        store.keys,
        {
          key: JSON.stringify([account, key]),
          fingerprint: JSON.stringify([pathname, search, definition.canonicalContent(body)]),
          now: () => readClock(store.clock),
        },
        {
          lifetimeSeconds: keyLifetimeSeconds,
          noticesOtherContent: otherContent,
          noticesConcurrency: concurrency,
          keeps: ({ stored }) => stored === 'always' || (stored === 'failure' && failuresStored),
        },
        execute,
      );
      return 'answer' in outcome ? send(context, outcome.answer, outcome.kind === 'replayed') : refuse(context, outcome.kind);
    });
  }

  app.notFound((context) => refuse(context, 'no_route'));
  return app;
}

// Keys belong to the account that a platform acts for.
const accountOf = ({ req }: HonoContext): string =>
  req.header('stripe-account') ?? req.header('paypercut-account') ?? req.header('x-paypercut-account') ?? '';

function callOf(context: HonoContext, store: Store, definition: DialectDefinition, route: Route, body: string, key: string | null): Call {
  return {
    store,
    profile: definition.profile,
    at: catchUp(store, definition.profile.expiryReason),
    key,
    method: route.method,
    path: context.req.path,
    id: context.req.param('id') ?? '',
    query: new URL(context.req.url).searchParams,
    headers: context.req.raw.headers,
    body,
  };
}
