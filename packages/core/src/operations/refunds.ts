import type { Rows } from './definitions.js';

const single = { answer: 'refund', page: false } as const;
const onRefund = { ...single, target: 'refund' } as const;

/** The operations on refunds. */
export const refundRows: Rows<'refunds'> = {
  'refunds.create': {
    summary: 'Gives money back: all that was taken and has not gone back yet, or `amount`.',
    ...single,
    target: 'payment_intent',
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: false,
    // Where the rest of a partial capture stays open, money was taken from an intent that still can be captured, or was canceled after.
    legalFrom: ['succeeded', 'requires_capture', 'canceled'],
    fields: { amount: 'optional', reason: 'optional', metadata: 'optional', providerOptions: 'optional' },
  },
  'refunds.retrieve': {
    summary: 'Reads a refund as it is now.',
    ...onRefund,
    movesMoney: 'never',
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: {},
  },
  'refunds.update': {
    summary: "Changes a refund's metadata.",
    ...onRefund,
    movesMoney: 'never',
    readsOnly: false,
    guardedByState: true,
    legalFrom: null,
    fields: { metadata: 'required' },
  },
  'refunds.cancel': {
    summary: 'Stops a refund that has not gone out yet.',
    ...onRefund,
    movesMoney: 'always',
    readsOnly: false,
    guardedByState: true,
    legalFrom: ['pending', 'requires_action'],
    fields: {},
  },
  'refunds.list': {
    summary: 'Reads a page of refunds.',
    ...single,
    page: true,
    target: null,
    movesMoney: 'never',
    readsOnly: true,
    guardedByState: true,
    legalFrom: null,
    fields: { limit: 'optional', cursor: 'optional', paymentIntent: 'optional', createdFrom: 'optional', createdBefore: 'optional' },
  },
};
