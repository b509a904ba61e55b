import { createSandbox, serve, type Sandbox, type Served } from '@oneintent/sandbox';
import {
  cancelPaymentFlow,
  cancelSetupFlow,
  capturePaymentFlow,
  confirmPaymentFlow,
  createClient,
  createPaymentFlow,
  createPaymentRefund,
  createSetupFlow,
  getAllPaymentFlows,
  getAllPaymentRefunds,
  getAllSetupFlows,
  getPaymentFlow,
  getPaymentFlowRefunds,
  getPaymentRefund,
  getSetupFlow,
  updatePaymentFlow,
  updatePaymentRefund,
  updateSetupFlow,
} from '@payjp/payjpv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** The official SDK, unchanged, against the sandbox on loopback. */
describe('the official @payjp/payjpv2 package drives the sandbox', () => {
  const sandbox: Sandbox = createSandbox({ dialect: 'payjp_payment_flows' });
  const { customer, paymentMethods } = sandbox;
  let served: Served;
  let client: ReturnType<typeof createClient>;

  beforeAll(async () => {
    served = await serve(sandbox);
    client = createClient({ apiKey: sandbox.apiKey, baseUrl: served.origin });
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => served.close());

  const path = (id: string | undefined) => ({ payment_flow_id: id ?? 'none' });
  const create = (method: keyof typeof paymentMethods, more: { confirm?: boolean; capture_method?: 'automatic' | 'manual' } = {}) =>
    createPaymentFlow({
      client,
      body: { amount: 3300, currency: 'jpy', customer_id: customer, payment_method_id: paymentMethods[method], metadata: { order: 'A-1', items: 3, gift: true }, ...more },
    });

  it('creates, retrieves and updates', async () => {
    const { data } = await create('succeeds');
    expect(data).toMatchObject({ object: 'payment_flow', status: 'requires_confirmation', amount: 3300, metadata: { order: 'A-1', items: 3, gift: true } });
    expect((await getPaymentFlow({ client, path: path(data?.id) })).data).toEqual(data);
    const updated = await updatePaymentFlow({ client, path: path(data?.id), body: { amount: 4400, metadata: { order: '', note: 'x' } } });
    expect(updated.data).toMatchObject({ amount: 4400, metadata: { items: 3, gift: true, note: 'x' } });
  });

  it('confirms: paid at once', async () => {
    const { data } = await create('succeeds');
    expect((await confirmPaymentFlow({ client, path: path(data?.id), body: {} })).data).toMatchObject({ status: 'succeeded', amount_received: 3300 });
  });

  it('captures a part of what is held, and releases the rest', async () => {
    const { data } = await create('succeeds', { confirm: true, capture_method: 'manual' });
    expect(data).toMatchObject({ status: 'requires_capture', amount_capturable: 3300 });
    const captured = await capturePaymentFlow({ client, path: path(data?.id), body: { amount_to_capture: 3000 } });
    expect(captured.data).toMatchObject({ status: 'succeeded', amount_received: 3000 });
    expect(sandbox.ledger()[0]).toMatchObject({ captured: 3000, released: 300 });
  });

  it('cancels without a body, and is told when it is too late', async () => {
    const { data } = await create('succeeds', { confirm: true, capture_method: 'manual' });
    expect((await cancelPaymentFlow({ client, path: path(data?.id) })).data).toMatchObject({ status: 'canceled' });
    const { error, response } = await cancelPaymentFlow({ client, path: path(data?.id), body: { cancellation_reason: 'duplicate' } });
    expect(response?.status).toBe(400);
    expect(error).toMatchObject({ title: 'Invalid Status', status: 400 });
  });

  it('lists by cursor', async () => {
    for (let count = 0; count < 3; count += 1) await create('succeeds');
    const first = await getAllPaymentFlows({ client, query: { limit: 2, customer_id: customer } });
    expect(first.data).toMatchObject({ has_more: true, url: '/v2/payment_flows' });
    const rest = await getAllPaymentFlows({ client, query: { limit: 2, starting_after: first.data?.data[1]?.id ?? '' } });
    expect(rest.data).toMatchObject({ has_more: false });
    expect([...(first.data?.data ?? []), ...(rest.data?.data ?? [])].map(({ id }) => id)).toEqual(sandbox.ledger().map(({ id }) => id).toReversed());
  });

  it('is declined with 402 problem+json', async () => {
    const { data } = await create('expired_card');
    const { error, response } = await confirmPaymentFlow({ client, path: path(data?.id), body: {} });
    expect(response?.status).toBe(402);
    expect(error).toMatchObject({ title: 'Payment Failed', code: 'expired_card' });
    expect((await getPaymentFlow({ client, path: path(data?.id) })).data).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'expired_card' } });
  });

  it('refunds a part and the rest, and lists what went back', async () => {
    const { data: flow } = await create('succeeds', { confirm: true });
    const body = { payment_flow_id: flow?.id ?? 'none' };
    const { data: refund } = await createPaymentRefund({ client, body: { ...body, amount: 300, reason: 'duplicate', metadata: { by: 'staff' } } });
    expect(refund).toMatchObject({ object: 'payment_refund', status: 'succeeded', amount: 300, payment_flow_id: flow?.id, reason: 'duplicate' });
    const place = { payment_refund_id: refund?.id ?? 'none' };
    expect((await updatePaymentRefund({ client, path: place, body: { metadata: { note: 'x' } } })).data).toMatchObject({ metadata: { by: 'staff', note: 'x' } });
    expect((await getPaymentRefund({ client, path: place })).data).toMatchObject({ id: refund?.id });
    expect((await createPaymentRefund({ client, body: { ...body, amount: 3001 } })).error).toMatchObject({ title: 'Refund Exceeds Payment', status: 400 });
    expect((await createPaymentRefund({ client, body })).data).toMatchObject({ amount: 3000 });
    expect((await createPaymentRefund({ client, body })).error).toMatchObject({ title: 'Already Refunded' });
    expect((await getPaymentFlowRefunds({ client, path: path(flow?.id) })).data?.data).toMatchObject([{ amount: 3000 }, { amount: 300 }]);
    expect((await getAllPaymentRefunds({ client, query: { limit: 1 } })).data).toMatchObject({ has_more: true, data: [{ amount: 3000 }] });
    expect((await getPaymentFlow({ client, path: path(flow?.id) })).data).toMatchObject({ status: 'succeeded' });
    expect(sandbox.ledger()[0]).toMatchObject({ refunded: 3300 });
  });

  it('saves a card in the browser, and cancels a setup', async () => {
    const { data: flow } = await createSetupFlow({ client, body: { customer_id: customer, usage: 'on_session', payment_method_types: ['card'] } });
    const place = { setup_flow_id: flow?.id ?? 'none' };
    expect(flow).toMatchObject({ object: 'setup_flow', status: 'requires_payment_method', customer_id: customer });
    expect((await updateSetupFlow({ client, path: place, body: { description: 'card on file' } })).data).toMatchObject({ description: 'card on file' });
    sandbox.completeSetup(place.setup_flow_id);
    expect((await getSetupFlow({ client, path: place })).data).toMatchObject({ status: 'succeeded', payment_method_id: paymentMethods.succeeds });
    expect((await cancelSetupFlow({ client, path: place })).error).toMatchObject({ title: 'Invalid Status' });
    const { data: other } = await createSetupFlow({ client });
    const canceled = await cancelSetupFlow({ client, path: { setup_flow_id: other?.id ?? 'none' }, body: { cancellation_reason: 'abandoned' } });
    expect(canceled.data).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect((await getAllSetupFlows({ client })).data?.data).toMatchObject([{ id: other?.id }, { id: flow?.id }]);
  });

  it('honours an Idempotency-Key given as a header', async () => {
    const send = (amount: number) => createPaymentFlow({ client, body: { amount, currency: 'jpy' }, headers: { 'Idempotency-Key': 'order-42' } });
    const first = await send(1000);
    expect((await send(1000)).data).toEqual(first.data);
    expect((await send(2000)).response?.status).toBe(409);
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('is told of a missing flow and of invalid fields', async () => {
    expect((await getPaymentFlow({ client, path: path('pfw_nope') })).error).toMatchObject({ title: 'Not Found', status: 404 });
    const { error } = await createPaymentFlow({ client, body: { amount: 10, currency: 'jpy' } });
    expect(error).toMatchObject({ title: 'Validation Error', status: 422, errors: [{ field: 'amount' }] });
  });
});
