import type { PaymentsFacts } from '../client/payments.js';
import type { TargetOf, WriteOperation } from '../operations/index.js';
import type { CallOptions } from '../operations/verbs.js';
import type { Problem } from '../model/payment-error.js';
import { problemIf } from '../model/problems.js';
import type { MigrationDecision } from './decisions.js';
import type { MigrationDirectory, Side } from './directory.js';
import { isShare } from './share.js';
import type { ValueMappings } from './translate.js';

/** The operations that make something which then has an owner. */
export type CreateOperation = { [K in WriteOperation]: TargetOf<K> extends null ? K : never }[WriteOperation];

/** What a migration's own functions are asked about: a payment, or the saving of a card, that is to be made. */
export interface NewObject {
  readonly operation: CreateOperation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly options: CallOptions;
}

/** How a migration is set up. */
export interface MigrationOptions<From extends PaymentsFacts = PaymentsFacts, To extends PaymentsFacts = PaymentsFacts> {
  /** The client of the provider where payments were made until now. */
  readonly from: From;
  /** The client of the provider where they shall be made. Its account has another name. */
  readonly to: To;
  /** How much of what is new is made at `to`, in percent; a function is asked for every new key. It decides only the first time: what the directory knows stays. */
  readonly rollout: number | (() => number);
  /** Where it is remembered who owns what. It outlives every process, and all processes share it. */
  readonly directory: MigrationDirectory;
  /** Says that this is the only process, now and after a restart: for tests and tours, with a directory in memory. Default `false`. */
  readonly singleProcess?: boolean;
  /**
   * The merchant's own name of what is made, the same at every retry: the reference under which it is sent. Default: `options.reference`, without which a
   * creation is refused.
   */
  readonly key?: (created: NewObject) => string;
  /** A rule that goes before the share: routing by currency, for example. `null` leaves it to the share. It decides only the first time, too. */
  readonly rule?: (created: NewObject) => Side | null;
  /** Values that are written otherwise at `to`, as the plan proposed and the team accepted. */
  readonly mappings?: ValueMappings;
  /**
   * Whether a new key goes to the other side when this one can't be reached and nothing can have been sent. Never after a decline, an unknown outcome, or
   * when any other call has used the key. Default `false`.
   */
  readonly failOver?: boolean;
  /**
   * Takes what the other side would have been sent, for every new key. Nothing is sent there. A shadow that fails, or a function that throws, refuses the
   * creation before anything is sent: a comparison that is not running is no comparison. Leave it out to go on without.
   */
  readonly shadow?: (report: Extract<MigrationDecision, { readonly what: 'shadowed' }>) => void | Promise<void>;
  /** Sees every decision, as plain JSON for a log. */
  readonly onDecision?: (decision: MigrationDecision) => void;
  /** Names the migration, so that another one spreads its keys otherwise. Default: the names of both accounts. */
  readonly name?: string;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** What is wrong with them; empty when nothing is. */
export const optionProblems = ({ from, to, rollout, directory, singleProcess }: MigrationOptions): readonly Problem[] => {
  const isClient = (client: PaymentsFacts | undefined): boolean => typeof client?.explain === 'function' && typeof client.account === 'string';
  const isDirectory = typeof directory?.claim === 'function';
  return [
    ...problemIf(!isClient(from), 'from', 'is not a client', 'Give what createPayments returns.'),
    ...problemIf(!isClient(to), 'to', 'is not a client', 'Give what createPayments returns.'),
    ...problemIf(
      isClient(from) && isClient(to) && from.account === to.account,
      'to.account',
      'is the name of the side from as well, so that no ref would say whose it is',
      'Give each side an account name of its own, and keep both for ever.',
    ),
    ...problemIf(
      isClient(from) && isClient(to) && from.livemode !== null && to.livemode !== null && from.livemode !== to.livemode,
      'to.livemode',
      'differs: one side is live, the other a test',
      'Give both sides keys of one mode.',
    ),
    ...problemIf(typeof rollout !== 'function' && !isShare(rollout), 'rollout', 'is not a share from 0 to 100', 'Give percent, or a function that does.'),
    ...problemIf(!isDirectory, 'directory', 'is not a directory', "Give sqliteMigrationDirectory({ file }) from '@oneintent/directory-sqlite', or one of your own."),
    ...problemIf(
      isDirectory && !directory.durable && singleProcess !== true,
      'directory',
      'forgets everything with its process: after a restart a payment could be made on the other side again',
      'Give a durable one, or singleProcess: true for a test.',
    ),
  ];
};
