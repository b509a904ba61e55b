import type { PaymentIntent, PaymentIntentFacts } from '../../model/payment-intent.js';
import type { FieldOf } from '../../operations/index.js';

/** How many payments show each of some values. */
export type Counts = Readonly<Record<string, number>>;

/** What was seen of the amounts in one currency, in minor units. */
export interface ObservedAmounts {
  readonly payments: number;
  readonly smallest: number;
  readonly largest: number;
  /** The largest number of which every amount is a multiple; 0 when all amounts are 0. */
  readonly multipleOf: number;
}

/** What payment intents show of how payments are used: counts, lengths and extremes, and nothing that any payer gave. Plain JSON. */
export interface ObservedUsage {
  readonly payments: number;
  /** By ISO 4217 code. */
  readonly currencies: Readonly<Record<string, ObservedAmounts>>;
  readonly captureMethods: Counts;
  readonly statuses: Counts;
  readonly cancellationReasons: Counts;
  /** By input field of `paymentIntents.create`: payments that have it, so that it may have been given. What is not here cannot be seen in a payment. */
  readonly fields: Counts;
  readonly futureUsages: Counts;
  readonly metadata: {
    readonly payments: number;
    /** Without the reference's own key. */
    readonly mostKeys: number;
    readonly longestKey: number;
    readonly longestValue: number;
    /** By `string`, `integer` and `boolean`. */
    readonly valueTypes: Counts;
  };
  /** Payments that carry a reference. */
  readonly references: number;
  /** Payments with a secret for the payer's browser. */
  readonly clientSecrets: number;
  /** Payments whose last attempt failed. */
  readonly failures: number;
}

/** The input fields of `paymentIntents.create` that a payment intent has a member for. */
type Shared = FieldOf<'paymentIntents.create'> & keyof PaymentIntentFacts;

/**
 * Whether a payment shows that such a field was given: `counted` when its member is not `null`. `elsewhere`: it is there whether it was given or not, or it is
 * counted in a way of its own below. A new field that is also a member does not compile until it is here.
 */
const shared: { readonly [F in Shared]: 'counted' | 'elsewhere' } = {
  amount: 'elsewhere',
  customer: 'counted',
  paymentMethod: 'elsewhere',
  paymentMethodTypes: 'elsewhere',
  captureMethod: 'elsewhere',
  description: 'counted',
  statementDescriptor: 'counted',
  receiptEmail: 'counted',
  setupFutureUsage: 'counted',
  returnUrl: 'counted',
  metadata: 'elsewhere',
};

const isShared = (field: string): field is Shared => Object.hasOwn(shared, field);

const shownFields: readonly Shared[] = Object.keys(shared).filter(isShared).filter((field) => shared[field] === 'counted');

const divisor = (one: number, other: number): number => (other === 0 ? one : divisor(other, one % other));

const withAmount = (seen: ObservedAmounts | undefined, units: number): ObservedAmounts => ({
  payments: (seen?.payments ?? 0) + 1,
  smallest: Math.min(seen?.smallest ?? units, units),
  largest: Math.max(seen?.largest ?? units, units),
  multipleOf: divisor(seen?.multipleOf ?? 0, units),
});

/** Counts by value. What a provider sent may be named like a member of every object, so a map and not an object. */
const tally = (): { readonly add: (value: string | null) => void; readonly counts: () => Counts } => {
  const counts = new Map<string, number>();
  return {
    add: (value) => {
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
  };
};

/**
 * Counts what payment intents show: those of a list, of an export or of your own records. Reads each once and keeps none.
 * @returns counts, for `usage.observed` of `planMigration`.
 * @throws what the source throws.
 */
export const usageOf = async (intents: Iterable<PaymentIntent> | AsyncIterable<PaymentIntent>): Promise<ObservedUsage> => {
  const currencies = new Map<string, ObservedAmounts>();
  const [captureMethods, statuses, cancellationReasons, fields, futureUsages, valueTypes] = [tally(), tally(), tally(), tally(), tally(), tally()];
  let [payments, withMetadata, mostKeys, longestKey, longestValue, references, clientSecrets, failures] = [0, 0, 0, 0, 0, 0, 0, 0];
  for await (const intent of intents) {
    payments += 1;
    const { currency, minorUnits } = intent.amount;
    currencies.set(currency, withAmount(currencies.get(currency), minorUnits));
    captureMethods.add(intent.captureMethod);
    statuses.add(intent.status);
    if (intent.status === 'canceled') cancellationReasons.add(intent.cancellationReason);
    for (const field of shownFields) if (intent[field] !== null) fields.add(field);
    futureUsages.add(intent.setupFutureUsage);
    const entries = Object.entries(intent.metadata ?? {});
    if (entries.length > 0) {
      withMetadata += 1;
      fields.add('metadata');
    }
    for (const [key, value] of entries) {
      longestKey = Math.max(longestKey, key.length);
      longestValue = Math.max(longestValue, String(value).length);
    }
    for (const type of new Set(entries.map(([, value]) => (typeof value === 'number' ? 'integer' : typeof value)))) valueTypes.add(type);
    mostKeys = Math.max(mostKeys, entries.length);
    if (intent.reference !== null) references += 1;
    if (intent.clientSecret !== null) clientSecrets += 1;
    if (intent.lastPaymentError !== null) failures += 1;
  }
  return {
    payments,
    currencies: Object.fromEntries(currencies),
    captureMethods: captureMethods.counts(),
    statuses: statuses.counts(),
    cancellationReasons: cancellationReasons.counts(),
    fields: { ...Object.fromEntries([...shownFields, 'metadata'].map((field) => [field, 0])), ...fields.counts() },
    futureUsages: futureUsages.counts(),
    metadata: { payments: withMetadata, mostKeys, longestKey, longestValue, valueTypes: valueTypes.counts() },
    references,
    clientSecrets,
    failures,
  };
};
