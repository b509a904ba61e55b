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

export const writeCreate = (input: Create): WireBody => ({
  amount: input.amount.units,
  currency: input.amount.currency.toLowerCase(),
  customer_id: input.customer,
  payment_method_id: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  confirm: input.confirm,
  return_url: input.returnUrl,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeUpdate = (input: Update): WireBody => ({
  amount: input.amount?.units,
  customer_id: input.customer,
  payment_method_id: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  return_url: input.returnUrl,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeConfirm = (input: Confirm): WireBody => ({
  payment_method_id: input.paymentMethod,
  payment_method_options: cardOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  return_url: input.returnUrl,
  description: input.description,
});

export const writeCapture = ({ amount }: RequestInput<'paymentIntents.capture'>): WireBody => ({ amount_to_capture: amount?.units });

export const writeList = ({ limit, cursor, customer }: RequestInput<'paymentIntents.list'>) => ({ limit, starting_after: cursor, customer_id: customer });

type SetupInput = RequestInput<'setupIntents.create'> | RequestInput<'setupIntents.update'>;

const setupMembers = (input: SetupInput): WireBody => ({
  customer_id: input.customer,
  payment_method_options: writeCardOptions({ request_three_d_secure: input.threeDSecure }),
  payment_method_types: input.paymentMethodTypes,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeCreateSetup = (input: RequestInput<'setupIntents.create'>): WireBody => ({ ...setupMembers(input), usage: input.usage });

export const writeUpdateSetup = (input: RequestInput<'setupIntents.update'>): WireBody => setupMembers(input);

export const writeRefund = ({ id, amount, reason, metadata }: RequestInput<'refunds.create'>): WireBody => ({
  payment_flow_id: id,
  amount: amount?.units,
  reason,
  metadata: writeMetadata(metadata),
});

/** The queries of every list but that of payments. */
export const writePage = ({ limit, cursor }: { readonly limit?: number; readonly cursor?: string }) => ({ limit, starting_after: cursor });

export interface FlowChecked extends Checked {
  readonly customer?: string;
  readonly paymentMethod?: string;
}

const checkProviderOptions = providerOptionsCheck(['if_available', 'must_extend', 'never']);

/** Rules across fields. A method has to belong to the customer that is named with it. */
export const check = (operation: OperationName, input: FlowChecked): readonly AdapterProblem[] => [
  ...checkReturnUrl(operation, input),
  ...(operation === 'paymentIntents.create' && input.paymentMethod !== undefined && input.customer === undefined
    ? [{ field: 'paymentMethod', problem: 'is given without its customer', remedy: 'Give the customer that owns it.' }]
    : []),
  ...checkThreeDSecure(input),
  ...checkProviderOptions(input.providerOptions),
];
