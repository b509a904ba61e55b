import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { acme, type AcmeOptions } from '../testing/acme.js';
import { bench, errorOf, start, thrownBy } from '../testing/client.js';
import { answer, refused, type Reply } from '../testing/scripted-fetch.js';
import { createWebhookReceiver, type WebhookReceiverOptions } from './create-webhook-receiver.js';
import { memoryWebhookStore } from './store.js';

const secret = 'whsec_hunted_secret';
const setup = (status: string, updated: string) => ({ id: 'seti_1', status, updated });
const event = (said: object = {}) => ({ id: 'evt_1', type: 'setup.done', at: '2026-04-10T05:00:00Z', setup: setup('succeeded', '2026-04-10T05:00:00Z'), ...said });

const delivery = (json: object = event(), key = secret): Request => {
  const body = JSON.stringify(json);
  const time = start / 1000;
  return new Request('https://shop.example/hook', { method: 'POST', body, headers: { 'acme-signature': `t=${time},v1=${createHmac('sha256', key).update(`${time}.${body}`).digest('hex')}` } });
};

/** The fake provider with a bare token in place of a signature. */
const tokens = (said: AcmeOptions = {}) => {
  const { webhooks } = acme();
  if (webhooks === null) throw new Error('The fake provider has webhooks.');
  return acme({ webhooks: { ...webhooks, scheme: { type: 'shared_token', in: 'header', name: 'acme-token' } }, ...said });
};
const withToken = (json: object = event(), token = secret): Request => new Request('https://shop.example/hook', { method: 'POST', body: JSON.stringify(json), headers: { 'acme-token': token } });

const open = (more: Partial<WebhookReceiverOptions> = {}, replies: readonly Reply[] = [], adapter = acme()) => {
  const { payments, requests } = bench(replies, { adapter, webhookSecret: secret, retries: 0 });
  const handled: string[] = [];
  const errors: unknown[] = [];
  let now = start;
  const receiver = createWebhookReceiver({
    payments,
    store: memoryWebhookStore({ clock: () => now }),
    onEvent: ({ id }) => void handled.push(id),
    onError: (error) => errors.push(error),
    ...more,
  });
  return { receiver, payments, requests, handled, errors, pass: (milliseconds: number) => void (now += milliseconds) };
};

describe('a delivery', () => {
  it('is handled once, however often it comes', async () => {
    const { receiver, handled } = open();
    const statuses = [await receiver(delivery()), await receiver(delivery()), await receiver(delivery())].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(handled).toEqual(['evt_1']);
  });

  it('is handled again after its handler has failed', async () => {
    let attempts = 0;
    const { receiver, errors } = open({
      onEvent: () => {
        attempts += 1;
        if (attempts === 1) throw new Error('no database');
      },
    });
    expect([(await receiver(delivery())).status, (await receiver(delivery())).status, (await receiver(delivery())).status]).toEqual([500, 200, 200]);
    expect(attempts).toBe(2);
    expect(errors).toEqual([new Error('no database')]);
  });

  it('that comes while another is handled is not told as handled', async () => {
    let finish = (): void => undefined;
    const { receiver } = open({ onEvent: () => new Promise<void>((done) => (finish = done)) });
    const first = receiver(delivery());
    await vi.waitFor(async () => expect((await receiver(delivery())).status).toBe(409));
    finish();
    expect((await first).status).toBe(200);
    expect((await receiver(delivery())).status).toBe(200);
  });

  it('is handled anew when the lease has ended, as its process may have died', async () => {
    const starts: number[] = [];
    const { receiver, pass } = open({ onEvent: () => (starts.push(1) === 1 ? new Promise<never>(() => undefined) : undefined) });
    void receiver(delivery());
    await vi.waitFor(() => expect(starts).toHaveLength(1));
    pass(60_001);
    expect((await receiver(delivery())).status).toBe(200);
    expect(starts).toHaveLength(2);
  });

  it.each<readonly [string, () => Request, number]>([
    ['with another secret', () => delivery(event(), 'whsec_other'), 400],
    ['without a signature', () => new Request('https://shop.example/hook', { method: 'POST', body: '{}' }), 400],
    ['that is no event', () => delivery({ hello: 1 }), 400],
    ['by GET', () => new Request('https://shop.example/hook'), 405],
    ['that is too large', () => delivery({ ...event(), padding: 'x'.repeat(2000) }), 413],
  ])('%s is not handled', async (_what, make, status) => {
    const { receiver, handled } = open({ maximumBytes: 1000 });
    const response = await receiver(make());
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/whsec|hello|padding/);
    expect(handled).toEqual([]);
  });

  it('is not lost when the store does not answer', async () => {
    const broken = () => Promise.reject(new Error('no store'));
    const { receiver, handled } = open({ store: { claim: broken, complete: broken, release: broken } });
    expect((await receiver(delivery())).status).toBe(503);
    expect(handled).toEqual([]);
  });

  it('that was handled is told so, even if that could not be remembered', async () => {
    const store = memoryWebhookStore();
    const { receiver, errors } = open({ store: { ...store, complete: () => Promise.reject(new Error('no store')) } });
    expect((await receiver(delivery())).status).toBe(200);
    expect(errors).toEqual([new Error('no store')]);
  });

  it('of one of several accounts reaches the handler under that account', async () => {
    const { payments: one } = bench([], { webhookSecret: 'whsec_one', account: 'one' });
    const { payments: two } = bench([], { webhookSecret: secret, account: 'two' });
    const refs: string[] = [];
    const receiver = createWebhookReceiver({ payments: [one, two], store: memoryWebhookStore(), onEvent: ({ ref, trust }) => void refs.push(`${ref} ${trust}`) });
    expect((await receiver(delivery())).status).toBe(200);
    expect(refs).toEqual(['two:evt_1 signed']);
  });

  it('to an account without a secret is a fault of the set-up, and nothing is believed', async () => {
    const { payments } = bench();
    const receiver = createWebhookReceiver({ payments, store: memoryWebhookStore(), onEvent: () => undefined });
    expect((await receiver(delivery())).status).toBe(500);
  });
});

