// Which input fields name something by its id, so that a call and a migration can write the id as the provider knows it.
import type { FieldOf, OperationName } from './index.js';

/** `object`: a neutral object, which may also be named by its ref. The others are the provider's own, and a migration maps their ids. */
export type Named = 'object' | 'customer' | 'payment_method';

/** What each input field names; `null` where it names nothing. A new field does not compile until it is here: an id that is not translated is another provider's. */
const named: { readonly [F in FieldOf<OperationName>]: Named | null } = {
  amount: null,
  customer: 'customer',
  paymentMethod: 'payment_method',
  paymentMethodTypes: null,
  captureMethod: null,
  confirm: null,
  returnUrl: null,
  offSession: null,
  setupFutureUsage: null,
  usage: null,
  currency: null,
  threeDSecure: null,
  statementDescriptor: null,
  receiptEmail: null,
  description: null,
  metadata: null,
  reason: null,
  providerOptions: null,
  paymentIntent: 'object',
  subject: 'object',
  providerType: null,
  limit: null,
  cursor: null,
  createdFrom: null,
  createdBefore: null,
};

const byName: Readonly<Record<string, Named | null>> = named;

/** What a field names by its id; `null` where it names nothing, or is no input field. */
export const namedByField = (field: string): Named | null => (Object.hasOwn(byName, field) ? (byName[field] ?? null) : null);
