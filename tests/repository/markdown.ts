import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, packages, read, root } from './tree.ts';

export interface Block {
  readonly file: string;
  /** The line of the opening fence, counted from 1. */
  readonly line: number;
  /** What follows the fence: `ts`, `text`, `ts no-check`. */
  readonly info: string;
  readonly code: string;
  /** HTML comments directly above the fence, without their marks. */
  readonly comments: readonly string[];
}

const fence = /^ {0,3}```(.*)$/;

const commentsAbove = (lines: readonly string[], end: number): string[] => {
  const comments: string[] = [];
  let last = end;
  while (last > 0 && (lines[last - 1] ?? '').endsWith('-->')) {
    let first = last - 1;
    while (first > 0 && !(lines[first] ?? '').startsWith('<!--')) first -= 1;
    comments.unshift(lines.slice(first, last).join('\n').replace(/^<!--\s*|\s*-->$/g, ''));
    last = first;
  }
  return comments;
};

export const blocksOf = (file: string, text = read(file)): Block[] => {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const info = fence.exec(lines[index] ?? '')?.[1]?.trim();
    if (info === undefined) continue;
    const length = lines.slice(index + 1).findIndex((line) => fence.test(line));
    const end = length === -1 ? lines.length : index + 1 + length;
    const code = lines.slice(index + 1, end).join('\n');
    blocks.push({ file, line: index + 1, info, code, comments: commentsAbove(lines, index) });
    index = end;
  }
  return blocks;
};

export const headingsOf = (text: string, level: number): string[] => {
  let inBlock = false;
  return text.split(/\r?\n/).flatMap((line) => {
    if (fence.test(line)) inBlock = !inBlock;
    const heading = inBlock ? undefined : /^(#+) +(.*)$/.exec(line);
    return heading?.[1]?.length === level ? [heading[2]?.trim() ?? ''] : [];
  });
};

/** The documents whose examples are promises. */
export const documents = [
  ...['README.md', 'UPGRADING.md', ...packages.map((folder) => `${folder}/README.md`)].filter((file) => existsSync(join(root, file))),
  ...filesBelow('docs', '.md'),
];
