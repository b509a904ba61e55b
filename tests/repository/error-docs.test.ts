import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { errorCodes, createPayments, money, PaymentError, type Fetch, type PaymentErrorShape } from '@oneintent/core';
import { generic, stripe } from '@oneintent/adapter-generic';
import { faults } from '@oneintent/core/conformance';
import { describe, expect, it } from 'vitest';
import { blocksOf, documents, headingsOf } from './markdown.ts';
import { filesBelow, read, root } from './tree.ts';

const page = 'docs/errors.md';
const told = new Map(read(page).split(/^### /m).slice(1).map((section) => [/^`(\w+)`\n/.exec(section)?.[1] ?? section.slice(0, 40), section]));

/** The words in backticks of one line of a section, such as those of `- **Outcome:** …`. */
const words = (code: string, line: 'Outcome' | 'Retry'): readonly string[] => {
  const text = new RegExp(`^- \\*\\*${line}:\\*\\* (.*)$`, 'm').exec(told.get(code) ?? '')?.[1] ?? '';
  return [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
};

const codes = Object.keys(errorCodes);

describe('docs/errors.md', () => {
  it('has a heading for every code, in the order of the table, and none that is no code', () => {
    expect(headingsOf(read(page), 3)).toEqual(codes.map((code) => `\`${code}\``));
  });

  it.each(Object.entries(errorCodes))('tells of %s what it means, the retry of the table, whether money may have moved, what to do and an example', (code, { retry }) => {
    const section = told.get(code) ?? '';
    expect([...section.matchAll(/^- \*\*(\w+):\*\* \S/gm)].map(([, line]) => line)).toEqual(['Outcome', 'Money', 'Retry', 'Do', 'Example']);
    expect(words(code, 'Retry')[0]).toBe(retry);
    const outcomes = words(code, 'Outcome');
    expect(['not_sent', 'rejected', 'unknown', 'done']).toEqual(expect.arrayContaining([...outcomes]));
    const mayHaveMoved = outcomes.includes('unknown') || outcomes.includes('done');
    expect(/^- \*\*Money:\*\*.*(\bmay have|unless `unknown`|[Ww]hen `done`)/m.test(section)).toBe(mayHaveMoved);
  });
});

const order = { amount: money(2000, 'EUR') };
const answer = (status: number, body = '{}'): Response => new Response(body, { status, headers: { 'content-type': 'application/json' } });
const stripeError = (status: number, type: string, code: string): readonly [string, () => Promise<Response>] => [`${status} ${type} ${code}`, async () => answer(status, JSON.stringify({ error: { type, code } }))];

const statuses = [...Array.from({ length: 32 }, (_, index) => 400 + index), 451, 499, ...Array.from({ length: 12 }, (_, index) => 500 + index), 599];

/** Whatever an exchange can come to: every fault of the conformance suite, every status with nothing in it, and refusals in a provider's own format. */
const ends: readonly (readonly [string, () => Promise<Response>])[] = [
  ...faults.map(({ id, answer: meet }) => [id, () => meet(AbortSignal.abort())] as const),
  ...statuses.map((status) => [`HTTP ${status}`, async () => answer(status)] as const),
  stripeError(400, 'idempotency_error', 'idempotency_error'),
  stripeError(402, 'card_error', 'card_declined'),
  stripeError(400, 'invalid_request_error', 'payment_intent_unexpected_state'),
  stripeError(404, 'invalid_request_error', 'resource_missing'),
];

const calls = ['create', 'capture', 'retrieve', 'list'] as const;

const errorOf = async (call: (typeof calls)[number], meet: readonly (() => Promise<Response>)[], signal?: AbortSignal): Promise<PaymentErrorShape> => {
  let exchanges = 0;
  const fetch: Fetch = async () => (meet[Math.min(exchanges++, meet.length - 1)] ?? (() => Promise.reject(new Error('nothing'))))();
  const { paymentIntents } = createPayments({ adapter: generic(stripe, { apiKey: 'sk_test_1' }), fetch, retries: 1, sleep: async () => undefined });
  const options = { reference: 'order-42', ...(signal && { signal }) };
  try {
    if (call === 'create') await paymentIntents.create(order, options);
    else if (call === 'capture') await paymentIntents.capture('pi_1', { amount: order.amount }, options);
    else if (call === 'retrieve') await paymentIntents.retrieve('pi_1', signal && { signal });
    else await paymentIntents.list({}, signal && { signal });
  } catch (error) {
    if (PaymentError.is(error)) return error;
    throw error;
  }
  throw new Error(`${call} did not fail`);
};

const untold = ({ code, outcome, retry, resume }: PaymentErrorShape): readonly string[] => [
  ...(words(code, 'Outcome').includes(outcome) ? [] : [`${code} with outcome ${outcome}`]),
  ...(retry === 'look_up_first' && outcome === 'unknown' ? [] : words(code, 'Retry').includes(retry) ? [] : [`${code} with retry ${retry}`]),
  ...(outcome === 'unknown' && (resume === null || retry !== 'look_up_first') ? [`${code}: unknown, and nothing to resume`] : []),
];

describe('an on-call engineer meets no error that docs/errors.md does not tell', () => {
  it.each(calls)('when %s fails in any way, at once or after a try whose answer was lost', async (call) => {
    const lost = async (): Promise<Response> => Promise.reject(new TypeError('connection lost'));
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const [name, meet] of ends)
      for (const before of [[], [lost]]) {
        const error = await errorOf(call, [...before, meet]);
        seen.add(`${error.code} ${error.outcome}`);
        wrong.push(...untold(error).map((what) => `${name}: ${what}`));
      }
    expect(wrong).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining(call === 'create' ? ['network not_sent', 'network unknown', 'payment_declined rejected', 'authentication unknown', 'rate_limited rejected'] : ['not_found rejected', 'network not_sent']));
  });

  it('when the caller aborts, before anything is sent and while the answer is awaited', async () => {
    const early = await errorOf('create', [async () => answer(200)], AbortSignal.abort());
    const caller = new AbortController();
    const late = await errorOf('create', [() => (caller.abort(), Promise.reject(new DOMException('aborted', 'AbortError')))], caller.signal);
    expect([early, late].map(({ code, outcome, retry }) => [code, outcome, retry])).toEqual([['aborted', 'not_sent', 'never'], ['aborted', 'unknown', 'look_up_first']]);
    expect([early, late].flatMap(untold)).toEqual([]);
  });
});

/** As GitHub names the anchors of a document's headings: repeated ones are counted. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const anchors = new Set<string>();
  for (const heading of [1, 2, 3, 4, 5, 6].flatMap((level) => headingsOf(text, level))) {
    const name = heading.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
};

const textOf = (file: string): string => blocksOf(file).reduce((text, { code }) => (code === '' ? text : text.replace(code, '')), read(file));

/** What is wrong with a relative link; `null` when it points to something. */
const brokenLink = (file: string, link: string): string | null => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));
  if (target.startsWith('..') || !existsSync(join(root, target))) return `${file}: ${link} is no file`;
  if (anchor === undefined || anchor === '') return null;
  return statSync(join(root, target)).isFile() && target.endsWith('.md') && anchorsOf(read(target)).has(anchor) ? null : `${file}: ${link} is no heading`;
};

const linksOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]:\s+(\S+)/gm)].map(([, inline, named]) => inline ?? named ?? '').filter((link) => !/^[a-z][a-z+.-]*:/i.test(link));

describe('links', () => {
  const pages = [...documents, ...filesBelow('bench', '.md'), ...filesBelow('examples', '.md'), 'CONTRIBUTING.md', 'SECURITY.md'];

  it('of every document point to a file or heading that is there', () => {
    const links = pages.flatMap((file) => linksOf(file).map((link) => ({ file, link })));
    expect(links.length).toBeGreaterThan(20);
    expect(links.flatMap(({ file, link }) => brokenLink(file, link) ?? [])).toEqual([]);
  });

  it('that are broken are found', () => {
    expect(['#at-night', '#in-the-morning', 'lifecycle.md#refunds', 'lifecycle.md#refund', 'nowhere.md', '../README.md', '../../README.md'].map((link) => brokenLink(page, link) === null)).toEqual([true, false, true, false, false, true, false]);
  });
});
