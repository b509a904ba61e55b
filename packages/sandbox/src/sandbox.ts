import * as z from 'zod';
import type { DeliveryHandler, DeliveryOptions, LedgerEntry, PaymentMethodName, RecordedEvent, Sandbox, SandboxOptions, SetupEntry } from './contract.js';
import { dialectNames } from './dialect-names.js';
import { dialects } from './dialects/index.js';
import { settleAction } from './engine/actions.js';
import { catchUp } from './engine/catch-up.js';
import { readClock, startClock } from './engine/clock.js';
import { deliverDue, preparedDeliveries, type Sender } from './engine/deliveries-post.js';
import { keepEvents, sentEvent } from './engine/events.js';
import { ledgerEntry, setupEntry } from './engine/ledger.js';
import { refundsOf } from './engine/refund.js';
import { completeInBrowser } from './engine/setups.js';
import type { Store } from './engine/store.js';
import { providerApp } from './http/provider-app.js';
import { changeSwitches, commonSwitches } from './switches.js';

const optionsSchema = z.strictObject({
  dialect: z.enum(dialectNames),
  switches: z.unknown().optional(),
  apiKey: z.string().min(1).optional(),
  webhookSecret: z.string().min(1).optional(),
  now: z.string().optional(),
});

/**
 * Makes a payment provider of its own: an empty ledger, one customer, a payment method for each outcome.
 * @throws TypeError for an unknown dialect, option or switch, or a `now` that is not a date.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const given = optionsSchema.safeParse(options);
  if (!given.success) throw new TypeError(`createSandbox: ${z.prettifyError(given.error).replaceAll('\n', ' ')}`);
  const { dialect, apiKey = 'sk_test_sandbox', now } = given.data;
  const definition = dialects[dialect];
  const { profile } = definition;
  const initialSwitches = changeSwitches({ ...commonSwitches, ...definition.switches }, given.data.switches ?? {});
  const { events: eventDefinition } = definition;
  const store: Store = {
    clock: startClock(now),
    switches: initialSwitches,
    intents: new Map(),
    setups: new Map(),
    refunds: new Map(),
    keys: new Map(),
    requests: [],
    deliveries: new Map(),
    onChange: (change) => keepEvents(store, eventDefinition.draft(change, { store, profile }), eventDefinition.newId, change.at),
  };
  const { webhookSecret = eventDefinition.defaultSecret } = given.data;
  const sender: Sender = { store, events: eventDefinition, secret: webhookSecret };
  const app = providerApp(store, definition, apiKey);

  const present = (): number => catchUp(store, profile.expiryReason);

  return Object.freeze({
    dialect,
    apiKey,
    webhookSecret,
    origin: 'https://sandbox.invalid',
    currency: definition.currency,
    customer: profile.customer,
    paymentMethods: profile.paymentMethods,
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      return untilAborted(request.signal, async () => app.fetch(request));
    },
    completeAction: (id: string) => settleAction(store, id, 'passed', present()),
    failAction: (id: string) => settleAction(store, id, 'missed', present()),
    completeSetup: (id: string, method: PaymentMethodName = 'succeeds') => completeInBrowser(store, profile, id, method, present()),
    advance: (seconds: number) => {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError(`advance: seconds must be 0 or more, not ${seconds}`);
      store.clock.offset += seconds * 1000;
      present();
    },
    ledger: (): readonly LedgerEntry[] => {
      present();
      return Object.freeze([...store.intents.values()].map((intent) => ledgerEntry(intent, refundsOf(store, intent))));
    },
    setups: (): readonly SetupEntry[] => {
      present();
      return Object.freeze([...store.setups.values()].map(setupEntry));
    },
    now: () => readClock(store.clock),
    events: (): readonly RecordedEvent[] => {
      present();
      return Object.freeze([...store.deliveries.values()].map(sentEvent));
    },
    deliveries: async () => {
      present();
      return Object.freeze(await preparedDeliveries(sender));
    },
    deliver: async (receiver: DeliveryHandler, wish?: DeliveryOptions) => {
      present();
      return deliverDue(sender, receiver, wish);
    },
    requests: () => Object.freeze(store.requests.map((request) => Object.freeze({ ...request }))),
    reset: () => {
      store.clock.offset = startClock(now).offset;
      store.switches = initialSwitches;
      store.intents.clear();
      store.setups.clear();
      store.refunds.clear();
      store.keys.clear();
      store.requests.length = 0;
      store.deliveries.clear();
    },
    switches: () => store.switches,
    setSwitches: (change: unknown) => {
      store.switches = changeSwitches(store.switches, change);
    },
  });
}

/** An abort ends the waiting, not the work: what has reached the provider is carried out. */
async function untilAborted<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
