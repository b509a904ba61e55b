import { runConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import type { Good } from './breaking.ts';
import caughtBy from './caught-by.json' with { type: 'json' };
import { defectsBeyondPayments } from './defects-beyond-payments.ts';
import { defectsInClients } from './defects-in-clients.ts';
import { defectsInDrift } from './defects-in-drift.ts';
import { defectsInMembers } from './defects-in-members.ts';
import { defectsInPaging } from './defects-in-paging.ts';
import { defects } from './defects.ts';

/** An adapter, or a client of it, that is good but for one defect. */
export interface BrokenAdapter extends Good {
  /** What is wrong with it, as a sentence. */
  readonly defect: string;
  /** The promises that are worth proving on it. */
  readonly only: RegExp;
}

/** What the suite has to find of a defect. */
export interface Caught {
  /** The promise that names the defect best. */
  readonly caughtBy: string;
  /** Every other promise that it breaks, in alphabetical order. */
  readonly alsoFails: readonly string[];
}

/** What the suite has to find, by defect. */
export const expected: Readonly<Record<string, Caught>> = caughtBy;

/** All promises but the faults, of which one is enough to tell a defect that only a lost answer shows. */
const all = /^(?!faults\/)|^faults\/.*\/500-after$/;
/** Those that are not about payments alone. */
const beyond = /^(setupIntents|refunds|attempts|events|webhooks)\.|^faults\/.*refund\/500-after$/;
/** Those of lists. */
const ofLists = /\.list\//;

const each = (broken: Readonly<Record<string, Good>>, only: RegExp): readonly BrokenAdapter[] => Object.entries(broken).map(([defect, good]) => ({ defect, only, ...good }));

/** Every broken adapter. */
export const brokenAdapters: readonly BrokenAdapter[] = [...each(defects, all), ...each(defectsInClients, all), ...each(defectsBeyondPayments, beyond), ...each(defectsInMembers, all), ...each(defectsInPaging, ofLists), ...each(defectsInDrift, all)];

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The promise that names a defect best, and no other. */
export const namingPromiseOf = ({ defect }: BrokenAdapter): RegExp => new RegExp(`^${literally(expected[defect]?.caughtBy ?? '')}$`);

/** Runs the suite on one, or only some promises of it. Returns those that it does not keep; one that could not be tested tells nobody anything. */
export const brokenPromisesOf = async ({ defect, adapter, dialect, switches = {}, connect, only }: BrokenAdapter, some: RegExp | undefined = only): Promise<readonly string[]> => {
  const broken: string[] = [];
  for await (const { id, result } of runConformance({ name: defect, adapter, open: () => createSandbox({ dialect, switches }), ...(connect && { connect }) }, { ...(some && { only: some }) })) if (result === 'failed') broken.push(id);
  return broken;
};
