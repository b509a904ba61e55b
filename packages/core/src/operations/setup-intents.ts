import type { Rows } from './definitions.js';

const confirmFields = { paymentMethod: 'optional', returnUrl: 'optional', threeDSecure: 'optional', providerOptions: 'optional' } as const;

const beforeConfirmation = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const;

const single = { answer: 'setup_intent', page: false, movesMoney: 'never' } as const;
const onSetup = { ...single, target: 'setup_intent' } as const;

/** The operations on setup intents. None of them moves money. */
export const setupIntentRows: Rows<'setupIntents'> = {
  'setupIntents.create': {
    summary: 'Creates a setup intent; with `confirm` it saves the method right away.',
    ...single,
    target: null,
    readsOnly: false,
    guardedByState: false,
    legalFrom: null,
    fields: {
      ...confirmFields,
      customer: 'optional',
      paymentMethodTypes: 'optional',
      usage: 'optional',
      currency: 'optional',
      confirm: 'optional',
      offSession: 'optional',
      description: 'optional',
      metadata: 'optional',
    },
  },
  'setupIntents.retrieve': {
    summary: 'Reads a setup intent as it is now.',
    ...onSetup,
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: {},
  },
  'setupIntents.update': {
    summary: 'Changes a setup intent that is not yet done.',
    ...onSetup,
    readsOnly: false,
    guardedByState: true,
    legalFrom: null,
    fields: {
      customer: 'optional',
      paymentMethod: 'optional',
      paymentMethodTypes: 'optional',
      threeDSecure: 'optional',
      description: 'optional',
      metadata: 'optional',
      providerOptions: 'optional',
    },
  },
  'setupIntents.confirm': {
    summary: 'Saves the payment method.',
    ...onSetup,
    readsOnly: false,
    guardedByState: true,
    legalFrom: beforeConfirmation,
    fields: confirmFields,
  },
  'setupIntents.cancel': {
    summary: 'Ends a setup intent.',
    ...onSetup,
    readsOnly: false,
    guardedByState: true,
    legalFrom: [...beforeConfirmation, 'processing'],
    fields: { reason: 'optional', providerOptions: 'optional' },
  },
  'setupIntents.list': {
    summary: 'Reads a page of setup intents.',
    ...single,
    page: true,
    target: null,
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: { limit: 'optional', cursor: 'optional', customer: 'optional', createdFrom: 'optional', createdBefore: 'optional' },
  },
};
