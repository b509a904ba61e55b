import type { KnownPaymentIntentStatus } from '../model/payment-intent.js';
import type {
  CancelPaymentIntent,
  CapturePaymentIntent,
  ConfirmPaymentIntent,
  CreatePaymentIntent,
  IncrementAuthorization,
  ListPaymentIntents,
  UpdatePaymentIntent,
} from '../model/payment-intent-inputs.js';

/** The neutral input of each operation, without its target. */
export interface Inputs {
  readonly 'paymentIntents.create': CreatePaymentIntent;
  readonly 'paymentIntents.retrieve': Readonly<Record<never, never>>;
  readonly 'paymentIntents.update': UpdatePaymentIntent;
  readonly 'paymentIntents.confirm': ConfirmPaymentIntent;
  readonly 'paymentIntents.capture': CapturePaymentIntent;
  readonly 'paymentIntents.cancel': CancelPaymentIntent;
  readonly 'paymentIntents.list': ListPaymentIntents;
  readonly 'paymentIntents.incrementAuthorization': IncrementAuthorization;
}

/** The name of an operation, the same everywhere: adapters, limits, `supports()`, errors, reports. */
export type OperationName = keyof Inputs;

/** The neutral input of one operation. */
export type InputOf<K extends OperationName> = Inputs[K];

/** The name of a neutral input field of one operation. */
export type FieldOf<K extends OperationName> = K extends OperationName ? keyof Inputs[K] & string : never;

/** What there is to know about an operation, whoever the provider is. */
export interface VocabularyRow<K extends OperationName> {
  /** One line for documentation and reports. */
  readonly summary: string;
  /** Whether it takes, holds or frees money. A create does only when it also confirms. */
  readonly movesMoney: 'never' | 'when_confirmed' | 'always';
  /** Whether it is about an existing object. */
  readonly hasTarget: boolean;
  /** Whether it only reads, so that it may be sent again without a key. */
  readonly readsOnly: boolean;
  /** Whether the object itself keeps a second run from moving money twice, so that a key may be sent again although its lifetime is not known. */
  readonly guardedByState: boolean;
  /** The statuses from which it is legal; `null` when there is no object yet, or any status will do. */
  readonly legalFrom: readonly KnownPaymentIntentStatus[] | null;
  /** Each neutral input field, and whether it must be given. A new field does not compile until it is here. */
  readonly fields: { readonly [F in FieldOf<K>]: 'required' | 'optional' };
}

const confirmFields = {
  paymentMethod: 'optional',
  paymentMethodTypes: 'optional',
  captureMethod: 'optional',
  returnUrl: 'optional',
  offSession: 'optional',
  setupFutureUsage: 'optional',
  threeDSecure: 'optional',
  receiptEmail: 'optional',
  description: 'optional',
  providerOptions: 'optional',
} as const;

const beforeConfirmation = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const;

/** One row per operation. Guard, keys, retries, suite, documentation and matrix all read it. */
export const vocabulary: { readonly [K in OperationName]: VocabularyRow<K> } = {
  'paymentIntents.create': {
    summary: 'Creates an intent; with `confirm` it charges or authorises right away.',
    movesMoney: 'when_confirmed',
    hasTarget: false,
    readsOnly: false,
    guardedByState: false,
    legalFrom: null,
    fields: { ...confirmFields, amount: 'required', customer: 'optional', confirm: 'optional', statementDescriptor: 'optional', metadata: 'optional' },
  },
  'paymentIntents.retrieve': {
    summary: 'Reads an intent as it is now.',
    movesMoney: 'never',
    hasTarget: true,
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: {},
  },
  'paymentIntents.update': {
    summary: 'Changes an intent that is not yet paid.',
    movesMoney: 'never',
    hasTarget: true,
    readsOnly: false,
    guardedByState: true,
    legalFrom: null,
    fields: {
      amount: 'optional',
      customer: 'optional',
      paymentMethod: 'optional',
      paymentMethodTypes: 'optional',
      captureMethod: 'optional',
      returnUrl: 'optional',
      setupFutureUsage: 'optional',
      threeDSecure: 'optional',
      statementDescriptor: 'optional',
      receiptEmail: 'optional',
      description: 'optional',
      metadata: 'optional',
      providerOptions: 'optional',
    },
  },
  'paymentIntents.confirm': {
    summary: 'Charges or authorises.',
    movesMoney: 'always',
    hasTarget: true,
    readsOnly: false,
    guardedByState: true,
    legalFrom: beforeConfirmation,
    fields: confirmFields,
  },
  'paymentIntents.capture': {
    summary: 'Takes authorised money, once; the rest is released.',
    movesMoney: 'always',
    hasTarget: true,
    readsOnly: false,
    guardedByState: true,
    legalFrom: ['requires_capture'],
    fields: { amount: 'optional', statementDescriptor: 'optional', metadata: 'optional', providerOptions: 'optional' },
  },
  'paymentIntents.cancel': {
    summary: 'Ends an intent and releases what is authorised.',
    movesMoney: 'always',
    hasTarget: true,
    readsOnly: false,
    guardedByState: true,
    legalFrom: [...beforeConfirmation, 'processing', 'requires_capture'],
    fields: { reason: 'optional', providerOptions: 'optional' },
  },
  'paymentIntents.list': {
    summary: 'Reads a page of intents.',
    movesMoney: 'never',
    hasTarget: false,
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: { limit: 'optional', cursor: 'optional', customer: 'optional', createdFrom: 'optional', createdBefore: 'optional' },
  },
  'paymentIntents.incrementAuthorization': {
    summary: 'Raises the authorised amount to a new total.',
    movesMoney: 'always',
    hasTarget: true,
    readsOnly: false,
    guardedByState: false,
    legalFrom: ['requires_capture'],
    fields: { amount: 'required', description: 'optional', statementDescriptor: 'optional', metadata: 'optional', providerOptions: 'optional' },
  },
};

/** The names of all operations, in the order of the table. */
export const operationNames = Object.keys(vocabulary) as readonly OperationName[];

/** Whether a text is the name of an operation. */
export const isOperationName = (name: string): name is OperationName => Object.hasOwn(vocabulary, name);
