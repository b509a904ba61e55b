import type { Adapter, Fetch, OperationName } from '@oneintent/core';
import { payjp } from '@oneintent/adapter-payjp';
import { beforeAll, describe, expect, it } from 'vitest';
import { command } from './command.js';
import { paintFor, plain, visitText } from './print.js';
import { providers, type Provider } from './providers.js';
import { visit, type Visit } from './tour.js';

const apiKey = 'sk_test_sandbox';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
}

/** Such as the type of a next action. */
const isWord = (value: string): boolean => /^[a-z_]*$/.test(value);

/** A fetch that remembers what it carried: the requests, and every secret that was in an answer. */
const watchful = (): { readonly fetch: Fetch; readonly requests: Seen[]; readonly secrets: Set<string> } => {
  const requests: Seen[] = [];
  const secrets = new Set<string>();
  const collect = (value: unknown, isSecret: boolean): void => {
    if (typeof value === 'string' && isSecret && value.length > 8 && !isWord(value)) secrets.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) collect(member, isSecret || name === 'client_secret' || name === 'next_action');
  };
  return {
    requests,
    secrets,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push({ method: request.method, path: new URL(request.url).pathname, key: request.headers.get('idempotency-key') });
      const answer = await fetch(request);
      collect(JSON.parse(await answer.clone().text()), false);
      return answer;
    },
  };
};

const run = async (args: readonly string[], more: { readonly fetch?: Fetch; readonly providers?: readonly Provider[] } = {}) => {
  const written: string[] = [];
  const code = await command(args, { env: {}, write: (text) => written.push(text), paint: plain, width: 136, fetch, run: 'test', ...more });
  return { code, text: written.join('') };
};

const statuses = ({ played }: Visit): readonly string[] => played.map(({ intents }) => intents.map(({ status }) => status).join(' '));
const factsOf = (visited: Visit, part: string) => visited.played.find(({ title }) => title.includes(part))?.facts;

describe.each(providers)('the tour at $title', (provider) => {
  let visited: Visit;
  let requests: readonly Seen[];
  beforeAll(async () => {
    const watch = watchful();
    visited = await visit(provider, watch.fetch);
    requests = watch.requests;
  });

  it('takes every payment through the statuses that its scene tells of', () => {
    expect(statuses(visited)).toEqual([
      'requires_action requires_capture succeeded',
      'succeeded',
      'requires_payment_method requires_payment_method succeeded',
      'requires_capture canceled',
      'requires_capture succeeded',
      '',
      'succeeded',
      'succeeded',
      'requires_capture succeeded succeeded',
    ]);
  });

  it("moves exactly the money that was asked for, by the provider's own books", () => {
    expect(visited.verdict).toEqual({ payments: 8, authorised: 4600, captured: 4000, released: 600, refunded: 500, takenTwice: 0, wrongAnswers: 0, problems: [] });
  });

  it('tells a decline as a value, with its reason', () => {
    expect(factsOf(visited, 'declined')).toEqual({ declined: 'card_declined' });
  });

  it('loses the answer of one capture, and learns that the money was taken', () => {
    expect(factsOf(visited, 'lost')).toEqual({ answersLost: 1, received: 700 });
  });

  it('repeats the capture whose answer is lost only under the same key', () => {
    const captures = requests.filter(({ path }) => path.endsWith('/capture'));
    const repeated = captures.filter(({ path }, index) => captures.findIndex((first) => first.path === path) < index);
    const firsts = repeated.map(({ path }) => captures.find((first) => first.path === path));
    expect(new Set(captures.map(({ path }) => path)).size).toBe(3);
    expect(repeated.map(({ key }) => key)).toEqual(firsts.map((first) => first?.key));
    expect(repeated.filter(({ key }) => key === null)).toEqual([]);
  });

  it('finds all payments in the list, or sends nothing where there is no list', () => {
    const hasList = visited.operations.includes('paymentIntents.list');
    expect(factsOf(visited, 'List')).toEqual({ list: hasList ? 'all payments found' : 'unsupported, 0 bytes sent' });
    const lists = requests.filter(({ method, path }) => method === 'GET' && /\/payment_(flows|intents)$/.test(path));
    expect(lists.length > 0).toBe(hasList);
  });

  it('has one card saved without being charged, and then charges that card once', () => {
    expect(visited.setups.map(({ status, confirmations, saved }) => ({ status, confirmations, isSaved: saved !== null }))).toEqual([{ status: 'succeeded', confirmations: 1, isSaved: true }]);
    const isRead = visited.operations.includes('setupIntents.retrieve');
    expect(factsOf(visited, 'Save a card')).toEqual({ setup: isRead ? 'succeeded' : 'unsupported, 0 bytes sent' });
    const [charge] = visited.played.find(({ title }) => title.includes('Save a card'))?.intents ?? [];
    expect(charge?.paymentMethod).toBe(visited.setups[0]?.saved?.paymentMethod);
    expect(visited.ledger.find(({ id }) => id === charge?.id)).toMatchObject({ status: 'succeeded', captured: 200, confirmations: 1 });
  });

  it('gives a part back once though it is asked for twice, and another part under another reference', () => {
    const [paid] = visited.played.find(({ title }) => title.includes('pressed twice'))?.intents ?? [];
    const entry = visited.ledger.find(({ id }) => id === paid?.id);
    expect(entry?.refunds.map(({ amount, status }) => `${amount} ${status}`)).toEqual(['300 succeeded', '200 succeeded']);
    expect(factsOf(visited, 'pressed twice')).toEqual({ refunds: 2, refundable: (entry?.captured ?? 0) - (entry?.refunded ?? 0) });
  });

  it('delivers each event of a payment late and twice, has it handled once, and believes only the newest', () => {
    const scene = visited.played.find(({ title }) => title.includes('webhooks'));
    const told = visited.events.filter(({ objectId }) => objectId === scene?.intents[0]?.id);
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(told.map(({ acknowledged, posts }) => ({ acknowledged, statuses: posts.map(({ status }) => status) }))).toEqual(told.map(() => ({ acknowledged: true, statuses: [503, 200, 200] })));
    for (const { posts } of told) expect(Date.parse(posts[1]?.at ?? '') - Date.parse(posts[0]?.at ?? '')).toBeGreaterThanOrEqual(3_600_000);
    const handled = scene?.steps.flatMap((step) => (step.type === 'call' && step.operation.startsWith('payment_intent.') ? [`${step.operation} ${step.told}`] : []));
    const older = ['payment_intent.amount_capturable_updated stale', 'payment_intent.created stale'];
    expect(handled).toEqual(['payment_intent.succeeded current', ...older.slice(0, told.length - 1)]);
    expect(visited.ledger.find(({ id }) => id === scene?.intents.at(-1)?.id)).toMatchObject({ status: scene?.intents.at(-1)?.status, captured: 600 });
  });

  it.each([80, 136])('shows its calls within %i columns', (width) => {
    const lines = visitText(visited, width, plain).split('\n').filter((line) => line.includes('│'));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });
});

