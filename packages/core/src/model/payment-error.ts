import type { PaymentFailure } from './failure.js';
import type { LivingObject } from './event.js';
import type { PaymentIntent } from './payment-intent.js';
import type { SecretValue } from './secret.js';
import { errorCodes, type ErrorCode, type Outcome, type Retry } from '../errors/codes.js';
import type { Resume } from './resume.js';

const marker = Symbol.for('oneintent.PaymentError');

/** One thing that is wrong with an input. */
export interface Problem {
  /** The neutral field, with dots for nesting: `amount.minorUnits`. */
  readonly field: string;
  /** What is wrong with the value. Never quotes the value. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Everything that a {@link PaymentError} says. */
export interface PaymentErrorDetails {
  readonly code: ErrorCode;
  readonly message: string;
  readonly outcome: Outcome;
  /** Default: the code's own. */
  readonly retry?: Retry;
  readonly provider?: string | null;
  readonly account?: string | null;
  readonly operation?: string | null;
  readonly httpStatus?: number | null;
  readonly providerCode?: string | null;
  readonly providerMessage?: SecretValue<string> | null;
  readonly requestId?: string | null;
  /** Seconds that the provider asked to wait. */
  readonly retryAfter?: number | null;
  readonly problems?: readonly Problem[];
  readonly failure?: PaymentFailure | null;
  /** The payment intent, setup intent or refund that it is about, as it is now. */
  readonly subject?: LivingObject | null;
  readonly resume?: Resume | null;
  readonly cause?: { readonly name: string; readonly code: string | null } | null;
}

/** The public shape of every error that this library throws. Plain data but for the stack; safe to log and to write to JSON. */
export interface PaymentErrorShape extends Error {
  readonly code: ErrorCode;
  /** Whether money may have moved: only when this is `unknown` or `done`. */
  readonly outcome: Outcome;
  readonly retry: Retry;
  readonly provider: string | null;
  readonly account: string | null;
  /** The operation, such as `paymentIntents.capture`. */
  readonly operation: string | null;
  readonly httpStatus: number | null;
  /** The provider's own code, as it came. */
  readonly providerCode: string | null;
  /** The provider's own sentence. It may quote what was sent, so it prints as `[redacted]`. */
  readonly providerMessage: SecretValue<string> | null;
  /** The provider's id of the exchange; its support asks for it. */
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  /** What is wrong with the input, field by field. */
  readonly problems: readonly Problem[];
  /** Why the payment was declined, for `payment_declined`. */
  readonly failure: PaymentFailure | null;
  /** What the operation was about (a payment intent, a setup intent or a refund) as it is now, where the library has looked. */
  readonly subject: LivingObject | null;
  /** `subject`, where it is a payment intent. */
  readonly intent: PaymentIntent | null;
  /** `subject`'s status. */
  readonly currentStatus: LivingObject['status'] | null;
  /** Plain JSON with which `payments.resume` settles an unknown outcome, on another machine too. Holds no secret. */
  readonly resume: Resume | null;
}

/** The one error of this library. Recognise it with `PaymentError.is(error)`, which also knows errors of another copy of the package. */
export class PaymentError extends Error implements PaymentErrorShape {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly retry: Retry;
  readonly provider: string | null;
  readonly account: string | null;
  readonly operation: string | null;
  readonly httpStatus: number | null;
  readonly providerCode: string | null;
  readonly providerMessage: SecretValue<string> | null;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  readonly problems: readonly Problem[];
  readonly failure: PaymentFailure | null;
  readonly subject: LivingObject | null;
  readonly intent: PaymentIntent | null;
  readonly currentStatus: LivingObject['status'] | null;
  readonly resume: Resume | null;

  constructor(details: PaymentErrorDetails) {
    super(details.message, details.cause ? { cause: details.cause } : undefined);
    this.name = 'PaymentError';
    this.code = details.code;
    this.outcome = details.outcome;
    this.retry = details.retry ?? errorCodes[details.code].retry;
    this.provider = details.provider ?? null;
    this.account = details.account ?? null;
    this.operation = details.operation ?? null;
    this.httpStatus = details.httpStatus ?? null;
    this.providerCode = details.providerCode ?? null;
    this.providerMessage = details.providerMessage ?? null;
    this.requestId = details.requestId ?? null;
    this.retryAfter = details.retryAfter ?? null;
    this.problems = Object.freeze([...(details.problems ?? [])]);
    this.failure = details.failure ?? null;
    this.subject = details.subject ?? null;
    this.intent = details.subject?.object === 'payment_intent' ? details.subject : null;
    this.currentStatus = details.subject?.status ?? null;
    this.resume = details.resume ?? null;
  }

  /** Whether a value is an error of this library, from this or from another copy of the package. */
  static is(value: unknown): value is PaymentErrorShape {
    return typeof value === 'object' && value !== null && marker in value;
  }

  get [marker](): true {
    return true;
  }

  /** All fields but the stack, for logs. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}

const sentence = ({ field, problem, remedy }: Problem): string => `${field} ${problem}. ${remedy}`;

/** An error about the input, made before anything is sent: one message that names each field, its problem and the remedy. */
export const inputError = (
  problems: readonly Problem[],
  details: { readonly code?: 'invalid_request' | 'unsupported' | 'configuration'; readonly provider?: string; readonly account?: string; readonly operation?: string } = {},
): PaymentError =>
  new PaymentError({
    ...details,
    code: details.code ?? 'invalid_request',
    outcome: 'not_sent',
    message: `${details.operation === undefined ? '' : `${details.operation}: `}${problems.map(sentence).join(' ')}${details.operation === undefined ? '' : ' Nothing was sent.'}`,
    problems,
  });

/** {@link inputError} for one field. */
export const invalidInput = (field: string, problem: string, remedy: string): PaymentError => inputError([{ field, problem, remedy }]);
