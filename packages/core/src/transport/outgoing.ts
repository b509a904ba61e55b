// A request as it goes out: key, authorization and encoding. For the wire only; what is shown to anyone is redacted.
import type { AnyAdapter, WireAnswer, WireBody, WireRequest } from '../contract/adapter.js';
import { honouredKeys } from '../contract/limits.js';
import { encodeBody, encodeQuery } from './encode.js';
import type { OutgoingRequest } from './exchange.js';

/** A request with its key, where the provider takes one: in a header, or in the body. */
const withKey = (adapter: AnyAdapter, { body }: WireRequest, key: string | null): { readonly headers: Readonly<Record<string, string>>; readonly content: WireBody | undefined } => {
  const place = key === null ? undefined : honouredKeys(adapter.limits)?.place;
  if (key === null || place === undefined) return { headers: {}, content: body };
  return 'header' in place ? { headers: { [place.header]: key }, content: body } : { headers: {}, content: { ...body, [place.member]: key } };
};

/** The request as it goes out, authorization included. `content` is its body before it is encoded. */
export const outgoing = (
  adapter: AnyAdapter,
  request: WireRequest,
  key: string | null,
  connectedAccount: string | undefined,
  baseUrl: string,
): OutgoingRequest & { readonly content: WireBody | undefined } => {
  const { headers, content } = withKey(adapter, request, key);
  const body = content === undefined ? undefined : encodeBody(adapter.encoding, content);
  const authorization = Object.entries(adapter.authorization()).map(([name, value]) => [name, value.reveal()] as const);
  return {
    method: request.method,
    url: `${baseUrl}${request.path}${encodeQuery(request.query)}`,
    headers: {
      Accept: 'application/json, application/problem+json',
      ...adapter.headers,
      ...(body === undefined ? {} : { 'Content-Type': body.contentType }),
      ...headers,
      ...(connectedAccount === undefined || adapter.connectedAccountHeader === null ? {} : { [adapter.connectedAccountHeader]: connectedAccount }),
      ...Object.fromEntries(authorization),
    },
    body: body?.text,
    content,
  };
};

/** The provider's id of an exchange, for its support; `null` where the response has none. */
export const requestIdOf = (adapter: AnyAdapter, answer: WireAnswer | null): string | null => {
  if (answer === null) return null;
  const header = adapter.requestId.headers.map((name) => answer.header(name)).find((value) => value !== null);
  const member = adapter.requestId.members
    .map((path) => path.split('.').reduce((value: unknown, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined), answer.json))
    .find((value) => typeof value === 'string');
  return header ?? (typeof member === 'string' ? member : null);
};
