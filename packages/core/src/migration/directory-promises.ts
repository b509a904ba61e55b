import { canonicalJson } from '../model/canonical-json.js';
import type { Resume } from '../model/resume.js';
import type { DirectoryEntry, EntriesQuery, Mapping, MigrationDirectory, Proposal } from './directory.js';

/** A directory to be proven, empty at first. */
export interface MigrationDirectoryStage {
  readonly directory: MigrationDirectory;
  /** Another handle on the same directory, as another process has it. */
  readonly other: MigrationDirectory;
  /** Closes every handle and opens the same directory again. A durable directory needs it. */
  readonly reopen?: () => MigrationDirectoryStage | Promise<MigrationDirectoryStage>;
}

/** A promise that every directory keeps. Rejects when it is broken. */
export interface MigrationDirectoryPromise {
  readonly title: string;
  readonly prove: (open: () => MigrationDirectoryStage | Promise<MigrationDirectoryStage>) => Promise<void>;
}

const first = '2026-01-01T00:00:00.000Z';
const later = '2026-01-02T00:00:00.000Z';

const proposal = (key: string, more: Partial<Proposal> = {}): Proposal =>
  ({ key, kind: 'payment_intent', side: 'from', account: 'old', idempotencyKey: `key-of-${key}`, reason: 'rollout', decidedAt: first, ...more });

const moved = (key: string): Proposal => proposal(key, { side: 'to', account: 'new', idempotencyKey: `new-key-of-${key}`, reason: 'fail_over', decidedAt: later });

const sampleResume = (key: string, more: Partial<Resume> = {}): Resume => ({
  v: 1, operation: 'paymentIntents.create', provider: 'acme', account: 'old', key, reference: 'order-1', attempt: 1, connectedAccount: null, ref: null,
  amount: { minorUnits: 1000, currency: 'JPY' }, confirm: true, inputDigest: 'a'.repeat(64), firstSentAt: first, ...more,
});

/** By content: the order of an object's members does not count. */
const contentOf = (value: unknown): string => (value === undefined ? 'undefined' : canonicalJson(value));

const expectSame = (found: unknown, expected: unknown, what: string): void => {
  if (contentOf(found) !== contentOf(expected)) throw new Error(`${what}: expected ${contentOf(expected)}, found ${contentOf(found)}`);
};

const expectRejection = async (attempt: () => Promise<unknown>, what: string): Promise<void> => {
  const rejected = await attempt().then(() => false, () => true);
  if (!rejected) throw new Error(`${what}: expected a rejection`);
};

const ownerOf = (entry: DirectoryEntry | null) => entry && { side: entry.side, account: entry.account, idempotencyKey: entry.idempotencyKey, reason: entry.reason };

const allOf = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
};

const keysOf = async (directory: MigrationDirectory, query: EntriesQuery): Promise<string[]> => (await directory.entries(query)).data.map(({ kind, key }) => `${kind} ${key}`);

const promise = (title: string, prove: (stage: MigrationDirectoryStage) => Promise<void>): MigrationDirectoryPromise => ({ title, prove: async (open) => prove(await open()) });

