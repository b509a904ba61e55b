import { inputError, type Problem } from '../model/payment-error.js';
import type { Mapping, MigrationDirectory } from './directory.js';

/** One line of a provider's mapping file, as a reader of CSV has it. */
export interface MappingRow {
  /** As editors count lines, from 1. */
  readonly line: number;
  /** The columns' values, by the names in the header; or why the line could not be read, which is told instead. Never quotes the line. */
  readonly record: Readonly<Record<string, string | undefined>> | { readonly unreadable: string };
}

/** What the columns are called. `kind` is not needed where every line is of one kind. */
export interface MappingColumns {
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly networkTransactionId?: string;
}

/** How a mapping file is read. */
export interface ImportMappings {
  readonly rows: AsyncIterable<MappingRow> | Iterable<MappingRow>;
  /** Default: `kind`, `old`, `new`, `network_transaction_id`. */
  readonly columns?: MappingColumns;
  /** What every line is of, where no column says it. */
  readonly kind?: Mapping['kind'];
}

/** How many bad lines are told one by one; all are counted. */
const told = 100;

const mappingKinds = ['customer', 'payment_method'] as const satisfies readonly Mapping['kind'][];

/** Whether the check digit is a card number's (Luhn). */
const hasCheckDigit = (digits: string): boolean =>
  [...digits].toReversed().reduce((sum, digit, index) => sum + (index % 2 === 0 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0), 0) % 10 === 0;

/** Ids that a file of cards would have, and a mapping never. */
const looksLikeCard = (id: string, shortest: number): boolean => {
  const digits = id.replaceAll('-', '');
  return /^\d{12,19}$/.test(digits) && digits.length >= shortest && hasCheckDigit(digits);
};

const idProblem = (id: string | undefined, column: string, shortestCard = 12): string | null => {
  if (id === undefined || id === '') return `${column} is empty`;
  if (/[\s\p{Cc}]/u.test(id)) return `${column} has white space in it`;
  return looksLikeCard(id, shortestCard) ? `${column} looks like a card number: such a file must not be here` : null;
};

const read = ({ record }: MappingRow, { columns = {}, kind }: Omit<ImportMappings, 'rows'>): Mapping | string => {
  if ('unreadable' in record && typeof record.unreadable === 'string') return record.unreadable;
  const values: Readonly<Record<string, unknown>> = record;
  const value = (name: string): string | undefined => {
    const found = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof found === 'string' ? found.trim() : undefined;
  };
  const names = { kind: columns.kind ?? 'kind', from: columns.from ?? 'old', to: columns.to ?? 'new', network: columns.networkTransactionId ?? 'network_transaction_id' };
  const of = kind ?? mappingKinds.find((one) => one === value(names.kind));
  if (of === undefined) return `${names.kind} is neither ${mappingKinds.join(' nor ')}`;
  const [from, to, network] = [value(names.from), value(names.to), value(names.network)];
  // Visa's and American Express' ids of transactions are 15 digits.
  const wrong = idProblem(from, names.from) ?? idProblem(to, names.to) ?? (network === undefined || network === '' ? null : idProblem(network, names.network, 16));
  if (wrong !== null || from === undefined || to === undefined) return wrong ?? '';
  if (from === to) return `${names.from} and ${names.to} are the same`;
  return { kind: of, from, to, ...(network !== undefined && network !== '' && { networkTransactionId: network }) };
};

/**
 * Loads a provider's mapping of old to new customers and payment methods into a directory: all of it, or nothing. Nobody is ever matched by brand and last
 * four digits: only what the file says counts. Lines are checked as they stream by; only the ids are held, to find one that is mapped twice.
 * @returns how many were loaded.
 * @throws PaymentError `invalid_request` with every bad line by its number (the first hundred told, all counted); then nothing of the file was loaded.
 */
export const importMappings = async ({ rows, directory, ...how }: ImportMappings & { readonly directory: MigrationDirectory }): Promise<number> => {
  const problems: Problem[] = [];
  let bad = 0;
  const seen = new Map<string, string>();
  const refuse = (line: number, problem: string): void => {
    bad += 1;
    if (problems.length < told) problems.push({ field: `line ${line}`, problem, remedy: 'Correct it, or take it out.' });
  };
  const refusal = (): Error =>
    inputError([...problems, ...(bad > problems.length ? [{ field: 'file', problem: `has ${bad - problems.length} more bad lines`, remedy: 'Correct these first.' }] : [])], {});
  async function* good(): AsyncGenerator<Mapping, void, undefined> {
    for await (const row of rows) {
      const mapping = read(row, how);
      if (typeof mapping === 'string') {
        refuse(row.line, mapping);
        continue;
      }
      const name = `${mapping.kind} ${mapping.from}`;
      const earlier = seen.get(name);
      if (earlier !== undefined && earlier !== mapping.to) refuse(row.line, 'maps an old id to another new one than an earlier line does');
      seen.set(name, mapping.to);
      if (bad === 0) yield mapping;
    }
    if (bad > 0) throw refusal();
  }
  return directory.loadMappings(good());
};
