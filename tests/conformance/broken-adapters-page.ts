import type { BrokenAdapter, Caught } from './broken-adapters.ts';

/** The provider of a broken adapter, and its wire shape where it has several. */
export const configurationOf = ({ adapter }: BrokenAdapter): string => [adapter.provider, adapter.dialect].filter((part) => part !== null).join(' ');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const head = (count: number): string => `# Broken adapters

<!-- Written by npm run conformance:mutants -- --write. -->

What the conformance suite finds. Each of these ${count} adapters, or the client on it, is good but for one defect, most of them such as payment libraries have really had; the suite runs on
each of them, on the sandbox. *Found by* is the promise that says best what is wrong, *others* how many more are broken by it. A defect that is yours as well is best read from
its promise: \`npm run conformance -- --only <promise>\`.

| defect | adapter | found by | others |
| --- | --- | --- | ---: |`;

/** The page for readers: what each broken adapter does wrong, and which promise finds it. */
export const pageOf = (broken: readonly BrokenAdapter[], caught: Readonly<Record<string, Caught>>): string =>
  `${[
    head(broken.length),
    ...broken.map((one) => {
      const { caughtBy = '**nothing**', alsoFails = [] } = caught[one.defect] ?? {};
      return row([one.defect, configurationOf(one), `\`${caughtBy}\``, String(alsoFails.length)]);
    }),
  ].join('\n')}\n`;
