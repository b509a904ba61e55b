import { describe, expect, it } from 'vitest';
import { createSandbox } from './index.js';
import { allDialects } from './testing/drive.js';

const paths = { payjp_payment_flows: '/v2/payment_flows', payjp_payment_intents: '/v2/payment_intents', paypercut: '/v1/payment_intents/x', stripe: '/v1/payment_intents' };

const problem = { title: 'Unauthorized', status: 401 };
const refusals = {
  payjp_payment_flows: problem,
  payjp_payment_intents: problem,
  paypercut: { type: 'authentication_error' },
  stripe: { error: { type: 'invalid_request_error' } },
};

describe.each(allDialects)('%s: who may ask', (dialect) => {
  const sandbox = createSandbox({ dialect, apiKey: 'sk_test_other' });
  const ask = (authorization?: string) =>
    sandbox.fetch(`https://any.example${paths[dialect]}`, authorization === undefined ? {} : { headers: { authorization } });
  const welcome = dialect === 'paypercut' ? 404 : 200;

  it('takes the key as Bearer, in any case of the word', async () => {
    expect((await ask('Bearer sk_test_other')).status).toBe(welcome);
    expect((await ask('bearer sk_test_other')).status).toBe(welcome);
  });

  it('takes Basic with an empty password only where the provider does', async () => {
    const basic = dialect === 'stripe' || dialect === 'payjp_payment_flows';
    expect((await ask(`Basic ${btoa('sk_test_other:')}`)).status).toBe(basic ? welcome : 401);
    expect((await ask(`Basic ${btoa('sk_test_other:password')}`)).status).toBe(401);
    expect((await ask('Basic ???')).status).toBe(401);
  });

  it.each([undefined, '', 'Bearer', 'Bearer sk_test_wrong', 'Bearer sk_test_other more', 'Token sk_test_other', 'sk_test_other'])(
    'answers %j with 401 in its own format, and repeats no key',
    async (authorization) => {
      const response = await ask(authorization);
      const text = await response.text();
      expect(response.status).toBe(401);
      expect(text).not.toContain('sk_test');
      const body = JSON.parse(text);
      expect(response.headers.get('content-type')).toBe(dialect.startsWith('payjp') ? 'application/problem+json' : 'application/json');
      expect(body).toMatchObject(refusals[dialect]);
    },
  );

  it('lets nobody reach an unknown endpoint without a key, and answers 404 with one', async () => {
    expect((await sandbox.fetch('https://any.example/v9/nothing')).status).toBe(401);
    const known = await sandbox.fetch('https://any.example/v9/nothing', { headers: { authorization: 'Bearer sk_test_other' } });
    expect(known.status).toBe(404);
  });
});

it('paypercut: tells a missing, a malformed and a wrong key apart', async () => {
  const sandbox = createSandbox({ dialect: 'paypercut' });
  const code = async (headers: Record<string, string>) => JSON.parse(await (await sandbox.fetch(sandbox.origin, { headers })).text()).code;
  expect(await code({})).toBe('authentication_required');
  expect(await code({ authorization: 'sk_test_sandbox' })).toBe('authentication_invalid');
  expect(await code({ authorization: 'Bearer sk_test_wrong' })).toBe('token_invalid');
});
