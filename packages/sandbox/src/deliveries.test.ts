import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timestampedSignature } from './engine/deliveries-signature.js';
import { ordered } from './engine/deliveries.js';
import { createSandbox } from './index.js';
import { allDialects, drive, payjpDialects, type Driver } from './testing/drive.js';

const now = '2030-01-01T00:00:00.000Z';

/** A receiver that answers with these statuses, one after the other, then with 200; and all that it was sent. */
function receiver(...statuses: readonly number[]) {
  const seen: { readonly request: Request; readonly body: string }[] = [];
  return {
    seen,
    receive: async (request: Request): Promise<Response> => {
      seen.push({ request, body: await request.text() });
      return new Response(null, { status: statuses[seen.length - 1] ?? 200 });
    },
  };
}

const failing = async (): Promise<Response> => new Response(null, { status: 500 });
const pay = async (driver: Driver, count = 1): Promise<void> => {
  for (let done = 0; done < count; done += 1) await driver.create({ method: 'succeeds', confirm: true });
};

describe.each(allDialects)('%s: a delivery', (dialect) => {
  it('is due at once, posted once, and over when it is acknowledged', async () => {
    const driver = drive({ dialect, now });
    await pay(driver);
    const due = await driver.sandbox.deliveries();
    const { seen, receive } = receiver();
    const results = await driver.sandbox.deliver(receive);
    expect(seen.map(({ request }) => request.method)).toEqual(due.map(() => 'POST'));
    expect(seen.map(({ body }) => body)).toEqual(due.map(({ body }) => body));
    expect(results).toEqual(due.map(({ eventId, type }) => ({ eventId, type, attempt: 1, status: 200 })));
    expect(await driver.sandbox.deliveries()).toEqual([]);
    driver.sandbox.advance(86_400);
    expect(await driver.sandbox.deliver(receive)).toEqual([]);
    for (const { acknowledged, posts } of driver.sandbox.events()) {
      expect({ acknowledged, posts }).toEqual({ acknowledged: true, posts: [{ at: expect.stringMatching(/^2030-01-01T00:00:/), status: 200 }] });
    }
  });

  it('comes again, as a later attempt with the same event, after an answer other than 2xx, an error, or none in time', async () => {
    const driver = drive({ dialect });
    await pay(driver);
    const { sandbox } = driver;
    const events = sandbox.events().length;
    const receivers = [
      failing,
      async () => { throw new Error('connection refused'); },
      () => new Promise<Response>(() => undefined),
    ];
    const statuses: unknown[] = [];
    for (const [index, each] of receivers.entries()) {
      const results = await sandbox.deliver(each, { timeoutSeconds: 0.01 });
      expect(results.map(({ attempt }) => attempt)).toEqual(Array.from({ length: events }, () => index + 1));
      statuses.push(results[0]?.status);
      expect(await sandbox.deliveries()).toEqual([]);
      sandbox.advance(4 * 3600);
    }
    expect(statuses).toEqual([500, null, null]);
    expect((await sandbox.deliver(receiver().receive)).map(({ attempt, status }) => [attempt, status])).toEqual(Array.from({ length: events }, () => [4, 200]));
  });

  it('tells the time-out to a receiver that listens', async () => {
    const driver = drive({ dialect });
    await driver.create({ method: 'succeeds', confirm: true });
    let aborted = 0;
    await driver.sandbox.deliver(
      (request) => new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => { aborted += 1; reject(new Error('aborted')); });
      }),
      { timeoutSeconds: 0.01 },
    );
    expect(aborted).toBe(driver.sandbox.events().length);
  });

  it('is posted as often as duplicates are asked for, and one 2xx is enough', async () => {
    const driver = drive({ dialect });
    await pay(driver);
    const events = driver.sandbox.events().length;
    const { seen, receive } = receiver(500, 409);
    await driver.sandbox.deliver(receive, { duplicates: 2 });
    expect(seen).toHaveLength(events * 3);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(events);
    expect(driver.sandbox.events()[0]).toMatchObject({ acknowledged: true, posts: [{ status: 500 }, { status: 409 }, { status: 200 }] });
    expect(await driver.sandbox.deliveries()).toEqual([]);
    await expect(driver.sandbox.deliver(receive, { duplicates: -1 })).rejects.toThrow(RangeError);
  });

  it('can be made at the same time as all others', async () => {
    const driver = drive({ dialect });
    await pay(driver, 2);
    const due = (await driver.sandbox.deliveries()).length;
    const waiting: (() => void)[] = [];
    const results = await driver.sandbox.deliver(
      (_request) => new Promise((resolve) => {
        waiting.push(() => resolve(new Response()));
        if (waiting.length === due * 2) for (const answer of waiting) answer();
      }),
      { concurrently: true, duplicates: 1, timeoutSeconds: 5 },
    );
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: due * 2 }, () => 200));
  });

  it('that was acknowledged meanwhile stays so, whatever an older post is answered', async () => {
    const driver = drive({ dialect });
    await pay(driver);
    const events = driver.sandbox.events().length;
    let inner = false;
    await driver.sandbox.deliver(async () => {
      if (!inner) {
        inner = true;
        await driver.sandbox.deliver(receiver().receive);
      }
      return new Response(null, { status: 500 });
    });
    expect(driver.sandbox.events()).toMatchObject(Array.from({ length: events }, () => ({ acknowledged: true, posts: [{ status: 200 }, { status: 500 }] })));
    driver.sandbox.advance(86_400);
    expect(await driver.sandbox.deliveries()).toEqual([]);
  });

  it('is forgotten by a reset', async () => {
    const driver = drive({ dialect });
    await pay(driver);
    await driver.sandbox.deliver(async () => { driver.sandbox.reset(); return new Response(null, { status: 500 }); });
    driver.sandbox.advance(86_400);
    expect(driver.sandbox.events()).toEqual([]);
    expect(await driver.sandbox.deliveries()).toEqual([]);
  });
});

