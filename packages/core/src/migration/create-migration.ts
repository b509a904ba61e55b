import { clientOf, type MakeVerbs } from '../client/client-of.js';
import { everyItem } from '../client/iterate.js';
import { deriveKey } from '../call/key.js';
import type { Payments, PaymentsFacts } from '../client/payments.js';
import { honouredKeys } from '../contract/limits.js';
import type { CallOptions } from '../operations/verbs.js';
import { isRead, isOperationName, operationNames, operationDefinitions, type OperationName, type PageOperation, type TargetOf } from '../operations/index.js';
import type { Delivery } from '../contract/webhooks.js';
import { inputError, invalidInput, PaymentError } from '../model/payment-error.js';
import type { Resume } from '../model/resume.js';
import type { LivingObject, PaymentEvent } from '../model/event.js';
import type { Page } from '../model/page.js';
import { parseRef } from '../model/ref.js';
import type { ResumeOptions } from '../call/resume.js';
import { createAtOneSide } from './create-at-one-side.js';
import type { Proposal, Side } from './directory.js';
import { becauseOf, lessonOf, writeLesson, type Lesson } from './learn.js';
import { mergePages } from './merge-pages.js';
import { optionProblems, type CreateOperation, type MigrationOptions } from './options.js';
import { accountOf, isTargeted, sideOf, verbOf, type OperationsIn, type Sides } from './sides.js';
import { sharedDeadline } from './shared-deadline.js';
import { translate } from './translate.js';

type Untargeted = { [K in OperationName]: TargetOf<K> extends null ? K : never }[OperationName];

/** The operations of a migration: to make and to list something both sides need them; about something that is there, its owner. */
export type MigrationOperations<From, To> =
  | Extract<OperationsIn<From> & OperationsIn<To>, Untargeted>
  | Exclude<OperationsIn<From> | OperationsIn<To>, Untargeted>;

/** What a migration has beside its operations. */
export interface MigrationFacts<From, To> {
  readonly from: From;
  readonly to: To;
  /** Writes to the directory what an object says, such as the subject of a webhook's event. Owners never change by it. */
  readonly learn: (object: LivingObject) => Promise<void>;
}

/** A client of two providers. Its `provider`, `livemode` and `limits` are those of the side `from`. */
export type Migration<From extends PaymentsFacts, To extends PaymentsFacts> = Payments<MigrationOperations<From, To>> & MigrationFacts<From, To>;

/**
 * A client of two providers: what is new is divided between them by a share, what is there stays with its owner. Who owns a key is written down, durably and
 * once, before anything is sent; a retry goes where the first call went, whatever the share is by then, in whichever process.
 * @throws PaymentError `configuration`. Its verbs throw as those of a client do, and `migration_refused` (`not_sent`) when the directory does not answer.
 */
