import * as z from 'zod/mini';
import { PaymentError, type Problem } from '../model/payment-error.js';
import { describeIssue } from './describe-issue.js';
import type { Side } from './directory.js';

/** How far a migration is. */
export type CutOverStage = 'planned' | 'shadowing' | 'rolling_out' | 'draining' | 'done' | 'rolled_back';

/** Something that has been found, or that somebody wants. Plain JSON; `at` is ISO 8601. */
export type CutOverFact =
  /** A plan was made: the ids of the gaps that block. A newer plan takes the place of an older one; what was accepted stays accepted. */
  | { readonly what: 'plan'; readonly at: string; readonly blockers: readonly string[] }
  /** Somebody has decided that a gap need not stop the migration, such as one of currencies that are routed by a rule. */
  | { readonly what: 'accept'; readonly at: string; readonly blocker: string; readonly why: string }
  /** What the shadow has compared since the last such fact: what the other side would have taken, would have refused, and what could not be compared. */
  | { readonly what: 'shadow'; readonly at: string; readonly compared: number; readonly refused: number; readonly failed: number }
  /** The refs that the application knows of the old side were written to the directory. */
  | { readonly what: 'imported'; readonly at: string; readonly refs: number }
  /** What `drain` has found at a side, by its end. */
  | { readonly what: 'counted'; readonly at: string; readonly side: Side; readonly open: number; readonly unknown: number; readonly failed: number; readonly listed: boolean }
  /** Until when payments of the old side may have to be refunded, or disputed. */
  | { readonly what: 'refund_window'; readonly at: string; readonly until: string }
  /** Somebody wants another stage, or another share of it. */
  | { readonly what: 'move'; readonly at: string; readonly to: CutOverStage; readonly share?: number; readonly why: string };

/** What is known of a side since `drain` looked at it. */
type Counted = Omit<Extract<CutOverFact, { readonly what: 'counted' }>, 'what' | 'side'>;

/** Where a migration stands. Plain JSON. */
export interface CutOverState {
  readonly stage: CutOverStage;
  /** The share of what is new that is made at the new side, in percent: the `rollout` of the migration's client. */
  readonly share: number;
  /** When this stage began; `null` before anything has. */
  readonly since: string | null;
  /** The ids of the gaps that block; `null` before there is a plan. */
  readonly blockers: readonly string[] | null;
  /** Why a blocker does not stop it, by its id. */
  readonly accepted: Readonly<Record<string, string>>;
  /** What the shadow has done since shadowing began. */
  readonly shadow: { readonly compared: number; readonly refused: number; readonly failed: number };
  readonly imported: boolean;
  /** What `drain` found last, since this stage began. */
  readonly counted: { readonly [S in Side]: Counted | null };
  readonly refundsUntil: string | null;
}

/** What became of a fact: a line of the journal. */
export interface CutOverDecision {
  readonly v: 1;
  readonly fact: CutOverFact;
  readonly before: CutOverStage;
  readonly after: CutOverStage;
  /** The gates that were not passed; empty when it was carried out. */
  readonly refused: readonly Problem[];
}

/** Which sides have to stay connected, and for what. */
export interface CutOverWiring {
  /** Whether new payments are made there. */
  readonly create: boolean;
  /** Whether what is there is still captured, canceled or confirmed. */
  readonly operate: boolean;
  readonly refunds: boolean;
  readonly webhooks: boolean;
}

const nothing = { compared: 0, refused: 0, failed: 0 } as const;

/** Before anything is known. */
export const newCutOver: CutOverState = Object.freeze({
  stage: 'planned',
  share: 0,
  since: null,
  blockers: null,
  accepted: {},
  shadow: nothing,
  imported: false,
  counted: { from: null, to: null },
  refundsUntil: null,
});

/** The stages that may follow each. A rolling-out may be given another share. */
const following: Readonly<Record<CutOverStage, readonly CutOverStage[]>> = {
  planned: ['shadowing'],
  shadowing: ['rolling_out', 'rolled_back'],
  rolling_out: ['rolling_out', 'draining', 'rolled_back'],
  draining: ['done', 'rolling_out', 'rolled_back'],
  done: ['rolled_back'],
  rolled_back: ['shadowing'],
};

const gate = (open: boolean, field: string, problem: string, remedy: string): readonly Problem[] => (open ? [] : [{ field, problem, remedy }]);

type Move = Extract<CutOverFact, { readonly what: 'move' }>;

