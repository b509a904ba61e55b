import { canonicalJson } from '../model/canonical-json.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Mapping } from './directory.js';
import { mappedKindOf, type ValueMappings } from './translate.js';

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

/** How a field may differ. `may_be_absent`: some providers do not have it at all, and then `null` says nothing. Any other text is why it always differs. */
type Comparing = { readonly always: string } | 'must_be_equal' | 'may_be_absent';

/**
 * The fields that are compared, in this order. A new member of the model does not compile until it is here. Who pays and what may be charged again must be equal:
 * where it got lost, that must be seen.
 */
const comparedFields: { readonly [F in Exclude<KeyOfUnion<PaymentIntent>, 'object' | 'raw'>]: Comparing } = {
  account: { always: 'each side has its own account' },
  provider: { always: 'the providers are two' },
  id: { always: 'each provider gives its own id' },
  ref: { always: 'a ref begins with the account' },
  reference: 'may_be_absent',
  livemode: 'may_be_absent',
  status: 'must_be_equal',
  amount: 'must_be_equal',
  amountCapturable: 'may_be_absent',
  amountReceived: 'may_be_absent',
  captureMethod: 'may_be_absent',
  confirmationMethod: 'may_be_absent',
  clientSecret: { always: 'each provider makes its own secret' },
  customer: 'must_be_equal',
  paymentMethod: 'must_be_equal',
  paymentMethodTypes: 'may_be_absent',
  latestPayment: { always: 'each provider gives its own id' },
  description: 'may_be_absent',
  statementDescriptor: 'may_be_absent',
  receiptEmail: 'may_be_absent',
  setupFutureUsage: 'must_be_equal',
  metadata: 'may_be_absent',
  returnUrl: 'may_be_absent',
  createdAt: { always: 'they were made at two times' },
  updatedAt: { always: 'they were changed at two times' },
  authorizationExpiresAt: { always: 'each provider has its own period' },
  lastPaymentError: 'must_be_equal',
  nextAction: { always: 'each provider leads the customer its own way' },
  canceledAt: { always: 'they were canceled at two times' },
  cancellationReason: 'may_be_absent',
  providerStatus: 'must_be_equal',
};

/** As JSON has it: a secret prints as `[redacted]`. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const explained = (field: string, one: unknown, other: unknown, { mappings = {}, identities = [] }: CompareOptions): string | null => {
  const comparing: Comparing | undefined = Object.entries(comparedFields).find(([name]) => name === field)?.[1];
  if (typeof comparing === 'object') return comparing.always;
  const kind = mappedKindOf(field);
  if (kind !== null && identities.some((identity) => identity.kind === kind && identity.from === one && identity.to === other)) return 'the mapping says that they are the same';
  if (typeof one === 'string' && Object.hasOwn(mappings, field) && mappings[field]?.[one] === other) return 'the value is written so at the other provider, as was accepted';
  if (comparing === 'may_be_absent' && (one === null) !== (other === null)) return 'one provider does not tell it';
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
