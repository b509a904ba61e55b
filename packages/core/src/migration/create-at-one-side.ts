// A create through a migration, in order: decide the side (rule, rollout, or the only side that can take it), let the shadow run, claim the key in the
// directory, send, and note the result. Until the claim nothing is written, and until `carryOut` nothing is sent; only a request that certainly did not leave
// may fail over to the other side.
import { deriveKey } from '../call/key.js';
import { honouredKeys } from '../contract/limits.js';
import type { CallOptions } from '../operations/verbs.js';
import { inputError, PaymentError } from '../model/payment-error.js';
import type { LivingObject } from '../model/event.js';
import type { DecisionReason, DirectoryEntry, MigrationDirectory, Proposal, Side } from './directory.js';
import { becauseOf, lessonOf, type Lesson } from './learn.js';
import type { CreateOperation, MigrationOptions, NewObject } from './options.js';
import { explainAtSide, reportShadow, type SideAnswer } from './shadow.js';
import { sharedDeadline } from './shared-deadline.js';
import { isShare, rolloutPosition } from './share.js';
import { otherSide, refusal, verbOf, type Sides } from './sides.js';
import { translate, type Translation, type ValueMappings } from './translate.js';

/** What a creation needs of its migration. */
export interface MigrationContext {
  readonly options: MigrationOptions;
  readonly sides: Sides;
  readonly values: ValueMappings;
  readonly now: () => string;
  readonly learn: (operation: string, lesson: Lesson) => Promise<void>;
}

/** One creation, named. */
interface Creation extends NewObject {
  /** The call's options, with what is left of its deadline. */
  readonly left: () => CallOptions;
  readonly key: string;
  readonly kind: Proposal['kind'];
}

/** The context of one creation. What a side makes of it is found out once, however many steps need it. */
interface CreateContext extends MigrationContext {
  readonly translatedFor: (side: Side) => Promise<Translation>;
  readonly answerOf: (side: Side) => Promise<SideAnswer>;
}

interface Decision {
  readonly side: Side;
  readonly reason: DecisionReason;
  readonly place: number;
  readonly share: number;
  readonly because: string | null;
}

const keyOf = ({ options }: MigrationContext, created: NewObject): string => {
  const { operation, options: given } = created;
  if (given.idempotencyKey !== undefined)
    throw inputError([{ field: 'idempotencyKey', problem: 'names a try at one provider, and this is a migration between two', remedy: 'Give a reference.' }], { operation });
  const key: unknown = options.key?.(created) ?? given.reference;
  if (typeof key !== 'string' || key.trim() === '')
    throw inputError([{ field: 'reference', problem: 'is missing, so that a retry could go to the other provider', remedy: "Name what is paid, for example by the order's number." }], { operation });
  if (given.reference !== undefined && given.reference !== key)
    throw inputError([{ field: 'reference', problem: 'differs from the key that the migration has for this', remedy: 'Leave it out, or let key return it.' }], { operation });
  return key;
};

/** Asks the directory; when it does not answer, nothing may be sent. */
const ask = async <T>({ operation }: Creation, question: () => Promise<T>): Promise<T> => {
  try {
    return await question();
  } catch (error) {
    throw refusal(
      { operation, problems: [{ field: 'directory', problem: 'does not answer', remedy: 'Mend it and make the same call again.' }] },
      `${operation}: the migration's directory does not answer (${becauseOf(error)}), so nobody knows at which provider this was tried before. Make the same call again.`,
      error,
    );
  }
};

/** Asks about each side when it is needed for the first time, and keeps what came of it. */
const oncePerSide = <T>(question: (side: Side) => Promise<T>): ((side: Side) => Promise<T>) => {
  const asked = new Map<Side, Promise<T>>();
  return (side) => {
    const result = asked.get(side) ?? question(side);
    asked.set(side, result);
    return result;
  };
};

const createContextOf = (context: MigrationContext, creation: Creation): CreateContext => {
  const { options: { directory }, sides, values } = context;
  const { operation, input, options, key } = creation;
  const translatedFor = oncePerSide((side) => ask(creation, () => translate(sides, side, input, { directory, values })));
  const answerOf = oncePerSide(async (side) => explainAtSide(sides[side], operation, (await translatedFor(side)).input, { ...options, reference: key }));
  return { ...context, translatedFor, answerOf };
};

