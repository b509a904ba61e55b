import type { AdapterProblem, OperationName, RequestInput, WireBody } from '@oneintent/core/adapter';
import { checkProviderOptions, checkReturnUrl, writeCardOptions, writeMetadata, type Checked } from '../write.js';

type Create = RequestInput<'paymentIntents.create'>;
type Update = RequestInput<'paymentIntents.update'>;
type Confirm = RequestInput<'paymentIntents.confirm'>;

const cardOptions = ({ threeDSecure, providerOptions }: Create | Update | Confirm) =>
  writeCardOptions({
    request_three_d_secure: threeDSecure,
    request_extended_authorization: providerOptions?.payjp?.requestExtendedAuthorization,
  });

/** There is no currency on the wire: amounts are yen. */
export const writeCreate = (input: Create): WireBody => ({
  amount: input.amount.units,
  customer: input.customer,
  payment_method: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  confirm: input.confirm,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  setup_future_usage: input.setupFutureUsage,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeUpdate = (input: Update): WireBody => ({
  amount: input.amount?.units,
  customer: input.customer,
  payment_method: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeConfirm = (input: Confirm): WireBody => ({
  payment_method: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  description: input.description,
});

export const writeCapture = ({ amount }: RequestInput<'paymentIntents.capture'>): WireBody => ({ amount_to_capture: amount?.units });

export const writeCancel = ({ reason }: RequestInput<'paymentIntents.cancel'>): WireBody => ({ cancellation_reason: reason });

/** The neutral amount is the new total, which is what the document's text suggests this one to be. */
export const writeIncrement = ({ amount, description }: RequestInput<'paymentIntents.incrementAuthorization'>): WireBody => ({
  amount: amount.units,
  description,
});

export const writeList = ({ limit, cursor }: RequestInput<'paymentIntents.list'>) => ({ limit, offset: cursor });

export interface IntentChecked extends Checked {
  readonly cursor?: string;
}

/** Rules across fields. */
export const check = (operation: OperationName, input: IntentChecked): readonly AdapterProblem[] => [
  ...checkReturnUrl(operation, input),
  ...(input.cursor !== undefined && !/^\d{1,15}$/.test(input.cursor)
    ? [{ field: 'cursor', problem: 'is not a cursor of this list', remedy: 'Give the nextCursor of the page before.' }]
    : []),
  ...checkProviderOptions(input.providerOptions, ['if_available', 'never']),
];
