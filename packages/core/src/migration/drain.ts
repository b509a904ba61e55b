import { supports, type PaymentsFacts } from '../client/payments.js';
import { invalidInput, PaymentError } from '../model/payment-error.js';
import type { LivingObject } from '../model/event.js';
import { terminalStatuses } from '../lifecycle/transitions.js';
import type { DirectoryEntry, MigrationDirectory } from './directory.js';
import { becauseOf, writeLesson } from './learn.js';
import { verbOf } from './sides.js';

/** How far a look at one side has come. Counts only grow. */
export interface DrainProgress {
  /** What is being looked at now. */
  readonly at: 'directory' | 'list' | 'end';
  /** Entries and listed objects that were looked at. */
  readonly looked: number;
  /** What is still open: neither succeeded nor canceled, by ref. */
  readonly open: readonly string[];
  /** Keys with an outcome that nobody knows: told as unknown, or claimed without an answer since. */
  readonly unknown: readonly string[];
  /** What could not be looked at, and why. */
  readonly failed: readonly { readonly ref: string; readonly because: string }[];
  /** Whether the side could list its payments, so that those which the directory does not have were seen too. */
  readonly listed: boolean;
  /** Whether setup intents could be listed as well. */
  readonly setupsListed: boolean;
}

/** How a side is drained. */
export interface DrainOptions {
  /** The side's client: of the old provider, or of the new one before a roll-back is called done. */
  readonly payments: PaymentsFacts;
  readonly directory: MigrationDirectory;
  /** Settles unknown outcomes by `payments.resume` on the way. Default `true`. */
  readonly resume?: boolean;
  /** Only objects that were created since then are listed, where the provider can filter; the others are read through. ISO 8601. */
  readonly since?: string;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
}

const ended = [...terminalStatuses, 'not_made'];

const isOpen = ({ status }: { readonly status: string | null }): boolean => status === null || !ended.includes(status);

async function* unfinishedEntries(directory: MigrationDirectory, account: string): AsyncGenerator<DirectoryEntry, void, undefined> {
  let after: string | null = null;
  do {
    const page = await directory.entries({ account, statusNotIn: ended, limit: 500, ...(after !== null && { after }) });
    yield* page.data;
    after = page.next;
  } while (after !== null);
}

/**
 * Looks at everything of one side that may still be open: the directory's entries, each retrieved, then the provider's lists where it has them. What it
 * learns is written to the directory; nothing is changed at the provider, but for unknown outcomes that `resume` settles under their own keys.
 * @yields progress, at least once per hundred objects, and at the end the whole.
 * @throws PaymentError as the directory's or the list's own errors say; one object that can't be looked at is counted as `failed` instead.
 */
export async function* drain({ payments, directory, resume = true, since, clock = Date.now, signal }: DrainOptions): AsyncGenerator<DrainProgress, void, undefined> {
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw invalidInput('since', 'is not a time', 'Give ISO 8601.');
  const { account } = payments;
  const more = signal === undefined ? {} : { signal };
  const now = (): string => new Date(clock()).toISOString();
  let looked = 0;
  const open = new Set<string>();
  const unknown = new Set<string>();
  const unanswered = new Set<string>();
  const failed: { readonly ref: string; readonly because: string }[] = [];
  const progress = (at: DrainProgress['at'], listed = false, setupsListed = false): DrainProgress => ({ at, looked, open: [...open], unknown: [...new Set([...unknown, ...unanswered])], failed: [...failed], listed, setupsListed });

  const settle = async (entry: DirectoryEntry): Promise<void> => {
    for (const one of entry.unknown) {
      const about = { key: entry.key, kind: entry.kind, ref: one.ref } as const;
      try {
        const object = resume ? await payments.resume(one, more) : null;
        if (object === null) unknown.add(entry.key);
        else await writeLesson(directory, { ...about, object, resolved: one.key }, now());
      } catch (error) {
        if (!PaymentError.is(error)) throw error;
        if (error.outcome === 'rejected') await writeLesson(directory, { ...about, object: error.subject, resolved: one.key }, now());
        else unknown.add(entry.key);
      }
    }
  };
  const look = async (entry: DirectoryEntry): Promise<void> => {
    if (entry.ref === null) {
      // Claimed, and no answer was written down: the process may have died before it sent, or after.
      if (entry.unknown.length === 0) unanswered.add(entry.key);
      return;
    }
    const name = entry.kind === 'payment_intent' ? 'paymentIntents.retrieve' : 'setupIntents.retrieve';
    if (!payments.operations.includes(name)) {
      open.add(entry.ref);
      return;
    }
    try {
      const object = (await verbOf(payments, name)(entry.ref, more)) as LivingObject;
      await writeLesson(directory, { object, key: entry.key, kind: entry.kind, ref: entry.ref }, now());
      if (isOpen(object)) open.add(entry.ref);
    } catch (error) {
      if (!PaymentError.is(error)) throw error;
      failed.push({ ref: entry.ref, because: becauseOf(error) });
      open.add(entry.ref);
    }
  };

  for await (const entry of unfinishedEntries(directory, account)) {
    signal?.throwIfAborted();
    await settle(entry);
    await look((await directory.byKey(entry.kind, entry.key)) ?? entry);
    looked += 1;
    if (looked % 100 === 0) yield progress('directory');
  }
  yield progress('directory');

  const see = async (object: LivingObject): Promise<void> => {
    looked += 1;
    await writeLesson(directory, { object, key: null, kind: object.object === 'setup_intent' ? 'setup_intent' : 'payment_intent', ref: object.ref }, now());
    const own = object.object === 'refund' ? null : object.reference;
    if (isOpen(object)) open.add(object.ref);
    else open.delete(object.ref);
    if (own !== null) unanswered.delete(own);
  };
  let listed = false;
  let setupsListed = false;
  if (supports(payments, 'paymentIntents.list')) {
    const from = payments.accepts('paymentIntents.list').includes('createdFrom') && since !== undefined ? { createdFrom: since } : {};
    for await (const intent of payments.paymentIntents.iterate(from, more)) {
      await see(intent);
      if (looked % 100 === 0) yield progress('list');
    }
    listed = true;
  }
  if (supports(payments, 'setupIntents.list')) {
    for await (const setup of payments.setupIntents.iterate({}, more)) {
      await see(setup);
      if (looked % 100 === 0) yield progress('list', listed);
    }
    setupsListed = true;
  }
  yield progress('end', listed, setupsListed);
}
