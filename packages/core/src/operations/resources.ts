import type { PaymentEvent } from '../model/event.js';
import type { ListEvents } from '../model/event-inputs.js';
import type { Page } from '../model/page.js';
import type { PaymentAttempt } from '../model/payment-attempt.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type {
  CancelPaymentIntent,
  CapturePaymentIntent,
  ConfirmPaymentIntent,
  CreatePaymentIntent,
  IncrementAuthorization,
  ListPaymentIntents,
  UpdatePaymentIntent,
} from '../model/payment-intent-inputs.js';
import type { Refund } from '../model/refund.js';
import type { CreateRefund, ListRefunds, UpdateRefund } from '../model/refund-inputs.js';
import type { SetupIntent } from '../model/setup-intent.js';
import type { CancelSetupIntent, ConfirmSetupIntent, CreateSetupIntent, ListSetupIntents, UpdateSetupIntent } from '../model/setup-intent-inputs.js';
import type { OperationName } from './definitions.js';

/**
 * Which intent an operation is about: a snapshot (any object with `ref` or `id`), a ref of this account (`'jp:pfw_1'`), or the provider's own id
 * (any other text, or `{ id }`). With a snapshot more can be checked before anything is sent.
 */
export type PaymentIntentTarget = string | { readonly id: string; readonly object?: 'payment_intent' } | PaymentIntent;

/** Which setup intent an operation is about. As {@link PaymentIntentTarget}. */
export type SetupIntentTarget = string | { readonly id: string; readonly object?: 'setup_intent' } | SetupIntent;

/** Which refund an operation is about. As {@link PaymentIntentTarget}. */
export type RefundTarget = string | { readonly id: string; readonly object?: 'refund' } | Refund;

/** Which payment attempt an operation is about: its id or ref, an attempt, or the payment intent whose `latestPayment` it is. */
export type PaymentAttemptTarget = string | { readonly id: string; readonly object?: 'payment_attempt' } | PaymentAttempt | PaymentIntent;

/** Which event an operation is about. As {@link PaymentIntentTarget}. */
export type EventTarget = string | { readonly id: string; readonly object?: 'event' } | PaymentEvent;

/** Any target. */
export type Target = PaymentIntentTarget | SetupIntentTarget | RefundTarget | PaymentAttemptTarget | EventTarget;

/** Options of one call. They are ours and never enter the provider's body. */
export interface CallOptions {
  /**
   * Names one logical movement of money, such as an order's number. The idempotency key is made from it, so the same reference never moves
   * money twice, whichever process sends it again. Without one the key is random and lasts only for this call and its `resume`.
   */
  readonly reference?: string;
  /** Which attempt at that movement this is. Default 1. Raise it only after a definite decline; an unknown outcome keeps it. */
  readonly attempt?: number;
  /** The idempotency key itself, for those who keep keys of their own. Cannot be combined with `reference`. */
  readonly idempotencyKey?: string;
  /** Aborts the call. After the request has left, the outcome is unknown. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call, retries and look-ups included. */
  readonly deadline?: number;
  /** The provider's account on whose behalf to act, at providers that have platforms. */
  readonly connectedAccount?: string;
}

/** What `waitFor` waits for, and how long. */
export interface WaitFor<T extends { readonly status: string } = PaymentIntent> {
  /** Statuses, or a condition. Default: any status in which the provider is no longer working (all but `processing`; of a refund, all but `pending` and `unknown`). */
  readonly until?: readonly T['status'][] | ((snapshot: T) => boolean);
  /** Milliseconds until it gives up waiting and returns the last snapshot. Default 60,000. */
  readonly deadline?: number;
}

/**
 * The operations on payment intents. An adapter has those that its provider has; the others are missing from the client's type and are
 * refused at run time with `unsupported`, nothing sent.
 *
 * All of them throw a `PaymentError`. Money may have moved only when its `outcome` is `unknown` (or `done`); queue `error.resume` then.
 * A decline is not an error: the returned intent carries it as `lastPaymentError`.
 */