describe('a delivery with a bare token', () => {
  it('is believed only as the provider tells it when asked', async () => {
    const statuses: (string | undefined)[] = [];
    const onEvent: WebhookReceiverOptions['onEvent'] = ({ subject, trust }) => void statuses.push(subject?.status, trust);
    const { receiver, requests } = open({ onEvent }, [answer(200, event({ setup: setup('canceled', '2026-04-10T05:00:00Z') }))], tokens());
    expect((await receiver(withToken())).status).toBe(200);
    expect(statuses).toEqual(['canceled', 'retrieved']);
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/v1/events/evt_1']);
  });

  it('about an event that the provider does not know is refused', async () => {
    const { receiver, handled } = open({}, [answer(404, { problem: 'not_found' })], tokens());
    expect((await receiver(withToken())).status).toBe(400);
    expect(handled).toEqual([]);
  });

  it('is delivered again when the provider could not be asked', async () => {
    const { receiver, handled } = open({}, [refused, answer(200, event())], tokens());
    expect([(await receiver(withToken())).status, (await receiver(withToken())).status]).toEqual([503, 200]);
    expect(handled).toEqual(['evt_1']);
  });

  it('that does not say that it is live is refused by a live account', async () => {
    const { receiver, handled } = open({}, [answer(200, event({ live: true }))], tokens({ livemode: true }));
    expect([(await receiver(withToken())).status, (await receiver(withToken(event({ live: true })))).status]).toEqual([400, 200]);
    expect(handled).toEqual(['evt_1']);
  });
});

describe('how new an event is', () => {
  it('is told against what is known', async () => {
    const known = await bench([answer(200, setup('processing', '2026-04-10T05:00:00Z'))]).payments.setupIntents.retrieve('seti_1');
    const told: unknown[] = [];
    const { receiver } = open({ latest: (ref) => (ref === 'acme:seti_1' ? known : null), onEvent: ({ id }, { freshness, snapshot }) => void told.push([id, freshness, snapshot?.status]) });
    await receiver(delivery(event({ id: 'evt_old', setup: setup('requires_action', '2026-04-10T04:59:59Z') })));
    await receiver(delivery(event({ id: 'evt_new', setup: setup('succeeded', '2026-04-10T05:00:01Z') })));
    await receiver(delivery({ id: 'evt_other', type: 'elsewhere' }));
    expect(told).toEqual([['evt_old', 'stale', 'processing'], ['evt_new', 'current', 'succeeded'], ['evt_other', 'undecided', undefined]]);
  });

  it('is undecided where nobody says what is known', async () => {
    const told: unknown[] = [];
    const { receiver } = open({ onEvent: (_event, { freshness }) => void told.push(freshness) });
    await receiver(delivery());
    expect(told).toEqual(['undecided']);
  });
});

