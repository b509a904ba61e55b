import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireBody, WireValue } from '../contract/adapter.js';
import { encodeBody, encodeForm, encodeQuery } from './encode.js';

type Decoded = string | Decoded[] | { [key: string]: Decoded };

const record = (): { [key: string]: Decoded } => Object.create(null);

/** The container at a name's part, made when it is not there: a list where the next part is a number. */
const into = (parent: Decoded, part: string, next: string): Decoded => {
  const fresh: Decoded = /^\d+$/.test(next) ? [] : record();
  if (Array.isArray(parent)) return (parent[Number(part)] ??= fresh);
  if (typeof parent === 'string') throw new Error('A value stands where a container should be.');
  return (parent[part] ??= fresh);
};

/** A server's own reading of a form: decoded by URLSearchParams, then nested by brackets. */
const decodeForm = (text: string): Decoded => {
  const root: Decoded = record();
  for (const [name, value] of new URLSearchParams(text)) {
    const parts = name.replaceAll(']', '').split('[');
    const last = parts.at(-1) ?? '';
    const parent = parts.slice(0, -1).reduce<Decoded>((at, part, index) => into(at, part, parts[index + 1] ?? ''), root);
    if (Array.isArray(parent)) parent[Number(last)] = value;
    else if (typeof parent === 'object') parent[last] = value;
  }
  return root;
};

const key = fc.oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.constantFrom('é', '鍵', 'a b', 'a&b=c', "it's", '100%', 'a+b')).filter(
  (text) => !/[[\]]|^\d+$|^__proto__$/.test(text),
);
const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('&', '=', '+', ' ', '%', '%20', '🍣', '\r\n', '[x]', ''));
const value: fc.Memo<WireValue> = fc.memo((depth) => {
  if (depth <= 1) return scalar;
  const inner = value(depth - 1);
  return fc.oneof(scalar, fc.array(inner, { minLength: 1, maxLength: 3 }), fc.dictionary(key, inner, { minKeys: 1, maxKeys: 3 }).map((entries) => ({ ...entries })));
});
const body: fc.Arbitrary<WireBody> = fc.dictionary(key, value(3), { minKeys: 1, maxKeys: 4 }).map((entries) => ({ ...entries }));

describe('a form', () => {
  it('is read by a server as what was meant, however it nests and whatever its characters', () => {
    fc.assert(
      fc.property(body, (meant) => {
        expect(decodeForm(encodeForm(meant))).toEqual(meant);
      }),
    );
  });

  it('consists of harmless characters only', () => {
    fc.assert(
      fc.property(body, (meant) => {
        expect(encodeForm(meant)).toMatch(/^[A-Za-z0-9\-._~%&=[\]]*$/);
      }),
    );
  });

  it.each<readonly [WireBody, string]>([
    [{ amount: 1000, confirm: true, off_session: false }, 'amount=1000&confirm=true&off_session=false'],
    [{ metadata: { a: 'b c', d: null } }, 'metadata[a]=b%20c&metadata[d]='],
    [{ payment_method_types: ['card', 'link'] }, 'payment_method_types[0]=card&payment_method_types[1]=link'],
    [{ options: { card: { list: [{ a: 1 }] } } }, 'options[card][list][0][a]=1'],
    [{ left: undefined, nested: { out: undefined }, in: 'x' }, 'in=x'],
    [{ text: "a+b&c=d/é'(!)*~" }, 'text=a%2Bb%26c%3Dd%2F%C3%A9%27%28%21%29%2A~'],
  ])('of %j is %s', (meant, text) => {
    expect(encodeForm(meant)).toBe(text);
  });
});

describe('a body', () => {
  it('says its media type', () => {
    expect(encodeBody('json', { a: 1, b: undefined })).toEqual({ text: '{"a":1}', contentType: 'application/json' });
    expect(encodeBody('form', { a: 1 })).toEqual({ text: 'a=1', contentType: 'application/x-www-form-urlencoded' });
  });
});

describe('a query', () => {
  it('has a question mark only when it says something', () => {
    expect([encodeQuery(), encodeQuery({ limit: undefined }), encodeQuery({ limit: 5, starting_after: 'pi/1' })]).toEqual(['', '', '?limit=5&starting_after=pi%2F1']);
  });
});
