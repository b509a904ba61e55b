import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

beforeEach(() => void vi.resetModules());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("the harness for Kontor's own test account", () => {
  it('says that it proves at the provider, and on which day, and sends nothing by itself', async () => {
    vi.stubEnv('KONTOR_API_KEY', 'sk_test_kontor');
    vi.stubGlobal('fetch', () => Promise.reject(new Error('something was sent')));
    const { harness } = await import('./kontor-provider.js');
    expect(harness.provenAt).toEqual({ where: 'provider', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  });

  it.each([['no key', ''], ['a live key', 'sk_live_kontor']])('is refused with %s', async (_what, key) => {
    vi.stubEnv('KONTOR_API_KEY', key);
    await expect(import('./kontor-provider.js')).rejects.toMatchObject({ code: 'configuration', outcome: 'not_sent' });
  });
});
