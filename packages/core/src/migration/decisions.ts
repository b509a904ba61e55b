import type { DecisionReason, Side } from './directory.js';
import type { ShadowReport } from './shadow.js';

/** What a migration decides and notices, as plain JSON for a log: a line each. */
export type MigrationDecision =
  /** A new payment, or a new saving of a card, got its owner. */
  | {
      readonly what: 'decided';
      readonly at: string;
      readonly operation: string;
      readonly key: string;
      readonly side: Side;
      readonly account: string;
      readonly reason: DecisionReason;
      /** Where the key lies between 0 and 100, and the share that was rolled out then. */
      readonly place: number;
      readonly share: number;
      /** Why the other side was not possible, for `only_here`. */
      readonly because: string | null;
    }
  /** What happened could not be written to the directory. The payment is as the provider says; a look at it later writes it down. */
  | { readonly what: 'not_noted'; readonly at: string; readonly operation: string; readonly ref: string | null; readonly because: string }
  /** What the other side would have been sent. */
  | ShadowReport;
