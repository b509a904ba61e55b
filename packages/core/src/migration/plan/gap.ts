import type { AnyAdapter } from '../../contract/adapter.js';
import type { Confidence } from '../../contract/limits.js';
import type { ValueMappings } from '../translate.js';
import { inUse, type MigrationUsage, type Use } from './usage.js';

/**
 * How much a gap weighs. `blocks`: something in use cannot be had at the new provider as it is meant. `degrades`: it can be had with less, or after a
 * change to the application. `differs`: nothing in use is lost, as far as is known.
 */
export type GapSeverity = 'blocks' | 'degrades' | 'differs';

/** What one side's adapter says, and where that comes from. */
export interface SideFact {
  readonly value: unknown;
  readonly source: string;
  /** `null` where the adapter's code itself is the source. */
  readonly confidence: Confidence | null;
}

/** What a gap rests on. */
export interface GapEvidence {
  /** Payments that show that it is in use; for bounds of amounts and metadata 1, meaning at least one. `null` where payments cannot show it, or none were looked at. */
  readonly observed: number | null;
  /** Whether the team says that it is in use. */
  readonly declared: boolean;
  /** `null` where no adapter's data speaks of it. */
  readonly from: SideFact | null;
  /** `null` where no adapter's data speaks of it. */
  readonly to: SideFact | null;
}

/** One difference between two providers. Plain JSON. */
export interface MigrationGap {
  /** Stable: the same difference has the same id in every plan. */
  readonly id: string;
  readonly severity: GapSeverity;
  /** The operation, field, limit, event or topic that it is about. */
  readonly subject: string;
  readonly what: string;
  readonly evidence: GapEvidence;
  readonly remedy: string;
  /** Values that could be written otherwise at the new provider. It applies only when it is accepted: see `acceptProposals`. */
  readonly proposal?: ValueMappings;
}

/** What the plan is made of. */
export interface PlanInput {
  /** The adapter of the provider where payments are made now. */
  readonly from: AnyAdapter;
  /** The adapter of the provider where they shall be made. */
  readonly to: AnyAdapter;
  /** How payments are used: declared, observed or both. */
  readonly usage: MigrationUsage;
}

/** A fact that stands in an adapter's code, in the member of that name. */
export const inAdapter = (adapter: AnyAdapter, member: string, value: unknown): SideFact => ({
  value,
  source: `${member} of the adapter ${[adapter.provider, adapter.dialect].filter((name) => name !== null).join(' ')}`,
  confidence: null,
});

/** What a gap weighs: as much as `worst` when it is in use. */
const weigh = (worst: GapSeverity, use: Use): GapSeverity => (inUse(use) ? worst : 'differs');

/** A gap about a used or unused thing. */
export const gapOf = (
  { worst, use, from = null, to = null, ...said }: Omit<MigrationGap, 'severity' | 'evidence'> & {
    readonly worst: GapSeverity;
    readonly use: Use;
    readonly from?: SideFact | null;
    readonly to?: SideFact | null;
  },
): MigrationGap => ({
  id: said.id,
  severity: weigh(worst, use),
  subject: said.subject,
  what: said.what,
  evidence: { observed: use.observed, declared: use.declared, from, to },
  remedy: said.remedy,
  ...(said.proposal === undefined ? {} : { proposal: said.proposal }),
});
