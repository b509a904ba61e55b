import type { Intent } from '../engine/intent.js';
import type { Json } from '../engine/json.js';
import type { EventDraft, KeptEvent } from '../engine/kept-event.js';
import type { Profile } from '../engine/profile.js';
import { beforeExecution, type Refusal } from '../engine/refusal.js';
import type { Context, Result } from '../engine/verbs.js';
import type { Change, Store } from '../engine/store.js';
import { success, type Answer } from '../http/answer.js';
import type { Switches } from '../switches.js';

/** A request on its way to a route. */
export interface Call extends Context {
  readonly method: string;
  readonly path: string;
  /** The `{id}` of the path; empty where it has none. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** In Hono's notation. */
  readonly path: string;
  readonly handle: (call: Call) => Answer;
}

/** What went wrong before a route was reached. */
export type GateRefusal = 'key_missing' | 'key_malformed' | 'key_unknown' | 'other_content' | 'in_progress' | 'idempotency_key_invalid' | 'no_route';

/** Where an object is rendered outside of a request. */
export type Place = Pick<Call, 'store' | 'profile'>;

/** What is signed. */
interface Signed {
  readonly secret: string;
  readonly body: string;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  readonly eventId: string;
  readonly deliveryId: string;
}

/** What the sandbox knows of a dialect's events: which there are, how they are listed and how they are posted. */
export interface EventDefinition {
  /** What is told of a change, with objects as they are rendered at that moment. */
  readonly draft: (change: Change, place: Place) => readonly EventDraft[];
  readonly newId: (at: number) => string;
  readonly routes: readonly Route[];
  readonly defaultSecret: string;
  /** The body of a delivery. */
  readonly body: (store: Store, event: KeptEvent) => string;
  /** The headers of a delivery. */
  readonly headers: (signed: Signed) => Promise<Readonly<Record<string, string>>>;
}

/** All that the sandbox knows of one dialect. */
export interface DialectDefinition {
  readonly currency: 'JPY' | 'EUR';
  readonly profile: Profile;
  readonly routes: readonly Route[];
  readonly events: EventDefinition;
  /** Where the likeliest reading of its documents differs from the common one. */
  readonly switches: Partial<Switches>;
  /** Is Basic authorisation with an empty password taken, beside Bearer? */
  readonly basic: boolean;
  readonly refuseAtGate: (reason: GateRefusal, call: Pick<Call, 'path' | 'method' | 'store'>) => Answer;
  /** Content in one spelling: equal for equal requests. */
  readonly canonicalContent: (body: string) => string;
  /** Which of the two cases of a repeated key are refused. */
  readonly repeatedKey: (switches: Switches) => { readonly otherContent: boolean; readonly concurrency: boolean };
  readonly keyAllowed: (key: string) => boolean;
  /** Headers of every answer. */
  readonly answerHeaders: (headers: Headers, replayed: boolean) => Readonly<Record<string, string>>;
}

/** How a dialect spells what the engine says about one kind of object. */
export interface Spelling<Item = Intent> {
  readonly render: (call: Call, item: Item) => Json;
  readonly refuse: (call: Call, refusal: Refusal) => Answer;
  /** The error for a decline; null where nothing can be declined. */
  readonly decline: ((call: Call, item: Item, status: 400 | 402) => Answer) | null;
}

/** A reading of a request. */
export type Reading<Input> = { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly refusal: Refusal };

/** Of a request that consists of its path. */
export const nothingToRead = (): Reading<null> => ({ ok: true, input: null });

/** A route's handler: read, do, spell the result. */
export const handler =
  <Input, Item>(spelling: Spelling<Item>, read: (call: Call) => Reading<Input>, run: (call: Call, input: Input) => Result<Item>) =>
  (call: Call): Answer => {
    const reading = read(call);
    if (!reading.ok) return spelling.refuse(call, reading.refusal);
    const result = run(call, reading.input);
    if (!result.ok) return spelling.refuse(call, result.refusal);
    const { declineAs } = call.store.switches;
    if (!result.failed || declineAs === 'success' || spelling.decline === null) return success(spelling.render(call, result.item));
    return spelling.decline(call, result.item, declineAs === 'payment_required' ? 402 : 400);
  };

/** Whether the answer to this refusal is stored under the key. */
export const storedAs = (refusal: Refusal): 'failure' | 'never' => (beforeExecution(refusal) ? 'never' : 'failure');
