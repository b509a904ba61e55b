import { generic, stripe } from '@oneintent/adapter-generic';
import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
import type { AnyAdapter } from '@oneintent/core';
import type { Dialect, Switches } from '@oneintent/sandbox';

/** One adapter in one configuration, with the sandbox's dialect that answers it. */
export interface Configuration {
  readonly name: string;
  readonly adapter: AnyAdapter;
  readonly dialect: Dialect;
}

const apiKey = 'sk_test_sandbox';

/** Every adapter in every configuration. */
export const configurations: readonly Configuration[] = [
  { name: 'payjp payment_flows', adapter: payjp({ apiKey }), dialect: 'payjp_payment_flows' },
  { name: 'payjp payment_intents', adapter: payjp({ apiKey, dialect: 'payment_intents' }), dialect: 'payjp_payment_intents' },
  { name: 'paypercut', adapter: paypercut({ apiKey }), dialect: 'paypercut' },
  { name: 'generic stripe', adapter: generic(stripe, { apiKey }), dialect: 'stripe' },
];

/** Every other reading of a fact that nobody has verified and that money depends on. */
export const otherReadings: readonly { readonly title: string; readonly switches: Partial<Switches>; readonly only?: readonly Dialect[] }[] = [
  { title: 'a decline is a 402', switches: { declineAs: 'payment_required' } },
  { title: 'a decline is another 4xx', switches: { declineAs: 'other_client_error' } },
  { title: 'a decline is a 200', switches: { declineAs: 'success' } },
  { title: 'a decline carries the intent', switches: { declineCarriesIntent: true } },
  { title: 'a decline does not carry the intent', switches: { declineCarriesIntent: false } },
  { title: 'a partial capture leaves the rest open', switches: { partialCapture: 'stays_open' } },
  { title: 'failures are stored under the key', switches: { failuresStored: true } },
  { title: 'failures are not stored under the key', switches: { failuresStored: false } },
  { title: 'a 409 means that the request is still running', switches: { conflictMeans: 'in_progress' } },
  { title: 'lists begin with the oldest', switches: { listOrder: 'oldest_first' } },
  { title: 'errors are wrapped', switches: { errors: 'wrapped' }, only: ['paypercut'] },
  { title: 'problems have no code', switches: { errorCode: false }, only: ['payjp_payment_flows', 'payjp_payment_intents'] },
  { title: 'the next action is a redirect', switches: { nextAction: 'redirect_to_url' }, only: ['paypercut'] },
  { title: 'the payment has a list of charges', switches: { charge: 'charges' }, only: ['stripe'] },
  { title: 'the newest charge is expanded', switches: { charge: 'latest_charge_expanded' }, only: ['stripe'] },
  { title: 'automatic_async succeeds at once', switches: { automaticAsync: 'succeeded' }, only: ['payjp_payment_intents', 'stripe'] },
];
