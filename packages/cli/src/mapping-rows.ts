import { pipeline, Readable } from 'node:stream';
import type { MappingColumns, MappingRow } from '@oneintent/core/migration';
import { InvalidArgumentError } from 'commander';
import { CsvError, parse } from 'csv-parse';
import { UsageError } from './failures.js';

/** What the columns of a file are called. */
export type Columns = Required<MappingColumns>;

/** Each column as it is called unless the user says otherwise. */
export const defaultColumns: Columns = { kind: 'kind', from: 'old', to: 'new', networkTransactionId: 'network_transaction_id' };

/** Reads `old=…,new=…`: each column by its usual name, and what it is called in the file. */
export const readColumns = (text: string): Columns => {
  const pairs = text.split(',').map((pair): readonly [string, string] => {
    const [usual = '', ...rest] = pair.split('=');
    const name = Object.entries(defaultColumns).find(([, column]) => column === usual.trim())?.[0];
    const column = rest.join('=').trim();
    if (name === undefined || column === '') throw new InvalidArgumentError(`Give pairs such as old=source_id, of ${Object.values(defaultColumns).join(', ')}.`);
    return [name, column];
  });
  return { ...defaultColumns, ...Object.fromEntries(pairs) };
};

const isRow = (value: unknown): value is { readonly record: readonly string[]; readonly info: { readonly lines: number } } =>
  typeof value === 'object' && value !== null && 'record' in value && Array.isArray(value.record) && 'info' in value;

const checkHeader = (header: readonly string[], { kind, from, to }: Columns, needsKind: boolean): void => {
  const missing = [from, to, ...(needsKind ? [kind] : [])].filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new UsageError(`The first line names no column ${missing.join(', ')}. Say by --columns what the columns are called${missing.includes(kind) ? ', or by --kind what the file is of' : ''}.`);
};

/**
 * The rows of a CSV file, as they stream by: it holds no more than some at once. Only the columns that are asked for are in them.
 * @param needsKind whether a column has to say what each line is of.
 * @throws UsageError when the header lacks a column, or the file is no CSV.
 */
export async function* mappingRows(source: AsyncIterable<Uint8Array | string>, columns: Columns, needsKind: boolean): AsyncGenerator<MappingRow, void, undefined> {
  const parser = parse({ bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  pipeline(Readable.from(source), parser, () => undefined);
  let header: readonly string[] | null = null;
  let places: readonly (readonly [string, number])[] = [];
  try {
    for await (const row of parser) {
      if (!isRow(row)) continue;
      const { record, info: { lines: line } } = row;
      if (header === null) {
        checkHeader(record, columns, needsKind);
        header = record;
        places = Object.values(columns).map((name) => [name, record.indexOf(name)] as const).filter(([, place]) => place >= 0);
      } else if (record.length === header.length) yield { line, record: Object.fromEntries(places.map(([name, place]) => [name, record[place]])) };
      else yield { line, record: { unreadable: `has ${record.length} columns, and the first line ${header.length}` } };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`The file is not CSV (${error.code}, line ${String(error['lines'] ?? 'unknown')}). Nothing was loaded.`);
    throw error;
  }
  if (header === null) throw new UsageError('The file is empty. Nothing was loaded.');
}
