import type { AdapterProblem, OperationName, RequestInput, WireBody } from '@oneintent/core/adapter';
import { checkReturnUrl, checkThreeDSecure, providerOptionsCheck, writeCardOptions, writeMetadata, type Checked } from '../write.js';

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

/** The neutral amount is the new total, which is what the document's text suggests this one to be. */
export const writeIncrement = ({ amount, description }: RequestInput<'paymentIntents.incrementAuthorization'>): WireBody => ({
  amount: amount.units,
  description,
});

/** The query of every list. */
export const writeList = ({ limit, cursor }: { readonly limit?: number; readonly cursor?: string }) => ({ limit, offset: cursor });

type SetupInput = RequestInput<'setupIntents.create'> | RequestInput<'setupIntents.update'>;

const setupMembers = (input: SetupInput): WireBody => ({
  customer: input.customer,
  payment_method: input.paymentMethod,
  payment_method_options: writeCardOptions({ request_three_d_secure: input.threeDSecure }),
  payment_method_types: input.paymentMethodTypes,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeCreateSetup = (input: RequestInput<'setupIntents.create'>): WireBody => ({
  ...setupMembers(input),
  usage: input.usage,
  confirm: input.confirm,
  return_url: input.returnUrl,
});

export const writeUpdateSetup = (input: RequestInput<'setupIntents.update'>): WireBody => setupMembers(input);

export const writeConfirmSetup = (input: RequestInput<'setupIntents.confirm'>): WireBody => ({
  payment_method: input.paymentMethod,
  payment_method_options: writeCardOptions({ request_three_d_secure: input.threeDSecure }),
  return_url: input.returnUrl,
});

export const writeRefund = ({ id, amount, reason, metadata }: RequestInput<'refunds.create'>): WireBody => ({
  payment_intent: id,
  amount: amount?.units,
  reason,
  metadata: writeMetadata(metadata),
});

const checkProviderOptions = providerOptionsCheck(['if_available', 'never']);

/** Rules across fields. */
export const check = (operation: OperationName, input: Checked): readonly AdapterProblem[] => [
  ...checkReturnUrl(operation, input),
  ...(operation.startsWith('setupIntents.') ? checkThreeDSecure(input) : []),
  ...(input.cursor !== undefined && !/^\d{1,15}$/.test(input.cursor)
    ? [{ field: 'cursor', problem: 'is not a cursor of this list', remedy: 'Give the nextCursor of the page before.' }]
    : []),
  ...checkProviderOptions(input.providerOptions),
];