describe('retries', () => {
  /** After how many seconds each next attempt was made, to the nearest minute. */
  async function waits(driver: Driver): Promise<readonly number[]> {
    await pay(driver);
    const step = 60;
    const made: number[] = [];
    for (let elapsed = 0, last = 0; elapsed < 4 * 86_400; elapsed += step) {
      if ((await driver.sandbox.deliver(failing)).length > 0) {
        made.push(elapsed - last);
        last = elapsed;
      }
      driver.sandbox.advance(step);
    }
    return made.slice(1);
  }

  it.each(payjpDialects)('%s: three, at intervals of three minutes, and then never', async (dialect) => {
    expect(await waits(drive({ dialect }))).toEqual([180, 180, 180]);
  });

  it('stripe: three over a few hours, as in test mode; over days where the switch says so', async () => {
    expect(await waits(drive({ dialect: 'stripe' }))).toEqual([1800, 3600, 7200]);
    const days = await waits(drive({ dialect: 'stripe', switches: { deliveryRetries: 'over_days' } }));
    expect(days).toEqual([3600, 7200, 14_400, 28_800, 57_600, 115_200]);
  });

  it('paypercut: none, where the switch says so', async () => {
    expect(await waits(drive({ dialect: 'paypercut', switches: { deliveryRetries: 'never' } }))).toEqual([]);
  });

  it('what was given up can still be asked for', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows', switches: { deliveryRetries: 'never' } });
    await pay(driver);
    await driver.sandbox.deliver(failing);
    const [event] = driver.sandbox.events();
    expect((await driver.get(`/v2/events/${event?.id}`)).body).toMatchObject({ id: event?.id, pending_webhooks: 1 });
    await pay(driver);
    await driver.sandbox.deliver(receiver().receive);
    expect((await driver.get('/v2/events?limit=1')).body['data']).toMatchObject([{ pending_webhooks: 0 }]);
  });
});

describe('order', () => {
  it('is that of the events, the other way round, or shuffled', async () => {
    const types = async (order: 'sent' | 'reversed' | { readonly shuffledBy: number }) => {
      const driver = drive({ dialect: 'stripe' });
      await pay(driver, 3);
      const { seen, receive } = receiver();
      await driver.sandbox.deliver(receive, { order });
      const sent = driver.sandbox.events().map(({ id }) => id);
      return seen.map(({ body }) => sent.indexOf(JSON.parse(body).id));
    };
    expect(await types('sent')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await types('reversed')).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await types({ shuffledBy: 1 })).toEqual(await types({ shuffledBy: 1 }));
    expect(await types({ shuffledBy: 1 })).not.toEqual(await types('sent'));
  });

  it('a shuffle loses nothing, and is alike for the same number', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer(), (list, shuffledBy) => {
        const once = ordered(list, { shuffledBy });
        expect([...once].toSorted((a, b) => a - b)).toEqual([...list].toSorted((a, b) => a - b));
        expect(ordered(list, { shuffledBy })).toEqual(once);
      }),
    );
  });

  it('begins with what has been due for longest, a new event or an old one that failed', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows', now });
    await driver.create();
    await driver.sandbox.deliver(failing);
    driver.sandbox.advance(100);
    await driver.create();
    driver.sandbox.advance(100);
    const [older, newer] = driver.sandbox.events().map(({ id }) => id);
    const due = await driver.sandbox.deliveries();
    expect(due.map(({ eventId, attempt }) => [eventId, attempt])).toEqual([[newer, 1], [older, 2]]);
    expect(due.map(({ dueAt }) => Math.round((Date.parse(dueAt) - Date.parse(now)) / 1000))).toEqual([100, 180]);
  });

  it('what happens during a delivery waits for the next', async () => {
    const driver = drive({ dialect: 'stripe' });
    await driver.create();
    const first = receiver();
    await driver.sandbox.deliver(async (request) => {
      await driver.create();
      return first.receive(request);
    });
    expect(first.seen).toHaveLength(1);
    expect(await driver.sandbox.deliveries()).toHaveLength(1);
  });
});

