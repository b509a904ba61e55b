import { defineAdapter, type Adapter, type AdapterFacts, type OperationName } from '@oneintent/core/adapter';

/** What differs from dialect to dialect. */
type Own = 'operations' | 'limits' | 'check' | 'webhooks';

/** What every dialect shares: the account's address and key, and how PAY.JP answers. */
export type SharedFacts = Omit<AdapterFacts, Own>;

/** Declares a dialect: what makes its adapter, with exactly its operations. */
export const defineDialect =
  <N extends OperationName>(own: Pick<Adapter<N>, Own>) =>
  (shared: SharedFacts): Adapter<N> =>
    defineAdapter({ ...shared, ...own });
