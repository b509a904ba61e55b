import type { PaymentMethodName } from '../contract.js';
import type { Status } from './intent.js';

/** A dialect's facts that the lifecycle needs. */
export interface Profile {
  /** The customer who owns every payment method. */
  readonly customer: string;
  readonly paymentMethods: Readonly<Record<PaymentMethodName, string>>;
  readonly newIntent: (at: number) => { readonly id: string; readonly clientSecret: string };
  readonly newAttempt: (at: number) => string;
  readonly newSetup: (at: number) => { readonly id: string; readonly clientSecret: string };
  readonly newSetupAttempt: (at: number) => string;
  readonly newRefund: (at: number) => string;
  readonly confirmFrom: readonly Status[];
  readonly cancelFrom: readonly Status[];
  /** Statuses from which any update is refused. */
  readonly noUpdateFrom: readonly Status[];
  /** Statuses from which only fields that are stored and echoed may be updated. */
  readonly fixedFrom: readonly Status[];
  /** A payment method may be set only on a payment that has a customer. */
  readonly methodNeedsCustomer: boolean;
  /** 3-D Secure without a customer present is a decline, instead of waiting for one. */
  readonly offSessionDeclinesAction: boolean;
  /** `cancellation_reason` of an authorisation that ran out. */
  readonly expiryReason: string | null;
  readonly metadataKeys: number;
}
