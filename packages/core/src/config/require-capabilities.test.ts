import { expect, it } from 'vitest';
import { createPayments, requireCapabilities, type Capability, type PaymentsFacts } from '../index.js';
import { acme } from '../testing/acme.js';
import { thrownBy } from '../testing/client.js';

const payments: PaymentsFacts = createPayments({ adapter: acme({ without: ['paymentIntents.list'] }), account: 'shop' });

it('passes a client that has all that is required', () => {
  expect(() => requireCapabilities(payments, ['paymentIntents.create', { operation: 'paymentIntents.create', field: 'metadata' }])).not.toThrow();
});

it('refuses a client that lacks something, naming everything that is missing', () => {
  const error = thrownBy(() =>
    requireCapabilities(payments, ['paymentIntents.create', 'paymentIntents.list', { operation: 'paymentIntents.create', field: 'statementDescriptor' }, { operation: 'paymentIntents.list', field: 'customer' }]));
  expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent', account: 'shop', provider: 'acme' });
  expect(error.problems.map(({ field }) => field)).toEqual(['paymentIntents.list', 'paymentIntents.create.statementDescriptor', 'paymentIntents.list']);
  expect(error.message).toContain('paymentIntents.list is not there for the account shop (acme). Do without it, or choose another provider.');
});

it('refuses an operation that nobody has, so that a misspelt one is not taken for a missing one', () => {
  const misspelt = 'paymentIntents.lsit' as Capability;
  expect(thrownBy(() => requireCapabilities(payments, [misspelt])).problems).toMatchObject([{ problem: 'is not an operation' }]);
});
