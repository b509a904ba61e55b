const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);

/**
 * The only causes that prove that a request never left. Everything else, errors without a code on other runtimes included, leaves the outcome
 * unknown. `connect` is the system call that opens a connection; the messages are those of runtimes that give no code.
 */
const neverSent = {
  codes: new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused', 'FailedToOpenSocket']),
  connectCodes: new Set(['ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']),
  messages: [/client error \(Connect\)/, /tcp connect error/i, /dns error/i],
} as const;

/** Versions are compared number by number. */
const isBefore = (version: string, other: readonly number[]): boolean => {
  const numbers = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const index = other.findIndex((number, at) => number !== (numbers[at] ?? 0));
  return index !== -1 && (numbers[index] ?? 0) < (other[index] ?? 0);
};

const versionOf = (runtime: unknown): string | null => {
  const version = property(runtime, 'version');
  const text = property(version, 'deno') ?? version;
  return typeof text === 'string' ? text : null;
};

/**
 * Whether this runtime's fetch sends a POST again by itself when the connection breaks, and then reports only how the second try failed. A refused connection
 * proves nothing there: the first try may have arrived. Seen in Deno 2.7.0 to 2.9.6 and Bun up to 1.3.12; of a later Deno nothing is known.
 */
export const repeatsRequests = (runtime: { readonly Deno?: unknown; readonly Bun?: unknown } = globalThis as object): boolean => {
  const [deno, bun] = [versionOf(runtime.Deno), versionOf(runtime.Bun)];
  return (deno !== null && !isBefore(deno, [2, 7, 0])) || (bun !== null && isBefore(bun, [1, 3, 13]));
};

/** What is known of a connection's failure. Only its name and code are kept: messages may quote what was sent. */
export interface NetworkCause {
  readonly name: string;
  readonly code: string | null;
  readonly neverSent: boolean;
}

/** The error itself, its causes, and the members of an AggregateError (one per address that was tried). */
const chain = (error: unknown, depth = 0): readonly unknown[] =>
  error === undefined || error === null || depth > 5 ? [] : [error, ...chain(property(error, 'cause'), depth + 1)];

const provesNeverSent = (error: unknown): boolean => {
  const members = property(error, 'errors');
  if (Array.isArray(members) && members.length > 0) return members.every((member) => provesNeverSent(member));
  const code = property(error, 'code');
  if (typeof code === 'string') return neverSent.codes.has(code) || (neverSent.connectCodes.has(code) && property(error, 'syscall') === 'connect');
  const message = property(error, 'message');
  return typeof message === 'string' && neverSent.messages.some((pattern) => pattern.test(message));
};

/** A fetch that knows that no byte of the request left says so. */
const saysNeverSent = (error: unknown): boolean => property(error, 'neverSent') === true;

/** What an error thrown by fetch says about the request. `repeats`: whether the runtime's fetch repeats requests by itself. */
export const networkCause = (error: unknown, repeats: boolean = repeatsRequests()): NetworkCause => {
  const links = chain(error);
  const coded = links.find((link) => typeof property(link, 'code') === 'string');
  const named = links.findLast((link) => typeof property(link, 'name') === 'string');
  return {
    name: String(property(named, 'name') ?? 'Error'),
    code: coded === undefined ? null : String(property(coded, 'code')),
    neverSent: links.some(saysNeverSent) || (!repeats && links.some(provesNeverSent)),
  };
};
