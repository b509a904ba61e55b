import { operationNames, type OperationName } from '../index.js';
import { failureInWords } from './advice.js';
import type { Harness, ProvenAt } from './harness.js';
import type { ConformanceResult } from './suite.js';

/** All results of one adapter in one configuration. Plain JSON. */
export interface ConformanceReport {
  readonly v: 1;
  readonly name: string;
  readonly at: ProvenAt;
  readonly results: readonly ConformanceResult[];
}

/** The results of a harness as a report, which says where they were proven. */
export const reportOf = ({ name, provenAt }: Pick<Harness, 'name' | 'provenAt'>, results: readonly ConformanceResult[]): ConformanceReport => ({
  v: 1,
  name,
  at: provenAt ?? { where: 'sandbox' },
  results,
});

/** How many results there are of each kind. */
export const countResults = (results: readonly ConformanceResult[]): Readonly<Record<ConformanceResult['result'], number>> => {
  const counts = { proven: 0, failed: 0, not_tested: 0, deviates: 0 };
  for (const { result } of results) counts[result] += 1;
  return counts;
};

/** Failures that have one cause: the first of them, and the ids of all. */
export interface Cause {
  readonly first: ConformanceResult;
  readonly ids: readonly string[];
}

/** What makes failures one: what was expected, what was seen and what to open. A bare no says nothing of its cause, so then what was held counts too. */
const causeOf = ({ detail, failure }: ConformanceResult): string => {
  if (failure === null) return JSON.stringify([detail]);
  const { about, expected, seen, open } = failure;
  return JSON.stringify([expected, seen, open, ...(expected === 'true' ? [about] : [])]);
};

/** The causes of all failures among results, the most frequent first. */
export const causesOf = (results: readonly ConformanceResult[]): readonly Cause[] => {
  const causes = new Map<string, { readonly first: ConformanceResult; readonly ids: string[] }>();
  for (const result of results) {
    if (result.result !== 'failed') continue;
    const cause = causes.get(causeOf(result));
    if (cause === undefined) causes.set(causeOf(result), { first: result, ids: [result.id] });
    else cause.ids.push(result.id);
  }
  return [...causes.values()].toSorted((one, other) => other.ids.length - one.ids.length);
};

/** The other promises that fail for one cause, in words: the first few and how many they are; empty where there is none. */
export const othersInWords = ({ ids: [, ...others] }: Cause): string =>
  others.length === 0 ? '' : `and ${others.length} more for the same reason: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`;

/** How many causes the failures among results have, and the promise to run alone first; `null` where nothing failed. */
export const whereToBegin = (results: readonly ConformanceResult[]): string | null => {
  const causes = causesOf(results);
  const [begin] = causes;
  if (begin === undefined) return null;
  const count = causes.reduce((sum, { ids }) => sum + ids.length, 0);
  const only = `--only '^${begin.first.id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$'`;
  return `${count} ${count === 1 ? 'failure has' : 'failures have'} ${causes.length} ${causes.length === 1 ? 'cause' : 'causes'}; begin with ${only}`;
};

/** Promises that belong together: an operation's, its fields' among them, or one movement's faults. */
const groupOf = (id: string): string => (id.startsWith('faults/') ? id.split('/', 2).join('/') : id.replace(/\/.*/, '').split('.', 2).join('.'));

