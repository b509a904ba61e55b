import { median } from './statistics.mjs';
import { concurrencies, throughputRatio, typical } from './throughput.mjs';
import { timeRatio } from './webhooks.mjs';

/** @typedef {import('./throughput.mjs').Cell} Cell */
/**
 * @typedef {{
 *   readonly machine: { readonly cores: number, readonly node: string, readonly platform: string },
 *   readonly date: string,
 *   readonly versions: Readonly<Record<string, string>>,
 *   readonly plan: { readonly rounds: number, readonly milliseconds: number },
 *   readonly throughput?: readonly Cell[],
 *   readonly mapping?: readonly { readonly name: string, readonly bytes: number, readonly jsonParseMicroseconds: number, readonly mapMicroseconds: number }[],
 *   readonly webhooks?: readonly import('./webhooks.mjs').Verification[],
 *   readonly coldImports?: Awaited<ReturnType<typeof import('./loading.mjs').measureColdImports>>,
 *   readonly sizes?: Awaited<ReturnType<typeof import('./loading.mjs').measureSizes>>,
 * }} Results
 */

const leastOfOfetch = 0.85;
const mostMicroseconds = 5;

/** @param {readonly (readonly string[])[]} rows */
const table = ([head = [], ...rows]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {readonly (number | undefined)[]} numbers @param {number} digits */
const joined = (numbers, digits) => numbers.map((number) => (number === undefined ? '–' : number.toFixed(digits))).join(' / ');

/** @param {readonly Cell[]} cells @param {string} client @param {Cell['operation']} operation */
const rowOf = (cells, client, operation) =>
  concurrencies.map((concurrency) => cells.find((cell) => cell.client === client && cell.operation === operation && cell.concurrency === concurrency));

/** @param {readonly Cell[]} cells @param {string} client @param {Cell['operation']} operation @param {string} other */
const ratios = (cells, client, operation, other) => {
  const others = rowOf(cells, other, operation);
  return rowOf(cells, client, operation).map((cell, index) => {
    const against = others[index];
    return cell === undefined || against === undefined ? undefined : throughputRatio(cell, against);
  });
};

/** @param {readonly Cell[]} cells */
const throughput = (cells) =>
  /** @type {const} */ (['retrieve', 'create']).map((operation) => {
    const names = [...new Set(cells.map(({ client }) => client))];
    const rows = names.map((client) => {
      const row = rowOf(cells, client, operation);
      const of = (/** @type {'requestsPerSecond' | 'p50Milliseconds' | 'cpuMicroseconds'} */ what) => row.map((cell) => cell && typical(cell, what));
      return [
        client,
        joined(of('requestsPerSecond'), 0),
        joined(ratios(cells, client, operation, 'ofetch'), 2),
        joined(ratios(cells, client, operation, '@payjp/payjpv2'), 2),
        joined(of('p50Milliseconds'), 2),
        joined(of('cpuMicroseconds'), 0),
      ];
    });
    const head = ['client', 'requests/s', '× ofetch', '× @payjp/payjpv2', 'p50, ms', 'CPU, µs/request'];
    return `### ${operation}, at concurrency ${concurrencies.join(' / ')}\n\n${table([head, ...rows])}`;
  });

/** @param {NonNullable<Results['mapping']>} rows */
const mapping = (rows) => {
  const lines = rows.map(({ name, bytes, jsonParseMicroseconds, mapMicroseconds }) => [
    name, String(bytes), jsonParseMicroseconds.toFixed(1), mapMicroseconds.toFixed(1), (jsonParseMicroseconds + mapMicroseconds).toFixed(1),
  ]);
  return `### parse and map, µs\n\n${table([['configuration', 'bytes', 'JSON.parse', 'map to neutral', 'both'], ...lines])}`;
};

/** @param {NonNullable<Results['webhooks']>} rows */
const webhooks = (rows) => {
  const others = rows.filter(({ name }) => name.startsWith('stripe'));
  const lines = rows.map((row) => [row.name, String(row.bytes), median(row.microseconds).toFixed(1), ...others.map((other) => timeRatio(row, other).toFixed(2))]);
  return `### verify and parse a webhook delivery, µs\n\n${table([['verifier', 'bytes', 'both', ...others.map(({ name }) => `× ${name}`)], ...lines])}`;
};

/** @param {{ readonly minified: number, readonly gzip: number } | null | undefined} size */
const kilobytes = (size) => (size ? [size.minified, size.gzip].map((bytes) => (bytes / 1024).toFixed(1)) : ['–', '–']);

/** @param {Results} results */
const loading = ({ coldImports = [], sizes = [] }) => {
  const names = [...new Set([...coldImports, ...sizes].map(({ name }) => name))];
  const rows = names.map((name) => {
    const size = sizes.find((row) => row.name === name);
    return [name, coldImports.find((row) => row.name === name)?.milliseconds.toFixed(0) ?? '–', ...kilobytes(size?.node), ...kilobytes(size?.edge)];
  });
  return names.length === 0
    ? []
    : [`### cold import and bundle size\n\n${table([['what', 'import, ms', 'Node, kB minified', 'gzip', 'edge, kB minified', 'gzip'], ...rows])}`];
};

/** The goals, reported and not asserted: another machine, another ratio. @param {Results} results */
const goals = ({ throughput: cells = [], mapping: mapped = [] }) => {
  const said = (/** @type {boolean} */ met) => (met ? 'met' : 'missed');
  const lowest = (/** @type {string} */ client, /** @type {string} */ other) => {
    const all = /** @type {const} */ (['retrieve', 'create']).flatMap((operation) => ratios(cells, client, operation, other)).filter((ratio) => ratio !== undefined);
    return all.length === 0 ? undefined : Math.min(...all);
  };
  const ours = [...new Set(cells.map(({ client }) => client))].filter((client) => client.startsWith('oneintent'));
  const line = (/** @type {string} */ client, /** @type {string} */ other, /** @type {number} */ least) => {
    const ratio = lowest(client, other);
    return ratio === undefined ? [] : [`- throughput of ${client} at least ${least} of ${other}: lowest ${ratio.toFixed(2)}, ${said(ratio >= least)}`];
  };
  const lines = [
    ...ours.flatMap((client) => line(client, 'ofetch', leastOfOfetch)),
    ...ours.filter((client) => client.includes('payment_flows')).flatMap((client) => line(client, '@payjp/payjpv2', 1)),
    ...mapped.map(({ name, jsonParseMicroseconds, mapMicroseconds }) => {
      const both = jsonParseMicroseconds + mapMicroseconds;
      return `- parse and map of ${name} under ${mostMicroseconds} µs: ${both.toFixed(1)}, ${said(both < mostMicroseconds)}`;
    }),
  ];
  return lines.length === 0 ? [] : [`### goals\n\n${lines.join('\n')}`];
};

/** The results as Markdown. @param {Results} results */
export const report = (results) => {
  const { machine, date, versions, plan } = results;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${date}: ${machine.cores} cores, Node.js ${machine.node}, ${machine.platform}. ${plan.rounds} rounds of ${plan.milliseconds} ms. ${names.join(', ')}.`,
    ...(results.throughput ? throughput(results.throughput) : []),
    ...(results.mapping ? [mapping(results.mapping)] : []),
    ...(results.webhooks ? [webhooks(results.webhooks)] : []),
    ...loading(results),
    ...goals(results),
  ].join('\n\n');
};
