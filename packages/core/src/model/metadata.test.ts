import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptKey, metadataOf, readMetadata, referenceKey } from './metadata.js';

const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

describe('metadata', () => {
  it.each(hostile)('keeps the key %s as data like any other', (key) => {
    const { metadata } = readMetadata(JSON.parse(`{${JSON.stringify(key)}: "x"}`));
    expect(Object.entries(metadata ?? {})).toEqual([[key, 'x']]);
    expect(JSON.stringify(metadata)).toBe(`{${JSON.stringify(key)}:"x"}`);
  });

  it.each(hostile)('has no %s that nobody has put there', (key) => {
    expect(readMetadata({}).metadata?.[key]).toBeUndefined();
    expect(readMetadata(JSON.parse('{"__proto__": {"polluted": true}}')).metadata?.['polluted']).toBeUndefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('leaves out what is not flat, and keeps text, numbers and booleans as they are', () => {
    const { metadata } = readMetadata({ text: 'a', number: 7, yes: true, nested: { a: 1 }, list: [1], nothing: null, missing: undefined });
    expect({ ...metadata }).toEqual({ text: 'a', number: 7, yes: true });
  });

  it('gives the reference and the attempt apart from the rest', () => {
    const read = readMetadata({ [referenceKey]: 'order-42', [attemptKey]: '3', colour: 'red' });
    expect({ ...read, metadata: { ...read.metadata } }).toEqual({ metadata: { colour: 'red' }, reference: 'order-42', attempt: 3 });
  });

  it('has attempt 1 and no reference where none were written', () => {
    expect(readMetadata({ colour: 'red' })).toMatchObject({ reference: null, attempt: 1 });
  });

  it.each([null, undefined, 'text', 7, [], ['a']])('is null where the provider sent %j', (value) => {
    expect(readMetadata(value)).toEqual({ metadata: null, reference: null, attempt: 1 });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readMetadata({ a: 'b' }).metadata)).toBe(true);
  });

  it('keeps every key and value, whatever the key', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom(...hostile)).filter((text) => ![referenceKey, attemptKey].includes(text));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, fc.oneof(fc.string(), fc.integer(), fc.boolean())), { selector: ([name]) => name }), (entries) => {
        const sent: unknown = JSON.parse(JSON.stringify(metadataOf(entries)));
        expect(new Map(Object.entries(readMetadata(sent).metadata ?? {}))).toEqual(new Map(entries));
      }),
    );
  });
});
