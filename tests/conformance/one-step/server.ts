import { createHmac } from 'node:crypto';

/**
 * Pronto, a provider that is made up, in memory: it charges when it is asked to, and has nothing that waits to be confirmed. What failed is over. Written for
 * itself and not from its adapter.
 */
export interface Charge {
  readonly id: string;
  status: 'HELD' | 'COLLECTING' | 'TAKEN' | 'WORKING' | 'VOIDED' | 'FAILED';
  readonly value: number;
  readonly currency: string;
  readonly source: string;
  readonly payer: string | null;
  readonly memo: string;
  readonly opened: string;
  changed: string;
  readonly held_until: string | null;
  why: string | null;
}
export interface Return {
  readonly id: string;
  readonly charge: string;
  readonly value: number;
  readonly currency: string;
  status: 'PENDING' | 'DONE' | 'REJECTED';
  readonly opened: string;
  changed: string;
}

type Json = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly member: string | null = null) {
    super(code);
  }
}

export const apiKey = 'sk_test_pronto';
export const webhookSecret = 'test-secret-of-pronto';

/** Where its deliveries are posted to: it signs the address as well. */
const endpoint = 'https://shop.example/webhooks?shop=7';
export const origin = 'https://api.pronto.example';

/** What becomes of each source. */
const sources: Readonly<Record<string, { readonly slow?: true; readonly why?: string }>> = {
  CARD_FINE: {},
  CARD_REFUSED: { why: 'REFUSED' },
  CARD_EMPTY: { why: 'NO_FUNDS' },
  CARD_OLD: { why: 'CARD_EXPIRED' },
  BANK_FINE: { slow: true },
  BANK_EMPTY: { slow: true, why: 'NO_FUNDS' },
};

const day = 86_400_000;
const aMinute = 60_000;

