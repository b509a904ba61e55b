import type { WireBody, WireValue } from '../contract/adapter.js';

const formPairs = (name: string, value: WireValue | undefined): readonly (readonly [string, string])[] => {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: WireValue, index) => formPairs(`${name}[${index}]`, item));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, member]) => formPairs(`${name}[${key}]`, member));
  return [[name, value === null ? '' : String(value)]];
};

/** RFC 3986: everything but the unreserved characters, and brackets left readable as every server of this kind accepts them. Most texts have nothing to escape. */
const escape = (text: string): string =>
  /^[\w.~-]*$/.test(text) ? text : encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const escapeName = (name: string): string => escape(name).replaceAll('%5B', '[').replaceAll('%5D', ']');

const joined = (pairs: readonly (readonly [string, string])[]): string => pairs.map(([name, value]) => `${escapeName(name)}=${escape(value)}`).join('&');

/** A form body with bracketed nesting: `metadata[a]=b`, `payment_method_types[0]=card`; `null` is the empty string, which clears a field. */
export const encodeForm = (body: WireBody): string => joined(Object.entries(body).flatMap(([name, value]) => formPairs(name, value)));

/** A body as it goes over the wire, and its media type. */
export const encodeBody = (encoding: 'json' | 'form', body: WireBody): { readonly text: string; readonly contentType: string } =>
  encoding === 'json'
    ? { text: JSON.stringify(body), contentType: 'application/json' }
    : { text: encodeForm(body), contentType: 'application/x-www-form-urlencoded' };

/** A query string with its question mark; empty when there is nothing to say. */
export const encodeQuery = (query: Readonly<Record<string, string | number | boolean | undefined>> = {}): string => {
  const text = encodeForm(query);
  return text === '' ? '' : `?${text}`;
};
