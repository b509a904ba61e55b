import type { MigrationGap, SideFact } from './gap.js';
import { gapSeverities, type MigrationPlan, type PlannedSide } from './plan-migration.js';

const titles = { blocks: 'Blocks', degrades: 'Degrades', differs: 'Differs, and nothing in use is lost' } as const;

const nameOf = ({ provider, dialect, livemode }: PlannedSide): string =>
  `${[provider, dialect].filter((name) => name !== null).join(' ')}${livemode === null ? '' : livemode ? ' (live)' : ' (test)'}`;

const cell = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

const useInWords = ({ evidence: { observed, declared } }: MigrationGap): string =>
  [...(declared ? ['declared'] : []), ...(observed === null ? [] : [`${observed} observed`])].join(', ') || 'not known';

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const sourceOf = (side: string, fact: SideFact | null): string =>
  fact === null ? `${side}: no data` : `${side}: \`${JSON.stringify(fact.value).replaceAll('`', "'")}\` (${fact.source}${fact.confidence === null ? '' : `; ${fact.confidence}`})`;

/**
 * A plan as Markdown: the verdict, then a table for each severity with what to do, then what each line rests on.
 * @returns a document that ends in a line feed.
 */
export const planAsMarkdown = ({ from, to, gaps, proceed }: MigrationPlan): string => {
  const counts = gapSeverities.map((severity) => `${gaps.filter((gap) => gap.severity === severity).length} ${severity}`).join(', ');
  const sections = gapSeverities.flatMap((severity) => {
    const those = gaps.filter((gap) => gap.severity === severity);
    if (those.length === 0) return [];
    const rows = those.map((gap) => row([`\`${gap.id}\``, gap.subject, gap.what, useInWords(gap), gap.proposal === undefined ? gap.remedy : `${gap.remedy} Proposal: \`${JSON.stringify(gap.proposal)}\`.`]));
    return [`## ${titles[severity]}`, [row(['id', 'about', 'what', 'in use', 'remedy']), row(['---', '---', '---', '---', '---']), ...rows].join('\n')];
  });
  const sources = gaps
    .filter(({ evidence }) => evidence.from !== null || evidence.to !== null)
    .map(({ id, evidence }) => `- \`${id}\`: ${sourceOf('from', evidence.from)}; ${sourceOf('to', evidence.to)}`.replaceAll(/\s*\n\s*/g, ' '));
  return [
    `# Migration from ${nameOf(from)} to ${nameOf(to)}`,
    proceed ? `**Nothing blocks**: ${counts}.` : `**Blocked**: ${counts}.`,
    ...sections,
    ...(sources.length === 0 ? [] : ['## What this rests on', sources.join('\n')]),
    '',
  ].join('\n\n').replace(/\n+$/, '\n');
};