const blockerGates = ({ blockers, accepted }: CutOverState): readonly Problem[] =>
  blockers === null
    ? [{ field: 'plan', problem: 'is missing', remedy: 'Make one with planMigration, and tell it as a fact.' }]
    : blockers
        .filter((id) => !Object.hasOwn(accepted, id))
        .map((id) => ({ field: `blockers.${id}`, problem: 'blocks, and nobody has accepted it', remedy: 'Resolve it and plan again, or accept it with a reason: one of currencies, by a rule that routes them.' }));

const shareGates = (share: number | undefined): readonly Problem[] =>
  gate(share !== undefined && share > 0 && share <= 100, 'share', 'is not a share above 0 and up to 100', 'Give percent; 0 is a roll-back.');

const drainedGates = ({ since, counted: { from }, imported, refundsUntil }: CutOverState): readonly Problem[] => [
  ...(from === null
    ? [{ field: 'counted', problem: 'is missing: nobody has looked at the old side since draining began', remedy: 'Run drain to its end, and tell what it found.' }]
    : [
        ...gate(since === null || Date.parse(from.at) >= Date.parse(since), 'counted.at', 'is before draining began', 'Run drain again to its end, and tell what it found.'),
        ...gate(from.unknown === 0, 'counted.unknown', `says that ${from.unknown} outcomes are unknown at the old side`, 'Settle them with payments.resume.'),
        ...gate(from.open === 0, 'counted.open', `says that ${from.open} payments are open at the old side`, 'Capture, cancel or wait for them.'),
        ...gate(from.failed === 0, 'counted.failed', `says that ${from.failed} payments could not be looked at`, 'Look at them again.'),
        ...gate(from.listed || imported, 'imported', 'is not told, and the old side has no list: payments from before the migration may be open unseen', 'Write the refs that you know to the directory (adopt), and tell it. Then it is complete only as far as the directory.'),
      ]),
  ...gate(refundsUntil !== null, 'refund_window', 'is not declared', 'Say until when payments of the old side may be refunded; its webhooks and refunds stay connected until then.'),
];

const moveGates = (state: CutOverState, { to, share, why }: Move): readonly Problem[] => [
  ...gate(why.trim() !== '', 'why', 'is empty', 'Say why, for who reads the journal.'),
  ...gate(following[state.stage].includes(to), 'to', `is ${to}, which does not follow ${state.stage}`, `After ${state.stage} comes ${following[state.stage].join(' or ')}.`),
  ...(to === 'rolled_back' ? [] : blockerGates(state)),
  ...(to === 'rolling_out'
    ? [
        ...shareGates(share),
        ...gate(state.shadow.compared > 0, 'shadow', 'has compared nothing: it is not running', "Give createMigration's shadow, and tell what it counts."),
        ...gate(state.shadow.failed === 0, 'shadow', `has failed ${state.shadow.failed} times`, 'Mend it, and begin to shadow again.'),
      ]
    : []),
  ...(to === 'draining' ? gate(state.share === 100, 'share', `is ${state.share}, so that new payments are still made at the old side`, 'Roll out to 100 first.') : []),
  ...(to === 'done' ? drainedGates(state) : []),
];

const moved = (state: CutOverState, { to, share, at }: Move): CutOverState => ({
  ...state,
  stage: to,
  share: to === 'rolling_out' ? (share ?? state.share) : to === 'draining' || to === 'done' ? 100 : 0,
  since: at,
  shadow: to === 'shadowing' ? nothing : state.shadow,
  counted: { from: null, to: null },
});

const learned = (state: CutOverState, fact: Exclude<CutOverFact, Move>): CutOverState => {
  switch (fact.what) {
    case 'plan':
      return { ...state, blockers: [...fact.blockers] };
    case 'accept':
      return { ...state, accepted: { ...state.accepted, [fact.blocker]: fact.why } };
    case 'shadow': {
      const { compared, refused, failed } = state.shadow;
      return { ...state, shadow: { compared: compared + fact.compared, refused: refused + fact.refused, failed: failed + fact.failed } };
    }
    case 'imported':
      return { ...state, imported: true };
    case 'counted': {
      const { at, open, unknown, failed, listed } = fact;
      return { ...state, counted: { ...state.counted, [fact.side]: { at, open, unknown, failed, listed } } };
    }
    case 'refund_window':
      return { ...state, refundsUntil: fact.until };
  }
};

