import type { Money } from './money.js';

/**
 * Plain JSON that says which movement of money has an unknown outcome. Store it in a queue; any process that has the same account configured
 * settles it with `payments.resume(resume)`. It holds no secret and no personal data.
 */
export interface Resume {
  readonly v: 1;
  readonly operation: string;
  readonly provider: string;
  readonly account: string;
  /** The idempotency key that was sent, or would have been. */
  readonly key: string;
  readonly reference: string | null;
  readonly attempt: number;
  /** The provider's account on whose behalf the operation was; `null` for one's own. */
  readonly connectedAccount: string | null;
  /** The object that the operation was about; `null` for a create whose answer was lost. */
  readonly ref: string | null;
  /** The amount asked for, where the input named one. */
  readonly amount: Money | null;
  /** Whether a create also asked for the confirmation. */
  readonly confirm: boolean;
  /** SHA-256 (hex) of the input, so that only the same input is ever sent again. */
  readonly inputDigest: string;
  /** When the first request left, ISO 8601. */
  readonly firstSentAt: string;
}
