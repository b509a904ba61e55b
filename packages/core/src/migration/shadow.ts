import { PaymentError, type PaymentErrorShape, type Problem } from '../model/payment-error.js';
import type { PaymentsFacts } from '../client/payments.js';
import type { Explanation } from '../client/explain.js';
import type { InputOf, OperationName } from '../operations/index.js';
import type { CallOptions } from '../operations/verbs.js';
import type { Side } from './directory.js';
import type { Translation } from './translate.js';

/** What the other side would have been sent, and whether it could take it. Plain JSON; nothing was sent. */
export interface ShadowReport {
  readonly what: 'shadowed';
  readonly at: string;
  readonly operation: string;
  readonly key: string;
  /** The side that was not asked. */
  readonly side: Side;
  readonly account: string;
  /** Why it would refuse, before anything is sent; empty when it would not. */
  readonly problems: readonly Problem[];
  /** The request, redacted; `null` when it would be refused. */
  readonly request: Explanation | null;
  /** Fields that are written otherwise there than they were given: mapped ids, accepted values. */
  readonly rewritten: readonly string[];
  /** Fields whose customer or payment method is not known there yet. */
  readonly unmapped: readonly string[];
}

/** What a side says of a create before anything is sent: the request that it would send, or why it refuses. */
export type SideAnswer = { readonly request: Explanation; readonly refusal: null } | { readonly request: null; readonly refusal: PaymentErrorShape };

/**
 * Asks a side for the request of a create, held against the side's limits. Sends nothing.
 * @throws any error that is not a refusal: then nobody knows what the side would do.
 */
export const explainAtSide = async (client: PaymentsFacts, operation: OperationName, input: object, options: CallOptions): Promise<SideAnswer> => {
  try {
    // The fields are held against this operation's schema on the way.
    return { request: await client.explain(operation, input as InputOf<typeof operation>, { options }), refusal: null };
  } catch (error) {
    if (PaymentError.is(error) && ['invalid_request', 'unsupported'].includes(error.code)) return { request: null, refusal: error };
    throw error;
  }
};

/** What a shadow tells of one call. */
export const reportShadow = (
  about: Pick<ShadowReport, 'at' | 'operation' | 'key' | 'side' | 'account'>,
  given: Readonly<Record<string, unknown>>,
  { input, elsewhere, unmapped }: Translation,
  { request, refusal }: SideAnswer,
): ShadowReport =>
  Object.freeze({
    what: 'shadowed',
    ...about,
    problems: refusal?.problems ?? [],
    request,
    rewritten: Object.keys(input).filter((field) => input[field] !== given[field]),
    unmapped: [...elsewhere, ...unmapped],
  });
