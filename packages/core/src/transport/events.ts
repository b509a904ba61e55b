import type { ErrorCode, Outcome } from '../errors/codes.js';
import type { OperationName } from '../operations/index.js';

/** What every event says. */
export interface ExchangeAbout {
  readonly provider: string;
  readonly account: string;
  /** The operation that the application called. */
  readonly operation: OperationName;
  /** The operation of this exchange, which differs when the library looks something up. */
  readonly step: OperationName;
  /** Which try of this step: 1, 2, … */
  readonly try: number;
  /** Milliseconds since the epoch, by the client's clock. */
  readonly at: number;
}

/**
 * What went over the wire, redacted: only values known to be harmless are readable. For logs, metrics and traces. A hook that throws is ignored:
 * it can never break a payment.
 */
export type ExchangeEvent =
  | (ExchangeAbout & {
      readonly type: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    })
  | (ExchangeAbout & {
      readonly type: 'response';
      /** `null` when no answer came. */
      readonly status: number | null;
      readonly body: unknown;
      readonly requestId: string | null;
      readonly milliseconds: number;
      /** Why there is no success, if there is none. */
      readonly code: ErrorCode | null;
    })
  | (ExchangeAbout & { readonly type: 'retry'; readonly code: ErrorCode; readonly delay: number })
  | (ExchangeAbout & { readonly type: 'resolved'; readonly outcome: Outcome });

export type ExchangeHook = (event: ExchangeEvent) => void;