const claims: readonly MigrationDirectoryPromise[] = [
  promise('a key that is claimed is written down, and every handle sees it', async ({ directory, other }) => {
    const expected = { ...proposal('a'), uses: 1, ref: null, status: null, unknown: [], updatedAt: first };
    expectSame(await directory.claim(proposal('a')), expected, 'the first claim');
    expectSame(await other.byKey('payment_intent', 'a'), expected, 'what another handle reads');
    expectSame(await other.byKey('setup_intent', 'a'), null, 'the same key of the other kind');
    expectSame(await other.byKey('payment_intent', 'A'), null, 'another key');
  }),
  promise('of twenty claims at once one decides the owner, and each is counted', async ({ directory, other }) => {
    const entries = await Promise.all(Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? directory : other).claim(proposal('a', { side: index % 4 < 2 ? 'from' : 'to', account: `account-${index}`, idempotencyKey: `key-${index}` }))));
    expectSame(new Set(entries.map((entry) => contentOf(ownerOf(entry)))).size, 1, 'owners of one key');
    expectSame(entries.map(({ uses }) => uses).toSorted((one, another) => one - another), Array.from({ length: 20 }, (_, index) => index + 1), 'uses that were answered');
    expectSame((await other.byKey('payment_intent', 'a'))?.uses, 20, 'uses in the end');
  }),
  promise('a claim never changes the owner, whatever it proposes', async ({ directory, other }) => {
    const owner = ownerOf(await directory.claim(proposal('a')));
    const again = await other.claim(moved('a'));
    expectSame(ownerOf(again), owner, 'the owner after a second claim');
    expectSame([again.decidedAt, again.updatedAt], [first, later], 'when it was decided, and written');
    await other.note('payment_intent', 'a', { ref: 'old:pi_1', status: 'canceled', at: later });
    expectSame(ownerOf(await directory.claim(moved('a'))), owner, 'the owner after a claim of what has ended');
  }),
  promise('an entry is given to the other side only as long as nobody else can have sent anything', async ({ directory, other }) => {
    await directory.claim(proposal('a'));
    const entry = await directory.reassign(moved('a'));
    expectSame(entry, { ...moved('a'), uses: 1, ref: null, status: null, unknown: [], updatedAt: later }, 'the entry that was given');
    expectSame(await other.byKey('payment_intent', 'a'), entry, 'what another handle reads');
    expectSame(await other.reassign(moved('a')), null, 'giving it to the side that has it');
    expectSame(await directory.reassign(moved('nobody')), null, 'giving what is not there');
    expectSame(await directory.byKey('payment_intent', 'nobody'), null, 'what was not there');

    const refuse = async (key: string, when: string): Promise<void> => {
      const before = await directory.byKey('payment_intent', key);
      expectSame(await directory.reassign(moved(key)), null, `giving it away ${when}`);
      expectSame(await other.byKey('payment_intent', key), before, `the entry ${when}`);
    };
    await directory.claim(proposal('b'));
    await other.claim(proposal('b'));
    await refuse('b', 'when another call has claimed it');
    await directory.claim(proposal('c'));
    await other.note('payment_intent', 'c', { ref: 'old:pi_1', at: later });
    await refuse('c', 'when it has a ref');
    await directory.claim(proposal('d'));
    await other.note('payment_intent', 'd', { unknown: sampleResume('k'), at: later });
    await refuse('d', 'when an outcome is unknown');
  }),
  promise('what was made elsewhere is adopted, and never over an entry that is there', async ({ directory, other }) => {
    const imported = proposal('a', { reason: 'imported' });
    const expected = { ...imported, uses: 0, ref: 'old:pi_1', status: 'processing', unknown: [], updatedAt: first };
    expectSame(await directory.adopt(imported, { ref: 'old:pi_1', status: 'processing' }), expected, 'what was adopted');
    expectSame(await other.adopt(moved('a'), { ref: 'new:pi_2', status: null }), expected, 'adopting it again');
    const claimed = await directory.claim(proposal('b'));
    expectSame(await other.adopt(moved('b'), { ref: 'new:pi_3', status: null }), claimed, 'adopting what is claimed');
    expectSame(await directory.byRef('new:pi_3'), null, 'a ref that was not taken');
    expectSame(await other.claim(moved('a')), { ...expected, uses: 1, updatedAt: later }, 'a claim of what was adopted');
  }),
];

