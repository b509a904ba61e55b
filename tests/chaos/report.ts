import type { Disagreement } from './books.ts';
import type { Episode } from './plan.ts';
import type { Reproduction, RunResult } from './run.ts';

const columns = (counts: ReadonlyMap<string, number>, prefix: string): string =>
  [...counts]
    .filter(([name]) => name.startsWith(`${prefix} `))
    .map(([name, times]) => [name.slice(prefix.length + 1), times] as const)
    .toSorted(([one, left], [other, right]) => right - left || one.localeCompare(other))
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');

const wrapped = (title: string, text: string): string => {
  const lines: string[] = [];
  for (const word of (text === '' ? 'none' : text).split(', ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 120) lines.push(word);
    else lines[lines.length - 1] = `${last}, ${word}`;
  }
  return `  ${title.padEnd(11)} ${lines.join(`,\n${' '.repeat(14)}`)}\n`;
};

const verdicts = ['taken twice', 'refunded twice', 'invisible', 'wrong answer', 'unresolved', 'broken'] as const;

const names: Readonly<Record<(typeof verdicts)[number], string>> = {
  'taken twice': 'taken twice',
  'refunded twice': 'refunded twice',
  invisible: 'invisible',
  'wrong answer': 'wrong answers',
  unresolved: 'happened and stayed unknown',
  broken: 'ended without an answer',
};

/** What a run came to: what was done, and the ledger's verdict. */
export const reportOf = ({ seed, operations, episodes, counts, reproduction }: RunResult, seconds: number): string => {
  const unknown = (name: string): number => counts.get(`unknown ${name}`) ?? 0;
  const left = [...counts].filter(([name]) => name.startsWith('unknown unresolved: ')).map(([name, times]) => `  ${String(times).padStart(8)}  ${name.slice('unknown unresolved: '.length)}\n`);
  return [
    `\nSeed ${seed}: ${operations} operations in ${episodes} episodes, ${seconds.toFixed(1)} s, ${Math.round(operations / Math.max(seconds, 0.001))} per second\n`,
    wrapped('operations', columns(counts, 'operation')),
    wrapped('faults', columns(counts, 'fault')),
    wrapped('outcomes', columns(counts, 'outcome')),
    "\nThe ledger's verdict\n",
    ...verdicts.map((kind) => `  ${String(reproduction?.disagreement.kind === kind ? 1 : 0).padStart(8)}  ${names[kind]}\n`),
    `  ${String(unknown('raised')).padStart(8)}  unknown, of which\n`,
    `  ${String(unknown('resolved')).padStart(8)}  then resolved\n`,
    ...left,
  ].join('');
};

const orderLines = ({ orders, steps }: Episode): string => {
  const used = new Set(steps.flatMap(({ calls }) => calls.map(({ order }) => order)));
  return orders.map(({ units, manual }, index) => (used.has(index) ? `  order ${index + 1}: ${units} minor units, ${manual ? 'captured by the application' : 'captured at once'}\n` : '')).join('');
};

const shortened = (line: string): string => (line.length > 240 ? `${line.slice(0, 239)}…` : line);

/** What happens in an episode, exchange by exchange. */
export const replayOf = (episode: Episode, disagreement: Disagreement | null, story: readonly string[]): string =>
  [
    `\n${episode.configuration}, switches ${JSON.stringify(episode.switches)}\n`,
    orderLines(episode),
    ...story.map((line) => `${shortened(line)}\n`),
    disagreement === null ? '\nEverything agrees.\n' : `\n${names[disagreement.kind].toUpperCase()}: ${disagreement.what}\n`,
  ].join('');

/** The smallest way to what went wrong, and how to play it again. */
export const reproductionOf = ({ seed, found, episode, disagreement, story }: Reproduction, file: string): string =>
  [
    `\nWrong in episode ${found + 1} of seed ${seed}. The smallest reproduction that was found, ${episode.steps.length} steps:\n`,
    replayOf(episode, disagreement, story),
    `\nPlay it again: npm run chaos -- --replay ${file}\n`,
  ].join('');