/** Why a side can't take what is new: somebody or something is not known there, or it is beyond its limits. */
const obstacleAt = async ({ sides, translatedFor, answerOf }: CreateContext, side: Side, reason: DecisionReason): Promise<string | null> => {
  const { provider } = sides[side];
  const [{ elsewhere, unmapped }, { refusal: refused }] = [await translatedFor(side), await answerOf(side)];
  const unknown = reason === 'rule' ? elsewhere : [...elsewhere, ...unmapped];
  if (unknown.length > 0) return `${provider} does not know the ${unknown.join(' and the ')}`;
  const problems = refused?.problems ?? [];
  return problems.length === 0 ? null : `${provider}: ${problems.map(({ field, problem }) => `${field} ${problem}`).join('; ')}`;
};

const decide = async (context: CreateContext, creation: Creation): Promise<Decision> => {
  const { options, sides } = context;
  const share: unknown = typeof options.rollout === 'function' ? options.rollout() : options.rollout;
  if (!isShare(share))
    throw refusal({ operation: creation.operation, problems: [{ field: 'rollout', problem: 'is not a share from 0 to 100', remedy: 'Give percent.' }] }, `${creation.operation}: rollout is not a share from 0 to 100.`);
  const place = await rolloutPosition(options.name ?? `${sides.from.account}-${sides.to.account}`, creation.key);
  const rule = options.rule?.(creation) ?? null;
  const wanted: Pick<Decision, 'side' | 'reason'> = rule === null ? { side: place < share ? 'to' : 'from', reason: 'rollout' } : { side: rule, reason: 'rule' };
  const found = { place, share };
  const because = await obstacleAt(context, wanted.side, wanted.reason);
  if (because === null || wanted.reason === 'rule') return { ...wanted, ...found, because: null };
  // What the old side can't take for its limits was refused before the migration too; but who is known only at the new one has nowhere else to go.
  const onlyThere = wanted.side === 'from' && (await context.translatedFor('from')).elsewhere.length > 0;
  if (wanted.side === 'from' && !onlyThere) return { ...wanted, ...found, because: null };
  const other = otherSide(wanted.side);
  if ((await obstacleAt(context, other, 'rule')) !== null) return { ...wanted, ...found, because: null };
  return { side: other, reason: 'only_here', ...found, because };
};

const runShadow = async (context: CreateContext, creation: Creation, chosen: Side): Promise<void> => {
  const { options, sides, now } = context;
  if (options.shadow === undefined) return;
  const side = otherSide(chosen);
  const { operation, key, input } = creation;
  try {
    await options.shadow(reportShadow({ at: now(), operation, key, side, account: sides[side].account }, input, await context.translatedFor(side), await context.answerOf(side)));
  } catch (error) {
    throw refusal({ operation, problems: [{ field: 'shadow', problem: 'is not running', remedy: 'Mend it, or leave it out to go on without.' }] }, `${operation}: the shadow is not running (${becauseOf(error)}).`, error);
  }
};

const proposalOf = async ({ sides, now }: MigrationContext, { key, kind, operation, options: { connectedAccount } }: Creation, side: Side, reason: DecisionReason): Promise<Proposal> => {
  const { account, livemode } = sides[side];
  const idempotencyKey = await deriveKey({ account, livemode, operation, target: null, reference: key, attempt: 1, connectedAccount }, honouredKeys(sides[side].limits, operation));
  return { key, kind, side, account, idempotencyKey, reason, decidedAt: now() };
};

/** What the directory says has to be what this process would do: another account or mode would not be stopped by the first call's idempotency key. */
const checkEntry = async (context: MigrationContext, creation: Creation, entry: DirectoryEntry): Promise<void> => {
  const own = await proposalOf(context, creation, entry.side, entry.reason);
  if (own.account === entry.account && (own.idempotencyKey === entry.idempotencyKey || entry.reason === 'imported')) return;
  throw refusal(
    { operation: creation.operation, account: entry.account, problems: [{ field: 'directory', problem: `has this key at the account '${entry.account}', under other settings than these`, remedy: 'Restore the account names and modes.' }] },
    `${creation.operation}: the directory has this key at the account '${entry.account}', decided under other settings than these, so a second payment could follow. Restore the account names and modes.`,
  );
};