describe('catching up', () => {
  const listed = [3, 2, 1].map((minute) => event({ id: `evt_${minute}`, at: `2026-04-10T05:0${minute}:00Z` }));

  it('handles what was missed, oldest first, and not what was handled', async () => {
    const { receiver, handled } = open({}, [answer(200, { data: listed })]);
    await receiver(delivery(event({ id: 'evt_2', at: '2026-04-10T05:02:00Z' })));
    expect(await receiver.catchUp('2026-04-10T05:00:30Z')).toEqual({ handled: 2, skipped: 1, failed: [] });
    expect(handled).toEqual(['evt_2', 'evt_1', 'evt_3']);
  });

  it('asks only for what came since, and reads no further than that', async () => {
    const { receiver, requests, handled } = open({}, [answer(200, { data: listed, next: 'older' })]);
    await receiver.catchUp('2026-04-10T14:01:30+09:00');
    expect(requests.map(({ url }) => url.searchParams.get('from'))).toEqual(['2026-04-10T05:01:30.000Z']);
    expect(handled).toEqual(['evt_2', 'evt_3']);
  });

  it('misses nothing where the provider lists the oldest first', async () => {
    const { receiver, handled } = open({}, [answer(200, { data: listed.toReversed(), next: 'newer' }), answer(200, { data: [event({ id: 'evt_4', at: '2026-04-10T05:04:00Z' })] })]);
    await receiver.catchUp('2026-04-10T05:01:30Z');
    expect(handled).toEqual(['evt_2', 'evt_3', 'evt_4']);
  });

  it('handles also what does not say when it happened, before what does', async () => {
    const { receiver, handled } = open({}, [answer(200, { data: [event({ id: 'evt_2', at: '2026-04-10T05:02:00Z' }), event({ id: 'evt_b', at: null }), event({ id: 'evt_1', at: '2026-04-10T05:01:00Z' }), event({ id: 'evt_a', at: null })] })]);
    expect(await receiver.catchUp('2026-04-10T05:00:30Z')).toEqual({ handled: 4, skipped: 0, failed: [] });
    expect(handled).toEqual(['evt_a', 'evt_b', 'evt_1', 'evt_2']);
  });

  it('leaves out by itself what came before, where the provider cannot', async () => {
    const { operations } = acme();
    const list = operations['events.list'];
    if (list === undefined) throw new Error('The fake provider lists events.');
    const { receiver, handled, requests } = open({}, [answer(200, { data: listed })], { ...acme(), operations: { ...operations, 'events.list': { ...list, accepts: [] } } });
    await receiver.catchUp('2026-04-10T05:01:30Z');
    expect([requests.map(({ url }) => url.search), handled]).toEqual([[''], ['evt_2', 'evt_3']]);
  });

  it('tells what could not be handled, which can be caught up again', async () => {
    let broken = true;
    const { receiver } = open(
      {
        onEvent: ({ id }) => {
          if (broken && id === 'evt_2') throw new Error('no database');
        },
      },
      [answer(200, { data: listed }), answer(200, { data: listed })],
    );
    expect(await receiver.catchUp('2026-04-10T05:00:30Z')).toMatchObject({ handled: 2, failed: [{ id: 'evt_2' }] });
    broken = false;
    expect(await receiver.catchUp('2026-04-10T05:00:30Z')).toEqual({ handled: 1, skipped: 2, failed: [] });
  });

  it('is refused where events cannot be listed, or since no time', async () => {
    const { receiver } = open({}, [], acme({ without: ['events.list'] }));
    expect(await errorOf(receiver.catchUp('2026-04-10T05:00:30Z'))).toMatchObject({ code: 'unsupported' });
    expect(await errorOf(open().receiver.catchUp('yesterday'))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'since' }] });
  });
});

it.each<readonly [string, object]>([
  ['payments', { payments: [] }],
  ['payments', { payments: {} }],
  ['store', { store: undefined }],
  ['onEvent', { onEvent: 'print' }],
  ['lease', { lease: 0 }],
])('a receiver without its %s is refused at once', (field, change) => {
  const { payments } = bench();
  expect(thrownBy(() => createWebhookReceiver({ payments, store: memoryWebhookStore(), onEvent: () => undefined, ...change }))).toMatchObject({ code: 'configuration', problems: [{ field }] });
});
