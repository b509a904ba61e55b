import type { Rows } from './definitions.js';

const reads = { movesMoney: 'never', readsOnly: true, guardedByState: true, legalFrom: null } as const;

/** The operations on the attempt behind an intent. */
export const attemptRows: Rows<'attempts'> = {
  'attempts.retrieve': {
    summary: 'Reads the attempt to pay behind an intent: what was captured, what went back, why it failed.',
    ...reads,
    target: 'payment_attempt',
    answer: 'payment_attempt',
    page: false,
    fields: {},
  },
};

/** The operations on events. */
export const eventRows: Rows<'events'> = {
  'events.retrieve': { summary: 'Reads an event from the provider.', ...reads, target: 'event', answer: 'event', page: false, fields: {} },
  'events.list': {
    summary: 'Reads a page of events.',
    ...reads,
    target: null,
    answer: 'event',
    page: true,
    fields: { limit: 'optional', cursor: 'optional', providerType: 'optional', subject: 'optional', createdFrom: 'optional', createdBefore: 'optional' },
  },
};