const notes: readonly MigrationDirectoryPromise[] = [
  promise('what is learned is noted by key and by ref; what a note leaves out stays', async ({ directory, other }) => {
    const claimed = await directory.claim(proposal('a'));
    await directory.claim(proposal('b'));
    await other.note('payment_intent', 'a', { ref: 'old:pi_1', status: 'processing', at: later });
    expectSame(await directory.byRef('old:pi_1'), { ...claimed, ref: 'old:pi_1', status: 'processing', updatedAt: later }, 'the entry by its ref');
    await directory.noteByRef('old:pi_1', { status: 'succeeded', at: first });
    expectSame(await other.byKey('payment_intent', 'a'), { ...claimed, ref: 'old:pi_1', status: 'succeeded', updatedAt: first }, 'the entry by its key');
    await directory.note('payment_intent', 'a', { at: later });
    expectSame(await other.byRef('old:pi_1'), { ...claimed, ref: 'old:pi_1', status: 'succeeded', updatedAt: later }, 'the entry after an empty note');
    expectSame((await other.byKey('payment_intent', 'b'))?.status, null, 'another entry');
  }),
  promise('a note about nothing that is there does nothing', async ({ directory }) => {
    await directory.claim(proposal('a'));
    await directory.note('payment_intent', 'b', { ref: 'old:pi_1', at: later });
    await directory.note('setup_intent', 'a', { ref: 'old:pi_2', at: later });
    await directory.noteByRef('old:pi_3', { status: 'succeeded', at: later });
    expectSame([await directory.byRef('old:pi_1'), await directory.byRef('old:pi_2'), await directory.byRef('old:pi_3')], [null, null, null], 'refs');
    expectSame((await directory.entries()).data.map(({ key, updatedAt }) => [key, updatedAt]), [['a', first]], 'entries');
  }),
  promise('an unknown outcome stays until its own idempotency key is resolved, and is replaced by a newer one of that key', async ({ directory, other }) => {
    await directory.claim(proposal('a'));
    const unknown = async () => (await other.byKey('payment_intent', 'a'))?.unknown;
    await directory.note('payment_intent', 'a', { unknown: sampleResume('k1'), at: first });
    await other.note('payment_intent', 'a', { unknown: sampleResume('k2', { amount: null }), at: first });
    expectSame(await unknown(), [sampleResume('k1'), sampleResume('k2', { amount: null })], 'two unknown outcomes');
    await directory.note('payment_intent', 'a', { unknown: sampleResume('k1', { ref: 'old:pi_1' }), at: first });
    expectSame(await unknown(), [sampleResume('k2', { amount: null }), sampleResume('k1', { ref: 'old:pi_1' })], 'one of them anew');
    await directory.note('payment_intent', 'a', { resolved: 'k3', status: 'processing', at: first });
    expectSame((await unknown())?.length, 2, 'after another key was resolved');
    await directory.note('payment_intent', 'a', { resolved: 'k2', at: first });
    expectSame(await unknown(), [sampleResume('k1', { ref: 'old:pi_1' })], 'after one was resolved');
    await directory.note('payment_intent', 'a', { resolved: 'k1', unknown: sampleResume('k1'), at: first });
    expectSame(await unknown(), [sampleResume('k1')], 'after one note called it both');
  }),
  promise('nothing is called not made as long as another call may have made something', async ({ directory, other }) => {
    const status = async (key: string) => (await other.byKey('payment_intent', key))?.status;
    await directory.claim(proposal('a'));
    await directory.note('payment_intent', 'a', { notMade: 1, at: first });
    expectSame(await status('a'), 'not_made', 'a claim that made nothing');
    expectSame((await other.claim(proposal('a'))).status, null, 'the status that the next claim sees');
    await directory.note('payment_intent', 'a', { notMade: 1, at: first });
    expectSame(await status('a'), null, 'after another has claimed it since');
    await directory.claim(proposal('b'));
    await other.note('payment_intent', 'b', { unknown: sampleResume('k'), at: first });
    await directory.note('payment_intent', 'b', { notMade: 1, at: first });
    expectSame(await status('b'), null, 'with an unknown outcome');
    await directory.note('payment_intent', 'b', { notMade: 1, resolved: 'k', at: first });
    expectSame(await status('b'), 'not_made', 'once the outcome is known');
    await directory.claim(proposal('c'));
    await other.note('payment_intent', 'c', { ref: 'old:pi_1', at: first });
    await directory.note('payment_intent', 'c', { notMade: 1, at: first });
    expectSame(await status('c'), null, 'with a ref');
  }),
];

const astral = '\u{1F600}';
const unusual = ['', ' ', "'", '%', 'a\u0000b', 'a\u0000c', '\uD800', '\uFF5E', astral];

