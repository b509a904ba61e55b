import { describe, expect, it } from 'vitest';
import { importCircles } from './import-circles.ts';

const circlesOf = (imports: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] => importCircles(new Map(Object.entries(imports)));

describe('importCircles', () => {
  it('finds no circle in a tree, nor where two files import the same third', () => {
    expect(circlesOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
  });

  it('finds no circle in an empty graph', () => {
    expect(circlesOf({})).toEqual([]);
  });

  it('finds two files that import each other, once', () => {
    expect(circlesOf({ a: ['b'], b: ['a'] })).toEqual([['a', 'b']]);
  });

  it('finds a file that imports itself', () => {
    expect(circlesOf({ a: ['a'] })).toEqual([['a']]);
  });

  it('lists a longer circle in the order of its imports, from the file that is alphabetically first', () => {
    expect(circlesOf({ c: ['a'], b: ['c'], a: ['b'] })).toEqual([['a', 'b', 'c']]);
  });

  it('leaves out the files that only lead into a circle or out of it', () => {
    expect(circlesOf({ before: ['a'], a: ['b'], b: ['a', 'after'], after: [] })).toEqual([['a', 'b']]);
  });

  it('finds both of two circles that share a file', () => {
    expect(circlesOf({ a: ['b', 'c'], b: ['a'], c: ['a'] })).toEqual([['a', 'b'], ['a', 'c']]);
  });

  it('finds both of two circles that have nothing to do with each other', () => {
    expect(circlesOf({ a: ['b'], b: ['a'], c: ['d'], d: ['e'], e: ['c'] })).toEqual([['a', 'b'], ['c', 'd', 'e']]);
  });

  it('finds the long circle too where a short one lies within it', () => {
    expect(circlesOf({ a: ['b'], b: ['a', 'c'], c: ['a'] })).toEqual([['a', 'b'], ['a', 'b', 'c']]);
  });

  it('passes over an import of a file outside the graph', () => {
    expect(circlesOf({ a: ['elsewhere', 'b'], b: [] })).toEqual([]);
  });

  it('follows every import of a thousand files in a row', () => {
    const row = Array.from({ length: 1000 }, (_, index) => [`f${String(index).padStart(4, '0')}`, [`f${String((index + 1) % 1000).padStart(4, '0')}`]] as const);
    expect(importCircles(new Map(row))).toHaveLength(1);
  });
});
