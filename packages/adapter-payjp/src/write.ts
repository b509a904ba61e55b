import type { AdapterProblem, MetadataChange, OperationName, RequestInput, WireBody, WireRequest, WireValue } from '@oneintent/core/adapter';
import * as z from 'zod/mini';
import type { Paging, WireShape } from './wire.js';

// Ours to theirs, for every dialect. A writer names all the fields that any dialect accepts: the core refuses the others before it asks for a body, and
// members that are undefined are not sent.

type Create = RequestInput<'paymentIntents.create'>;
type Update = RequestInput<'paymentIntents.update'>;
type Confirm = RequestInput<'paymentIntents.confirm'>;
type SetupInput = RequestInput<'setupIntents.create'> | RequestInput<'setupIntents.update'>;

/** Metadata as it is written: an empty text deletes a key. Source: schema text of 2026-01-08. */
export const writeMetadata = (metadata: MetadataChange | undefined): WireBody | undefined =>
  metadata && Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, value ?? '']));

/** `payment_method_options` for cards; left out when there is nothing to say. */
export const writeCardOptions = (card: WireBody): WireValue | undefined =>
  Object.values(card).some((value) => value !== undefined) ? { card } : undefined;

const paymentOptions = ({ threeDSecure, providerOptions }: Create | Update | Confirm) =>
  writeCardOptions({
    request_three_d_secure: threeDSecure,
    request_extended_authorization: providerOptions?.payjp?.requestExtendedAuthorization,
  });