const reading: readonly MigrationDirectoryPromise[] = [
  promise('entries come in the order of their keys, page by page, payment intents first', async ({ directory, other }) => {
    for (const key of ['b', 'a10', 'B', 'a9', '\uFF5E', astral]) await directory.claim(proposal(key));
    await directory.claim(proposal('a', { kind: 'setup_intent' }));
    await directory.claim(proposal('b', { kind: 'setup_intent' }));
    const pages: string[][] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<MigrationDirectory['entries']>> = await other.entries({ limit: 2, ...(after !== null && { after }) });
      pages.push(page.data.map(({ key }) => key));
      after = page.next;
    } while (after !== null && pages.length < 10);
    expectSame(pages, [['B', 'a10'], ['a9', 'b'], [astral, '\uFF5E'], ['a', 'b']], 'pages of two');
    expectSame((await other.entries()).next, null, 'what follows the only page');
  }),
  promise('a page has a hundred entries unless a number is given; a number or a place that is none is refused', async ({ directory }) => {
    for (let index = 0; index < 101; index += 1) await directory.adopt(proposal(`order-${String(index).padStart(3, '0')}`), { ref: `old:pi_${index}`, status: null });
    const page = await directory.entries();
    expectSame([page.data.length, (await directory.entries({ after: page.next ?? '' })).data.map(({ key }) => key)], [100, ['order-100']], 'two pages');
    for (const limit of [0, -1, 1.5, Number.NaN]) await expectRejection(() => directory.entries({ limit }), `limit ${limit}`);
    await expectRejection(() => directory.entries({ after: 'order-100' }), 'after a mere key');
  }),
  promise('entries are listed by account, by unknown outcomes and by status, all at once', async ({ directory, other }) => {
    for (const [key, account, status, isUnknown] of [
      ['a', 'old', 'succeeded', false], ['b', 'old', null, false], ['c', 'new', 'processing', true], ['d', 'old', 'processing', true], ['e', 'old', 'not_made', false],
    ] as const) {
      await directory.claim(proposal(key, { account }));
      await directory.note('payment_intent', key, { at: later, ...(status !== null && { status }), ...(isUnknown && { unknown: sampleResume(key) }) });
    }
    const keys = async (query: EntriesQuery) => (await keysOf(other, query)).map((name) => name.slice('payment_intent '.length)).join('');
    expectSame(await keys({ account: 'old' }), 'abde', 'of one account');
    expectSame(await keys({ account: 'ol' }), '', 'of an account that is not there');
    expectSame(await keys({ unknown: true }), 'cd', 'with an unknown outcome');
    expectSame(await keys({ unknown: false }), 'abe', 'without an unknown outcome');
    expectSame(await keys({ statusNotIn: ['succeeded', 'not_made'] }), 'bcd', 'of other statuses');
    expectSame(await keys({ statusNotIn: [] }), 'abcde', 'of any status');
    expectSame(await keys({ account: 'old', unknown: true, statusNotIn: ['succeeded'] }), 'd', 'by all three');
  }),
  promise('keys, refs and ids are told apart exactly, whatever their characters', async ({ directory, other }) => {
    for (const [index, text] of unusual.entries()) {
      await directory.adopt(proposal(text, { account: text }), { ref: `old:${text}`, status: String(index) });
      await directory.loadMappings([{ kind: 'customer', from: `${text}.`, to: `to-${index}` }]);
    }
    for (const [index, text] of unusual.entries()) {
      expectSame((await other.byKey('payment_intent', text))?.status, String(index), `the key ${JSON.stringify(text)}`);
      expectSame((await other.byRef(`old:${text}`))?.key, text, `the ref old:${JSON.stringify(text)}`);
      expectSame((await other.entries({ account: text })).data.map(({ key }) => key), [text], `the account ${JSON.stringify(text)}`);
      expectSame((await other.mapping('customer', `${text}.`))?.to, `to-${index}`, `the mapping of ${JSON.stringify(text)}`);
    }
  }),
];

const customers = async function* customers(count: number, prefix: string, fault?: Error): AsyncGenerator<Mapping> {
  for (let index = 0; index < count; index += 1) yield { kind: 'customer', from: `cus_${index}`, to: `${prefix}_${index}` };
  if (fault !== undefined) throw fault;
};

