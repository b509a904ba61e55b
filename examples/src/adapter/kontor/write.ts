import { decimalText, type AdapterProblem, type CancellationReason, type CaptureMethod, type OperationName, type RefundReason, type RequestInput, type WireBody } from '@oneintent/core/adapter';

const writeCapture = (method: CaptureMethod | undefined): string => (method === 'manual' ? 'later' : 'at_once');

/** Kontor's words for the reasons that `limits` declares: the core has refused all others. */
const words: ReadonlyMap<string | undefined, string> = new Map<RefundReason | CancellationReason, string>([
  ['duplicate', 'double'],
  ['fraudulent', 'fraud'],
  ['requested_by_customer', 'customer_wish'],
]);

export const writePayment = (input: RequestInput<'paymentIntents.create'>): WireBody => ({
  amount: decimalText(input.amount),
  currency: input.amount.currency,
  customer: input.customer,
  method: input.paymentMethod,
  capture: writeCapture(input.captureMethod),
  charge: input.confirm,
  back_to: input.returnUrl,
  note: input.description,
  tags: input.metadata,
});

export const writeConfirm = ({ paymentMethod, returnUrl }: RequestInput<'paymentIntents.confirm'>): WireBody => ({ method: paymentMethod, back_to: returnUrl });

export const writePart = ({ amount }: RequestInput<'paymentIntents.capture'>): WireBody => ({ amount: amount && decimalText(amount) });

export const writeCancel = ({ reason }: RequestInput<'paymentIntents.cancel'>): WireBody => ({ reason: words.get(reason) });

export const writeRefund = ({ amount, reason, metadata }: RequestInput<'refunds.create'>): WireBody => ({
  amount: amount && decimalText(amount),
  reason: words.get(reason),
  tags: metadata,
});

/** Kontor takes the address to come back to only together with a charge. Source: Kontor API guide 4, "Payments". */
export const check = (operation: OperationName, input: object): readonly AdapterProblem[] => {
  const given = (field: string): unknown => Reflect.get(input, field);
  if (operation !== 'paymentIntents.create' || given('returnUrl') === undefined || given('confirm') === true) return [];
  return [{ field: 'returnUrl', problem: 'is given without confirm', remedy: 'Give it when you confirm.' }];
};
