import type { AdapterProblem, OperationName, RequestInput, WireBody, WireValue } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

type Create = RequestInput<'paymentIntents.create'>;
type Confirm = RequestInput<'paymentIntents.confirm'>;

/** `payment_method_options`; left out when there is nothing to say. Source: https://docs.paypercut.io/api-reference/models/PaymentMethodOptionCard. */
const methodOptions = ({ threeDSecure, providerOptions }: Create | Confirm): WireValue | undefined => {
  const result = providerOptions?.paypercut?.threeDSecureResult;
  if (threeDSecure === undefined && result === undefined) return undefined;
  return {
    card: {
      request_three_d_secure: threeDSecure,
      three_d_secure: result && {
        cryptogram: result.cryptogram,
        transaction_id: result.transactionId,
        version: result.version,
        ares_trans_status: result.aresTransStatus,
        electronic_commerce_indicator: result.electronicCommerceIndicator,
        exemption_indicator: result.exemptionIndicator,
      },
    },
  };
};

/** `false` is what its absence says; older pages of the reference do not know the boolean. */
const writeOffSession = (offSession: Create['offSession']): string | undefined =>
  offSession === 'unscheduled' ? 'one_off' : offSession === 'recurring' ? 'recurring' : undefined;

export const writeCreate = (input: Create): WireBody => ({
  amount: input.amount.units,
  currency: input.amount.currency,
  customer: input.customer,
  payment_method: input.paymentMethod,
  payment_method_options: methodOptions(input),
  capture_method: input.captureMethod,
  confirm: input.confirm,
  off_session: writeOffSession(input.offSession),
  setup_future_usage: input.setupFutureUsage,
});

export const writeConfirm = (input: Confirm): WireBody => ({
  payment_method: input.paymentMethod,
  payment_method_options: methodOptions(input),
  setup_future_usage: input.setupFutureUsage,
});

/** Capture is final: what a partial one leaves is released. */
export const writeCapture = ({ amount }: RequestInput<'paymentIntents.capture'>): WireBody =>
  amount === undefined ? {} : { amount_to_capture: amount.units, final_capture: true };

/** The body is required, so it is never left out. */
export const writeCancel = ({ reason }: RequestInput<'paymentIntents.cancel'>): WireBody => ({ cancellation_reason: reason });

export const writeCreateSetup = ({ currency, confirm, offSession }: RequestInput<'setupIntents.create'>): WireBody => ({
  currency,
  confirm,
  off_session: writeOffSession(offSession),
});

/** A refund names the intent; its amount is always said, as whether it may be left out is not published. */
export const writeRefund = ({ id, amount, reason }: RequestInput<'refunds.create'>): WireBody => ({ payment_intent: id, amount: amount?.units, reason });

export const writeListRefunds = ({ limit, cursor, createdFrom }: RequestInput<'refunds.list'>) => ({
  limit,
  last_key: cursor,
  start_date: createdFrom,
});

const threeDSecureResult = z.strictObject({
  cryptogram: z.string().check(z.minLength(1), z.maxLength(1000)),
  transactionId: z.string().check(z.minLength(1), z.maxLength(5000)),
  version: z.enum(['1.0.2', '2.1.0', '2.2.0']),
  aresTransStatus: z.optional(z.enum(['A', 'C', 'I', 'N', 'R', 'U', 'Y'])),
  electronicCommerceIndicator: z.optional(z.enum(['01', '02', '05', '06', '07'])),
  exemptionIndicator: z.optional(z.enum(['low_risk', 'none'])),
});

const providerOptions = z.optional(z.strictObject({ paypercut: z.optional(z.strictObject({ threeDSecureResult: z.optional(threeDSecureResult) })) }));

const wrong = (issue: z.core.$ZodIssue): AdapterProblem => {
  const field = ['providerOptions', ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') return { field, problem: `has members that do not belong there (${issue.keys.join(', ')})`, remedy: 'Remove them.' };
  if (issue.code === 'invalid_value') return { field, problem: 'has a value that Paypercut does not take', remedy: `Use one of ${issue.values.map(String).join(', ')}.` };
  return { field, problem: 'is missing, or not as Paypercut takes it', remedy: 'See PaypercutProviderOptions.' };
};

/** The fields of an input that rules across fields speak about. */
export interface Checked {
  readonly customer?: string;
  readonly confirm?: boolean;
  readonly offSession?: Create['offSession'];
  readonly metadata?: unknown;
  readonly providerOptions?: unknown;
  readonly limit?: number;
}

/**
 * Rules across fields, and of length: `off_session` goes only with a confirmation; a customer's id has at most 100 characters.
 * Source: https://docs.paypercut.io/api-reference/models/PaymentIntentCreateRequest, 2026-07.
 */
export const check = (_operation: OperationName, input: Checked): readonly AdapterProblem[] => [
  ...((input.customer?.length ?? 0) > 100 ? [{ field: 'customer', problem: 'is longer than the 100 characters that an id has', remedy: "Give the customer's id." }] : []),
  ...(writeOffSession(input.offSession) !== undefined && input.confirm !== true
    ? [{ field: 'offSession', problem: 'is given without confirm', remedy: 'Give confirm: true; a later confirmation does not take it.' }]
    : []),
  ...(providerOptions.safeParse(input.providerOptions).error?.issues ?? []).map(wrong),
];
