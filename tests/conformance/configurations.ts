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

/** By the dialect of the sandbox that answers it: a new dialect does not compile until it has a configuration. */
const byDialect: { readonly [D in Dialect]: Omit<Configuration, 'dialect'> & { readonly dialect: D } } = {
  payjp_payment_flows: { name: 'payjp payment_flows', adapter: payjp({ apiKey }), dialect: 'payjp_payment_flows' },
  payjp_payment_intents: { name: 'payjp payment_intents', adapter: payjp({ apiKey, dialect: 'payment_intents' }), dialect: 'payjp_payment_intents' },
  paypercut: { name: 'paypercut', adapter: paypercut({ apiKey }), dialect: 'paypercut' },
  stripe: { name: 'generic stripe', adapter: generic(stripe, { apiKey }), dialect: 'stripe' },
};

/** Every adapter in every configuration. */
export const configurations: readonly Configuration[] = Object.values(byDialect);

/** One other reading of a fact. */
interface Reading {
  readonly title: string;
  readonly switches: Partial<Switches>;
  /** The dialects that it is about. Default: all. */
  readonly only?: readonly Dialect[];
  /** The promises that it touches. Default: all. */
  readonly touches?: RegExp;
  /** Promises that mean nothing under it. */
  readonly except?: RegExp;
}

/** What speaks of refunds: themselves, the attempt whose money goes back, and what is told of them. */
const aboutRefunds = /^(refunds|attempts|webhooks)\.|^faults\/.*refund\//;

/** Every other reading of a fact that nobody has verified and that money depends on. */
export const otherReadings: readonly Reading[] = [
  { title: 'a decline is a 402', switches: { declineAs: 'payment_required' } },
  { title: 'a decline is another 4xx', switches: { declineAs: 'other_client_error' } },
  { title: 'a decline is a 200', switches: { declineAs: 'success' } },
  { title: 'a decline carries the intent', switches: { declineCarriesIntent: true } },
  { title: 'a decline does not carry the intent', switches: { declineCarriesIntent: false } },
  { title: 'a partial capture leaves the rest open', switches: { partialCapture: 'stays_open' } },
  { title: 'failures are stored under the key', switches: { failuresStored: true } },
  { title: 'failures are not stored under the key', switches: { failuresStored: false } },
  { title: 'a 409 means that the request is still running', switches: { conflictMeans: 'in_progress' } },
  { title: 'lists begin with the oldest', switches: { listOrder: 'oldest_first' }, except: /events\.list\/newest-first$/ },
  { title: 'errors are wrapped', switches: { errors: 'wrapped' }, only: ['paypercut'] },
  { title: 'problems have no code', switches: { errorCode: false }, only: ['payjp_payment_flows', 'payjp_payment_intents'] },
  { title: 'the next action is a redirect', switches: { nextAction: 'redirect_to_url' }, only: ['paypercut'] },
  { title: 'the payment has a list of charges', switches: { charge: 'charges' }, only: ['stripe'] },
  { title: 'the newest charge is expanded', switches: { charge: 'latest_charge_expanded' }, only: ['stripe'] },
  { title: 'automatic_async succeeds at once', switches: { automaticAsync: 'succeeded' }, only: ['payjp_payment_intents', 'stripe'] },
  { title: 'refunds are settled later', switches: { refundsSettle: 'later' }, touches: aboutRefunds },
  { title: 'refunds wait for the customer', switches: { refundsSettle: 'after_action' }, touches: aboutRefunds },
  { title: 'refunds fail', switches: { refundsFail: 'instead_of_success' }, touches: aboutRefunds },
  { title: 'refunds come back after they have succeeded', switches: { refundsFail: 'after_success' }, touches: aboutRefunds },
  { title: 'refunds are settled later, and what is under way does not count as refunded', switches: { refundsSettle: 'later', amountRefunded: 'succeeded_only' }, touches: aboutRefunds },
  { title: 'a refund without an amount is of what is left', switches: { refundWithoutAmount: 'remaining' }, touches: aboutRefunds },
  { title: 'a refund without an amount is of the whole', switches: { refundWithoutAmount: 'whole' }, touches: aboutRefunds },
  { title: 'the status of a refund is not told', switches: { refundStatus: 'null' }, touches: aboutRefunds, except: /\/other-words$/, only: ['paypercut'] },
  { title: 'events are told before automatic captures too', switches: { authorizedEvent: 'always' }, touches: /^(events|webhooks)\./, only: ['paypercut'] },
  { title: 'deliveries are forwarded by the command line', switches: { deliveredBy: 'payjp_cli' }, touches: /^webhooks\./, only: ['payjp_payment_flows', 'payjp_payment_intents'] },
];
