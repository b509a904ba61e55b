import { defineOperations, path } from '@oneintent/core/adapter';
import type { CheckedProfile } from './profile.js';
import { intentReader, pageReader } from './read.js';
import { write, writeList } from './write.js';

/** What a Stripe-shaped service can do, in the words of its profile. Every operation answers 200 with the intent, a list with its envelope. */
export const operationsOf = (profile: CheckedProfile) => {
  const { pathPrefix, resource, accepts } = profile;
  const collection = `${pathPrefix}/${resource}`;
  const at = (id: string): string => `${collection}${path`/${id}`}`;
  const readIntent = intentReader(profile);
  const readPage = pageReader(profile);

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
  });
};
