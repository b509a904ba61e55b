import { format, inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { Secret } from './secret.js';

const value = 'pi_1_secret_hunted';
const secret = new Secret(value);

describe('a secret', () => {
  it.each<readonly [string, () => unknown]>([
    ['String()', () => String(secret)],
    ['a template', () => `${secret}`],
    ['concatenation', () => `${'' + secret}`],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspect', () => inspect(secret)],
    ['inspect with hidden members', () => inspect({ secret }, { showHidden: true, depth: null })],
    ['inspect without custom printing', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['%s, %o, %O and %j', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['structuredClone', () => inspect(structuredClone({ secret }))],
    ['spreading', () => JSON.stringify({ ...secret })],
    ['Object.assign', () => JSON.stringify(Object.assign({}, secret))],
    ['its own names', () => Reflect.ownKeys(secret)],
    ['entries', () => Object.entries(secret)],
    ['an error that carries it', () => inspect(new Error('x', { cause: secret }))],
    ['a Map', () => inspect(new Map([[secret, secret]]))],
  ])('does not get out through %s', (_way, print) => {
    const printed = print();
    expect(typeof printed === 'string' ? printed : inspect(printed)).not.toContain('hunted');
  });

  it('prints as [redacted]', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[redacted]', '"[redacted]"', '[redacted]']);
  });

  it('gives its value to who asks by name', () => {
    expect(secret.reveal()).toBe(value);
    expect(new Secret({ a: 1 }).reveal()).toEqual({ a: 1 });
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(secret)).toBe(true);
    expect(() => Object.assign(secret, { reveal: () => 'other' })).toThrow(TypeError);
  });

  it('is recognised when another copy of the package made it', async () => {
    vi.resetModules();
    const other = await import('./secret.js');
    expect(other.Secret).not.toBe(Secret);
    expect(Secret.is(new other.Secret('x'))).toBe(true);
    expect(other.Secret.is(secret)).toBe(true);
  });

  it.each([null, undefined, 'text', 7, {}, { reveal: () => 'x' }])('is not %j', (other) => {
    expect(Secret.is(other)).toBe(false);
  });
});
