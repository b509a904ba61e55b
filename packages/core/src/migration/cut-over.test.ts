import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaymentError } from '../index.js';
import { advanceCutOver, newCutOver, reduceCutOver, replayCutOver, wiringOf, type CutOverFact, type CutOverState } from './cut-over.js';

const at = '2026-06-01T09:00:00Z';
const move = (to: CutOverState['stage'], share?: number): CutOverFact => ({ what: 'move', at, to, why: 'as agreed', ...(share !== undefined && { share }) });
const plan = (...blockers: readonly string[]): CutOverFact => ({ what: 'plan', at, blockers });
const shadow = (compared: number, failed = 0): CutOverFact => ({ what: 'shadow', at, compared, refused: 0, failed });
const counted = (change: Partial<Extract<CutOverFact, { readonly what: 'counted' }>> = {}): CutOverFact => ({ what: 'counted', at, side: 'from', open: 0, unknown: 0, failed: 0, listed: true, ...change });
const window: CutOverFact = { what: 'refund_window', at, until: '2026-12-01T00:00:00Z' };

const after = (...facts: readonly CutOverFact[]): CutOverState => facts.reduce((state, fact) => advanceCutOver(state, fact).state, newCutOver);
const draining = [plan(), move('shadowing'), shadow(100), move('rolling_out', 5), move('rolling_out', 100), move('draining')] as const;

