import { dialectNames } from '../dialect-names.js';
import { createSandbox, type Dialect, type PaymentMethodName, type Sandbox, type SandboxOptions } from '../index.js';

export const allDialects: readonly Dialect[] = dialectNames;

export const payjpDialects = allDialects.filter((name) => name.startsWith('payjp_'));

/** Paypercut has no updates and few events: the dialects that have more. */
export const withoutPaypercut = allDialects.filter((name) => name !== 'paypercut');

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The items of a list that was answered. */
export const items = ({ body }: Reply): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(body['data']) ? body['data'] : []);

type Fields = Readonly<Record<string, unknown>>;

export interface Wish {
  readonly amount?: number;
  readonly manual?: boolean;
  readonly confirm?: boolean;
  readonly method?: PaymentMethodName;
  readonly reference?: string;
  readonly more?: Fields;
}

/** Form encoding, as clients do it. */
function formEncode(fields: Fields, prefix = ''): string {
  return Object.entries(fields)
    .flatMap(([key, value]) => {
      const name = prefix === '' ? key : `${prefix}[${key}]`;
      if (typeof value === 'object' && value !== null) return [formEncode({ ...value }, name)];
      return [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
    })
    .join('&');
}

const paths: Readonly<Record<Dialect, string>> = {
  payjp_payment_flows: '/v2/payment_flows',
  payjp_payment_intents: '/v2/payment_intents',
  paypercut: '/v1/payment_intents',
  stripe: '/v1/payment_intents',
};

const refundPaths: Readonly<Record<Dialect, string>> = {
  payjp_payment_flows: '/v2/payment_refunds',
  payjp_payment_intents: '/v2/refunds',
  paypercut: '/v1/refunds',
  stripe: '/v1/refunds',
};

const setupPaths: Readonly<Record<Dialect, string>> = {
  payjp_payment_flows: '/v2/setup_flows',
  payjp_payment_intents: '/v2/setup_intents',
  paypercut: '/v1/setup_intents',
  stripe: '/v1/setup_intents',
};

/** A client that speaks each dialect just well enough to test the sandbox. */
export function drive(options: Partial<SandboxOptions> & { readonly dialect: Dialect }) {
  const sandbox: Sandbox = createSandbox(options);
  const { dialect } = sandbox;
  const base = paths[dialect];
  const flows = dialect === 'payjp_payment_flows';
  const authorization = `Bearer ${sandbox.apiKey}`;

  const send = async (method: string, path: string, body?: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> => {
    const type = dialect === 'stripe' ? 'application/x-www-form-urlencoded' : 'application/json';
    const response = await sandbox.fetch(`${sandbox.origin}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  const post = (path: string, fields: Fields = {}, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    send('POST', path, dialect === 'stripe' ? formEncode(fields) : JSON.stringify(fields), headers);
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> => send('GET', path, undefined, headers);

  const parties = (method: PaymentMethodName): Fields =>
    flows
      ? { customer_id: sandbox.customer, payment_method_id: sandbox.paymentMethods[method] }
      : { customer: sandbox.customer, payment_method: sandbox.paymentMethods[method] };
  const key = (idempotencyKey: string | undefined) => (idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey });

  return {
    sandbox,
    base,
    send,
    post,
    get,
    parties,
    method: (name: PaymentMethodName): Fields => ({ [flows ? 'payment_method_id' : 'payment_method']: sandbox.paymentMethods[name] }),
    create: (wish: Wish = {}, idempotencyKey?: string) =>
      post(
        base,
        {
          amount: wish.amount ?? 1000,
          ...(dialect === 'payjp_payment_intents' ? {} : { currency: sandbox.currency.toLowerCase() }),
          capture_method: wish.manual === true ? 'manual' : 'automatic',
          ...(wish.method === undefined ? {} : parties(wish.method)),
          ...(wish.confirm === true ? { confirm: true } : {}),
          ...(wish.reference === undefined ? {} : { metadata: { oneintent_reference: wish.reference } }),
          ...wish.more,
        },
        key(idempotencyKey),
      ),
    retrieve: (id: string) => get(`${base}/${id}`),
    update: (id: string, fields: Fields) => post(`${base}/${id}`, fields),
    confirm: (id: string, fields: Fields = {}, idempotencyKey?: string) => post(`${base}/${id}/confirm`, fields, key(idempotencyKey)),
    capture: (id: string, amount?: number, more: Fields = {}, idempotencyKey?: string) =>
      post(`${base}/${id}/capture`, { ...(amount === undefined ? {} : { amount_to_capture: amount }), ...more }, key(idempotencyKey)),
    cancel: (id: string, fields: Fields = {}, idempotencyKey?: string) => post(`${base}/${id}/cancel`, fields, key(idempotencyKey)),
    increment: (id: string, amount: number) => post(`${base}/${id}/increment_authorization`, { amount }),
    list: (query = '') => get(`${base}${query}`),
    refunds: refundPaths[dialect],
    setups: setupPaths[dialect],
    refund: (payment: string, amount?: number, more: Fields = {}, idempotencyKey?: string) =>
      post(
        refundPaths[dialect],
        { [flows ? 'payment_flow_id' : 'payment_intent']: payment, ...(amount === undefined ? {} : { amount }), ...more },
        key(idempotencyKey),
      ),
    setup: (fields: Fields = {}, idempotencyKey?: string) =>
      post(setupPaths[dialect], { ...(dialect === 'paypercut' ? { currency: 'EUR' } : {}), ...fields }, key(idempotencyKey)),
  };
}

export type Driver = ReturnType<typeof drive>;

/** The one entry of the ledger. */
export function onlyEntry({ sandbox }: Driver) {
  const [entry, ...rest] = sandbox.ledger();
  if (entry === undefined || rest.length > 0) throw new Error(`The ledger has ${sandbox.ledger().length} entries, not one.`);
  return entry;
}
