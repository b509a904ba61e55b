import { createPayments, PaymentError, type OperationName, type PaymentErrorShape, type PaymentIntent, type Payments, type Resume } from '@oneintent/core';
import { createMigration, type Migration, type MigrationDirectory } from '@oneintent/core/migration';
import { createWebhookReceiver, memoryWebhookStore } from '@oneintent/core/webhooks';
import { createSandbox, type LedgerEntry, type Sandbox } from '@oneintent/sandbox';
import { randomFrom, type Random } from '../../chaos/random.ts';
import { configurationNamed } from '../sides.ts';
import { network } from './network.ts';

type Client = Payments<OperationName>;

/** From which provider to which, in which currency. */
export interface Route {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
}

export const routes: readonly Route[] = [
  { from: 'payjp payment_intents', to: 'payjp payment_flows', currency: 'JPY' },
  { from: 'payjp payment_flows', to: 'generic stripe', currency: 'JPY' },
  { from: 'generic stripe', to: 'paypercut', currency: 'EUR' },
];

/** Up, down and back: the share while the orders of a simulation pass by, evenly. */
const shares = [0, 5, 30, 70, 100, 40, 0, 60, 100] as const;

/** What is wrong, and with which order. */
export interface Finding {
  readonly kind: 'paid twice' | 'held twice' | 'wrong owner' | 'invisible' | 'event lost' | 'event handled twice';
  readonly order: string;
  readonly what: string;
}

