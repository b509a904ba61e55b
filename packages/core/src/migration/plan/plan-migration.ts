import { invalidInput } from '../../model/payment-error.js';
import type { AnyAdapter } from '../../contract/adapter.js';
import type { ValueMappings } from '../translate.js';
import { amountGaps } from './amount-gaps.js';
import { capabilityGaps } from './capability-gaps.js';
import { eventGaps } from './event-gaps.js';
import type { GapSeverity, MigrationGap, PlanInput } from './gap.js';
import { limitGaps } from './limit-gaps.js';
import { topicGaps } from './topic-gaps.js';
import { checkUsage } from './usage.js';

/** One provider in a plan. */
export interface PlannedSide {
  readonly provider: string;
  readonly dialect: string | null;
  readonly livemode: boolean | null;
}

/** What stands between two providers, for one way of using them. Plain JSON. */
export interface MigrationPlan {
  readonly v: 1;
  readonly from: PlannedSide;
  readonly to: PlannedSide;
  /** What blocks first, then what degrades, then what differs. */
  readonly gaps: readonly MigrationGap[];
  /** Whether nothing blocks. */
  readonly proceed: boolean;
}

/** From the heaviest to the lightest. */
export const gapSeverities = ['blocks', 'degrades', 'differs'] as const satisfies readonly GapSeverity[];

const plannedSide = ({ provider, dialect, livemode }: AnyAdapter): PlannedSide => ({ provider, dialect, livemode });

/**
 * Compares two providers by what their adapters say (operations, fields, limits with their sources, events), and weighs each difference by how payments
 * are used. What nothing says is in use is told as well, as `differs`; what no adapter's data carries is told for every pair. Pure: sends nothing.
 * @throws PaymentError `configuration` when the usage names something that does not exist.
 * @example planMigration({ from: payjp({ apiKey }), to: other({ apiKey }), usage: { operations: ['paymentIntents.create'], events: [], observed: await usageOf(payments.paymentIntents.iterate()) } });
 */
export const planMigration = ({ from, to, usage }: PlanInput): MigrationPlan => {
  checkUsage(usage);
  const found = [amountGaps, limitGaps, capabilityGaps, eventGaps, topicGaps].flatMap((gaps) => gaps({ from, to, usage }));
  const gaps = gapSeverities.flatMap((severity) => found.filter((gap) => gap.severity === severity));
  return { v: 1, from: plannedSide(from), to: plannedSide(to), gaps, proceed: gaps.every(({ severity }) => severity !== 'blocks') };
};

/**
 * Accepts proposals of a plan, by the ids of their gaps. Nothing that is not accepted is ever written otherwise than it was given.
 * @returns the `mappings` of `createMigration`.
 * @throws PaymentError `invalid_request` when the plan has no such gap, or it proposes nothing.
 * @example acceptProposals(plan, ['limits/captureMethods/automatic_async']); // { captureMethod: { automatic_async: 'automatic' } }
 */
export const acceptProposals = ({ gaps }: Pick<MigrationPlan, 'gaps'>, ids: readonly string[]): ValueMappings => {
  const accepted = ids.map((id) => {
    const proposal = gaps.find((gap) => gap.id === id)?.proposal;
    if (proposal === undefined) {
      const offered = gaps.filter((gap) => gap.proposal !== undefined).map((gap) => gap.id);
      throw invalidInput('ids', 'names a gap that proposes nothing, or that the plan does not have', offered.length === 0 ? 'The plan has no proposals.' : `Accept some of ${offered.join(', ')}.`);
    }
    return proposal;
  });
  const mappings: Record<string, Record<string, string>> = {};
  for (const [field, values] of accepted.flatMap((proposal) => Object.entries(proposal))) mappings[field] = { ...mappings[field], ...values };
  return mappings;
};
