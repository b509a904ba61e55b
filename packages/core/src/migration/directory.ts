import type { Resume } from '../model/resume.js';

/** The two providers of a migration: where payments were made, and where they shall be made. */
export type Side = 'from' | 'to';

/** Why a side was chosen. */
export type DecisionReason =
  /** By the share that was rolled out at that moment. */
  | 'rollout'
  /** By a rule of the application. */
  | 'rule'
  /** Only this side can take it: a currency, a field, a customer or a payment method that the other does not have. */
  | 'only_here'
  /** The object was made before the migration began, or elsewhere, and was imported. */
  | 'imported'
  /** The other side could not be reached, nothing had been sent to it, and failing over was asked for. */
  | 'fail_over';

/** What a claim asks for. */
export interface Proposal {
  /** The merchant's own name for what is paid or saved, such as an order's number. */
  readonly key: string;
  readonly kind: 'payment_intent' | 'setup_intent';
  readonly side: Side;
  /** The account's name at that side. */
  readonly account: string;
  /** The idempotency key of the first attempt, by which it can be told later whether the same key would be made again. */
  readonly idempotencyKey: string;
  readonly reason: DecisionReason;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
}

/** What is known of one merchant key: plain JSON. Who owns it never changes, but for a fail-over before anything was sent. */
export interface DirectoryEntry extends Proposal {
  /** How many calls have been about to send something under it: claims, so 0 for what was imported. */
  readonly uses: number;
  /** `account:id`, once it is known. */
  readonly ref: string | null;
  /** The last status that was seen; `not_made` when for certain nothing was made. */
  readonly status: string | null;
  /** What is still unknown about it: `error.resume` of the calls whose outcome nobody knows. */
  readonly unknown: readonly Resume[];
  /** When the entry was last written. ISO 8601, UTC. */
  readonly updatedAt: string;
}

/** What was learned about an entry. What is left out stays as it is. */
export interface Note {
  readonly ref?: string;
  readonly status?: string;
  /**
   * The `uses` that a call saw which has made nothing for certain. The status becomes `not_made` if nobody has claimed the entry since and it has neither
   * a ref nor an unknown outcome: then no other call can have made anything either.
   */
  readonly notMade?: number;
  /** An outcome that has become unknown. One with the same idempotency key takes its place. */
  readonly unknown?: Resume;
  /** The idempotency key of an outcome that is known now. */
  readonly resolved?: string;
  /** When it was learned. ISO 8601, UTC. */
  readonly at: string;
}

/** The customer or payment method at the new provider that an old one has become. */
export interface Mapping {
  readonly kind: 'customer' | 'payment_method';
  /** The provider's own id at the side `from`. */
  readonly from: string;
  /** The provider's own id at the side `to`. */
  readonly to: string;
  /** The network's id of the transaction in which the customer agreed, for payments without the customer. */
  readonly networkTransactionId?: string;
}

/** Which entries are listed. All conditions hold together. */
export interface EntriesQuery {
  readonly account?: string;
  /** Only entries with an unknown outcome, or only those without. */
  readonly unknown?: boolean;
  /** Only entries whose status is not one of these; an entry without a status counts. */
  readonly statusNotIn?: readonly string[];
  /** Continues after the page whose `next` this is. */
  readonly after?: string;
  /** An integer from 1. Default 100. */
  readonly limit?: number;
}

/**
 * Where a migration remembers who owns what. Every method is atomic over all processes that share the directory, and what it has answered survives them:
 * otherwise a payment can be taken on both sides. Keys, refs and ids are compared exactly, code unit by code unit. An implementation is held by
 * `migrationDirectoryPromises`, and `claimedEntry`, `reassignedEntry`, `adoptedEntry` and `notedEntry` say what each change makes of an entry.
 */
export interface MigrationDirectory {
  /** Whether it outlives this process and is shared with others. One that does neither is refused for routing, unless there is `singleProcess: true`. */
  readonly durable: boolean;
  /** Writes a proposal if there is no entry of that key and kind yet. @returns the entry in force, its `uses` raised by one, and without a status that was `not_made`. */
  readonly claim: (proposal: Proposal) => Promise<DirectoryEntry>;
  /**
   * Gives an entry to the other side: only while `uses` is still 1 and there is neither a ref nor an unknown outcome, so that nobody else can have sent anything.
   * `uses` stays 1: it is the same call that goes on at the other side.
   * @returns the entry, or `null` when it was not changed: also when there is none, or when that side has it already.
   */
  readonly reassign: (proposal: Proposal) => Promise<DirectoryEntry | null>;
  /** Writes an object that was made before the migration, or elsewhere. An entry that is there already stays as it is. @returns the entry in force. */
  readonly adopt: (proposal: Proposal, known: { readonly ref: string; readonly status: string | null }) => Promise<DirectoryEntry>;
  /**
   * Adds what was learned about the entry with that key. Does nothing when there is none. An outcome that one note calls both resolved and unknown stays
   * unknown.
   */
  readonly note: (kind: Proposal['kind'], key: string, note: Note) => Promise<void>;
  /** Adds what was learned about the entry with that ref. Does nothing when there is none. */
  readonly noteByRef: (ref: string, note: Note) => Promise<void>;
  readonly byKey: (kind: Proposal['kind'], key: string) => Promise<DirectoryEntry | null>;
  readonly byRef: (ref: string) => Promise<DirectoryEntry | null>;
  /**
   * Entries in the order of their keys (by code unit), payment intents before setup intents.
   * @returns a page, and in `next` what the following page's `after` is; `null` when there is none.
   * @throws TypeError when `after` is of no page, or `limit` is not an integer from 1.
   */
  readonly entries: (query?: EntriesQuery) => Promise<{ readonly data: readonly DirectoryEntry[]; readonly next: string | null }>;
  /** Loads mappings, all or none: when the source throws, nothing of it stays. A mapping of the same kind and old id takes the earlier one's place. @returns how many the source gave. */
  readonly loadMappings: (mappings: AsyncIterable<Mapping> | Iterable<Mapping>) => Promise<number>;
  readonly mapping: (kind: Mapping['kind'], from: string) => Promise<Mapping | null>;
  /** Appends a line to the migration's journal: facts and decisions, in order. */
  readonly record: (line: string) => Promise<void>;
  /** The journal, oldest line first. */
  readonly journal: () => AsyncIterable<string>;
}