const refusal = (state: CutOverState, fact: CutOverFact): readonly string[] => {
  try {
    advanceCutOver(state, fact);
  } catch (error) {
    if (PaymentError.is(error) && error.code === 'migration_refused' && error.outcome === 'not_sent') return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('a migration goes on when every gate is passed', () => {
  it('from planned to done, share by share', () => {
    const state = after(...draining, counted(), window, move('done'));
    expect([state.stage, state.share, state.refundsUntil]).toEqual(['done', 100, '2026-12-01T00:00:00Z']);
  });

  it('and back to nothing at the new side, from wherever it is', () => {
    for (const facts of [draining.slice(0, 2), draining.slice(0, 4), draining, [...draining, counted(), window, move('done')]])
      expect(after(...facts, move('rolled_back'))).toMatchObject({ stage: 'rolled_back', share: 0 });
  });
});

describe('a gate that is not passed is told by name, and nothing changes', () => {
  it.each<readonly [string, readonly CutOverFact[], CutOverFact, readonly string[]]>([
    ['without a plan', [], move('shadowing'), ['plan']],
    ['past a blocker', [plan('currencies/none', 'operations/list')], move('shadowing'), ['blockers.currencies/none', 'blockers.operations/list']],
    ['without a shadow', draining.slice(0, 2), move('rolling_out', 5), ['shadow']],
    ['with a shadow that fails', [...draining.slice(0, 2), shadow(10, 1)], move('rolling_out', 5), ['shadow']],
    ['with a share of 0', draining.slice(0, 3), move('rolling_out', 0), ['share']],
    ['without a share', draining.slice(0, 3), move('rolling_out'), ['share']],
    ['to draining before everything is made at the new side', draining.slice(0, 4), move('draining'), ['share']],
    ['over a stage', draining.slice(0, 3), move('done'), ['to', 'counted', 'refund_window']],
    ['to done unlooked', [...draining, window], move('done'), ['counted']],
    ['to done with open payments', [...draining, window, counted({ open: 3 })], move('done'), ['counted.open']],
    ['to done with unknown outcomes', [...draining, window, counted({ unknown: 1 })], move('done'), ['counted.unknown']],
    ['to done with payments that nobody could look at', [...draining, window, counted({ failed: 1 })], move('done'), ['counted.failed']],
    ['to done without a list of the old side', [...draining, window, counted({ listed: false })], move('done'), ['imported']],
    ['to done without a refund window', [...draining, counted()], move('done'), ['refund_window']],
    ['to done by what was counted before draining', [...draining.slice(0, 5), counted(), move('draining'), window], move('done'), ['counted']],
    ['to done by what was counted before draining began, and told late', [...draining, window, counted({ at: '2026-05-31T09:00:00Z' })], move('done'), ['counted.at']],
    ['without a reason', [plan()], { ...move('shadowing'), why: ' ' } as CutOverFact, ['why']],
  ])('%s', (_title, facts, wanted, gates) => {
    const state = after(...facts);
    expect(refusal(state, wanted)).toEqual(gates);
    expect(reduceCutOver(state, wanted)).toMatchObject({ state, decision: { before: state.stage, after: state.stage } });
  });

  it('a blocker that somebody has accepted with a reason stops it no more', () => {
    expect(after(plan('currencies/none'), { what: 'accept', at, blocker: 'currencies/none', why: 'EUR is routed by a rule' }, move('shadowing')).stage).toBe('shadowing');
  });

  it('a newer plan with another blocker stops it again', () => {
    expect(refusal(after(...draining.slice(0, 4), plan('operations/list')), move('rolling_out', 100))).toEqual(['blockers.operations/list']);
  });

  it('where the old side has no list, an import of known refs is enough, as far as the directory goes', () => {
    expect(after(...draining, { what: 'imported', at, refs: 12 }, window, counted({ listed: false }), move('done')).stage).toBe('done');
  });

  it('what is no fact is refused, whatever it is', () => {
    for (const fact of [{ what: 'move', at: 'soon', to: 'done', why: 'x' }, { what: 'counted', at, side: 'from', open: -1, unknown: 0, failed: 0, listed: true }, { what: 'other' }, null])
      expect(reduceCutOver(newCutOver, fact as never).decision.refused.length).toBeGreaterThan(0);
  });
});

const countings: fc.Arbitrary<CutOverFact> = fc.record({ what: fc.constant('counted' as const), at: fc.constant(at), side: fc.constantFrom('from' as const, 'to' as const), open: fc.constantFrom(0, 0, 1), unknown: fc.constantFrom(0, 0, 1), failed: fc.constantFrom(0, 0, 0, 1), listed: fc.boolean() });

const facts: fc.Arbitrary<CutOverFact> = fc.oneof(
  fc.record({ what: fc.constant('plan' as const), at: fc.constant(at), blockers: fc.subarray(['a', 'b']) }),
  fc.record({ what: fc.constant('accept' as const), at: fc.constant(at), blocker: fc.constantFrom('a', 'b'), why: fc.constant('because') }),
  fc.record({ what: fc.constant('shadow' as const), at: fc.constant(at), compared: fc.nat(2), refused: fc.nat(2), failed: fc.constantFrom(0, 0, 1) }),
  fc.constant({ what: 'imported' as const, at, refs: 1 }),
  countings,
  fc.constant(window),
  fc.record({ what: fc.constant('move' as const), at: fc.constant(at), to: fc.constantFrom('shadowing' as const, 'rolling_out' as const, 'draining' as const, 'done' as const, 'rolled_back' as const), share: fc.constantFrom(1, 50, 100), why: fc.constant('x') }),
);

/** A migration's way, with a step left out here, another fact there, and what is counted as it comes: so that the last gates are reached too. */
const ways: fc.Arbitrary<readonly CutOverFact[]> = fc
  .tuple(
    ...[...draining.slice(0, 5), window, ...draining.slice(5), counted(), move('done')].map((step) =>
      fc.oneof({ weight: 12, arbitrary: (step.what === 'counted' ? countings : fc.constant(step)).map((fact) => [fact]) }, { weight: 1, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: facts.map((fact) => [step, fact]) }, { weight: 1, arbitrary: facts.map((fact) => [fact]) }),
    ),
  )
  .map((steps) => steps.flat());

describe('whatever happens', () => {
  it('no sequence of facts gets round a gate', () => {
    fc.assert(
      fc.property(fc.oneof(ways, fc.array(facts, { maxLength: 60 })), (sequence) => {
        let state = newCutOver;
        const passed: string[] = [];
        // What was told, kept apart from the reducer's own books.
        let [blockers, shadowed, failures, imported, declared]: [readonly string[] | null, number, number, boolean, boolean] = [null, 0, 0, false, false];
        let looked: Extract<CutOverFact, { readonly what: 'counted' }> | null = null;
        const accepted = new Set<string>();
        for (const fact of sequence) {
          const before = state;
          ({ state } = reduceCutOver(state, fact));
          if (fact.what === 'plan') ({ blockers } = fact);
          if (fact.what === 'accept') accepted.add(fact.blocker);
          if (fact.what === 'shadow') [shadowed, failures] = [shadowed + fact.compared, failures + fact.failed];
          if (fact.what === 'imported') imported = true;
          if (fact.what === 'refund_window') declared = true;
          if (fact.what === 'counted' && fact.side === 'from') looked = fact;
          if (state.stage === before.stage && state.share === before.share) continue;
          if (state.stage !== 'rolled_back' && blockers?.every((id) => accepted.has(id)) !== true) passed.push('blockers');
          if (state.stage === 'shadowing') [shadowed, failures] = [0, 0];
          if (state.stage === 'rolling_out' && (shadowed === 0 || failures > 0)) passed.push('shadow');
          if (state.stage === 'draining' && before.share !== 100) passed.push('share');
          if (state.stage === 'done') {
            if (before.stage !== 'draining' || !declared) passed.push('drained');
            if (looked === null || looked.open + looked.unknown + looked.failed > 0 || !(looked.listed || imported)) passed.push('counted');
          }
          if (state.stage === 'rolled_back' && state.share !== 0) passed.push('rolled back');
          looked = null;
        }
        expect(passed).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('the journal leads to the same state, with other lines in it and refused moves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { maxLength: 40 }), async (sequence) => {
        let state = newCutOver;
        const journal: string[] = ['{"what":"decided"}', 'not JSON'];
        for (const fact of sequence) {
          const reduced = reduceCutOver(state, fact);
          ({ state } = reduced);
          journal.push(JSON.stringify(reduced.decision));
        }
        expect(await replayCutOver(journal)).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a journal', () => {
  it('in which somebody wrote a move past a gate does not carry it out', async () => {
    const forged = { v: 1, fact: move('done'), before: 'planned', after: 'done', refused: [] };
    expect(await replayCutOver([JSON.stringify(forged)])).toEqual(newCutOver);
  });
});

describe('what stays connected', () => {
  const done = after(...draining, counted(), window, move('done'));

  it('is the old side\'s webhooks and refunds, until the declared window has ended', () => {
    expect(wiringOf(done, '2026-11-30T00:00:00Z').from).toEqual({ create: false, operate: false, refunds: true, webhooks: true });
    expect(wiringOf(done, '2026-12-02T00:00:00Z').from).toEqual({ create: false, operate: false, refunds: false, webhooks: false });
  });

  it('is both sides, while payments may be at both', () => {
    for (const state of [after(...draining.slice(0, 4)), after(...draining), after(...draining, move('rolled_back'))])
      expect(Object.values(wiringOf(state, at)).map(({ operate, refunds, webhooks }) => [operate, refunds, webhooks])).toEqual([[true, true, true], [true, true, true]]);
  });

  it('makes new payments only where the share has them made', () => {
    const makes = (state: CutOverState): readonly boolean[] => [wiringOf(state, at).from.create, wiringOf(state, at).to.create];
    expect([after(plan()), after(...draining.slice(0, 2)), after(...draining.slice(0, 4)), after(...draining), after(...draining, move('rolled_back')), done].map(makes))
      .toEqual([[true, false], [true, false], [true, true], [false, true], [true, false], [false, true]]);
  });
});