export const writeCreate = ({ members, sendsCurrency }: WireShape, input: Create): WireBody => ({
  amount: input.amount.units,
  currency: sendsCurrency ? input.amount.currency.toLowerCase() : undefined,
  [members.customer]: input.customer,
  [members.paymentMethod]: input.paymentMethod,
  payment_method_options: paymentOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  confirm: input.confirm,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  setup_future_usage: input.setupFutureUsage,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeUpdate = ({ members }: WireShape, input: Update): WireBody => ({
  amount: input.amount?.units,
  [members.customer]: input.customer,
  [members.paymentMethod]: input.paymentMethod,
  payment_method_options: paymentOptions(input),
  payment_method_types: input.paymentMethodTypes,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeConfirm = ({ members }: WireShape, input: Confirm): WireBody => ({
  [members.paymentMethod]: input.paymentMethod,
  payment_method_options: paymentOptions(input),
  payment_method_types: input.paymentMethodTypes,
  capture_method: input.captureMethod,
  return_url: input.returnUrl,
  receipt_email: input.receiptEmail,
  description: input.description,
});

export const writeCapture = ({ amount }: RequestInput<'paymentIntents.capture'>): WireBody => ({ amount_to_capture: amount?.units });

/** The body of every cancellation: only its reason. */
export const writeCancel = ({ reason }: { readonly reason?: string }): WireBody => ({ cancellation_reason: reason });

const setupMembers = ({ members }: WireShape, input: SetupInput): WireBody => ({
  [members.customer]: input.customer,
  [members.paymentMethod]: input.paymentMethod,
  payment_method_options: writeCardOptions({ request_three_d_secure: input.threeDSecure }),
  payment_method_types: input.paymentMethodTypes,
  description: input.description,
  metadata: writeMetadata(input.metadata),
});

export const writeCreateSetup = (shape: WireShape, input: RequestInput<'setupIntents.create'>): WireBody => ({
  ...setupMembers(shape, input),
  usage: input.usage,
  confirm: input.confirm,
  return_url: input.returnUrl,
});

export const writeUpdateSetup = (shape: WireShape, input: RequestInput<'setupIntents.update'>): WireBody => setupMembers(shape, input);

export const writeRefund = ({ members }: WireShape, { id, amount, reason, metadata }: RequestInput<'refunds.create'>): WireBody => ({
  [members.payment]: id,
  amount: amount?.units,
  reason,
  metadata: writeMetadata(metadata),
});

const cursorParameters: Readonly<Record<Paging, string>> = { after_id: 'starting_after', by_offset: 'offset' };

/** The query that every list has. */
export const writePage = ({ paging }: WireShape, { limit, cursor }: { readonly limit?: number; readonly cursor?: string }): NonNullable<WireRequest['query']> => ({
  limit,
  [cursorParameters[paging]]: cursor,
});

/** The fields of an input that rules across fields speak about. */
export interface Checked {
  readonly customer?: string;
  readonly paymentMethod?: string;
  readonly confirm?: boolean;
  readonly returnUrl?: string;
  readonly metadata?: unknown;
  readonly limit?: number;
  readonly cursor?: string;
  readonly threeDSecure?: string;
  readonly providerOptions?: unknown;
}

/** What differs between the dialects in the rules across fields. */
export interface Rules {
  /** Whether a payment that is created with a method needs the customer who owns it. */
  readonly methodNeedsCustomer: boolean;
  /** Whether a payment takes `threeDSecure: 'challenge'`. Setups never did. */
  readonly paymentsTakeChallenge: boolean;
  /** The values of `providerOptions.payjp.requestExtendedAuthorization`. */
  readonly extendedAuthorization: readonly [string, ...string[]];
}

/** `return_url` is taken on creation only together with the confirmation. Source: schema text, all dialects. */
const checkReturnUrl = (operation: OperationName, { confirm, returnUrl }: Checked): readonly AdapterProblem[] =>
  operation.endsWith('.create') && returnUrl !== undefined && confirm !== true
    ? [{ field: 'returnUrl', problem: 'is given without confirm', remedy: 'Give confirm: true, or give returnUrl when you confirm.' }]
    : [];

const checkMethod = ({ methodNeedsCustomer }: Rules, operation: OperationName, { customer, paymentMethod }: Checked): readonly AdapterProblem[] =>
  methodNeedsCustomer && operation === 'paymentIntents.create' && paymentMethod !== undefined && customer === undefined
    ? [{ field: 'paymentMethod', problem: 'is given without its customer', remedy: 'Give the customer that owns it.' }]
    : [];

const checkThreeDSecure = ({ paymentsTakeChallenge }: Rules, operation: OperationName, { threeDSecure }: Checked): readonly AdapterProblem[] =>
  threeDSecure === 'challenge' && !(paymentsTakeChallenge && operation.startsWith('paymentIntents.'))
    ? [{ field: 'threeDSecure', problem: "is 'challenge', which PAY.JP does not have", remedy: "Use 'any' or 'automatic'.", unsupported: true }]
    : [];

const cursorForms: Readonly<Record<Paging, RegExp>> = { after_id: /^/, by_offset: /^\d{1,15}$/ };

const checkCursor = ({ paging }: WireShape, { cursor }: Checked): readonly AdapterProblem[] =>
  cursor !== undefined && !cursorForms[paging].test(cursor)
    ? [{ field: 'cursor', problem: 'is not a cursor of this list', remedy: 'Give the nextCursor of the page before.' }]
    : [];

const names = (issue: z.core.$ZodIssue): string => ('keys' in issue && Array.isArray(issue.keys) ? issue.keys.join(', ') : issue.path.join('.'));

/** Makes the check of `providerOptions`: only PAY.JP's own, strictly. */
const providerOptionsCheck = (values: Rules['extendedAuthorization']): ((options: unknown) => readonly AdapterProblem[]) => {
  const own = z.strictObject({ requestExtendedAuthorization: z.optional(z.enum(values)) });
  const schema = z.optional(z.strictObject({ payjp: z.optional(own) }));
  return (options) =>
    (schema.safeParse(options).error?.issues ?? []).map((issue) => ({
      field: 'providerOptions',
      problem: `is not as PAY.JP has it (${names(issue)})`,
      remedy: `Use { payjp: { requestExtendedAuthorization } } with one of ${values.join(', ')}.`,
    }));
};

/** Makes a dialect's check of rules across fields. */
export const checkWith = (shape: WireShape, rules: Rules): ((operation: OperationName, input: Checked) => readonly AdapterProblem[]) => {
  const checkProviderOptions = providerOptionsCheck(rules.extendedAuthorization);
  return (operation, input) => [
    ...checkReturnUrl(operation, input),
    ...checkMethod(rules, operation, input),
    ...checkThreeDSecure(rules, operation, input),
    ...checkCursor(shape, input),
    ...checkProviderOptions(input.providerOptions),
  ];
};