export const createMigration = <From extends PaymentsFacts, To extends PaymentsFacts>(options: MigrationOptions<From, To>): Migration<From, To> => {
  const problems = optionProblems(options);
  if (problems.length > 0) throw inputError(problems, { code: 'configuration' });
  const { from, to, directory, mappings: values = {}, onDecision, clock = Date.now } = options;
  const sides: Sides = { from, to };
  const now = (): string => new Date(clock()).toISOString();

  /** A lesson that can't be written is told, and no reason to hide what the provider has answered. */
  const learn = async (operation: string, lesson: Lesson): Promise<void> => {
    try {
      await writeLesson(directory, lesson, now());
    } catch (error) {
      onDecision?.({ what: 'not_noted', at: now(), operation, ref: lesson.object?.ref ?? lesson.ref, because: becauseOf(error) });
    }
  };

  const ownerOf = (operation: string, target: unknown): Side => {
    const account = accountOf(target);
    const side = account === null ? null : sideOf(sides, account);
    if (side !== null) return side;
    throw inputError(
      [
        account === null
          ? { field: 'target', problem: 'does not say at which provider it is', remedy: 'Give the object or its ref, which begins with the account.' }
          : { field: 'target', problem: `is of the account '${account}'`, remedy: `The sides of this migration are '${from.account}' and '${to.account}'.` },
      ],
      { operation },
    );
  };

  /** The key under which a call about an existing object was sent, where it can be told. */
  const keyOfCall = async (side: Side, operation: OperationName, target: unknown, { reference, attempt = 1, idempotencyKey, connectedAccount }: CallOptions): Promise<string | null> => {
    if (idempotencyKey !== undefined) return idempotencyKey;
    if (reference === undefined) return null;
    const text = typeof target === 'string' ? target : typeof target === 'object' && target !== null && 'id' in target ? String(target.id) : '';
    const { account, livemode, limits } = sides[side];
    return deriveKey({ account, livemode, operation, target: parseRef(text)?.account === account ? (parseRef(text)?.id ?? text) : text, reference, attempt, connectedAccount }, honouredKeys(limits, operation));
  };

  const byOwner = async (operation: OperationName, verb: string | undefined, args: readonly unknown[]): Promise<unknown> => {
    const [target] = args;
    const side = ownerOf(operation, target);
    const row = operationDefinitions[operation];
    const kind: Proposal['kind'] = row.target === 'setup_intent' ? 'setup_intent' : 'payment_intent';
    const [input, callOptions] = isRead(operation) ? [undefined, args[1]] : [args[1], args[2]];
    const given: CallOptions = typeof callOptions === 'object' && callOptions !== null ? callOptions : {};
    const written = typeof input === 'object' && input !== null ? (await translate(sides, side, { ...input }, { directory, values })).input : input;
    const ref = typeof target === 'string' ? target : typeof target === 'object' && target !== null && 'ref' in target && typeof target.ref === 'string' ? target.ref : null;
    const resolved = isRead(operation) ? null : await keyOfCall(side, operation, target, given);
    try {
      const answer = await verbOf(sides[side], operation, verb)(...(isRead(operation) ? args : [target, written, callOptions]));
      const object = answer as LivingObject;
      if (object.object === 'payment_intent' || object.object === 'setup_intent' || object.object === 'refund')
        await learn(operation, { object, key: null, kind, ref, ...(resolved !== null && { resolved }) });
      return answer;
    } catch (error) {
      if (PaymentError.is(error) && !isRead(operation)) await learn(operation, lessonOf(error, { key: null, kind, ref }, null));
      throw error;
    }
  };

  const create = (operation: CreateOperation, input: object | undefined, callOptions: CallOptions | undefined) =>
    createAtOneSide({ options, sides, values, now, learn }, operation, input, callOptions);

  const list = async (operation: PageOperation, query: Readonly<Record<string, unknown>> = {}, callOptions?: CallOptions): Promise<Page<never>> => {
    for (const side of ['from', 'to'] as const)
      if (!sides[side].operations.includes(operation))
        throw inputError([{ field: operation, problem: `is not an operation of ${sides[side].provider}, so that half of the list would be missing`, remedy: 'List the other side by itself.' }], {
          code: 'unsupported',
          operation,
        });
    const about = query['paymentIntent'] ?? query['subject'];
    const left = sharedDeadline(callOptions);
    const call = (side: Side, more: object) => verbOf(sides[side], operation)({ ...more }, left()) as Promise<Page<never>>;
    if (about !== undefined) return call(ownerOf(operation, about), query);
    const { cursor, limit } = query;
    return mergePages<never>(
      async (side, own) => {
        const { input, elsewhere, unmapped } = await translate(sides, side, { ...query, cursor: undefined }, { directory, values });
        // A customer that a side does not know has nothing there.
        return elsewhere.length + unmapped.length > 0 ? { data: [], hasMore: false, nextCursor: null } : call(side, { ...input, ...own });
      },
      { cursor: cursor === undefined ? undefined : String(cursor), limit: typeof limit === 'number' ? limit : undefined },
    );
  };

  const iterate = (operation: PageOperation, query: Readonly<Record<string, unknown>> = {}, callOptions?: CallOptions): AsyncGenerator<unknown, void, undefined> =>
    everyItem<{ readonly ref: string }>(
      { operation },
      (cursor) => list(operation, { ...query, ...(cursor !== null && { cursor }) }, callOptions),
      query['cursor'] === undefined ? null : String(query['cursor']),
    );

  const operations = Object.freeze(
    operationNames.filter((name) => (isTargeted(name) ? [from, to].some((client) => client.operations.includes(name)) : [from, to].every((client) => client.operations.includes(name)))),
  );

  const verbsOf: MakeVerbs = (name, verb) => {
    const { target, page } = operationDefinitions[name];
    const readsOnly = isRead(name);
    if (page)
      return [
        [verb, async (query?: Record<string, unknown>, more?: CallOptions) => list(name as PageOperation, query, more)],
        ['iterate', (query?: Record<string, unknown>, more?: CallOptions) => iterate(name as PageOperation, query, more)],
      ];
    if (target === null) return [[verb, async (input?: object, more?: CallOptions) => create(name as CreateOperation, input, more)]];
    const own = [verb, async (...args: readonly unknown[]) => byOwner(name, undefined, args)] as const;
    const waits = readsOnly && (target === 'payment_intent' || target === 'setup_intent' || target === 'refund');
    return waits ? [own, ['waitFor', async (...args: readonly unknown[]) => byOwner(name, 'waitFor', args)]] : [own];
  };

  const verify = async (delivery: Request | Delivery): Promise<PaymentEvent> => {
    const body = delivery instanceof Request ? new Uint8Array(await delivery.arrayBuffer()) : delivery.body;
    const raw: Delivery = { body, headers: delivery.headers };
    const tried = await Promise.allSettled([from.webhooks.verify(raw), to.webhooks.verify(raw)]);
    const proven = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const [event] = proven;
    if (event !== undefined && proven.length === 1) return event;
    const refused = tried.find((one) => one.status === 'rejected');
    throw event === undefined && refused !== undefined
      ? refused.reason
      : new PaymentError({ code: 'webhook_unverified', outcome: 'rejected', operation: 'webhooks.verify', message: 'A webhook delivery was refused: both sides say that it is theirs. Give each side a secret of its own.' });
  };

  const resume = async (given: Resume, more?: ResumeOptions): Promise<LivingObject> => {
    const side = sideOf(sides, given?.account);
    if (side === null) throw invalidInput('resume.account', 'is of neither side', `Give what error.resume was: the sides are '${from.account}' and '${to.account}'.`);
    const operation = isOperationName(given.operation) ? given.operation : 'paymentIntents.create';
    const isCreate = operationDefinitions[operation].target === null && !isRead(operation);
    const about = { key: isCreate ? given.reference : null, kind: operationDefinitions[operation].result === 'setup_intent' ? 'setup_intent' : 'payment_intent', ref: given.ref } as const;
    const input = more?.input === undefined ? undefined : (await translate(sides, side, { ...more.input }, { directory, values })).input;
    try {
      const object = await sides[side].resume(given, { ...more, ...(input !== undefined && { input }) });
      await learn(operation, { ...about, object, resolved: given.key });
      return object;
    } catch (error) {
      if (PaymentError.is(error)) await learn(operation, { ...lessonOf(error, about, null), ...(error.outcome === 'rejected' && { resolved: given.key }) });
      throw error;
    }
  };

  const facts: PaymentsFacts & MigrationFacts<From, To> = {
    account: options.name ?? `${from.account}-${to.account}`,
    provider: from.provider,
    dialect: null,
    livemode: from.livemode,
    operations,
    limits: from.limits,
    accepts: (operation) => {
      const [one, other] = [from.accepts(operation), to.accepts(operation)];
      if (isTargeted(operation) && (one.length === 0 || other.length === 0)) return [...one, ...other];
      return one.filter((field) => other.includes(field));
    },
    operationsFor: (ref) => {
      const side = sideOf(sides, parseRef(ref)?.account ?? '');
      return side === null ? [] : sides[side].operations;
    },
    explain: async (operation, input, more) => {
      const side = more?.target === undefined || more.target === null ? 'from' : ownerOf(operation, more.target);
      return sides[side].explain(operation, input, more);
    },
    resume,
    webhooks: Object.freeze({ verify }),
    from,
    to,
    learn: async (object) => writeLesson(directory, { object, key: null, kind: object.object === 'setup_intent' ? 'setup_intent' : 'payment_intent', ref: object.ref }, now()),
  };
  // Which verbs are there follows from both sides, as the type says.
  return clientOf(facts, verbsOf) as unknown as Migration<From, To>;
};