describe('authentication', () => {
  const only = async (driver: Driver) => {
    await pay(driver);
    const [delivery] = await driver.sandbox.deliveries();
    if (delivery === undefined) throw new Error('Nothing is due.');
    return delivery;
  };

  it.each(payjpDialects)('%s: a token', async (dialect) => {
    const { headers } = await only(drive({ dialect, webhookSecret: 'whook_test_mine' }));
    expect(headers).toEqual({ 'content-type': 'application/json; charset=utf-8', 'x-payjp-webhook-token': 'whook_test_mine' });
  });

  it.each([['stripe', 'stripe-signature'], ['paypercut', 'paypercut-signature']] as const)('%s: seconds of the clock and the exact body, under the whole secret', async (dialect, name) => {
    const driver = drive({ dialect, webhookSecret: 'whsec_test_ümläut', now });
    driver.sandbox.advance(90);
    const { headers, body } = await only(driver);
    const time = Date.parse(now) / 1000 + 90;
    expect(headers[name]).toBe(`t=${time},v1=${createHmac('sha256', 'whsec_test_ümläut').update(`${time}.${body}`).digest('hex')}`);
  });

  it('signs the known example of timestamp, secret and body as it must be signed', async () => {
    const body = '{"id":"evt-1","type":"payment_intent.captured"}';
    const signature = await timestampedSignature('test_webhook_secret', body, 1_780_391_710_999);
    expect(signature).toBe('t=1780391710,v1=accf0ed9c1cdff3b1daf46174c8ca5c9c18d01f6ff7c61ad07ea99016203c072');
  });

  it('paypercut: the event has one id, and every post one of its own', async () => {
    const driver = drive({ dialect: 'paypercut' });
    await pay(driver);
    const { seen, receive } = receiver();
    await driver.sandbox.deliver(receive, { duplicates: 1 });
    const header = (name: string) => new Set(seen.map(({ request }) => request.headers.get(name)));
    expect(header('paypercut-event-id')).toEqual(new Set(driver.sandbox.events().map(({ id }) => id)));
    expect(header('paypercut-delivery-id').size).toBe(2);
  });

  it('a retry is signed anew', async () => {
    const driver = drive({ dialect: 'stripe', now });
    await driver.create();
    const { seen, receive } = receiver(500);
    await driver.sandbox.deliver(receive);
    driver.sandbox.advance(1800);
    await driver.sandbox.deliver(receive);
    const [first, second] = seen.map(({ request }) => request.headers.get('stripe-signature')?.split(',')[0]);
    expect([first, second]).toEqual([`t=${Date.parse(now) / 1000}`, `t=${Date.parse(now) / 1000 + 1800}`]);
  });

  it('refuses an empty secret, and has one of its own', () => {
    expect(() => createSandbox({ dialect: 'stripe', webhookSecret: '' })).toThrow('webhookSecret');
    expect(createSandbox({ dialect: 'stripe' }).webhookSecret).toMatch(/^whsec_/);
    expect(createSandbox({ dialect: 'payjp_payment_flows' }).webhookSecret).toMatch(/^whook_/);
  });
});

it('payjp-cli: the token stays; seconds in `created`, sorted names, nothing false; what is asked for is as ever', async () => {
  const driver = drive({ dialect: 'payjp_payment_flows', now, switches: { deliveredBy: 'payjp_cli' } });
  const { body: flow } = await driver.create();
  const [delivery] = await driver.sandbox.deliveries();
  const forwarded = JSON.parse(delivery?.body ?? '');
  expect(Object.keys(forwarded)).toEqual(['created', 'data', 'id', 'object', 'pending_webhooks', 'type']);
  expect(forwarded).toMatchObject({ created: Date.parse(now) / 1000, data: flow, type: 'payment_flow.created' });
  expect(delivery?.headers).toHaveProperty('x-payjp-webhook-token', driver.sandbox.webhookSecret);
  expect((await driver.get(`/v2/events/${delivery?.eventId}`)).body).toHaveProperty('created_at');
});
