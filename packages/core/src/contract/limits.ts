import type { CancellationReason, CaptureMethod } from '../model/payment-intent.js';
import type { RefundReason } from '../model/refund.js';
import type { OperationName } from '../operations/index.js';

/** How sure a fact about a provider is. */
export type Confidence = 'documented' | 'third_party' | 'inferred' | 'unverified';

/** A fact about a provider with where it comes from, so that it can be checked again. */
export interface Fact<T> {
  readonly value: T;
  /** The document and, where it has one, its date. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** What a provider takes of one currency. Numbers are in the units that the provider counts on the wire. */
export interface AmountLimits {
  /** Decimal digits of the provider's unit, where it differs from ISO 4217. The core converts exactly, or refuses. */
  readonly wireExponent?: number;
  /** The amount must be a multiple of this. */
  readonly multipleOf?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What metadata a provider keeps. */
export interface MetadataLimits {
  readonly maximumKeys: number | null;
  readonly maximumKeyLength: number | null;
  readonly maximumValueLength: number | null;
  /** The kinds of value that come back as they were sent. */
  readonly valueTypes: readonly ('string' | 'integer' | 'boolean')[];
}

/** The words of {@link KeyBehavior}. */
export const keyBehaviors = {
  stores: ['every_response', 'successes', 'unknown'],
  inFlight: ['refuses', 'queues', 'unknown'],
  repetition: ['replays', 'refuses', 'unknown'],
} as const;

/**
 * What a provider does with the keys that it takes. State a value only where it is as sure as the `confidence` of the whole limit: anything less is `unknown`,
 * which is read as the answer that needs more care.
 */
export interface KeyBehavior {
  /**
   * Which responses the provider stores under a key. `every_response`: refusals and server errors too, so a corrected request needs another key. `successes`: a
   * request that failed may be sent again under its key, and is executed again.
   */
  readonly stores: (typeof keyBehaviors)['stores'][number];
  /** What happens to a request whose key belongs to another request that is still in flight. `refuses`: it gets an error. `queues`: it waits for the other to end. */
  readonly inFlight: (typeof keyBehaviors)['inFlight'][number];
  /** What a repeated request gets once the first has ended. `replays`: the stored response. `refuses`: an error that says only that the key was used before. */
  readonly repetition: (typeof keyBehaviors)['repetition'][number];
}

/** Keys that a provider honours: where they go, what they may be, and what the provider does with them. */
export interface HonouredKeys extends KeyBehavior {
  /** `documented`: a request with a repeated key is not executed twice. `assumed`: it is believed not to be, and trusted only where the object's own state also protects. */
  readonly honoured: 'documented' | 'assumed';
  /** Where the core puts the key of whatever is not only read: into a header, or into a member at the top of the body. */
  readonly place: { readonly header: string } | { readonly member: string };
  /** A regular expression (source) that the whole key must match. */
  readonly alphabet: string;
  /** A key that the core makes has 64 hexadecimal digits, or as many as this. Changing it changes every key: do so only while no outcome is unknown. */
  readonly maximumLength: number;
  /** Seconds for which a key is remembered; `null` when the provider does not say. */
  readonly window: number | null;
  /** Operations that change something and take no key all the same: they are protected as where keys are not honoured. Default: none. */
  readonly except?: readonly OperationName[];
}

/** The shortest {@link HonouredKeys} `maximumLength` with which keys never meet by chance: 32 hexadecimal digits are 128 bits. */
export const shortestKey = 32;

/** How a provider treats idempotency keys. `no`: none is sent, and the core looks instead. */
export type IdempotencyLimits = { readonly honoured: 'no' } | HonouredKeys;

/** How soon a list shows an object that has just been created. `immediate`: in the next request. `lags`: some time later, so its absence proves nothing. */
export const listFreshness = ['immediate', 'lags', 'unknown'] as const;
export type ListFreshness = (typeof listFreshness)[number];

/** A provider's limits, each with its source. They may be overridden in configuration, as providers change them. */
export interface Limits {
  /** Upper-case ISO 4217 codes, or `all` of them. */
  readonly currencies: Fact<'all' | readonly string[]>;
  /** What applies to every currency, and what differs for some. */
  readonly amounts: Fact<{ readonly every: AmountLimits; readonly byCurrency?: Readonly<Record<string, AmountLimits>> }>;
  /** The smallest partial capture, in wire units; `null` when there is no rule of its own. */
  readonly captureMinimum: Fact<number | null>;
  readonly captureMethods: Fact<readonly CaptureMethod[]>;
  /** The reasons for which a payment intent can be canceled, as they can be written. */
  readonly cancellationReasons: Fact<readonly CancellationReason[]>;
  /** The reasons for which a setup intent can be canceled; empty where it can not. */
  readonly setupCancellationReasons: Fact<readonly CancellationReason[]>;
  /** The reasons for which money can go back; empty where none can be given. */
  readonly refundReasons: Fact<readonly RefundReason[]>;
  /** `null` where nothing has metadata. */
  readonly metadata: Fact<MetadataLimits | null>;
  readonly idempotency: Fact<IdempotencyLimits>;
  /** The largest page; `null` where the provider does not say, or has no list. */
  readonly pageSize: Fact<number | null>;
  /** How soon lists show what has just been created; `unknown` where that is not published, or there is no list. */
  readonly lists: Fact<ListFreshness>;
}

/** Keys as a configuration gives them: what it does not state of {@link KeyBehavior} is `unknown`. */
type KeyOverride = { readonly honoured: 'no' } | (Omit<HonouredKeys, keyof KeyBehavior> & Partial<KeyBehavior>);

/** Limits as a configuration gives them: those that differ from the adapter's own, each a whole fact. */
export type LimitOverrides = { readonly [L in keyof Limits]?: L extends 'idempotency' ? Fact<KeyOverride> : Limits[L] };

/** The fact about keys with everything that it does not state as `unknown`. */
export const withKeyBehavior = (fact: Fact<KeyOverride>): Fact<IdempotencyLimits> => {
  const { value } = fact;
  if (value.honoured === 'no') return { ...fact, value };
  const { stores = 'unknown', inFlight = 'unknown', repetition = 'unknown' } = value;
  return { ...fact, value: { ...value, stores, inFlight, repetition } };
};

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';

/**
 * How the keys of an operation are sent; `null` where none is. Limits may come from configuration: where these do not say where the key goes, none can be sent, so nothing is
 * believed to protect.
 */
export const honouredKeys = ({ idempotency }: Pick<Limits, 'idempotency'>, operation: OperationName | null = null): HonouredKeys | null => {
  const { value } = idempotency;
  if (value.honoured !== 'documented' && value.honoured !== 'assumed') return null;
  if (operation !== null && value.except?.includes(operation)) return null;
  const { header, member }: { readonly header?: unknown; readonly member?: unknown } = Object(value.place);
  return isName(header) !== isName(member) ? value : null;
};

/** The bounds of amounts in one currency: what it does not say of itself is as for every one. */
export const amountLimitsOf = (limits: Limits, currency: string): AmountLimits => ({
  ...limits.amounts.value.every,
  ...limits.amounts.value.byCurrency?.[currency],
});
