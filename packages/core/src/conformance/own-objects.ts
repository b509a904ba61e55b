import type { Operation, WireAnswer } from '../adapter.js';
import { isTerminal, PaymentError, type AnyAdapter, type OperationName, type Payments, type PaymentsOptions } from '../index.js';
import { createClient } from './scene.js';

/** The kinds of object that stay open at a provider when nobody ends them. */
const kinds = {
  'paymentIntents.create': { object: 'payment_intent', resource: 'paymentIntents' },
  'setupIntents.create': { object: 'setup_intent', resource: 'setupIntents' },
} as const;

type CreateName = keyof typeof kinds;
type Kind = (typeof kinds)[CreateName];

/** Something that a promise has made at the provider: with its id, or with why nobody knows it. */
export type Made = { readonly kind: Kind; readonly id: string; readonly status: string | null } | { readonly kind: Kind; readonly id: null; readonly why: string };

/** A request that makes something, and how to read what from its answer; `null` where it has made nothing. */
interface Making {
  readonly kind: Kind;
  readonly read: (answer: WireAnswer) => Made | null;
}

/** Where a request goes: method and path. */
export const endpointOf = (method: string, url: string): string => `${method} ${new URL(url).pathname}`;

/** The metadata key in which the core keeps an operation's reference. */
const referenceKey = 'oneintent_reference';

/** The same object with its reference changed in the metadata, where it has one there. */
const withReference = <T>(object: T, change: (reference: string) => string): T => {
  const metadata: unknown = Reflect.get(Object(object), 'metadata');
  const reference: unknown = Reflect.get(Object(metadata), referenceKey);
  return typeof reference === 'string' ? { ...object, metadata: { ...Object(metadata), [referenceKey]: change(reference) } } : object;
};

/** An operation, its types taken off: what is done here is the same for all of them. */
interface LooseOperation extends Pick<Operation<CreateName>, 'accepts'> {
  readonly request: (input: object) => { readonly method: string; readonly path: string };
  readonly response: (answer: WireAnswer, input: object) => { readonly id: string; readonly status: string } | { readonly items: readonly object[] } | null;
}

/**
 * The objects that one promise makes at an account that has others too. Its references are its own, as promises and runs all use the same few, and the core
 * looks for them; and what it makes is known by what goes over the wire, so that also what the client never hears of can be put away.
 */
export const ownObjects = (scene: string) => {
  const made = new Map<string, Made>();
  const makings = new Map<string, Making>();
  const suffix = `-${scene}`;
  const outwards = (reference: string): string => reference + suffix;
  const inwards = (reference: string): string => (reference.endsWith(suffix) ? reference.slice(0, -suffix.length) : `elsewhere-${reference}`);

  const remember = (what: Made): void => void made.set(`${what.kind.object} ${what.id ?? made.size}`, what);

  const makingOf = (adapter: AnyAdapter, name: CreateName, response: LooseOperation['response'], input: object): Making => {
    const kind = kinds[name];
    const read = (answer: WireAnswer): Made | null => {
      if (answer.status < 400) {
        const reading = response(answer, input);
        return reading !== null && 'id' in reading ? { kind, id: reading.id, status: reading.status } : null;
      }
      const error = adapter.readError(answer, name);
      if (error.kind !== 'declined') return null;
      const id = error.intent?.id ?? error.id;
      return id === null ? { kind, id, why: 'it was declined, and the answer does not say its id' } : { kind, id, status: null };
    };
    return { kind, read };
  };

  /** The adapter as this scene uses it. */
  const adapterOf = (adapter: AnyAdapter, baseUrl: string): AnyAdapter => {
    const changed = Object.entries(adapter.operations).map(([name, declared]) => {
      const operation = declared as unknown as LooseOperation;
      const own: LooseOperation = {
        ...operation,
        request: (input) => {
          const request = operation.request(withReference(input, outwards));
          if (name === 'paymentIntents.create' || name === 'setupIntents.create')
            makings.set(endpointOf(request.method, baseUrl.replace(/\/+$/, '') + request.path), makingOf(adapter, name, operation.response, input));
          return request;
        },
        response: (answer, input) => {
          const reading = operation.response(answer, input);
          if (reading === null) return null;
          return 'items' in reading ? { ...reading, items: reading.items.map((item) => withReference(item, inwards)) } : withReference(reading, inwards);
        },
      };
      return [name, own] as const;
    });
    return {
      ...adapter,
      // Each operation stands under its own name, with its own types.
      operations: Object.fromEntries(changed) as unknown as AnyAdapter['operations'],
      readError: (answer, operation) => {
        const error = adapter.readError(answer, operation);
        return error.kind === 'declined' ? { ...error, intent: withReference(error.intent, inwards) } : error;
      },
    };
  };

  /** A client of this scene. */
  const connect = (options: PaymentsOptions): Payments<OperationName> => createClient({ ...options, adapter: adapterOf(options.adapter, options.baseUrl ?? options.adapter.baseUrl) });

  /** Keeps what an answer says was made, or that nobody knows it. A request whose answer was lost has none. */
  const see = async (place: string, response: Response | null): Promise<void> => {
    const making = makings.get(place);
    if (making === undefined) return;
    const lost: Made = { kind: making.kind, id: null, why: 'the answer to its creation was lost, or could not be read' };
    if (response === null) return remember(lost);
    try {
      const json: unknown = await response.clone().json();
      const found = making.read({ status: response.status, header: (name) => response.headers.get(name), json });
      if (found !== null) remember(found);
    } catch {
      if (response.ok) remember(lost);
    }
  };

  return { connect, see, made: (): readonly Made[] => [...made.values()] };
};

/** Cancels one object unless it has ended. Answers why it is still open; `null` where it is not. Never rejects. */
export const putAway = async (made: Made, payments: Payments<OperationName>): Promise<string | null> => {
  if (made.id === null) return made.why;
  const { kind, id, status } = made;
  const { object, resource } = kind;
  const hasEnded = (now: string | null): boolean => now !== null && isTerminal(object, now);
  if (hasEnded(status)) return null;
  const verbs = payments[resource];
  try {
    if (payments.operations.includes(`${resource}.retrieve`) && hasEnded((await verbs.retrieve(id)).status)) return null;
    if (!payments.operations.includes(`${resource}.cancel`)) return 'the adapter cannot cancel it';
    return hasEnded((await verbs.cancel(id)).status) ? null : 'its cancellation is not over yet';
  } catch (error) {
    if (!PaymentError.is(error)) return 'it could not be canceled';
    return hasEnded(error.currentStatus) ? null : `it could not be canceled: ${error.code}${error.currentStatus === null ? '' : `, it is ${error.currentStatus}`}`;
  }
};
