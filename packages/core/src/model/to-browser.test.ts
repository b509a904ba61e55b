import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { NextActionReading } from '../contract/readings.js';
import { snapshot } from '../testing/client.js';
import { toBrowser } from './to-browser.js';

const hunted = 'hunted_secret_value';

describe('toBrowser', () => {
  it.each<NextActionReading>([
    { type: 'redirect', url: `https://bank.example/${hunted}`, returnUrl: 'https://shop.example' },
    { type: 'provider_sdk', data: { token: hunted } },
    { type: 'three_d_secure', flow: 'challenge', data: { token: hunted } },
    { type: 'display', kind: 'voucher', data: hunted },
    { type: 'opaque', providerType: null, data: { token: hunted } },
  ])('opens the client secret and a next action of type $type, which print as [redacted] anywhere else', (nextAction) => {
    const intent = snapshot({ status: 'requires_action', clientSecret: hunted, nextAction, raw: { hunted } });
    expect(toBrowser(intent)).toEqual({ provider: 'acme', id: 'pi_1', status: 'requires_action', clientSecret: hunted, nextAction });
    expect(`${JSON.stringify(intent)}${inspect(intent, { depth: null, showHidden: true })}`).not.toContain(hunted);
  });

  it('gives null where there is nothing to hand on', () => {
    expect(toBrowser(snapshot({ status: 'succeeded' }))).toEqual({ provider: 'acme', id: 'pi_1', status: 'succeeded', clientSecret: null, nextAction: null });
    expect(toBrowser(snapshot({ status: 'requires_action' })).nextAction).toBeNull();
  });

  it('does not carry the provider’s own object', () => {
    expect(JSON.stringify(toBrowser(snapshot({ raw: { hunted } })))).not.toContain(hunted);
  });
});
