import { supports, type PaymentsFacts } from '../client/payments.js';
import type { CallOptions } from '../operations/verbs.js';
import type { EventTarget } from '../operations/targets.js';
import type { Events } from '../operations/index.js';
import { inputError, PaymentError } from '../model/payment-error.js';
import { reduceSnapshot, type Freshness } from '../lifecycle/reduce-snapshot.js';
import type { LivingObject, PaymentEvent } from '../model/event.js';
import { readTime } from '../model/time.js';
import { defaultMaximumBytes, readDelivery, type RawDelivery } from '../webhooks/read-delivery.js';
import type { WebhookStore } from './store.js';

/** What an event changes of what is known. */
export interface EventNews {
  /** How the event's subject stands to what was known; `undecided` where nothing tells, or nobody says what was known: retrieve then. */
  readonly freshness: Freshness;
  /** What is known now: the event's subject, or what was known where that is newer. `null` when the event has no subject. */
  readonly snapshot: LivingObject | null;
}

/** How a receiver is set up. Times are in milliseconds. */
export interface WebhookReceiverOptions {
  /** The client, or the clients, whose deliveries come here. Each needs its `webhookSecret`. */
  readonly payments: PaymentsFacts | readonly PaymentsFacts[];
  readonly store: WebhookStore;
  /** Handles an event. It has happened, and it may come again when this rejects or takes longer than the lease. */
  readonly onEvent: (event: PaymentEvent, news: EventNews) => unknown;
  /** What you know of an object, by its ref; `null` when nothing. With it `freshness` is told. */
  readonly latest?: (ref: string) => LivingObject | null | Promise<LivingObject | null>;
  /** How long an event is yours while it is handled. Default 60,000: shorter than the providers' pause before they deliver again. */
  readonly lease?: number;
  /** The largest body that is read. Default one mebibyte. */
  readonly maximumBytes?: number;
  /** Sees every delivery that was refused and everything that went wrong: for logs. Errors of this library print no secret. */
  readonly onError?: (error: unknown) => void;
}

/** What `catchUp` has done. */
export interface CaughtUp {
  /** Handled now. */
  readonly handled: number;
  /** Handled before, or being handled elsewhere. */
  readonly skipped: number;
  /** Events whose handler rejected: they can be caught up again. */
  readonly failed: readonly PaymentEvent[];
}

/** Takes deliveries: a Web-standard handler, with a way to catch up on what was never delivered. */
export interface WebhookReceiver {
  /**
   * Verifies a delivery, claims its event, and hands it to `onEvent`.
   * @returns 200 when the event is handled, now or before; 400 unverified; 405 no POST; 409 while another delivery of it is handled; 413 too large; 500 when
   * the handler rejected; 503 when the store or the provider did not answer. The provider delivers again after anything but 200.
   */
  (request: Request): Promise<Response>;
  /**
   * Reads the events since a time (ISO 8601) from the provider, oldest first through the same claims and the same handler: after an outage, and regularly
   * at a provider that soon stops to deliver again.
   * @throws PaymentError `unsupported` when no client has `events.list`; as that operation does.
   */
  readonly catchUp: (since: string, options?: CallOptions) => Promise<CaughtUp>;
}

const answer = (status: number, said: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify({ message: said }), { status, headers: { 'content-type': 'application/json', ...headers } });

type EventReader = Pick<Events, 'retrieve'>;

/** What came of one event. */
type Handled = 'handled' | 'done' | 'leased' | 'failed';

const believed = async (payments: PaymentsFacts, event: PaymentEvent): Promise<PaymentEvent> => {
  if (event.trust !== 'token' || !supports(payments, 'events.retrieve')) return event;
  const { events }: { readonly events: EventReader } = payments;
  return events.retrieve({ id: event.id } satisfies EventTarget);
};

