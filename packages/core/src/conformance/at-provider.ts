import { inputError } from '../adapter.js';
import type { AnyAdapter, Fetch, OperationName, Payments, PaymentsOptions } from '../index.js';
import type { Harness, Stage } from './harness.js';
import { endpointOf, ownObjects, putAway } from './own-objects.js';
import { createClient } from './scene.js';

/** Something that a promise has made at the provider and that could not be put away. */
export interface Leftover {
  readonly object: 'payment_intent' | 'setup_intent';
  /** The provider's own id; `null` where no answer told it. */
  readonly id: string | null;
  /** Why, in a few words that hold no secret. */
  readonly why: string;
}

/** What {@link atProvider} is given. */
export interface AtProviderOptions {
  /** Stands in every title and in the report. */
  readonly name: string;
  /** An adapter with a test key: its `livemode` is `false`. */
  readonly adapter: AnyAdapter;
  /** A currency that the account takes. */
  readonly currency: string;
  /** A customer of the test account that owns the payment methods. */
  readonly customer?: string;
  /** Payment methods of the provider's test mode. What needs one that is missing is not tested. */
  readonly paymentMethods: Stage['paymentMethods'];
  /** The day of the run (ISO 8601), which the report names. */
  readonly date: string;
  /** Default: the global one. */
  readonly fetch?: Fetch;
  /** Milliseconds from the beginning of one request to that of the next. Default 250. */
  readonly pause?: number;
  /** Waits, in milliseconds. Default: by the clock. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Hears of everything that could not be put away. Default: nobody does. */
  readonly onLeftover?: (leftover: Leftover) => void;
}

const byTheClock = (milliseconds: number): Promise<void> => new Promise((done) => void setTimeout(done, milliseconds));

/** No longer than this is waited because a provider says so, in seconds. */
const longestWait = 60;

const secondsToWait = (response: Response): number => {
  if (response.status !== 429) return 0;
  const seconds = Number(response.headers.get('retry-after') ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), longestWait) : 1;
};

/** A fetch whose requests keep a distance from each other, and wait where the provider asks for it. `onSent` hears of each that really leaves. */
const pacedFetch = ({ fetch = (input, init) => globalThis.fetch(input, init), pause = 250, sleep = byTheClock }: AtProviderOptions) => {
  let turn = Promise.resolve();
  return async (input: Parameters<Fetch>[0], init: RequestInit | undefined, onSent: () => void): Promise<Response> => {
    const mine = turn;
    turn = turn.then(() => sleep(pause));
    await mine;
    init?.signal?.throwIfAborted();
    onSent();
    const response = await fetch(input, init);
    const seconds = secondsToWait(response);
    if (seconds > 0) turn = turn.then(() => sleep(seconds * 1000));
    return response;
  };
};

const refuseUnlessTest = ({ livemode, provider }: AnyAdapter): void => {
  if (livemode === false) return;
  const problem = livemode === null ? 'does not say that its key is a test key (livemode is null)' : 'has a live key, and the suite makes and takes payments';
  throw inputError([{ field: 'adapter', problem, remedy: "Give one with a key of the provider's test mode, whose livemode is false." }], { code: 'configuration', provider });
};

/** Longer than a client waits otherwise, as requests wait for their turn too. Milliseconds. */
const patience = { attemptTimeout: 180_000, deadline: 900_000 };

interface ProviderStage extends Stage {
  readonly connect: (asked: PaymentsOptions) => Payments<OperationName>;
}

const isOwn = (stage: Stage): stage is ProviderStage => 'connect' in stage;

/**
 * A harness for the provider's own test mode: the suite makes and takes test payments at the account of the adapter's key, one request after another. What a
 * promise leaves open is canceled when it ends; what cannot be is told to `onLeftover`. Nobody can ask the provider's books or play the customer there, so the
 * promises that need these are reported as not tested. Nothing is sent before a stage is used.
 * @throws PaymentError `configuration` when the adapter's `livemode` is not `false`: real money is never touched.
 */
export const atProvider = (options: AtProviderOptions): Harness => {
  const { name, adapter, currency, customer, paymentMethods, date, onLeftover = () => undefined } = options;
  refuseUnlessTest(adapter);
  const send = pacedFetch(options);

  const open = (): ProviderStage => {
    const scene = crypto.randomUUID().slice(0, 8);
    const requests: string[] = [];
    const { connect, see, made } = ownObjects(scene);
    const fetch: Fetch = async (input, init) => {
      const { method, url } = input instanceof Request ? input : { method: 'GET', url: String(input) };
      const place = endpointOf(init?.method ?? method, url);
      let sent = false;
      try {
        const response = await send(input, init, () => {
          sent = true;
          requests.push(place);
        });
        await see(place, response);
        return response;
      } catch (error) {
        if (sent) await see(place, null);
        throw error;
      }
    };
    const close = async (): Promise<void> => {
      const payments = createClient({ ...patience, adapter, fetch: (input, init) => send(input, init, () => undefined) });
      for (const object of made()) {
        const why = await putAway(object, payments);
        if (why !== null) onLeftover({ object: object.kind.object, id: object.id, why });
      }
    };
    return {
      origin: adapter.baseUrl,
      fetch,
      currency,
      shared: true,
      ...(customer !== undefined && { customer }),
      paymentMethods,
      requests: () => requests,
      close,
      // The account is part of every idempotency key: under one key, a promise would be given the answers of another.
      connect: (asked) => connect({ ...patience, ...asked, account: `${asked.account ?? adapter.provider}-${scene}` }),
    };
  };

  return { name, adapter, provenAt: { where: 'provider', date }, open, connect: (asked, stage) => (isOwn(stage) ? stage.connect(asked) : createClient(asked)) };
};
