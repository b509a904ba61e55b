import type { ConformanceResult } from './suite.js';

/** Where promises were proven: on a stateful sandbox, or at the provider itself on a certain day. */
export type ProvenAt = { readonly where: 'sandbox' } | { readonly where: 'provider'; readonly date: string };

/** All results of one adapter in one configuration. Plain JSON. */
export interface ConformanceReport {
  readonly v: 1;
  readonly name: string;
  readonly at: ProvenAt;
  readonly results: readonly ConformanceResult[];
}

/** How many results there are of each kind. */
export const countResults = (results: readonly ConformanceResult[]): Readonly<Record<ConformanceResult['result'], number>> => {
  const counts = { proven: 0, failed: 0, not_tested: 0, deviates: 0 };
  for (const { result } of results) counts[result] += 1;
  return counts;
};

/** Promises that belong together: an operation's, or one movement's faults. */
const groupOf = (id: string): string => (id.startsWith('faults/') ? id.split('/', 2).join('/') : (id.split('/', 1)[0] ?? id));

const cell = (results: readonly ConformanceResult[]): string => {
  if (results.length === 0) return '';
  const { proven, failed, not_tested: untested, deviates } = countResults(results);
  const parts = [failed > 0 ? `**${failed} failed**` : '', untested > 0 ? `${untested} not tested` : '', deviates > 0 ? `${deviates} deviate` : ''];
  return [`${proven} proven`, ...parts.filter((part) => part !== '')].join(', ');
};

const titleOf = ({ name, at }: ConformanceReport): string => `${name}: ${at.where === 'sandbox' ? 'on the sandbox' : `at the provider, ${at.date}`}`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Reports as Markdown: a table of groups by configuration, then everything that is not proven, one by one. Columns that were never run at the provider say so. */
export const conformanceMarkdown = (reports: readonly ConformanceReport[]): string => {
  const groups = [...new Set(reports.flatMap(({ results }) => results.map(({ id }) => groupOf(id))))].toSorted();
  const rows = groups.map((group) => [group, ...reports.map(({ results }) => cell(results.filter(({ id }) => groupOf(id) === group)))]);
  const atProvider = new Set(reports.filter(({ at }) => at.where === 'provider').map(({ name }) => name));
  const never = [...new Set(reports.map(({ name }) => name))].filter((name) => !atProvider.has(name));
  const open = reports.flatMap((report) =>
    report.results
      .filter(({ result }) => result !== 'proven')
      .map(({ id, title, result, detail }) => `- ${titleOf(report)}: **${result.replace('_', ' ')}** \`${id}\` (${title}): ${detail ?? ''}`),
  );
  return [
    '# Conformance',
    table(['promises about', ...reports.map(titleOf)], rows),
    ...(never.length > 0 ? [`Not tested at the provider: ${never.join(', ')}.`] : []),
    ...(open.length > 0 ? ['## Not proven', open.join('\n')] : []),
    '',
  ].join('\n\n');
};
