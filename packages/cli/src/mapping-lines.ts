import { pipeline, Readable } from 'node:stream';
import type { Mapping } from '@oneintent/core/migration';
import { InvalidArgumentError } from 'commander';
import { CsvError, parse } from 'csv-parse';
import { UsageError } from './failures.js';

/** What the columns of a file are called. */
export interface Columns {
  readonly kind: string;
  readonly old: string;
  readonly new: string;
  readonly network_transaction_id: string;
}

/** A line that says no mapping. */
export interface BadLine {
  /** As editors count them, from 1. */
  readonly line: number;
  /** Never quotes the line. */
  readonly problem: string;
}

/** A line that says one. */
export interface GoodLine {
  readonly line: number;
  readonly mapping: Mapping;
}

/** Each column as it is called unless the user says otherwise. */
export const defaultColumns: Columns = { kind: 'kind', old: 'old', new: 'new', network_transaction_id: 'network_transaction_id' };

const isColumn = (name: string): name is keyof Columns => Object.hasOwn(defaultColumns, name);

/** Reads `old=…,new=…`. */
export const readColumns = (text: string): Columns => {
  const pairs = text.split(',').map((pair): readonly [string, string] => {
    const [name = '', ...rest] = pair.split('=');
    return [name.trim(), rest.join('=').trim()];
  });
  for (const [name, column] of pairs)
    if (!isColumn(name) || column === '') throw new InvalidArgumentError(`Give pairs such as old=source_id, of ${Object.keys(defaultColumns).join(', ')}.`);
  return { ...defaultColumns, ...Object.fromEntries(pairs) };
};

const kinds = ['customer', 'payment_method'] as const;
const kindOf = (text: string | null | undefined): Mapping['kind'] | undefined => kinds.find((kind) => kind === text);

const problemOf = (record: ReadonlyMap<string, string>, columns: Columns, kind: Mapping['kind'] | undefined): string | null => {
  if (kind === undefined) return `${columns.kind} is neither ${kinds.join(' nor ')}`;
  const empty = [columns.old, columns.new].filter((column) => !record.get(column));
  return empty.length === 0 ? null : `${empty.join(' and ')} is empty`;
};

const isRow = (value: unknown): value is { readonly record: readonly string[]; readonly info: { readonly lines: number } } =>
  typeof value === 'object' && value !== null && 'record' in value && Array.isArray(value.record) && 'info' in value;

const checkHeader = (header: readonly string[], columns: Columns, kind: string | null): void => {
  const needed = [columns.old, columns.new, ...(kind === null ? [columns.kind] : [])];
  const missing = needed.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new UsageError(`The first line names no column ${missing.join(', ')}. Say by --columns what the columns are called${kind === null && missing.includes(columns.kind) ? ', or by --kind what the file is of' : ''}.`);
};

/**
 * Reads a CSV file line by line; it holds no more than some lines at once.
 * @param kind what all lines are of, where no column says it.
 * @throws UsageError when the header lacks a column, or a quotation mark is never closed.
 */
export async function* readMappings(source: AsyncIterable<Uint8Array | string>, columns: Columns, kind: string | null): AsyncGenerator<GoodLine | BadLine, void, undefined> {
  if (kind !== null && kindOf(kind) === undefined) throw new UsageError(`--kind is neither ${kinds.join(' nor ')}.`);
  const parser = parse({ bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  pipeline(Readable.from(source), parser, () => undefined);
  let header: readonly string[] | null = null;
  try {
    for await (const row of parser) {
      if (!isRow(row)) continue;
      const { record, info: { lines: line } } = row;
      if (header === null) {
        checkHeader(record, columns, kind);
        header = record;
        continue;
      }
      if (record.length !== header.length) {
        yield { line, problem: `has ${record.length} columns, and the first line ${header.length}` };
        continue;
      }
      const values = new Map(header.map((name, index) => [name, record[index] ?? '']));
      const of = kindOf(kind ?? values.get(columns.kind));
      const problem = problemOf(values, columns, of);
      const networkTransactionId = values.get(columns.network_transaction_id);
      if (problem !== null || of === undefined) yield { line, problem: problem ?? '' };
      else yield { line, mapping: { kind: of, from: values.get(columns.old) ?? '', to: values.get(columns.new) ?? '', ...(networkTransactionId && { networkTransactionId }) } };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`The file is not CSV (${error.code}, line ${String(error['lines'] ?? 'unknown')}). Nothing was loaded.`);
    throw error;
  }
  if (header === null) throw new UsageError('The file is empty. Nothing was loaded.');
}
