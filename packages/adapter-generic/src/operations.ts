import { defineOperations, path } from '@oneintent/core/adapter';
import type { CheckedProfile } from './profile.js';
import { attemptReader, intentReader, pageReader, refundReader, setupReader } from './read.js';
import { eventReader } from './webhook.js';
import { write, writeList } from './write.js';

/** What a Stripe-shaped service can do, in the words of its profile. Every operation answers 200 with the object, a list with its envelope. */
export const operationsOf = (profile: CheckedProfile) => {
  const { pathPrefix, resource, accepts } = profile;
  const collection = `${pathPrefix}/${resource}`;
  const at = (id: string): string => `${collection}${path`/${id}`}`;
  const readIntent = intentReader(profile);
  const readPage = pageReader(profile, readIntent);
  const { resources } = profile;
  const pathOf = (name: string, id: string): string => `${pathPrefix}/${name}${path`/${id}`}`;
  const setups = `${pathPrefix}/${resources.setupIntents}`;
  const setupAt = (id: string): string => pathOf(resources.setupIntents, id);
  const readSetup = setupReader(profile);
  const readSetups = pageReader(profile, readSetup);
  const refundAt = (id: string): string => pathOf(resources.refunds, id);
  const readRefund = refundReader(profile);
  const readRefunds = pageReader(profile, readRefund);
  const readAttempt = attemptReader(profile);
  const readEvent = eventReader(profile);
  const readEvents = pageReader(profile, readEvent);

  return defineOperations({
    'paymentIntents.create': {
      accepts: accepts['paymentIntents.create'],
      request: (input) => ({ method: 'POST', path: collection, body: write(profile, 'paymentIntents.create', input) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.retrieve': {
      accepts: accepts['paymentIntents.retrieve'],
      request: ({ id }) => ({ method: 'GET', path: at(id) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.update': {
      accepts: accepts['paymentIntents.update'],
      request: (input) => ({ method: 'POST', path: at(input.id), body: write(profile, 'paymentIntents.update', input) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.confirm': {
      accepts: accepts['paymentIntents.confirm'],
      request: (input) => ({ method: 'POST', path: `${at(input.id)}/confirm`, body: write(profile, 'paymentIntents.confirm', input) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.capture': {
      accepts: accepts['paymentIntents.capture'],
      request: (input) => ({ method: 'POST', path: `${at(input.id)}/capture`, body: write(profile, 'paymentIntents.capture', input) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.cancel': {
      accepts: accepts['paymentIntents.cancel'],
      request: (input) => ({ method: 'POST', path: `${at(input.id)}/cancel`, body: write(profile, 'paymentIntents.cancel', input) }),
      response: ({ json }) => readIntent(json),
    },
    'paymentIntents.list': {
      accepts: accepts['paymentIntents.list'],
      request: (input) => ({ method: 'GET', path: collection, query: writeList(profile, input) }),
      response: ({ json }, input) => readPage(json, input),
    },
    'paymentIntents.incrementAuthorization': {
      accepts: accepts['paymentIntents.incrementAuthorization'],
      request: (input) => ({ method: 'POST', path: `${at(input.id)}/increment_authorization`, body: write(profile, 'paymentIntents.incrementAuthorization', input) }),
      response: ({ json }) => readIntent(json),
    },
    'setupIntents.create': {
      accepts: accepts['setupIntents.create'],
      request: (input) => ({ method: 'POST', path: setups, body: write(profile, 'setupIntents.create', input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.retrieve': {
      accepts: accepts['setupIntents.retrieve'],
      request: ({ id }) => ({ method: 'GET', path: setupAt(id) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.update': {
      accepts: accepts['setupIntents.update'],
      request: (input) => ({ method: 'POST', path: setupAt(input.id), body: write(profile, 'setupIntents.update', input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.confirm': {
      accepts: accepts['setupIntents.confirm'],
      request: (input) => ({ method: 'POST', path: `${setupAt(input.id)}/confirm`, body: write(profile, 'setupIntents.confirm', input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.cancel': {
      accepts: accepts['setupIntents.cancel'],
      request: (input) => ({ method: 'POST', path: `${setupAt(input.id)}/cancel`, body: write(profile, 'setupIntents.cancel', input) }),
      response: ({ json }) => readSetup(json),
    },
    'setupIntents.list': {
      accepts: accepts['setupIntents.list'],
      request: (input) => ({ method: 'GET', path: setups, query: writeList(profile, input) }),
      response: ({ json }, input) => readSetups(json, input),
    },
    'refunds.create': {
      accepts: accepts['refunds.create'],
      request: (input) => ({ method: 'POST', path: `${pathPrefix}/${resources.refunds}`, body: write(profile, 'refunds.create', input) }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.retrieve': {
      accepts: accepts['refunds.retrieve'],
      request: ({ id }) => ({ method: 'GET', path: refundAt(id) }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.update': {
      accepts: accepts['refunds.update'],
      request: (input) => ({ method: 'POST', path: refundAt(input.id), body: write(profile, 'refunds.update', input) }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.cancel': {
      accepts: accepts['refunds.cancel'],
      request: (input) => ({ method: 'POST', path: `${refundAt(input.id)}/cancel`, body: write(profile, 'refunds.cancel', input) }),
      response: ({ json }) => readRefund(json),
    },
    'refunds.list': {
      accepts: accepts['refunds.list'],
      request: (input) => ({ method: 'GET', path: `${pathPrefix}/${resources.refunds}`, query: writeList(profile, input) }),
      response: ({ json }, input) => readRefunds(json, input),
    },
    'attempts.retrieve': {
      accepts: accepts['attempts.retrieve'],
      request: ({ id }) => ({ method: 'GET', path: pathOf(resources.attempts, id), ...(profile.expand && { query: { 'expand[0]': 'balance_transaction' } }) }),
      response: ({ json }) => readAttempt(json),
    },
    'events.retrieve': {
      accepts: accepts['events.retrieve'],
      request: ({ id }) => ({ method: 'GET', path: pathOf(resources.events, id) }),
      response: ({ json }) => readEvent(json),
    },
    'events.list': {
      accepts: accepts['events.list'],
      request: (input) => ({ method: 'GET', path: `${pathPrefix}/${resources.events}`, query: writeList(profile, input) }),
      response: ({ json }, input) => readEvents(json, input),
    },
  });
};