const count = z.int().check(z.minimum(0));
const at = z.iso.datetime({ offset: true, error: ({ input }) => (input === undefined ? undefined : "is not an ISO 8601 time with a zone, such as '2026-04-10T05:00:00Z'") });
const side = z.enum(['from', 'to']);
const stages = ['planned', 'shadowing', 'rolling_out', 'draining', 'done', 'rolled_back'] as const satisfies readonly CutOverStage[];
const said = z.string().check(z.trim(), z.minLength(1));

const factSchema: z.ZodMiniType<CutOverFact> = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('plan'), at, blockers: z.array(said) }),
  z.strictObject({ what: z.literal('accept'), at, blocker: said.check(z.refine((id) => id !== '__proto__', 'is no id of a blocker')), why: said }),
  z.strictObject({ what: z.literal('shadow'), at, compared: count, refused: count, failed: count }),
  z.strictObject({ what: z.literal('imported'), at, refs: count }),
  z.strictObject({ what: z.literal('counted'), at, side, open: count, unknown: count, failed: count, listed: z.boolean() }),
  z.strictObject({ what: z.literal('refund_window'), at, until: at }),
  z.strictObject({ what: z.literal('move'), at, to: z.enum(stages), share: z.exactOptional(z.number().check(z.minimum(0), z.maximum(100))), why: z.string() }),
]);

const factProblems = (fact: unknown): readonly Problem[] =>
  (factSchema.safeParse(fact, { error: describeIssue }).error?.issues ?? []).map(({ path, message }) => ({
    field: ['fact', ...path].join('.'),
    problem: message,
    remedy: 'Pass it as CutOverFact describes it.',
  }));

/**
 * What becomes of a migration by a fact. Pure: the same facts lead to the same state. A move that does not pass every gate changes nothing.
 * @returns the state, and the decision: write it to the directory's journal as a line of JSON.
 */
export const reduceCutOver = (state: CutOverState, fact: CutOverFact): { readonly state: CutOverState; readonly decision: CutOverDecision } => {
  const wrong = factProblems(fact);
  const refused = wrong.length > 0 ? wrong : fact.what === 'move' ? moveGates(state, fact) : [];
  const after = refused.length > 0 ? state : Object.freeze(fact.what === 'move' ? moved(state, fact) : learned(state, fact));
  return { state: after, decision: Object.freeze({ v: 1, fact, before: state.stage, after: after.stage, refused }) };
};

/**
 * {@link reduceCutOver}, loudly.
 * @throws PaymentError `migration_refused` (`not_sent`) that names every gate that was not passed, with what to do; the error's `problems` are the decision's.
 */
export const advanceCutOver = (state: CutOverState, fact: CutOverFact): { readonly state: CutOverState; readonly decision: CutOverDecision } => {
  const result = reduceCutOver(state, fact);
  const { refused } = result.decision;
  if (refused.length > 0)
    throw new PaymentError({
      code: 'migration_refused',
      outcome: 'not_sent',
      message: `The migration stays ${state.stage}. ${refused.map(({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`).join(' ')}`,
      problems: refused,
    });
  return result;
};

/**
 * The state that a journal leads to: every fact is reduced again, by the gates of this version. Lines that are no decisions are passed over, as the journal
 * may have others.
 */
export const replayCutOver = async (journal: AsyncIterable<string> | Iterable<string>): Promise<CutOverState> => {
  let state = newCutOver;
  for await (const line of journal) {
    const decision = readDecision(line);
    if (decision !== null && decision.refused.length === 0) state = reduceCutOver(state, decision.fact).state;
  }
  return state;
};

const decisionSchema = z.object({ v: z.literal(1), fact: factSchema, refused: z.array(z.unknown()) });

const readDecision = (line: string): { readonly fact: CutOverFact; readonly refused: readonly unknown[] } | null => {
  try {
    return decisionSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/** Which side has to stay connected for what, at a moment (ISO 8601). The old side's webhooks and refunds stay until the declared window has ended. */
export const wiringOf = ({ stage, share, refundsUntil }: CutOverState, now: string): { readonly [S in Side]: CutOverWiring } => {
  const all = { create: true, operate: true, refunds: true, webhooks: true } as const;
  const none = { create: false, operate: false, refunds: false, webhooks: false } as const;
  if (stage === 'planned') return { from: all, to: none };
  if (stage === 'shadowing') return { from: all, to: { ...none, webhooks: true } };
  if (stage !== 'done') return { from: { ...all, create: share < 100 }, to: { ...all, create: share > 0 } };
  const isOver = refundsUntil !== null && Date.parse(now) > Date.parse(refundsUntil);
  return { from: isOver ? none : { create: false, operate: false, refunds: true, webhooks: true }, to: all };
};