const placeInWords = (at: ProvenAt): string => (at.where === 'sandbox' ? 'on the sandbox' : `at the provider (${at.date})`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Lines inside an item of a list. */
const fenced = (text: string): string => `\n\n  \`\`\`text\n${text.replaceAll(/^/gm, '  ')}\n  \`\`\`\n`;

const itemOf = (result: ConformanceResult['result'], at: ProvenAt): string => `- **${result.replace('_', ' ')}** ${placeInWords(at)}:`;

const failedItem = (at: ProvenAt, cause: Cause): string => {
  const { id, title, detail, failure } = cause.first;
  const others = othersInWords(cause);
  return `${itemOf('failed', at)} \`${id}\` (${title})${others === '' ? '' : `, ${others}`}:${failure === null ? ` ${detail ?? ''}` : fenced(failureInWords(failure))}`;
};

/** One configuration: what was proven where, and what was not. */
const section = (name: string, reports: readonly ConformanceReport[]): string => {
  const results = reports.flatMap((report) => report.results);
  const groups = [...new Set(results.map(({ id }) => groupOf(id)))].toSorted();
  const places: readonly ConformanceReport[] = [
    ...(reports.some(({ at }) => at.where === 'sandbox') ? [] : [reportOf({ name }, [])]),
    ...reports.toSorted((one, other) => (placeInWords(one.at) < placeInWords(other.at) ? 1 : -1)),
  ];
  const atProvider = reports.some(({ at }) => at.where === 'provider');
  const head = ['promises about', ...places.map(({ at }) => `proven ${placeInWords(at)}`), ...(atProvider ? [] : ['proven at the provider']), 'failed', 'not tested', 'deviate'];
  const rows = groups.map((group) => {
    const inGroup = (report: ConformanceReport) => report.results.filter(({ id }) => groupOf(id) === group);
    const { failed, not_tested: untested, deviates } = countResults(results.filter(({ id }) => groupOf(id) === group));
    const proven = places.map((report) => (inGroup(report).length === 0 ? 'not tested' : String(countResults(inGroup(report)).proven)));
    return [group, ...proven, ...(atProvider ? [] : ['not tested']), failed > 0 ? `**${failed}**` : '', untested > 0 ? String(untested) : '', deviates > 0 ? String(deviates) : ''];
  });
  const open = reports.flatMap(({ at, results: own }) => [
    ...causesOf(own).map((cause) => failedItem(at, cause)),
    ...own.filter(({ result }) => result === 'not_tested' || result === 'deviates').map(({ id, title, result, detail }) => `${itemOf(result, at)} \`${id}\` (${title}): ${detail ?? ''}`),
  ]);
  const begin = whereToBegin(results);
  return [`## ${name}`, table(head, rows), ...(open.length > 0 ? [open.join('\n')] : []), ...(begin === null ? [] : [`${begin}.`])].join('\n\n');
};

/** Reports as Markdown: for each configuration what was proven, and where, then each cause of failures once, with the promises that fail for it, and whatever else was not. What nobody has asked the provider itself says so. */
export const conformanceMarkdown = (reports: readonly ConformanceReport[]): string => {
  const names = [...new Set(reports.map(({ name }) => name))];
  return ['# Conformance', ...names.map((name) => section(name, reports.filter((report) => report.name === name))), ''].join('\n\n');
};

/** What one configuration can do, as far as it was proven. */
export interface TestedCapabilities {
  readonly name: string;
  /** By operation: whether the adapter has it, and what the suite found of it on the sandbox and at the provider; `null` where nobody has run it. */
  readonly operations: Readonly<Record<OperationName, TestedCapability>>;
}

/** One operation of one configuration. An absent one is proven when it is refused with nothing sent. */
export interface TestedCapability {
  readonly present: boolean;
  readonly sandbox: ConformanceResult['result'] | null;
  readonly provider: { readonly result: ConformanceResult['result']; readonly date: string } | null;
}

/** The worst that is known of an operation. What could not be tested spoils nothing that could be. */
const worst = (results: readonly ConformanceResult[]): ConformanceResult['result'] | null => {
  const seen = new Set(results.map(({ result }) => result));
  return (['failed', 'deviates', 'proven', 'not_tested'] as const).find((result) => seen.has(result)) ?? null;
};

const capability = (operation: OperationName, reports: readonly ConformanceReport[]): TestedCapability => {
  const about = ({ results }: ConformanceReport) => results.filter(({ id, operations }) => operations.includes(operation) || id === `${operation}/absent`);
  const sandbox = worst(reports.filter(({ at }) => at.where === 'sandbox').flatMap(about));
  const latest = reports
    .flatMap((report) => (report.at.where === 'provider' ? [{ date: report.at.date, result: worst(about(report)) }] : []))
    .toSorted((one, other) => (one.date < other.date ? 1 : -1))[0];
  return {
    present: reports.flatMap(about).some(({ operations }) => operations.includes(operation)),
    sandbox,
    provider: latest === undefined || latest.result === null ? null : { date: latest.date, result: latest.result },
  };
};

/** What each configuration can do, by its reports: what a matrix of capabilities is made of. */
export const capabilitiesOf = (reports: readonly ConformanceReport[]): readonly TestedCapabilities[] =>
  [...new Set(reports.map(({ name }) => name))].map((name) => {
    const own = reports.filter((report) => report.name === name);
    return { name, operations: Object.fromEntries(operationNames.map((operation) => [operation, capability(operation, own)])) as Record<OperationName, TestedCapability> };
  });