/** @param capturesLater Whether a collection takes a minute. */
export const openPronto = ({ capturesLater = false }: { readonly capturesLater?: boolean } = {}) => {
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  let count = 0;
  let returnsSettle: 'at_once' | 'later' = 'at_once';
  let returnsFail: 'never' | 'instead_of_success' | 'after_success' = 'never';
  const charges: Charge[] = [];
  const returns: Return[] = [];
  const requests: string[] = [];
  const sent: { readonly type: string; readonly body: string }[] = [];
  const remembered = new Map<string, { readonly at: number; readonly content: string; readonly answer: Answer }>();
  let due: { readonly at: number; readonly act: () => void }[] = [];

  const time = (at = now): string => new Date(at).toISOString();
  const newId = (kind: string): string => `${kind}_${String((count += 1)).padStart(5, '0')}`;
  const tell = (type: string, object: Charge | Return): void =>
    void sent.push({ type, body: JSON.stringify({ id: newId('ev'), type, at: time(), [type.startsWith('CHARGE') ? 'charge' : 'return']: object }) });
  const change = <T extends Charge | Return>(object: T, status: T['status']): void => {
    now += 1;
    object.status = status;
    object.changed = time();
    tell(`${'charge' in object ? 'RETURN' : 'CHARGE'}_${status}`, object);
  };
  const later = (act: () => void): void => void due.push({ at: now + aMinute, act });
  const settle = (): void => {
    for (const charge of charges)
      if (charge.status === 'HELD' && Date.parse(charge.held_until ?? '') <= now) {
        charge.why = 'LAPSED';
        change(charge, 'VOIDED');
      }
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { act } of ready) act();
  };
  const find = <T extends { readonly id: string }>(all: readonly T[], id: string | undefined): T => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, 'NOT_FOUND');
    return found;
  };
  const text = (body: Json, member: string, longest: number): string | null => {
    const value = body[member] ?? null;
    if (value !== null && (typeof value !== 'string' || value === '' || value.length > longest)) throw new Refusal(400, 'BAD_MEMBER', member);
    return value;
  };
  const money = (body: Json): { readonly value: number; readonly currency: string } => {
    const { value, currency } = body;
    if (!Number.isSafeInteger(value) || Number(value) < 1) throw new Refusal(400, 'BAD_MEMBER', 'value');
    if (currency !== 'EUR' && currency !== 'JPY') throw new Refusal(400, 'BAD_MEMBER', 'currency');
    return { value: Number(value), currency };
  };
  const known = (body: Json, ...members: readonly string[]): void => {
    for (const member of Object.keys(body)) if (!members.includes(member)) throw new Refusal(400, 'BAD_MEMBER', member);
  };

  const open = (body: Json): Answer => {
    known(body, 'request_id', 'source', 'value', 'currency', 'hold', 'memo', 'payer');
    const [source, memo, payer] = [text(body, 'source', 50), text(body, 'memo', 200), text(body, 'payer', 50)];
    const outcome = sources[source ?? ''];
    if (source === null || outcome === undefined) throw new Refusal(400, 'BAD_MEMBER', 'source');
    if (memo === null) throw new Refusal(400, 'BAD_MEMBER', 'memo');
    const isHeld = body['hold'] === true;
    const over = outcome.slow === true ? null : (outcome.why ?? null);
    now += 1;
    const status = outcome.slow === true ? 'WORKING' : over !== null ? 'FAILED' : isHeld ? 'HELD' : 'TAKEN';
    const charge: Charge = { id: newId('ch'), status, ...money(body), source, payer, memo, opened: time(), changed: time(), held_until: status === 'HELD' ? time(now + 7 * day) : null, why: over };
    charges.push(charge);
    tell('CHARGE_OPENED', charge);
    tell(`CHARGE_${status}`, charge);
    if (outcome.slow === true)
      later(() => {
        charge.why = outcome.why ?? null;
        change(charge, outcome.why === undefined ? 'TAKEN' : 'FAILED');
      });
    return { status: 200, body: { charge } };
  };

  const whileHeld = (id: string | undefined): Charge => {
    const charge = find(charges, id);
    if (charge.status !== 'HELD') throw new Refusal(409, 'WRONG_STATE');
    return charge;
  };
  const collect = (id: string | undefined): Answer => {
    const charge = whileHeld(id);
    change(charge, capturesLater ? 'COLLECTING' : 'TAKEN');
    if (capturesLater) later(() => change(charge, 'TAKEN'));
    return { status: 204 };
  };
  const voids = (id: string | undefined): Answer => {
    const charge = whileHeld(id);
    charge.why = 'ASKED';
    change(charge, 'VOIDED');
    return { status: 200, body: { charge } };
  };

  const returned = (id: string): number => returns.filter(({ charge, status }) => charge === id && status !== 'REJECTED').reduce((sum, { value }) => sum + value, 0);
  const giveBack = (body: Json): Answer => {
    known(body, 'request_id', 'charge', 'value', 'currency');
    const charge = find(charges, text(body, 'charge', 50) ?? '');
    const { value, currency } = money(body);
    if (charge.status !== 'TAKEN') throw new Refusal(409, 'WRONG_STATE');
    if (currency !== charge.currency || returned(charge.id) + value > charge.value) throw new Refusal(400, 'BAD_MEMBER', 'value');
    now += 1;
    const made: Return = { id: newId('re'), charge: charge.id, value, currency, status: 'PENDING', opened: time(), changed: time() };
    returns.push(made);
    tell('RETURN_OPENED', made);
    const fails = returnsFail;
    const end = (): void => {
      change(made, fails === 'instead_of_success' ? 'REJECTED' : 'DONE');
      if (fails === 'after_success') later(() => change(made, 'REJECTED'));
    };
    if (returnsSettle === 'at_once') end();
    else later(end);
    return { status: 200, body: { return: made } };
  };

  const page = (name: string, items: readonly { readonly id: string }[], query: URLSearchParams): Answer => {
    const all = items.toReversed();
    const from = query.has('after') ? all.findIndex(({ id }) => id === query.get('after')) + 1 : 0;
    const until = from + Number(query.get('limit') ?? 20);
    return { status: 200, body: { [name]: all.slice(from, until), next: until < all.length ? all[until - 1]?.id : null } };
  };

  /** A request with the same id is answered as it was, for a day. */
  const once = (address: string, body: Json, act: () => Answer): Answer => {
    const key = text(body, 'request_id', 45);
    if (key === null) throw new Refusal(400, 'BAD_MEMBER', 'request_id');
    const content = JSON.stringify(body);
    const before = remembered.get(`${address} ${key}`);
    if (before !== undefined && now - before.at < day) {
      if (before.content !== content) throw new Refusal(422, 'REQUEST_ID_REUSED', 'request_id');
      return before.answer;
    }
    const answer = structuredClone(act());
    remembered.set(`${address} ${key}`, { at: now, content, answer });
    return answer;
  };

  const route = (method: string, { pathname, searchParams }: URL, headers: Headers, body: Json): Answer => {
    if (headers.get('authorization') !== `Bearer ${apiKey}`) throw new Refusal(401, 'UNAUTHORISED');
    const [, kind, id, verb] = pathname.split('/').map(decodeURIComponent);
    const of = searchParams.get('charge');
    switch (`${method} ${kind}${id === undefined ? '' : ' one'}${verb === undefined ? '' : ` ${verb}`}`) {
      case 'POST charges': return once(pathname, body, () => open(body));
      case 'GET charges': return page('charges', charges, searchParams);
      case 'GET charges one': return { status: 200, body: { charge: find(charges, id) } };
      case 'POST charges one collect': return collect(id);
      case 'POST charges one void': return voids(id);
      case 'POST returns': return once(pathname, body, () => giveBack(body));
      case 'GET returns': return page('returns', returns.filter(({ charge }) => of === null || charge === of), searchParams);
      case 'GET returns one': return { status: 200, body: { return: find(returns, id) } };
      default: throw new Refusal(404, 'NO_SUCH_ADDRESS');
    }
  };

  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    requests.push(`${request.method} ${url.pathname}`);
    try {
      const written = await request.text();
      settle();
      const { status, body } = route(request.method, url, request.headers, written === '' ? {} : JSON.parse(written));
      return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return Response.json({ problem: { code: error.code, member: error.member } }, { status: error.status });
    }
  };

  return {
    fetch,
    requests,
    charges: (): readonly Charge[] => charges,
    returns: (): readonly Return[] => returns,
    returned,
    now: (): number => now,
    advance: (seconds: number): void => {
      now += seconds * 1000;
      settle();
    },
    set: ({ settle: settles = returnsSettle, fail = returnsFail }: { readonly settle?: typeof returnsSettle; readonly fail?: typeof returnsFail }): void => {
      [returnsSettle, returnsFail] = [settles, fail];
    },
    deliveries: () => sent.map(({ type, body }) => ({ type, body, url: endpoint, headers: { 'pronto-signature': createHmac('sha256', webhookSecret).update(endpoint + body).digest('hex') } })),
  };
};
