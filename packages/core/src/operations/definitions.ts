import type { ListEvents } from '../model/event-inputs.js';
import type {
  CancelPaymentIntent,
  CapturePaymentIntent,
  ConfirmPaymentIntent,
  CreatePaymentIntent,
  IncrementAuthorization,
  ListPaymentIntents,
  UpdatePaymentIntent,
} from '../model/payment-intent-inputs.js';
import type { CreateRefund, ListRefunds, UpdateRefund } from '../model/refund-inputs.js';
import type { CancelSetupIntent, ConfirmSetupIntent, CreateSetupIntent, ListSetupIntents, UpdateSetupIntent } from '../model/setup-intent-inputs.js';
import type { NeutralObjects, ObjectKind, StatusOf } from '../model/kinds.js';
import { attemptRows, eventRows } from './attempts-and-events.js';
import { paymentIntentRows } from './payment-intents.js';
import { refundRows } from './refunds.js';
import { setupIntentRows } from './setup-intents.js';

type Nothing = Readonly<Record<never, never>>;

/** The neutral input of each operation, without its target. */
export interface Inputs {
  readonly 'paymentIntents.create': CreatePaymentIntent;
  readonly 'paymentIntents.retrieve': Nothing;
  readonly 'paymentIntents.update': UpdatePaymentIntent;
  readonly 'paymentIntents.confirm': ConfirmPaymentIntent;
  readonly 'paymentIntents.capture': CapturePaymentIntent;
  readonly 'paymentIntents.cancel': CancelPaymentIntent;
  readonly 'paymentIntents.list': ListPaymentIntents;
  readonly 'paymentIntents.incrementAuthorization': IncrementAuthorization;
  readonly 'setupIntents.create': CreateSetupIntent;
  readonly 'setupIntents.retrieve': Nothing;
  readonly 'setupIntents.update': UpdateSetupIntent;
  readonly 'setupIntents.confirm': ConfirmSetupIntent;
  readonly 'setupIntents.cancel': CancelSetupIntent;
  readonly 'setupIntents.list': ListSetupIntents;
  readonly 'refunds.create': CreateRefund;
  readonly 'refunds.retrieve': Nothing;
  readonly 'refunds.update': UpdateRefund;
  readonly 'refunds.cancel': Nothing;
  readonly 'refunds.list': ListRefunds;
  readonly 'attempts.retrieve': Nothing;
  readonly 'events.retrieve': Nothing;
  readonly 'events.list': ListEvents;
}

/** The name of an operation, the same everywhere: adapters, limits, `supports()`, errors, reports. */
export type OperationName = keyof Inputs;

/** The neutral input of one operation. */
export type InputOf<K extends OperationName> = Inputs[K];

/** The name of a neutral input field of one operation. */
export type FieldOf<K extends OperationName> = K extends OperationName ? keyof Inputs[K] & string : never;

/** The resources, and the kind of object that each is about. */
export interface ResourceKinds {
  readonly paymentIntents: 'payment_intent';
  readonly setupIntents: 'setup_intent';
  readonly refunds: 'refund';
  readonly attempts: 'payment_attempt';
  readonly events: 'event';
}

/** The kind of object that an operation answers with. */
export type AnswerOf<K extends OperationName> = K extends `${infer R extends keyof ResourceKinds}.${string}` ? ResourceKinds[R] : never;

/** The kind of existing object that an operation is about; `null` when it is about none. A refund is made of a payment. */
export type TargetOf<K extends OperationName> = K extends 'refunds.create' ? 'payment_intent' : K extends `${string}.create` | PageOperation ? null : AnswerOf<K>;

/** The neutral object that an operation answers with, or a page of. */
export type NeutralOf<K extends OperationName> = NeutralObjects[AnswerOf<K>];

/** The operations that answer with a page. */
export type PageOperation = Extract<OperationName, `${string}.list`>;

/** The operations that answer with one object. */
export type SingleOperation = Exclude<OperationName, PageOperation>;

/** The statuses that an operation's target may have. */
export type TargetStatus<K extends OperationName> = TargetOf<K> extends ObjectKind ? StatusOf<TargetOf<K>> : never;

/** What there is to know about an operation, whoever the provider is. */
export interface VocabularyRow<K extends OperationName> {
  /** One line for documentation and reports. */
  readonly summary: string;
  /** Whether it takes, holds, frees or gives back money. A create does only when it also confirms. */
  readonly movesMoney: 'never' | 'when_confirmed' | 'always';
  /** The kind of existing object that it is about; `null` when it is about none. */
  readonly target: TargetOf<K>;
  /** The kind of object that it answers with. */
  readonly answer: AnswerOf<K>;
  /** Whether it answers with a page of them. */
  readonly page: K extends PageOperation ? true : false;
  /** Whether it only reads, so that it may be sent again without a key. */
  readonly readsOnly: boolean;
  /** Whether the object itself keeps a second run from moving money twice, so that a key may be sent again although its lifetime is not known. */
  readonly guardedByState: boolean;
  /** The target's statuses from which it is legal; `null` when there is no object yet, or any status will do. */
  readonly legalFrom: readonly TargetStatus<K>[] | null;
  /** Each neutral input field, and whether it must be given. A new field does not compile until it is here. */
  readonly fields: { readonly [F in FieldOf<K>]: 'required' | 'optional' };
}

/** The rows of the operations of one resource. */
export type Rows<Prefix extends string> = { readonly [K in Extract<OperationName, `${Prefix}.${string}`>]: VocabularyRow<K> };

/** One row per operation. Guard, keys, retries, suite, documentation and matrix all read it. */
export const vocabulary: { readonly [K in OperationName]: VocabularyRow<K> } = {
  ...paymentIntentRows,
  ...setupIntentRows,
  ...refundRows,
  ...attemptRows,
  ...eventRows,
};

/** The names of all operations, in the order of the table. */
export const operationNames = Object.keys(vocabulary) as readonly OperationName[];

/** Whether a text is the name of an operation. */
export const isOperationName = (name: string): name is OperationName => Object.hasOwn(vocabulary, name);
