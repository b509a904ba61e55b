// What a user of 0.1 sees at a client is what a user sees now: the verbs of 0.1, as they were written by hand, are compared with those that derive from the
// operation definitions. An operation that is added later is not listed here and changes nothing.
import { expectTypeOf } from 'vitest';
import type {
  Attempts,
  CallOptions,
  CancelPaymentIntent,
  CancelSetupIntent,
  CapturePaymentIntent,
  ConfirmPaymentIntent,
  ConfirmSetupIntent,
  CreatePaymentIntent,
  CreateRefund,
  CreateSetupIntent,
  Events,
  EventTarget,
  IncrementAuthorization,
  ListEvents,
  ListPaymentIntents,
  ListRefunds,
  ListSetupIntents,
  Page,
  PaymentAttempt,
  PaymentAttemptTarget,
  PaymentEvent,
  PaymentIntent,
  PaymentIntents,
  PaymentIntentTarget,
  Refund,
  Refunds,
  RefundTarget,
  Resources,
  SetupIntent,
  SetupIntents,
  SetupIntentTarget,
  UpdatePaymentIntent,
  UpdateRefund,
  UpdateSetupIntent,
  WaitFor,
} from '../index.js';

interface PaymentIntentsOf01 {
    create(input: CreatePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
    retrieve(target: PaymentIntentTarget, options?: CallOptions): Promise<PaymentIntent>;
    update(target: PaymentIntentTarget, input: UpdatePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
    confirm(target: PaymentIntentTarget, input?: ConfirmPaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
    capture(target: PaymentIntentTarget, input?: CapturePaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
    cancel(target: PaymentIntentTarget, input?: CancelPaymentIntent, options?: CallOptions): Promise<PaymentIntent>;
    list(query?: ListPaymentIntents, options?: CallOptions): Promise<Page<PaymentIntent>>;
    iterate(query?: ListPaymentIntents, options?: CallOptions): AsyncIterable<PaymentIntent>;
    incrementAuthorization(target: PaymentIntentTarget, input: IncrementAuthorization, options?: CallOptions): Promise<PaymentIntent>;
    waitFor(target: PaymentIntentTarget, wait?: WaitFor, options?: CallOptions): Promise<PaymentIntent>;
}
interface SetupIntentsOf01 {
    create(input: CreateSetupIntent, options?: CallOptions): Promise<SetupIntent>;
    retrieve(target: SetupIntentTarget, options?: CallOptions): Promise<SetupIntent>;
    update(target: SetupIntentTarget, input: UpdateSetupIntent, options?: CallOptions): Promise<SetupIntent>;
    confirm(target: SetupIntentTarget, input?: ConfirmSetupIntent, options?: CallOptions): Promise<SetupIntent>;
    cancel(target: SetupIntentTarget, input?: CancelSetupIntent, options?: CallOptions): Promise<SetupIntent>;
    list(query?: ListSetupIntents, options?: CallOptions): Promise<Page<SetupIntent>>;
    iterate(query?: ListSetupIntents, options?: CallOptions): AsyncIterable<SetupIntent>;
    waitFor(target: SetupIntentTarget, wait?: WaitFor<SetupIntent>, options?: CallOptions): Promise<SetupIntent>;
}
interface RefundsOf01 {
    create(target: PaymentIntentTarget, input?: CreateRefund, options?: CallOptions): Promise<Refund>;
    retrieve(target: RefundTarget, options?: CallOptions): Promise<Refund>;
    update(target: RefundTarget, input: UpdateRefund, options?: CallOptions): Promise<Refund>;
    cancel(target: RefundTarget, input?: Readonly<Record<never, never>>, options?: CallOptions): Promise<Refund>;
    list(query?: ListRefunds, options?: CallOptions): Promise<Page<Refund>>;
    iterate(query?: ListRefunds, options?: CallOptions): AsyncIterable<Refund>;
    waitFor(target: RefundTarget, wait?: WaitFor<Refund>, options?: CallOptions): Promise<Refund>;
}
interface AttemptsOf01 {
    retrieve(target: PaymentAttemptTarget, options?: CallOptions): Promise<PaymentAttempt>;
}
interface EventsOf01 {
    retrieve(target: EventTarget, options?: CallOptions): Promise<PaymentEvent>;
    list(query?: ListEvents, options?: CallOptions): Promise<Page<PaymentEvent>>;
    iterate(query?: ListEvents, options?: CallOptions): AsyncIterable<PaymentEvent>;
}
interface ResourcesOf01 {
  readonly paymentIntents: PaymentIntentsOf01;
  readonly setupIntents: SetupIntentsOf01;
  readonly refunds: RefundsOf01;
  readonly attempts: AttemptsOf01;
  readonly events: EventsOf01;
}

type Verbs<T> = { [V in keyof T]: T[V] };

expectTypeOf<Pick<PaymentIntents, keyof PaymentIntentsOf01>>().toEqualTypeOf<Verbs<PaymentIntentsOf01>>();
expectTypeOf<Pick<SetupIntents, keyof SetupIntentsOf01>>().toEqualTypeOf<Verbs<SetupIntentsOf01>>();
expectTypeOf<Pick<Refunds, keyof RefundsOf01>>().toEqualTypeOf<Verbs<RefundsOf01>>();
expectTypeOf<Pick<Attempts, keyof AttemptsOf01>>().toEqualTypeOf<Verbs<AttemptsOf01>>();
expectTypeOf<Pick<Events, keyof EventsOf01>>().toEqualTypeOf<Verbs<EventsOf01>>();
expectTypeOf<Resources>().toExtend<ResourcesOf01>();
