/**
 * The only causes that prove that a request never left. Everything else, errors without a code on other runtimes included, leaves the outcome
 * unknown. `connect` is the system call that opens a connection; the messages are those of runtimes that give no code.
 */
const neverSent = {
  codes: new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused', 'FailedToOpenSocket']),
  connectCodes: new Set(['ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']),
  messages: [/client error \(Connect\)/, /tcp connect error/i, /dns error/i],
} as const;

/** What is known of a connection's failure. Only its name and code are kept: messages may quote what was sent. */
export interface NetworkCause {
  readonly name: string;
  readonly code: string | null;
  readonly neverSent: boolean;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

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

/** What an error thrown by fetch says about the request. */
export const networkCause = (error: unknown): NetworkCause => {
  const links = chain(error);
  const coded = links.find((link) => typeof property(link, 'code') === 'string');
  const named = links.findLast((link) => typeof property(link, 'name') === 'string');
  return {
    name: String(property(named, 'name') ?? 'Error'),
    code: coded === undefined ? null : String(property(coded, 'code')),
    neverSent: links.some(provesNeverSent),
  };
};