export interface Simulated {
  readonly route: Route;
  readonly orders: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** What the application has stored of one order: all that outlives a process. */
interface Order {
  readonly reference: string;
  /** Unlike that of every other order, so that the ledgers tell whose a payment is. */
  readonly minorUnits: number;
  readonly manual: boolean;
  ref: string | null;
  status: string | null;
  resume: Resume | null;
}

const died = Symbol('the process died');

/** Plays one route: orders one after another, each by processes that may die, through a network that loses answers, while the share moves. */
export const simulate = async (route: Route, orders: number, seed: number, directory: MigrationDirectory, progress: (done: number) => void = () => undefined): Promise<Simulated> => {
  const random = randomFrom(seed);
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const findings: Finding[] = [];
  const [old, fresh] = [route.from, route.to].map((name, side) => {
    const { adapter, dialect } = configurationNamed(name);
    return { adapter, sandbox: createSandbox({ dialect, webhookSecret: `whsec_${Buffer.from(`side-${side}-of-the-migration`).toString('base64')}`, now: '2026-04-10T05:00:00.000Z' }), account: side === 0 ? 'old' : 'new' };
  });
  if (old === undefined || fresh === undefined) throw new Error('There are two sides.');

  const client = ({ adapter, sandbox, account }: typeof old, fetch: typeof sandbox.fetch): Client =>
    createPayments({
      adapter, account, fetch,
      baseUrl: sandbox.origin,
      webhookSecret: sandbox.webhookSecret,
      sleep: () => Promise.resolve(),
      clock: () => sandbox.now(),
      retries: random.whole(0, 2),
    }) as unknown as Client;

  let share: number = shares[0];
  /** A new process, with what it dies of. */
  const newProcess = (chance: Random | null): { readonly payments: Migration<Client, Client>; readonly death: Promise<typeof died> } => {
    let die: (reason: typeof died) => void = () => undefined;
    const death = new Promise<typeof died>((done) => (die = done));
    const through = (side: typeof old) => (chance === null ? side.sandbox.fetch : network(chance, side.sandbox, () => die(died), (fault) => fault !== 'none' && count(`fault ${fault}`)));
    const payments = createMigration({
      from: client(old, through(old)), to: client(fresh, through(fresh)),
      rollout: () => share, directory, singleProcess: true, failOver: random.chance(0.3), name: 'simulated',
      clock: () => old.sandbox.now(),
      onDecision: (decision) => decision.what === 'decided' && count(`decided ${decision.side} (${decision.reason})`),
    });
    return { payments: payments as Migration<Client, Client>, death };
  };

  const know = (order: Order, intent: PaymentIntent): void => {
    order.ref = intent.ref;
    order.status = intent.status;
    order.resume = null;
  };
  const knowError = (order: Order, error: PaymentErrorShape): void => {
    count(`outcome ${error.outcome}`);
    if (error.intent !== null) [order.ref, order.status] = [error.intent.ref, error.intent.status];
    order.resume = error.outcome === 'unknown' ? error.resume : null;
  };

  const inputOf = (order: Order) => {
    const method = (side: typeof old): string => `${side.account}:${side.sandbox.paymentMethods.succeeds}`;
    const customer = old.adapter.operations['paymentIntents.create']?.accepts.includes('customer') ? { customer: `old:${old.sandbox.customer}` } : {};
    return {
      amount: { minorUnits: order.minorUnits, currency: route.currency },
      captureMethod: order.manual ? ('manual' as const) : ('automatic' as const),
      confirm: true,
      paymentMethod: method(old),
      ...customer,
    };
  };

  /** One call by one process. `true` when it ended, whatever the end; `false` when the process died or nobody knows. */
  const attempt = async (order: Order, call: (payments: Migration<Client, Client>) => Promise<PaymentIntent>, chance: Random | null): Promise<boolean> => {
    const { payments, death } = newProcess(chance);
    const work = call(payments);
    try {
      const ended = await Promise.race([work, death]);
      if (ended === died) {
        work.catch(() => undefined);
        count('processes died');
        return false;
      }
      know(order, ended);
      return true;
    } catch (error) {
      if (!PaymentError.is(error)) throw error;
      knowError(order, error);
      return error.outcome === 'rejected';
    }
  };

  /** What an application does until a call has ended: the queue delivers the job again, or settles what is unknown, each time in another process. */
  const carryThrough = async (order: Order, call: (payments: Migration<Client, Client>) => Promise<PaymentIntent>, input: object | undefined): Promise<void> => {
    for (let tries = 1; tries <= 12; tries += 1) {
      const chance = tries > 8 ? null : random;
      const { resume } = order;
      const settles = resume !== null && random.chance(0.6);
      const ended = await attempt(order, settles ? async (payments) => (await payments.resume(JSON.parse(JSON.stringify(resume)) as Resume, input === undefined ? {} : { input })) as PaymentIntent : call, chance);
      if (ended) return;
      moveShare(order);
    }
    if (order.resume !== null) count('stayed unknown');
  };

  const moveShare = (order: Order): void => {
    const place = Math.floor((all.indexOf(order) / all.length) * shares.length);
    // A retry may find any share, not only that of its time.
    share = random.chance(0.2) ? random.whole(0, 100) : (shares[place] ?? 100);
  };

  const handled = new Map<string, number>();
  const receiver = createWebhookReceiver({
    payments: [client(old, old.sandbox.fetch), client(fresh, fresh.sandbox.fetch)],
    store: memoryWebhookStore(),
    onEvent: async (event) => {
      if (random.chance(0.05)) throw new Error('the handler has failed');
      if (event.subject !== null) await newProcess(null).payments.learn(event.subject);
      handled.set(event.ref, (handled.get(event.ref) ?? 0) + 1);
    },
  });
  const deliver = (sandbox: Sandbox): Promise<unknown> => sandbox.deliver((request) => receiver(request), { order: { shuffledBy: random.seed() }, duplicates: random.whole(0, 1), concurrently: random.chance(0.5) });

  const all: Order[] = Array.from({ length: orders }, (_, index) => ({ reference: `order-${index + 1}`, minorUnits: 1_000 + index, manual: random.chance(0.4), ref: null, status: null, resume: null }));
  for (const kind of ['customer', 'payment_method'] as const)
    await directory.loadMappings([
      kind === 'customer'
        ? { kind, from: old.sandbox.customer, to: fresh.sandbox.customer }
        : { kind, from: old.sandbox.paymentMethods.succeeds, to: fresh.sandbox.paymentMethods.succeeds },
    ]);

  for (const [index, order] of all.entries()) {
    moveShare(order);
    const input = inputOf(order);
    await carryThrough(order, (payments) => payments.paymentIntents.create(input, { reference: order.reference }), input);
    if (order.status === 'requires_capture' && order.ref !== null) {
      const { ref } = order;
      await (random.chance(0.85)
        ? carryThrough(order, (payments) => payments.paymentIntents.capture(ref, {}, { reference: order.reference }), {})
        : carryThrough(order, (payments) => payments.paymentIntents.cancel(ref, {}, { reference: order.reference }), {}));
    }
    if (index % 20 === 0) for (const { sandbox } of [old, fresh]) await deliver(sandbox);
    if (index % 50 === 0) progress(index);
  }
  // What a provider has given up to deliver is read from it in the end, through the same claims.
  for (let round = 1; round <= 6; round += 1) {
    for (const { sandbox } of [old, fresh]) {
      await deliver(sandbox);
      sandbox.advance(7_200);
    }
    const { handled: caughtUp } = await receiver.catchUp('2026-04-10T04:00:00.000Z');
    if (caughtUp > 0) counts.set('events caught up', (counts.get('events caught up') ?? 0) + caughtUp);
  }

  findings.push(...(await verdict(all, old, fresh, directory, handled)));
  return { route, orders, counts, findings };
};

interface SideOfRun {
  readonly sandbox: Sandbox;
  readonly account: string;
}

const hasMoney = ({ captured, authorized, released }: LedgerEntry): boolean => captured > 0 || authorized - released > 0;

/** What both ledgers say, whatever anybody was told. */
const verdict = async (all: readonly Order[], old: SideOfRun, fresh: SideOfRun, directory: MigrationDirectory, handled: ReadonlyMap<string, number>): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const byAmount = new Map<number, (LedgerEntry & { readonly account: string })[]>();
  for (const { sandbox, account } of [old, fresh])
    for (const entry of sandbox.ledger()) byAmount.set(entry.amount, [...(byAmount.get(entry.amount) ?? []), { ...entry, account }]);
  for (const order of all) {
    const entries = (byAmount.get(order.minorUnits) ?? []).filter(({ confirmations }) => confirmations > 0);
    const say = (kind: Finding['kind'], what: string): void => void findings.push({ kind, order: order.reference, what });
    const inWords = entries.map(({ account, id, status, captured, confirmations }) => `${account}:${id} ${status}, ${captured} taken, ${confirmations} confirmed`).join('; ');
    if (entries.reduce((sum, { captured }) => sum + captured, 0) > order.minorUnits) say('paid twice', inWords);
    if (entries.flatMap(({ movements }) => movements).filter(({ type }) => type === 'authorized').length > 1) say('held twice', inWords);
    const entry = await directory.byKey('payment_intent', order.reference);
    for (const one of entries) {
      if (entry?.account !== one.account) say('wrong owner', `${one.account}:${one.id}, and the directory says ${entry?.account ?? 'nothing'}`);
      if (hasMoney(one) && entry?.ref !== `${one.account}:${one.id}` && order.ref !== `${one.account}:${one.id}` && order.resume === null) say('invisible', inWords);
    }
    if (entry !== null && order.ref !== null && !order.ref.startsWith(`${entry.account}:`)) say('wrong owner', `the application has ${order.ref}, the directory ${entry.account}`);
  }
  for (const { sandbox, account } of [old, fresh])
    for (const { id } of sandbox.events()) {
      const times = handled.get(`${account}:${id}`) ?? 0;
      if (times === 0) findings.push({ kind: 'event lost', order: id, what: `${account}:${id} never reached the handler` });
      if (times > 1) findings.push({ kind: 'event handled twice', order: id, what: `${account}:${id} was handled ${times} times` });
    }
  return findings;
};
