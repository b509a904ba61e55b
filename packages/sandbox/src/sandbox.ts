import { z } from 'zod';
import type { LedgerEntry, Sandbox, SandboxOptions } from './contract.js';
import { dialects } from './dialects/index.js';
import { keepIntent } from './engine/changes.js';
import { startClock } from './engine/clock.js';
import type { Intent } from './engine/intent.js';
import { ledgerEntry } from './engine/ledger.js';
import { missAction, passAction, type Terms } from './engine/lifecycle.js';
import { catchUp, type Store } from './engine/store.js';
import { terms } from './engine/verbs.js';
import { providerApp } from './http/provider-app.js';
import { changeSwitches, defaultSwitches } from './switches.js';

const optionsSchema = z.strictObject({
  dialect: z.enum(['payjp_payment_flows', 'payjp_payment_intents', 'paypercut', 'stripe']),
  switches: z.unknown().optional(),
  apiKey: z.string().min(1).optional(),
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
  const initialSwitches = changeSwitches(defaultSwitches[dialect], given.data.switches ?? {});
  const store: Store = { clock: startClock(now), switches: initialSwitches, intents: new Map(), keys: new Map(), requests: [], onChange: () => undefined };
  const app = providerApp(store, definition, apiKey);

  const settleAction = (id: string, step: (intent: Intent, terms: Terms) => Intent): void => {
    const at = catchUp(store, profile.expiryReason);
    const intent = store.intents.get(id);
    if (intent === undefined) throw new Error(`No such payment in the sandbox: ${id}`);
    if (intent.status !== 'requires_action') throw new Error(`${id} has no action to settle: its status is ${intent.status}`);
    keepIntent(store, step(intent, terms({ store, at }, intent)), at);
  };

  return Object.freeze({
    dialect,
    apiKey,
    origin: 'https://sandbox.invalid',
    currency: definition.currency,
    customer: profile.customer,
    paymentMethods: profile.paymentMethods,
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      return untilAborted(request.signal, async () => app.fetch(request));
    },
    completeAction: (id: string) => settleAction(id, passAction),
    failAction: (id: string) => settleAction(id, missAction),
    advance: (seconds: number) => {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError(`advance: seconds must be 0 or more, not ${seconds}`);
      store.clock.offset += seconds * 1000;
      catchUp(store, profile.expiryReason);
    },
    ledger: (): readonly LedgerEntry[] => {
      catchUp(store, profile.expiryReason);
      return Object.freeze([...store.intents.values()].map(ledgerEntry));
    },
    requests: () => Object.freeze(store.requests.map((request) => Object.freeze({ ...request }))),
    reset: () => {
      store.clock.offset = startClock(now).offset;
      store.switches = initialSwitches;
      store.intents.clear();
      store.keys.clear();
      store.requests.length = 0;
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
