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

/** Keys that a provider honours: where they go, and what they may be. */
export interface HonouredKeys {
  /** `documented`: a repeated key repeats the first answer. `assumed`: it is believed to, and trusted only where the object's own state also protects. */
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
}

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
