import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRef, parseRef } from './ref.js';

const account = fc.stringMatching(/^[a-z0-9-]+$/);

describe('a ref', () => {
  it('is split at the first colon, so an id may have colons', () => {
    expect(parseRef('jp:urn:payment:1')).toEqual({ account: 'jp', id: 'urn:payment:1' });
  });

  it('gives back the account and the id that it was made of, whatever the id', () => {
    fc.assert(
      fc.property(account, fc.string({ minLength: 1, unit: 'binary' }), (name, id) => {
        expect(parseRef(formatRef(name, id))).toEqual({ account: name, id });
      }),
    );
  });

  it.each(['', ':', 'jp:', ':pi_1', 'pi_1', 'JP:pi_1', 'j p:pi_1', 'j_p:pi_1', 'jp\n:pi_1'])('is not %j', (text) => {
    expect(parseRef(text)).toBeNull();
  });
});