describe('the tour as a whole', () => {
  const watch = watchful();
  let text: string;
  let code: number;
  beforeAll(async () => {
    ({ text, code } = await run([], { fetch: watch.fetch }));
  });

  it('ends well, and says so in its last line', () => {
    expect(code).toBe(0);
    expect(text.trimEnd().split('\n').at(-1)).toBe('All as promised.');
  });

  it('visits every provider and shows its books', () => {
    expect(providers.map(({ name }) => name)).toEqual(['payjp', 'payjp_payment_intents', 'paypercut', 'stripe']);
    for (const { title, currency } of providers) {
      expect(text).toContain(`▌${title} `);
      const total = currency === 'JPY' ? ['4600 JPY', '4000 JPY', '600 JPY', '500 JPY'] : ['46.00 EUR', '40.00 EUR', '6.00 EUR', '5.00 EUR'];
      expect(text).toMatch(new RegExp(`^  ${title} +8 +${total.join(' +')} +0 +0$`, 'm'));
    }
  });

  it("shows that Paypercut's missing list is refused before anything is sent", () => {
    const paypercut = text.slice(text.indexOf('▌Paypercut'), text.indexOf('▌Stripe'));
    expect(paypercut).toContain('list     → unsupported, 0 bytes sent');
  });

  it('shows which operations each provider has', () => {
    expect(text).toMatch(/^ {2}paymentIntents\.create +✓ +✓ +✓ +✓$/m);
    expect(text).toMatch(/^ {2}paymentIntents\.list +✓ +✓ +– +✓$/m);
    expect(text).toMatch(/^ {2}paymentIntents\.incrementAuthorization +– +✓ +– +✓$/m);
  });

  it('shows what went over the wire beside the status', () => {
    expect(text).toMatch(/capture {2}→ succeeded +│ POST \/v2\/payment_flows\/\{id\}\/capture amount_to_capture=800 → 200/);
    expect(text).toMatch(/amount_to_capture=800 final_capture=true → 200/);
    expect(text).toMatch(/capture +│ POST \S+ → no answer/);
  });

  it('shows a repeated refund under the same key, and says where the reference has to be looked for instead', () => {
    const flows = text.slice(text.indexOf('▌PAY.JP, payment flows'), text.indexOf('▌PAY.JP, payment intents'));
    const intents = text.slice(text.indexOf('▌PAY.JP, payment intents'), text.indexOf('▌Paypercut'));
    expect(flows).toMatch(/refunds\.create → succeeded \(refund 1\) +│ POST \S+ → 200 \(again, same idempotency key\)/);
    expect(intents).toMatch(/refunds\.create → succeeded \(refund 1\) +│ GET {2}\S+ → 200 \(no idempotency keys here, so it looks first\)/);
    expect(text.match(/refundable\(\) says that \S+ \S+ can still go back$/gm)).toEqual(
      providers.map(({ currency }) => `refundable() says that ${currency === 'JPY' ? '400 JPY' : '4.00 EUR'} can still go back`),
    );
  });

  it("shows that Paypercut's setups cannot be looked up", () => {
    const paypercut = text.slice(text.indexOf('▌Paypercut'), text.indexOf('▌Stripe'));
    expect(paypercut).toContain('setupIntents.retrieve → unsupported, 0 bytes sent');
  });

  it('asks for every event of which the delivery was not signed, and for no other', () => {
    const asked = '(the delivery was not signed, so it asks)';
    const [, ...visits] = text.split('▌');
    expect(visits.map((part) => part.split(asked).length - 1)).toEqual([3, 3, 0, 0, 0]);
  });

  it('prints no API key, no client secret and nothing of a next action', () => {
    expect(watch.secrets.size).toBeGreaterThanOrEqual(4);
    for (const secret of [apiKey, 'Bearer', 'Basic', 'whsec_', ...watch.secrets]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/\b(sk|pk|rk)_(test|live)_|_secret_/);
  });

  it("ends with a migration, shown by both sides' own ledgers beside what was ordered", () => {
    expect(text).toContain('▌Migration: PAY.JP, payment intents → PAY.JP, payment flows');
    const [, table = ''] = text.split("The migration by both sides' own ledgers");
    for (const row of ['PAY.JP, payment intents +5 +2900 JPY +2600 JPY +300 JPY', 'PAY.JP, payment flows +5 +2700 JPY +2700 JPY +0 JPY', 'both +10 +5600 JPY +5300 JPY +300 JPY +0 JPY +0 +0$', 'what the shop has ordered +10 +5600 JPY +5300 JPY +300 JPY'])
      expect(table).toMatch(new RegExp(`^  ${row}`, 'm'));
  });

  it('is readable without colours', () => {
    expect(text).not.toContain('\u001B');
  });
});

