import { money } from '@oneintent/core';
import { createSandbox } from '@oneintent/sandbox';
import { openShop } from './shop.js';

/** A payment whose deliveries come twice and in reverse, through a framework's handler; then what the shop knows, and what the books say. */
export const play = async (handle: (receiver: ReturnType<typeof openShop>['receiver']) => (request: Request) => Promise<Response>) => {
  const sandbox = createSandbox({ dialect: 'paypercut' });
  const { payments, receiver, known, log } = openShop(sandbox);
  const held = await payments.paymentIntents.create(
    { amount: money(2599, 'EUR'), customer: sandbox.customer, paymentMethod: sandbox.paymentMethods.succeeds, captureMethod: 'manual', confirm: true },
    { reference: 'order-1' },
  );
  await payments.paymentIntents.capture(held, {}, { reference: 'order-1' });
  const answered = await sandbox.deliver(handle(receiver), { order: 'reversed', duplicates: 1, url: 'https://shop.example/webhooks/payments' });
  const forged = await handle(receiver)(new Request('https://shop.example/webhooks/payments', { method: 'POST', body: '{"id":"evt_forged"}' }));
  return { log, statuses: answered.map(({ status }) => status), forged: forged.status, status: known.get(held.ref)?.status };
};
