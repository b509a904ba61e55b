import type { Rows } from './definitions.js';

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

const single = { answer: 'payment_intent', page: false } as const;
const onIntent = { ...single, target: 'payment_intent' } as const;

/** The operations on payment intents. */
export const paymentIntentRows: Rows<'paymentIntents'> = {
  'paymentIntents.create': {
    summary: 'Creates an intent; with `confirm` it charges or authorises right away.',
    ...single,
    target: null,
    movesMoney: 'when_confirmed',
    readsOnly: false,
    guardedByState: false,
    legalFrom: null,
    fields: { ...confirmFields, amount: 'required', customer: 'optional', confirm: 'optional', statementDescriptor: 'optional', metadata: 'optional' },
  },
  'paymentIntents.retrieve': {
    summary: 'Reads an intent as it is now.',
    ...onIntent,
    movesMoney: 'never',
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: {},
  },
  'paymentIntents.update': {
    summary: 'Changes an intent that is not yet paid.',
    ...onIntent,
    movesMoney: 'never',
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
    ...onIntent,
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: true,
    legalFrom: beforeConfirmation,
    fields: confirmFields,
  },
  'paymentIntents.capture': {
    summary: 'Takes authorised money, once; the rest is released.',
    ...onIntent,
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: true,
    legalFrom: ['requires_capture'],
    fields: { amount: 'optional', statementDescriptor: 'optional', metadata: 'optional', providerOptions: 'optional' },
  },
  'paymentIntents.cancel': {
    summary: 'Ends an intent and releases what is authorised.',
    ...onIntent,
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: true,
    legalFrom: [...beforeConfirmation, 'processing', 'requires_capture'],
    fields: { reason: 'optional', providerOptions: 'optional' },
  },
  'paymentIntents.list': {
    summary: 'Reads a page of intents.',
    ...single,
    page: true,
    target: null,
    movesMoney: 'never',
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: { limit: 'optional', cursor: 'optional', customer: 'optional', createdFrom: 'optional', createdBefore: 'optional' },
  },
  'paymentIntents.incrementAuthorization': {
    summary: 'Raises the authorised amount to a new total.',
    ...onIntent,
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: false,
    legalFrom: ['requires_capture'],
    fields: { amount: 'required', description: 'optional', statementDescriptor: 'optional', metadata: 'optional', providerOptions: 'optional' },
  },
};