const rest: readonly MigrationDirectoryPromise[] = [
  promise('mappings are loaded and read, by kind and old id', async ({ directory, other }) => {
    const method: Mapping = { kind: 'payment_method', from: 'x', to: 'pm_1', networkTransactionId: 'MCC123' };
    expectSame(await directory.loadMappings([{ kind: 'customer', from: 'x', to: 'cus_1' }, method]), 2, 'how many');
    expectSame(await other.mapping('customer', 'x'), { kind: 'customer', from: 'x', to: 'cus_1' }, 'the customer');
    expectSame(await other.mapping('payment_method', 'x'), method, 'the payment method');
    expectSame(await other.mapping('customer', 'cus_1'), null, 'an id that is not there');
    expectSame(await directory.loadMappings(customers(0, 'new')), 0, 'of an empty source');
  }),
  promise('mappings are loaded all or none: a source that fails after ten thousand leaves nothing', async ({ directory, other }) => {
    await directory.loadMappings([{ kind: 'customer', from: 'cus_1', to: 'before' }]);
    const fault = new Error('the source is gone');
    expectSame(await directory.loadMappings(customers(10_000, 'new', fault)).catch((error: unknown) => error === fault), true, "the source's own error");
    expectSame([await other.mapping('customer', 'cus_0'), await other.mapping('customer', 'cus_9999')], [null, null], 'mappings of the failed source');
    expectSame((await other.mapping('customer', 'cus_1'))?.to, 'before', 'the mapping from before');
    expectSame(await directory.loadMappings(customers(3, 'new')), 3, 'a source that does not fail');
    expectSame([(await other.mapping('customer', 'cus_2'))?.to, await other.mapping('customer', 'cus_3')], ['new_2', null], 'its mappings, and nothing else');
  }),
  promise('while mappings are loaded, none of them is seen, and other calls go on', async ({ directory, other }) => {
    const seen: unknown[] = [];
    const watched = async function* watched(): AsyncGenerator<Mapping> {
      for await (const mapping of customers(3000, 'new')) {
        yield mapping;
        if (mapping.from === 'cus_2500') seen.push(await directory.mapping('customer', 'cus_0'), await other.mapping('customer', 'cus_0'), (await other.claim(proposal('a'))).uses, (await directory.claim(proposal('a'))).uses);
      }
    };
    await directory.loadMappings(watched());
    expectSame(seen, [null, null, 1, 2], 'what was seen on the way');
  }),
  promise('a mapping that is loaded again takes the place of the earlier one, as a whole', async ({ directory, other }) => {
    await directory.loadMappings([{ kind: 'payment_method', from: 'x', to: 'pm_1', networkTransactionId: 'MCC123' }, { kind: 'payment_method', from: 'y', to: 'pm_3' }]);
    await other.loadMappings([{ kind: 'payment_method', from: 'x', to: 'pm_0' }, { kind: 'payment_method', from: 'x', to: 'pm_2' }]);
    expectSame(await directory.mapping('payment_method', 'x'), { kind: 'payment_method', from: 'x', to: 'pm_2' }, 'the mapping');
    expectSame((await directory.mapping('payment_method', 'y'))?.to, 'pm_3', 'a mapping that was not loaded again');
  }),
  promise('the journal keeps every line, in order', async ({ directory, other }) => {
    expectSame(await allOf(directory.journal()), [], 'a new journal');
    const lines = Array.from({ length: 1200 }, (_, index) => `line ${index} ${unusual[index % unusual.length] ?? ''}\n`);
    for (const [index, line] of lines.entries()) await (index % 2 === 0 ? directory : other).record(line);
    expectSame(await allOf(other.journal()), lines, 'the journal');
    expectSame(await allOf(directory.journal()), lines, 'the journal, read again');
  }),
  promise('what was answered outlives this process, or the directory says that it is not durable', async ({ directory, other, reopen }) => {
    const claimed = await directory.claim(proposal('a'));
    await other.note('payment_intent', 'a', { ref: 'old:pi_1', unknown: sampleResume('k'), at: later });
    await directory.loadMappings(customers(2, 'new'));
    await other.record('line');
    expectSame([directory.durable, other.durable], [reopen !== undefined, reopen !== undefined], 'durable, where the stage can be opened again');
    if (reopen === undefined) return;
    const again = await reopen();
    expectSame(await again.directory.byRef('old:pi_1'), { ...claimed, ref: 'old:pi_1', unknown: [sampleResume('k')], updatedAt: later }, 'the entry');
    expectSame((await again.other.mapping('customer', 'cus_1'))?.to, 'new_1', 'the mapping');
    expectSame(await allOf(again.directory.journal()), ['line'], 'the journal');
    expectSame((await again.other.claim(moved('a'))).uses, 2, 'uses of the next claim');
  }),
];

/**
 * What every {@link MigrationDirectory} promises, for the tests of one's own: run each with a function that opens a fresh, empty directory.
 * @example for (const { title, prove } of migrationDirectoryPromises) it(title, () => prove(openMyDirectory));
 */
export const migrationDirectoryPromises: readonly MigrationDirectoryPromise[] = [...claims, ...notes, ...reading, ...rest];
