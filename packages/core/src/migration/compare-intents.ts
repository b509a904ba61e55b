import { canonicalJson } from '../model/canonical-json.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Mapping } from './directory.js';
import { identifiedFields, isIdentified, type ValueMappings } from './translate.js';

/** How one field of two intents stands. */
export interface FieldComparison {
  readonly field: string;
  /** `explained`: it differs, and a migration makes it differ. */
  readonly verdict: 'equal' | 'explained' | 'different';
  /** What each says, as JSON can have it; a secret as `[redacted]`. */
  readonly one: unknown;
  readonly other: unknown;
  /** Why it may differ, for `explained`. */
  readonly why: string | null;
}

/** What a comparison may take for granted. */
export interface CompareOptions {
  /** Values that are written otherwise at the other provider, as they were accepted. */
  readonly mappings?: ValueMappings;
  /** Customers and payment methods that are the same under another id, from the first intent's provider to the other's. */
  readonly identities?: readonly Pick<Mapping, 'kind' | 'from' | 'to'>[];
}

/** The fields of every status, also those that only some have. */
type KeyOfUnion<T> = T extends unknown ? keyof T : never;

/** The fields that are compared, in the order in which they are told. A new field of the model does not compile until it is here. */
const comparedFields: { readonly [F in Exclude<KeyOfUnion<PaymentIntent>, 'object' | 'raw'>]: string | null } = {
  account: 'each side has its own account',
  provider: 'the providers are two',
  id: 'each provider gives its own id',
  ref: 'a ref begins with the account',
  reference: null,
  livemode: null,
  status: null,
  amount: null,
  amountCapturable: null,
  amountReceived: null,
  captureMethod: null,
  confirmationMethod: null,
  clientSecret: 'each provider makes its own secret',
  customer: null,
  paymentMethod: null,
  paymentMethodTypes: null,
  latestPayment: 'each provider gives its own id',
  description: null,
  statementDescriptor: null,
  receiptEmail: null,
  setupFutureUsage: null,
  metadata: null,
  returnUrl: null,
  createdAt: 'they were made at two times',
  updatedAt: 'they were changed at two times',
  authorizationExpiresAt: 'each provider has its own period',
  lastPaymentError: null,
  nextAction: 'each provider leads the customer its own way',
  canceledAt: 'they were canceled at two times',
  cancellationReason: null,
  providerStatus: null,
};

/** Fields that a provider may not have at all: then `null` says nothing. Not who pays and what may be charged again: one that got lost is to be seen. */
const mayBeMissing: ReadonlySet<string> = new Set([
  'reference', 'livemode', 'amountCapturable', 'amountReceived', 'confirmationMethod', 'paymentMethodTypes', 'description', 'statementDescriptor',
  'receiptEmail', 'metadata', 'returnUrl', 'captureMethod', 'cancellationReason',
]);

/** As JSON has it: a secret prints as `[redacted]`. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const explained = (field: string, one: unknown, other: unknown, { mappings = {}, identities = [] }: CompareOptions): string | null => {
  const known = Object.entries(comparedFields).find(([name]) => name === field)?.[1] ?? null;
  if (known !== null) return known;
  const kind = isIdentified(field) ? identifiedFields[field] : undefined;
  if (kind !== undefined && identities.some((identity) => identity.kind === kind && identity.from === one && identity.to === other)) return 'the mapping says that they are the same';
  if (typeof one === 'string' && Object.hasOwn(mappings, field) && mappings[field]?.[one] === other) return 'the value is written so at the other provider, as was accepted';
  if (mayBeMissing.has(field) && (one === null) !== (other === null)) return 'one provider does not tell it';
  if (field === 'lastPaymentError' && one !== null && other !== null) return 'each provider has its own codes and words';
  return null;
};

/**
 * Compares two payment intents field by field: the same order at two providers, or before and after. Pure. Differences that a migration always makes are
 * told as `explained`; what is left as `different` wants a look.
 */
export const compareIntents = (one: PaymentIntent, other: PaymentIntent, options: CompareOptions = {}): readonly FieldComparison[] =>
  Object.freeze(
    Object.keys(comparedFields).map((field): FieldComparison => {
      const [left, right] = [plain(Reflect.get(one, field)), plain(Reflect.get(other, field))];
      const why = explained(field, left, right, options);
      // Two secrets print alike, and are two all the same.
      const equal = canonicalJson(left) === canonicalJson(right) && !(field === 'clientSecret' && left !== null);
      return Object.freeze({ field, verdict: equal ? 'equal' : why === null ? 'different' : 'explained', one: left, other: right, why: equal ? null : why });
    }),
  );
