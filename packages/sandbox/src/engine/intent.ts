import type { Movement, PaymentMethodName } from '../contract.js';
import type { Json } from './json.js';
import type { FailureReason } from './payment-methods.js';

/** The seven statuses that all dialects share. */
export type Status =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/** When the money is taken, once the customer has agreed. */
export type CaptureMethod = 'automatic' | 'automatic_async' | 'manual';

/** A value of metadata. */
export type MetadataValue = string | number | boolean;

/** One confirmation: what Stripe calls a charge and Paypercut a payment. */
export interface Attempt {
  readonly id: string;
  readonly at: number;
  readonly method: { readonly id: string; readonly name: PaymentMethodName };
  readonly key: string | null;
  /** False while the customer still has to act: nothing has reached the card network. */
  readonly charged: boolean;
  readonly failure: FailureReason | null;
}

/** Fields that are stored and echoed, and change nothing. */
export interface Details {
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly returnUrl: string | null;
  readonly setupFutureUsage: string | null;
  readonly statementDescriptor: string | null;
  readonly statementDescriptorSuffix: string | null;
  readonly paymentMethodOptions: Json;
  readonly shipping: Json;
  readonly automaticPaymentMethods: Json;
}

/** A payment. Never changed in place: every step makes a new one. */
export interface Intent {
  readonly id: string;
  readonly clientSecret: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly captureMethod: CaptureMethod;
  readonly confirmationMethod: 'automatic' | 'manual';
  readonly status: Status;
  readonly customer: string | null;
  readonly paymentMethod: string | null;
  readonly paymentMethodTypes: readonly string[];
  readonly details: Details;
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  /** Newest last. */
  readonly attempts: readonly Attempt[];
  readonly confirmations: number;
  readonly failures: number;
  readonly lastFailure: Attempt | null;
  /** The method that the customer has authenticated, waiting for a second confirmation. */
  readonly authenticated: string | null;
  readonly processingSince: number | null;
  readonly authorizedAt: number | null;
  readonly movements: readonly Movement[];
  readonly canceledAt: number | null;
  readonly cancellationReason: string | null;
  /** Its authorisation ran out. */
  readonly expired: boolean;
}

/** The newest attempt that reached the card network. */
export const latestCharge = (intent: Intent): Attempt | undefined => intent.attempts.findLast((attempt) => attempt.charged);

/** The newest attempt, whatever became of it. */
export const latestAttempt = (intent: Intent): Attempt | undefined => intent.attempts.at(-1);