/** Nothing can have left this process, and nobody else had the key. */
const mayFailOver = (error: unknown, { uses }: DirectoryEntry): boolean =>
  PaymentError.is(error) && uses === 1 && error.outcome === 'not_sent' && ['network', 'timeout'].includes(error.code) && error.subject === null && error.resume === null;

const carryOut = async (context: CreateContext, creation: Creation, entry: DirectoryEntry): Promise<LivingObject> => {
  const { sides, learn, translatedFor } = context;
  const { operation, key, kind, options: callOptions } = creation;
  const { account, livemode } = sides[entry.side];
  const about = { key, kind, ref: entry.ref };
  const { input } = await translatedFor(entry.side);
  const resolved = await deriveKey({ account, livemode, operation, target: null, reference: key, attempt: callOptions.attempt ?? 1, connectedAccount: callOptions.connectedAccount }, honouredKeys(sides[entry.side].limits, operation));
  try {
    const object = (await verbOf(sides[entry.side], operation)(input, { ...creation.left(), reference: key })) as LivingObject;
    await learn(operation, { ...about, object, resolved });
    return object;
  } catch (error) {
    if (PaymentError.is(error)) await learn(operation, lessonOf(error, about, entry.uses));
    throw error;
  }
};

const failOver = async (context: CreateContext, creation: Creation, entry: DirectoryEntry, error: unknown): Promise<LivingObject> => {
  const side = otherSide(entry.side);
  if ((await obstacleAt(context, side, 'fail_over')) !== null) throw error;
  const proposal = await proposalOf(context, creation, side, 'fail_over');
  const moved = await ask(creation, () => context.options.directory.reassign(proposal)).catch(() => null);
  if (moved === null) throw error;
  tellDecision(context, creation, { side, reason: 'fail_over', place: 0, share: 0, because: becauseOf(error) });
  return carryOut(context, creation, moved);
};

const tellDecision = ({ options, sides, now }: MigrationContext, { operation, key }: Creation, decision: Decision): void =>
  options.onDecision?.({ what: 'decided', at: now(), operation, key, account: sides[decision.side].account, ...decision });

/** Makes something new at the side that owns its key: claims first, sends then. */
export const createAtOneSide = async (migration: MigrationContext, operation: CreateOperation, given: object | undefined, callOptions: CallOptions | undefined): Promise<LivingObject> => {
  const { options, sides } = migration;
  const { directory }: { readonly directory: MigrationDirectory } = options;
  for (const { operations, provider, account } of [sides.from, sides.to])
    if (!operations.includes(operation))
      throw inputError([{ field: operation, problem: `is not an operation of ${provider}, so it can't be divided`, remedy: 'Use the side that has it by itself.' }], { code: 'unsupported', provider, account, operation });
  const created: NewObject = { operation, input: { ...given }, options: callOptions ?? {} };
  const creation: Creation = { ...created, left: sharedDeadline(callOptions), key: keyOf(migration, created), kind: operation === 'setupIntents.create' ? 'setup_intent' : 'payment_intent' };
  const context = createContextOf(migration, creation);
  const known = await ask(creation, () => directory.byKey(creation.kind, creation.key));
  const decision = known === null ? await decide(context, creation) : null;
  if (decision !== null) {
    // What that side would refuse is refused now, by its own error, and leaves no trace in the directory.
    const { refusal: refused } = await context.answerOf(decision.side);
    if (refused !== null) throw refused;
    await runShadow(context, creation, decision.side);
  }
  const proposal = await proposalOf(context, creation, decision?.side ?? known?.side ?? 'from', decision?.reason ?? known?.reason ?? 'rollout');
  const entry = await ask(creation, () => directory.claim(proposal));
  await checkEntry(context, creation, entry);
  if (decision !== null && entry.uses === 1) tellDecision(context, creation, decision);
  try {
    return await carryOut(context, creation, entry);
  } catch (error) {
    if (options.failOver !== true || decision === null || !mayFailOver(error, entry)) throw error;
    return failOver(context, creation, entry, error);
  }
};
