import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

describe('canonicalJson', () => {
  it('does not depend on the order of members, at any depth, but on the order of items', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }));
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });

  it.each([[['a', 'b', 'c']], [['c', 'b', 'a']], [['b', 'c', 'a']]])('writes the members %j in alphabetical order, forever: digests of it are stored', (names) => {
    expect(canonicalJson(Object.fromEntries(names.map((name) => [name, 1])))).toBe('{"a":1,"b":1,"c":1}');
  });

  it('leaves out members that are undefined, and writes undefined itself as null', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson(undefined)).toBe('null');
  });
});