export interface PaymentIntents {
  /**
   * Creates an intent. `captureMethod` is `automatic` unless you say otherwise. With `confirm` it charges or authorises right away.
   * @returns the intent; after a decline in `requires_payment_method` with `lastPaymentError`.
   * @throws PaymentError `payment_declined` when the provider refused outright and made no intent; money may have moved when `outcome` is `unknown` and `confirm` was set.
   */
  create(input: CreatePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
  /** Reads an intent as it is now. Moves no money. */
  retrieve(target: PaymentIntentTarget, options?: CallOptions): Promise<PaymentIntent>;
  /** Changes an intent that is not yet paid. `null` deletes a metadata key. Moves no money. */
  update(target: PaymentIntentTarget, input: UpdatePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
  /**
   * Charges or authorises.
   * @returns the intent: `succeeded`, `requires_capture`, `processing`, `requires_action` (hand `toBrowser(intent)` to the page), or after a decline `requires_payment_method` with `lastPaymentError`.
   */
  confirm(target: PaymentIntentTarget, input?: ConfirmPaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
  /**
   * Takes authorised money: all of it, or `amount`. Capture is final: the rest is released. Pass a snapshot rather than an id to have the amount's
   * currency checked before anything is sent.
   */
  capture(target: PaymentIntentTarget, input?: CapturePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
  /** Ends an intent and releases what is authorised. Money that was captured has to be refunded instead. */
  cancel(target: PaymentIntentTarget, input?: CancelPaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
  /** One page of intents, in the provider's order. */
  list(query?: ListPaymentIntents, options?: CallOptions): Promise<Page<PaymentIntent>>;
  /** All intents, page after page, fetched as they are consumed. `limit` is the size of a page. */
  iterate(query?: ListPaymentIntents, options?: CallOptions): AsyncIterable<PaymentIntent>;
  /** Raises the authorised amount. `amount` is the new total, whatever the provider counts. */
  incrementAuthorization(target: PaymentIntentTarget, input: IncrementAuthorization, options?: CallOptions): Promise<PaymentIntent>;
  /**
   * Retrieves again and again until the intent is in one of the statuses asked for.
   * @returns the last snapshot: at the deadline too, which is no failure. Passing faults of the provider are waited out.
   */
  waitFor(target: PaymentIntentTarget, wait?: WaitFor, options?: CallOptions): Promise<PaymentIntent>;
}

/**
 * The operations on setup intents: the saving of a payment method for later. None of them moves money. They throw as those on payment intents do.
 */
export interface SetupIntents {
  /**
   * Creates a setup intent. With `confirm` it saves the method right away.
   * @returns the setup intent; after a decline in `requires_payment_method` with `lastSetupError`.
   */
  create(input: CreateSetupIntent, options?: CallOptions): Promise<SetupIntent>;
  /** Reads a setup intent as it is now. */
  retrieve(target: SetupIntentTarget, options?: CallOptions): Promise<SetupIntent>;
  /** Changes a setup intent that is not yet done. `null` deletes a metadata key. */
  update(target: SetupIntentTarget, input: UpdateSetupIntent, options?: CallOptions): Promise<SetupIntent>;
  /**
   * Saves the payment method.
   * @returns the setup intent: `succeeded`, `processing`, `requires_action` (hand `toBrowser(setupIntent)` to the page), or after a decline `requires_payment_method` with `lastSetupError`.
   */
  confirm(target: SetupIntentTarget, input?: ConfirmSetupIntent, options?: CallOptions): Promise<SetupIntent>;
  /** Ends a setup intent. A method that was saved stays saved. */
  cancel(target: SetupIntentTarget, input?: CancelSetupIntent, options?: CallOptions): Promise<SetupIntent>;
  /** One page of setup intents, in the provider's order. */
  list(query?: ListSetupIntents, options?: CallOptions): Promise<Page<SetupIntent>>;
  /** All setup intents, page after page, fetched as they are consumed. `limit` is the size of a page. */
  iterate(query?: ListSetupIntents, options?: CallOptions): AsyncIterable<SetupIntent>;
  /** Retrieves again and again until the setup intent is in one of the statuses asked for. @returns the last snapshot, at the deadline too. */
  waitFor(target: SetupIntentTarget, wait?: WaitFor<SetupIntent>, options?: CallOptions): Promise<SetupIntent>;
}

/**
 * The operations on refunds. They throw as those on payment intents do; money may have gone back only when the error's `outcome` is `unknown` (or
 * `done`): queue `error.resume` then.
 */
export interface Refunds {
  /**
   * Gives money back: `amount`, or all that was taken and has not gone back yet. Refused before sending when it is more than the snapshot given says was received.
   * The same part given back twice on purpose takes two references; under one reference it happens once.
   * @returns the refund, which may be `pending` for days.
   */
  create(target: PaymentIntentTarget, input?: CreateRefund, options?: CallOptions): Promise<Refund>;
  /** Reads a refund as it is now. Moves no money. */
  retrieve(target: RefundTarget, options?: CallOptions): Promise<Refund>;
  /** Changes a refund's metadata; `null` deletes a key. Moves no money. */
  update(target: RefundTarget, input: UpdateRefund, options?: CallOptions): Promise<Refund>;
  /** Stops a refund that has not gone out yet: the money stays taken. */
  cancel(target: RefundTarget, input?: Readonly<Record<never, never>>, options?: CallOptions): Promise<Refund>;
  /** One page of refunds, in the provider's order. */
  list(query?: ListRefunds, options?: CallOptions): Promise<Page<Refund>>;
  /** All refunds, page after page, fetched as they are consumed. `limit` is the size of a page. */
  iterate(query?: ListRefunds, options?: CallOptions): AsyncIterable<Refund>;
  /** Retrieves again and again until the refund is in one of the statuses asked for. @returns the last snapshot, at the deadline too. */
  waitFor(target: RefundTarget, wait?: WaitFor<Refund>, options?: CallOptions): Promise<Refund>;
}

/** The operations on payment attempts. They only read. */
export interface Attempts {
  /** Reads the attempt to pay behind an intent: what was captured, what went back, why it failed, what card it was. */
  retrieve(target: PaymentAttemptTarget, options?: CallOptions): Promise<PaymentAttempt>;
}

/** The operations on events. They only read. */
export interface Events {
  /** Reads an event from the provider, which proves it: its `trust` is `retrieved`. */
  retrieve(target: EventTarget, options?: CallOptions): Promise<PaymentEvent>;
  /** One page of events, in the provider's order (newest first). Providers keep them for some weeks. */
  list(query?: ListEvents, options?: CallOptions): Promise<Page<PaymentEvent>>;
  /** All events, page after page, fetched as they are consumed. `limit` is the size of a page. */
  iterate(query?: ListEvents, options?: CallOptions): AsyncIterable<PaymentEvent>;
}

/** The resources of a client and their verbs. */
export interface Resources {
  readonly paymentIntents: PaymentIntents;
  readonly setupIntents: SetupIntents;
  readonly refunds: Refunds;
  readonly attempts: Attempts;
  readonly events: Events;
}

/** Verbs made of another operation: they are there when that one is. */
export interface Companions {
  readonly 'paymentIntents.list': 'iterate';
  readonly 'paymentIntents.retrieve': 'waitFor';
  readonly 'setupIntents.list': 'iterate';
  readonly 'setupIntents.retrieve': 'waitFor';
  readonly 'refunds.list': 'iterate';
  readonly 'refunds.retrieve': 'waitFor';
  readonly 'events.list': 'iterate';
}

type ResourceOf<N> = N extends `${infer R extends keyof Resources}.${string}` ? R : never;
type VerbOf<N, R extends keyof Resources> = N extends `${R}.${infer V extends keyof Resources[R] & string}`
  ? V | (N extends keyof Companions ? Companions[N] & keyof Resources[R] : never)
  : never;

/** The verbs of the operations named `N`, by resource. */
export type VerbsOf<N extends OperationName> = { readonly [R in ResourceOf<N>]: Pick<Resources[R], VerbOf<N, R>> };