/** An adapter whose every amount goes out a hundred times too large. */
const multiplied = <N extends OperationName>(adapter: Adapter<N | 'paymentIntents.create'>): Adapter<N | 'paymentIntents.create'> => {
  const create = adapter.operations['paymentIntents.create'];
  const request: typeof create.request = (input) => create.request({ ...input, amount: { ...input.amount, units: input.amount.units * 100 } });
  return { ...adapter, operations: { ...adapter.operations, 'paymentIntents.create': { ...create, request } } };
};

/** An adapter that says that a payment was taken, when it was canceled. */
const boastful = (adapter: ReturnType<typeof payjp>): ReturnType<typeof payjp> => {
  const cancel = adapter.operations['paymentIntents.cancel'];
  const response: typeof cancel.response = (answer, input) => {
    const reading = cancel.response(answer, input);
    return reading && { ...reading, status: 'succeeded' };
  };
  return { ...adapter, operations: { ...adapter.operations, 'paymentIntents.cancel': { ...cancel, response } } };
};

/** An adapter that gives back twice what it is asked for. */
const generous = (adapter: ReturnType<typeof payjp>): ReturnType<typeof payjp> => {
  const refund = adapter.operations['refunds.create'];
  const request: typeof refund.request = (input) => refund.request({ ...input, ...(input.amount && { amount: { ...input.amount, units: input.amount.units * 2 } }) });
  return { ...adapter, operations: { ...adapter.operations, 'refunds.create': { ...refund, request } } };
};

describe('the exit code is 1 and the last lines say what is off', () => {
  const [good] = providers;
  const broken = (adapter: Provider['adapter']): readonly Provider[] => (good === undefined ? [] : [{ ...good, adapter }]);

  it('when an adapter sends other amounts than it is given', async () => {
    const { code, text } = await run([], { providers: broken((key) => multiplied(payjp({ apiKey: key }))) });
    expect(code).toBe(1);
    expect(text).toContain('Not as promised:');
    expect(text).not.toContain('All as promised.');
  });

  it('when an adapter gives back more than it is asked for, by the books and not by what it tells', async () => {
    const { code, text } = await run([], { providers: broken((key) => generous(payjp({ apiKey: key }))) });
    expect(code).toBe(1);
    expect(text).toContain('refunded instead of');
  });

  it('when an adapter tells another status than the books show', async () => {
    const { code, text } = await run([], { providers: broken((key) => boastful(payjp({ apiKey: key }))) });
    expect(code).toBe(1);
    expect(text).toMatch(/^ {2}PAY\.JP, payment flows +8 .* 1$/m);
    expect(text).toContain('the books say something else about the payment');
  });
});

describe('colours', () => {
  it('are used on a terminal', () => {
    expect(paintFor({ isTTY: true }, {})('bold', 'a')).toContain('\u001B[');
  });

  it.each([
    ['elsewhere', {}, {}],
    ['in CI', { isTTY: true }, { CI: 'true' }],
    ['where NO_COLOR is set', { isTTY: true }, { NO_COLOR: '1' }],
  ])('are not used %s', (_where, stdout, env) => {
    expect(paintFor(stdout, env)('bold', 'a')).toBe('a');
  });
});
