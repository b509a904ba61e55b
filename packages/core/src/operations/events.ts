// The operations on events. They only read.
import type { ListEvents } from '../model/event-inputs.js';
import { fields, type NoInput, type ResourceDefinitions } from './definition.js';

/** The operations on events. */
export const events = {
  /** Reads an event from the provider, which proves it: its `trust` is `retrieved`. */
  retrieve: {
    summary: 'Reads an event from the provider.',
    effect: 'reads',
    target: 'event',
    result: 'event',
    page: false,
    input: 'none',
    fields: fields<NoInput>({}),
  },
  /** One page of events, in the provider's order (newest first). Providers keep them for some weeks. */
  list: {
    summary: 'Reads a page of events.',
    effect: 'reads',
    target: null,
    result: 'event',
    page: true,
    input: 'optional',
    fields: fields<ListEvents>({
      limit: 'optional',
      cursor: 'optional',
      providerType: 'optional',
      subject: 'optional',
      createdFrom: 'optional',
      createdBefore: 'optional',
    }),
  },
} as const satisfies ResourceDefinitions<'event'>;
