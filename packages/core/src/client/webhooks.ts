import { normalizeEvent } from '../contract/normalize.js';
import type { Delivery, Webhooks } from '../contract/webhooks.js';
import { inputError, PaymentError } from '../model/payment-error.js';
import type { PaymentEvent } from '../model/event.js';
import { misused, readDelivery } from '../webhooks/read-delivery.js';
import { verifyDelivery } from '../webhooks/verify.js';
import type { ClientContext } from '../call/context.js';

/** The deliveries of one account. */
export const webhooksOf = (context: ClientContext): Webhooks => {
  const { adapter, account, transport, webhookSecrets } = context;
  const about = { provider: adapter.provider, account, operation: 'webhooks.verify' };
  const unverified = (why: string): PaymentError =>
    new PaymentError({ ...about, code: 'webhook_unverified', outcome: 'rejected', message: `A webhook delivery of ${adapter.provider} was refused: ${why}.` });

  const readEvent = (body: Uint8Array, trust: 'signed' | 'token'): PaymentEvent => {
    try {
      const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
      if (adapter.webhooks !== null) return normalizeEvent(adapter.webhooks.readEvent(json), context, trust);
    } catch {
      // Whatever it is, it is not one of the provider's events.
    }
    throw unverified('its body is not an event');
  };

  const verify = async (delivery: Request | Delivery): Promise<PaymentEvent> => {
    if (adapter.webhooks === null)
      throw inputError([{ field: 'webhooks', problem: `is not something that ${adapter.provider} has`, remedy: 'Poll with waitFor.' }], { ...about, code: 'unsupported' });
    if (webhookSecrets.length === 0)
      throw inputError([{ field: 'webhookSecret', problem: 'is missing', remedy: 'Give it to createPayments: nothing is believed without it.' }], { ...about, code: 'configuration' });
    const { scheme } = adapter.webhooks;
    const raw = await readDelivery(delivery);
    if (raw === null) throw unverified('its body is too large');
    if (raw.query === null && 'in' in scheme && scheme.in === 'query')
      throw misused('url', 'is missing, or is no address', `Give the address that was posted to, with its query, beside body and headers: ${adapter.provider}'s proof stands there.`);
    if (raw.address === null && scheme.type === 'hmac' && scheme.over === 'address_and_body')
      throw misused('url', 'is missing, or is no whole address', `Give the address as ${adapter.provider} has it, such as 'https://shop.example/webhooks', beside body and headers: it is signed with the body.`);
    const refused = await verifyDelivery(scheme, { ...raw, secrets: webhookSecrets.map((secret) => secret.reveal()), now: transport.clock() });
    if (refused !== null) throw unverified(refused);
    const event = readEvent(raw.body, scheme.type === 'shared_token' ? 'token' : 'signed');
    // A shared word is soon known to a test environment as well, and a forwarding tool leaves the mode out.
    if (event.trust === 'token' && adapter.livemode === true && event.livemode !== true) throw unverified('it does not say that it is live, and this account is');
    return event;
  };
  return Object.freeze({ verify });
};
