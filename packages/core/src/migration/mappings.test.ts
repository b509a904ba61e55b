import { describe, expect, it } from 'vitest';
import { errorOf } from '../testing/client.js';
import { importMappings, type ImportMappings, type MappingRow } from './mappings.js';
import { memoryMigrationDirectory } from './memory-directory.js';

const rows = (...records: readonly Readonly<Record<string, string>>[]): readonly MappingRow[] => records.map((record, index) => ({ line: index + 2, record }));
const customer = (from: string, to: string) => ({ kind: 'customer', old: from, new: to });

const load = async (given: ImportMappings['rows'], more: Omit<ImportMappings, 'rows'> = {}) => {
  const directory = memoryMigrationDirectory();
  return { directory, work: importMappings({ rows: given, directory, ...more }) };
};

describe("a provider's mapping", () => {
  it('is loaded line by line, with the network transaction where there is one', async () => {
    const { directory, work } = await load(rows(customer('cus_1', 'cus_9'), { kind: 'payment_method', old: 'pm_1', new: 'pm_9', network_transaction_id: 'MCC1' }));
    expect(await work).toBe(2);
    expect(await directory.mapping('customer', 'cus_1')).toEqual({ kind: 'customer', from: 'cus_1', to: 'cus_9' });
    expect((await directory.mapping('payment_method', 'pm_1'))?.networkTransactionId).toBe('MCC1');
  });

  it("keeps a network transaction id of 15 digits, as Visa has them, even where its check digit is a card's", async () => {
    const { directory, work } = await load(rows({ kind: 'payment_method', old: 'pm_1', new: 'pm_9', network_transaction_id: '378282246310005' }));
    expect(await work).toBe(1);
    expect((await directory.mapping('payment_method', 'pm_1'))?.networkTransactionId).toBe('378282246310005');
  });

  it('may have ids of digits alone that are no card numbers', async () => {
    expect(await (await load(rows(customer('4242424242424241', '100000000001')))).work).toBe(1);
  });

  it('may call its columns otherwise, and be of one kind', async () => {
    const { directory, work } = await load(rows({ source: 'cus_1', target: 'cus_9' }), { columns: { from: 'source', to: 'target' }, kind: 'customer' });
    expect(await work).toBe(1);
    expect((await directory.mapping('customer', 'cus_1'))?.to).toBe('cus_9');
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['kind is neither', { kind: 'card', old: 'a', new: 'b' }],
    ['old is empty', customer(' ', 'b')],
    ['new is empty', { kind: 'customer', old: 'a' }],
    ['new has white space in it', customer('a', 'b c')],
    ['are the same', customer('a', 'a')],
    ['looks like a card number', { kind: 'payment_method', old: 'pm_1', new: '4242-4242-4242-4242' }],
    ['looks like a card number', { ...customer('cus_2', 'cus_8'), network_transaction_id: '4242424242424242' }],
    ['looks like a card number', customer('378282246310005', 'cus_8')],
    ['kind is neither', { __proto__: 'x', old: 'a', new: 'b' } as never],
  ])('with a line whose %s is refused by the number of the line, without its contents, and nothing is loaded', async (problem, record) => {
    const { directory, work } = await load(rows(customer('cus_1', 'cus_9'), record));
    const error = await errorOf(work);
    expect(error.problems).toMatchObject([{ field: 'line 3', problem: expect.stringContaining(problem) }]);
    expect(error.message).not.toContain('4242');
    expect(await directory.mapping('customer', 'cus_1')).toBeNull();
  });

  it('that maps one id twice is refused, unless both lines agree', async () => {
    const { work } = await load(rows(customer('a', 'b'), customer('a', 'b'), customer('a', 'c')));
    expect((await errorOf(work)).problems.map(({ field }) => field)).toEqual(['line 4']);
    expect(await (await load(rows(customer('a', 'b'), customer('a', 'b')))).work).toBe(2);
  });

  it('with thousands of bad lines tells a hundred, and counts the others', async () => {
    const { work } = await load(rows(...Array.from({ length: 1_234 }, () => customer('', 'x'))));
    const { problems } = await errorOf(work);
    expect([problems.length, problems.at(-1)?.problem]).toEqual([101, 'has 1134 more bad lines']);
  });

  it('of 100,000 lines streams: no line is read before the directory has taken the one before', async () => {
    let [read, taken, furthest] = [0, 0, 0];
    const lines = function* (): Generator<MappingRow> {
      for (; read < 100_000; furthest = Math.max(furthest, read - taken)) {
        read += 1;
        yield { line: read + 1, record: customer(`old_${read}`, `new_${read}`) };
      }
    };
    const directory = {
      ...memoryMigrationDirectory(),
      loadMappings: async (mappings: AsyncIterable<unknown> | Iterable<unknown>) => {
        for await (const mapping of mappings) taken += mapping === undefined ? 0 : 1;
        return taken;
      },
    };
    expect(await importMappings({ rows: lines(), directory })).toBe(100_000);
    expect(furthest).toBe(0);
  });

  it('with a line that could not be read says so by its number', async () => {
    const { work } = await load([{ line: 7, record: { unreadable: 'has 3 columns, and the first line 4' } }]);
    expect((await errorOf(work)).problems[0]).toMatchObject({ field: 'line 7', problem: 'has 3 columns, and the first line 4' });
  });
});
