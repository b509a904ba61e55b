import { createHmac } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { actionOf, outcomes, reasons, record, type Body, type KontorPayment, type KontorRefund, type State } from './kontor-books.js';

/** One delivery of a Kontor webhook: the signature is in the address. */
interface KontorDelivery {
  readonly kind: string;
  readonly url: string;
  readonly body: string;
}

/** A Kontor in a box: an in-process server, what it has seen and booked, and the levers that move it. */
export interface Kontor {
  readonly origin: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly fetch: typeof fetch;
  /** What has arrived, as `METHOD /path`. */
  readonly requests: readonly string[];
  /** The payments, brought up to date with the clock. */
  readonly payments: () => readonly KontorPayment[];
  readonly refunds: () => readonly KontorRefund[];
  readonly deliveries: () => readonly KontorDelivery[];
  /** The customer passes, or fails, what a payment waits for. */
  readonly act: (id: string, passes: boolean) => void;
  /** Moves the clock on, by seconds. */
  readonly advance: (seconds: number) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Decimal text of hundredths: 1234 is "12.34", in every currency. */
const written = (hundredths: number): string => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

const hundredths = (text: unknown): number | null => (typeof text === 'string' && /^\d{1,9}\.\d\d$/.test(text) ? Number(text.replace('.', '')) : null);

/** What Kontor refuses. A decline says of which payment. */
class Fault extends Error {
  constructor(
    readonly status: 400 | 401 | 402 | 404 | 409,
    readonly kind: string,
    message: string,
    readonly more: { readonly member?: string; readonly code?: string } = {},
    readonly payment: KontorPayment | null = null,
  ) {
    super(message);
  }
}

const bad = (member: string, message: string): Fault => new Fault(400, 'bad_request', message, { member });
const wrongState = ({ phase }: State): Fault => new Fault(409, 'wrong_state', `The payment is ${phase}.`);

const textOf = (body: Body, member: string): string | null => {
  const value = body[member] ?? null;
  if (value !== null && typeof value !== 'string') throw bad(member, 'A text is expected.');
  return value;
};

const tagsOf = ({ tags }: Body): object => {
  if (tags === undefined || tags === null) return {};
  if (typeof tags !== 'object' || Object.values(tags).some((value) => typeof value !== 'string')) throw bad('tags', 'Texts are expected.');
  return tags;
};

const amountOf = (body: Body): number | null => {
  if (body['amount'] === undefined) return null;
  const amount = hundredths(body['amount']);
  if (amount === null || amount < 50) throw bad('amount', 'A decimal text from "0.50" is expected.');
  return amount;
};

/** A payment as it is told: what only the books know is left out. */
const shownPayment = (payment: KontorPayment) => {
  const { id, amount, currency, taken, held, state, capture, customer, method, note, tags, decline, made, changed } = payment;
  const amounts = { amount: written(amount), currency, taken: written(taken), held: written(held) };
  return { id, ...amounts, state, capture, customer, method, note, tags, decline, redirect: actionOf(payment), made, changed, test: true };
};

const shownRefund = ({ amount, ...same }: KontorRefund) => ({ ...same, amount: written(amount), test: true });

/** A page, newest first. The cursor is Kontor's own affair: whoever reads meaning into it is on their own. */
const pageOf = <T extends { readonly id: string }>(context: Context, newestFirst: readonly T[], show: (item: T) => unknown) => {
  const size = Number(context.req.query('size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 50) throw bad('size', 'From 1 to 50.');
  const after = context.req.query('after');
  const from = after === undefined ? 0 : newestFirst.findIndex(({ id }) => Buffer.from(id).toString('base64url') === after) + 1;
  if (after !== undefined && from === 0) throw bad('after', 'Not a cursor of this list.');
  const items = newestFirst.slice(from, from + size);
  const last = newestFirst.length > from + size ? items.at(-1) : undefined;
  return { results: items.map(show), next: last === undefined ? null : Buffer.from(last.id).toString('base64url') };
};

/** Opens a Kontor of one's own. It takes one key, keeps everything in memory, and posts nothing: its deliveries are there to be fetched. */
export const openKontor = (apiKey = 'sk_test_kontor', webhookSecret = 'kontor-webhook-secret'): Kontor => {
  const origin = 'https://api.kontor.example';
  const [payments, refunds, requests]: [KontorPayment[], KontorRefund[], string[]] = [[], [], []];
  const events: { readonly id: string; readonly kind: string; readonly at: string; readonly about: unknown }[] = [];
  let offset = 0;
  let count = 0;
  const now = (): number => Date.now() + offset;
  const time = (): string => new Date(now()).toISOString();
  const nextId = (kind: string): string => `${kind}_${(count += 1)}`;
  const tell = (kind: string, about: unknown): void => void events.unshift({ id: nextId('ev'), kind, at: time(), about });
  const change = (payment: KontorPayment, to: Partial<KontorPayment>, kind: string): void => {
    Object.assign(payment, to, { changed: time() });
    tell(kind, shownPayment(payment));
  };

  const settle = (payment: KontorPayment, outcome: 'paid' | 'declined', decline: KontorPayment['decline'] = null): void =>
    outcome === 'declined'
      ? change(payment, { state: { phase: 'open', detail: 'declined' }, decline, settlesAt: null }, 'payment.declined')
      : payment.capture === 'later'
        ? change(payment, { state: { phase: 'held', detail: null }, held: payment.amount, authorized: payment.amount, heldUntil: now() + 7 * 86_400_000, decline: null }, 'payment.held')
        : change(payment, { state: { phase: 'paid', detail: null }, taken: payment.amount, authorized: payment.amount, decline: null, settlesAt: null }, 'payment.paid');

  const close = (payment: KontorPayment, detail: string): void =>
    change(payment, { state: { phase: 'closed', detail }, released: payment.held, held: 0, settlesAt: null }, 'payment.closed');

  const catchUp = (): void => {
    for (const payment of payments) {
      if (payment.settlesAt !== null && payment.settlesAt <= now()) settle(payment, payment.endsAs, { code: 'bounced', text: 'The transfer came back.' });
      if (payment.state.phase === 'held' && (payment.heldUntil ?? Infinity) <= now()) close(payment, 'ran_out');
    }
  };

  const paymentOf = (id: string): KontorPayment => {
    const found = payments.find((payment) => payment.id === id);
    if (found === undefined) throw new Fault(404, 'not_there', 'There is no such payment.');
    return found;
  };

  const charge = (payment: KontorPayment): void => {
    if (payment.state.phase !== 'open') throw wrongState(payment.state);
    if (payment.method === null) throw bad('method', 'A method is needed.');
    const outcome = outcomes[payment.method];
    if (outcome === undefined) throw bad('method', 'There is no such method.');
    payment.charges += 1;
    if (outcome === 'needs_customer') return change(payment, { state: { phase: 'open', detail: 'customer_needed' } }, 'payment.customer_needed');
    if (typeof outcome === 'object' && 'later' in outcome)
      return change(payment, { state: { phase: 'working', detail: null }, settlesAt: now() + 60_000, endsAs: outcome.later }, 'payment.working');
    settle(payment, outcome === 'paid' ? 'paid' : 'declined', outcome === 'paid' ? null : outcome);
    if (outcome !== 'paid') throw new Fault(402, 'declined', outcome.text, { code: outcome.code }, payment);
  };

  const app = new Hono();
  app.use(async (context, next) => {
    requests.push(`${context.req.method} ${context.req.path}`);
    if (context.req.header('authorization') !== `Bearer ${apiKey}`) throw new Fault(401, 'no_access', 'The key is not one of Kontor.');
    catchUp();
    await next();
  });
  app.notFound(() => {
    throw new Fault(404, 'not_there', 'There is nothing here.');
  });
  app.onError((error, context) => {
    if (!(error instanceof Fault)) throw error;
    const { status, kind, message, more, payment } = error;
    return context.json({ fault: { kind, text: message, ...more }, ticket: nextId('tkt'), ...(payment !== null && { payment: shownPayment(payment) }) }, status);
  });
  const bodyOf = async (context: Context): Promise<Body> => record(await context.req.json().catch(() => ({})));

  app.post('/payments', async (context) => {
    const body = await bodyOf(context);
    const amount = amountOf(body);
    if (amount === null) throw bad('amount', 'An amount is needed.');
    if (body['back_to'] !== undefined && body['charge'] !== true) throw bad('back_to', 'Only with charge.');
    const method = textOf(body, 'method');
    if (body['charge'] === true && method === null) throw bad('method', 'A method is needed.');
    const payment: KontorPayment = {
      id: nextId('pay'), amount, currency: textOf(body, 'currency') ?? '', taken: 0, held: 0, state: { phase: 'open', detail: method === null ? 'no_method' : 'ready' },
      capture: textOf(body, 'capture') ?? 'at_once', customer: textOf(body, 'customer'), method, note: textOf(body, 'note'), tags: tagsOf(body), decline: null,
      backTo: textOf(body, 'back_to'), made: time(), changed: time(), authorized: 0, released: 0, charges: 0, settlesAt: null, endsAs: 'paid', heldUntil: null,
    };
    payments.unshift(payment);
    tell('payment.opened', shownPayment(payment));
    if (body['charge'] === true) charge(payment);
    return context.json(shownPayment(payment), 201);
  });
  app.get('/payments', (context) => {
    const customer = context.req.query('customer');
    return context.json(pageOf(context, payments.filter((payment) => customer === undefined || payment.customer === customer), shownPayment));
  });
  app.get('/payments/:id', (context) => context.json(shownPayment(paymentOf(context.req.param('id')))));
  app.post('/payments/:id/confirm', async (context) => {
    const [payment, body] = [paymentOf(context.req.param('id')), await bodyOf(context)];
    if (payment.state.phase !== 'open') throw wrongState(payment.state);
    payment.method = textOf(body, 'method') ?? payment.method;
    payment.backTo = textOf(body, 'back_to') ?? payment.backTo;
    charge(payment);
    return context.json(shownPayment(payment));
  });
  app.post('/payments/:id/capture', async (context) => {
    const [payment, amount] = [paymentOf(context.req.param('id')), amountOf(await bodyOf(context))];
    if (payment.state.phase !== 'held') throw wrongState(payment.state);
    const part = amount ?? payment.held;
    if (part > payment.held) throw bad('amount', 'More than is held.');
    change(payment, { state: { phase: 'paid', detail: null }, taken: part, released: payment.held - part, held: 0 }, 'payment.paid');
    return context.json(shownPayment(payment));
  });
  app.post('/payments/:id/cancel', async (context) => {
    const [payment, reason] = [paymentOf(context.req.param('id')), textOf(await bodyOf(context), 'reason')];
    if (payment.state.phase === 'paid' || payment.state.phase === 'closed') throw wrongState(payment.state);
    if (reason !== null && !reasons.includes(reason)) throw bad('reason', `One of ${reasons.join(', ')}.`);
    close(payment, reason ?? 'by_merchant');
    return context.json(shownPayment(payment));
  });
  app.post('/payments/:id/refunds', async (context) => {
    const [payment, body] = [paymentOf(context.req.param('id')), await bodyOf(context)];
    const back = refunds.filter(({ payment: of }) => of === payment.id).reduce((sum, { amount }) => sum + amount, 0);
    const amount = amountOf(body) ?? payment.taken - back;
    if (payment.state.phase !== 'paid' || payment.taken === back) throw wrongState(payment.state);
    if (amount > payment.taken - back) throw bad('amount', 'More than is left.');
    const reason = textOf(body, 'reason');
    const refund = { id: nextId('ref'), payment: payment.id, amount, currency: payment.currency, state: { phase: 'returned', detail: null }, reason, tags: tagsOf(body), made: time() };
    refunds.unshift(refund);
    tell('refund.returned', shownRefund(refund));
    return context.json(shownRefund(refund), 201);
  });
  app.get('/refunds', (context) => {
    const payment = context.req.query('payment');
    return context.json(pageOf(context, refunds.filter((refund) => payment === undefined || refund.payment === payment), shownRefund));
  });
  app.get('/refunds/:id', (context) => {
    const found = refunds.find(({ id }) => id === context.req.param('id'));
    if (found === undefined) throw new Fault(404, 'not_there', 'There is no such refund.');
    return context.json(shownRefund(found));
  });
  app.get('/events', (context) => context.json(pageOf(context, events, (event) => event)));
  app.get('/events/:id', (context) => {
    const found = events.find(({ id }) => id === context.req.param('id'));
    if (found === undefined) throw new Fault(404, 'not_there', 'There is no such event.');
    return context.json(found);
  });

  return {
    origin,
    apiKey,
    webhookSecret,
    fetch: async (input, init) => app.request(input instanceof Request ? input : String(input), init),
    requests,
    payments: () => (catchUp(), payments),
    refunds: () => refunds,
    deliveries: () =>
      events.toReversed().map((event) => {
        const body = JSON.stringify(event);
        return { kind: event.kind, url: `https://shop.example/webhooks?signature=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`, body };
      }),
    act: (id, passes) => settle(paymentOf(id), passes ? 'paid' : 'declined', passes ? null : { code: 'not_authenticated', text: 'The customer was not recognised.' }),
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    now,
  };
};