/** The first client whose secret proves the delivery. */
const verifiedBy = async (clients: readonly PaymentsFacts[], request: Request, { body }: RawDelivery): Promise<{ readonly payments: PaymentsFacts; readonly event: PaymentEvent }> => {
  let refusal: unknown;
  for (const payments of clients) {
    try {
      return { payments, event: await payments.webhooks.verify({ body, headers: request.headers, url: request.url }) };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
};

/**
 * A receiver of webhook deliveries. It keeps no state: what was handled is in the store.
 * @throws PaymentError `configuration` when there is no client, store or handler.
 */
export const createWebhookReceiver = (options: WebhookReceiverOptions): WebhookReceiver => {
  const { payments, store, onEvent, latest, lease = 60_000, maximumBytes = defaultMaximumBytes, onError } = options;
  const clients: readonly PaymentsFacts[] = Array.isArray(payments) ? payments : [payments];
  const problems = [
    ...(clients.length === 0 || clients.some((client) => typeof client?.webhooks?.verify !== 'function') ? [{ field: 'payments', problem: 'is not a client, or a list of them', remedy: 'Give what createPayments returns.' }] : []),
    ...(typeof store?.claim === 'function' ? [] : [{ field: 'store', problem: 'is not a store', remedy: 'Give memoryWebhookStore() for one process, or one of your own.' }]),
    ...(typeof onEvent === 'function' ? [] : [{ field: 'onEvent', problem: 'is not a function', remedy: 'Give one that handles an event.' }]),
    ...(Number.isFinite(lease) && lease > 0 ? [] : [{ field: 'lease', problem: 'is not a number of milliseconds above zero', remedy: 'Give milliseconds.' }]),
  ];
  if (problems.length > 0) throw inputError(problems, { code: 'configuration' });

  const newsOf = async ({ subject }: PaymentEvent): Promise<EventNews> => {
    if (subject === null) return { freshness: 'undecided', snapshot: null };
    if (latest === undefined) return { freshness: 'undecided', snapshot: subject };
    return reduceSnapshot(await latest(subject.ref), subject);
  };

  /** Claims an event and handles it. `read` gives the event that is believed. */
  const handle = async (ref: string, read: () => Promise<PaymentEvent>): Promise<Handled> => {
    const claim = await store.claim(ref, lease);
    if (claim.state !== 'claimed') return claim.state;
    let event: PaymentEvent;
    try {
      event = await read();
    } catch (error) {
      await store.release(ref, claim.token);
      throw error;
    }
    try {
      await onEvent(event, await newsOf(event));
    } catch (error) {
      onError?.(error);
      await store.release(ref, claim.token);
      return 'failed';
    }
    // It is handled, whether or not that can be remembered.
    await Promise.resolve(store.complete(ref, claim.token)).catch((error: unknown) => onError?.(error));
    return 'handled';
  };

  const receive = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return answer(405, 'Deliver by POST.', { allow: 'POST' });
    const raw = await readDelivery(request, maximumBytes);
    if (raw === null) return answer(413, 'The body is too large.');
    const verified = await verifiedBy(clients, request, raw).catch((error: unknown) => {
      onError?.(error);
      return PaymentError.is(error) && error.code === 'webhook_unverified' ? answer(400, 'The delivery could not be verified.') : answer(500, 'The receiver is not set up.');
    });
    if (verified instanceof Response) return verified;
    const { event } = verified;
    try {
      const outcome = await handle(event.ref, () => believed(verified.payments, event));
      if (outcome === 'leased') return answer(409, 'Another delivery of this event is being handled.', { 'retry-after': '60' });
      return outcome === 'failed' ? answer(500, 'The event could not be handled.') : answer(200, outcome === 'done' ? 'Handled before.' : 'Handled.');
    } catch (error) {
      onError?.(error);
      // The provider does not know the event that the delivery claims to be.
      if (PaymentError.is(error) && error.code === 'not_found') return answer(400, 'The delivery could not be verified.');
      return answer(503, 'Not now.', { 'retry-after': '60' });
    }
  };

  const catchUp = async (since: string, callOptions?: CallOptions): Promise<CaughtUp> => {
    const from = readTime(since);
    if (from === null) throw inputError([{ field: 'since', problem: 'is not an ISO 8601 time with a zone', remedy: "Write '2026-04-10T05:00:00Z'." }]);
    const missed: PaymentEvent[] = [];
    let listed = 0;
    for (const client of clients) {
      if (!supports(client, 'events.list')) continue;
      listed += 1;
      const query = client.accepts('events.list').includes('createdFrom') ? { createdFrom: from } : {};
      const { events }: { readonly events: Pick<Events, 'iterate'> } = client;
      let newest: string | null = null;
      for await (const event of events.iterate(query, callOptions)) {
        const { createdAt } = event;
        if (createdAt === null || createdAt >= from) missed.push(event);
        // Only where the list has been seen to fall is what follows older still: not every provider publishes its order.
        else if (newest !== null && createdAt < newest) break;
        newest ??= createdAt;
      }
    }
    if (listed === 0)
      throw inputError([{ field: 'events.list', problem: 'is not an operation of these providers', remedy: 'Poll the objects with waitFor.' }], { code: 'unsupported', operation: 'events.list' });
    const failed: PaymentEvent[] = [];
    const outcomes: Handled[] = [];
    for (const event of missed.toReversed().toSorted((one, other) => ((one.createdAt ?? '') < (other.createdAt ?? '') ? -1 : (one.createdAt ?? '') > (other.createdAt ?? '') ? 1 : 0))) {
      const outcome = await handle(event.ref, () => Promise.resolve(event));
      outcomes.push(outcome);
      if (outcome === 'failed') failed.push(event);
    }
    return Object.freeze({
      handled: outcomes.filter((outcome) => outcome === 'handled').length,
      skipped: outcomes.filter((outcome) => outcome === 'done' || outcome === 'leased').length,
      failed: Object.freeze(failed),
    });
  };

  return Object.freeze(Object.assign(receive, { catchUp }));
};
