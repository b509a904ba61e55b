import { cancellationReasons, captureMethods, futureUsages, refundReasons, Secret, toBrowser, type Money, type NeutralObjects, type ObjectKind, type PaymentFailure } from '../index.js';
import { holds } from './assertions.js';
import { isObject, membersOf } from './exchanges.js';

type Told = Readonly<Record<string, unknown>>;

/** An object as it was read, whatever its kind. */
type Read = Told & { readonly status?: unknown; readonly amount?: Money };

/** Whether what was read says what was told; `raw` is all that was told. */
type Same = (told: unknown, read: unknown, all: { readonly raw: Told; readonly object: Read }) => boolean;

/** Text, or an object in the place of its id. */
const text: Same = (told, read) => read === (isObject(told) ? told['id'] : told);

/** One of the neutral words has to stay that word; another one has to become something. */
const wordOf =
  (words: readonly string[]): Same =>
  (told, read) =>
    words.some((word) => word === told) ? read === told : read !== null;

const exact: Same = (told, read) => JSON.stringify(told) === JSON.stringify(read);

const instantOf = (told: unknown): number => (typeof told === 'number' ? (told > 1e11 ? told : told * 1000) : Date.parse(String(told)));
const moment: Same = (told, read) => Math.abs(instantOf(told) - Date.parse(String(read))) < 1000;
const expiry: Same = (told, read, all) => moment(told, isObject(read) ? read['at'] : null, all);

/** In the proportion to the whole amount in which it was told: the scale need not be known. */
const share: Same = (told, read, { raw, object }) => {
  const minorUnits = isObject(read) ? read['minorUnits'] : null;
  if (typeof told !== 'number' || typeof raw['amount'] !== 'number' || object.amount === undefined) return minorUnits !== null;
  return typeof minorUnits === 'number' && minorUnits * raw['amount'] === told * object.amount.minorUnits;
};

const secret: Same = (told, _, { object }) => object['object'] === 'event' || toBrowser(object as never).clientSecret === told;

/** Members that the application gave; others, such as the reference, may be the library's own. */
const metadata: Same = (told, read) => {
  const own = isObject(read) ? read : {};
  return !isObject(told) || Object.entries(told).every(([key, value]) => key.startsWith('oneintent') || JSON.stringify(own[key]) === JSON.stringify(value));
};

/** Words for a failure that mean the same wherever they are used. */
const plainReasons: readonly unknown[] = ['card_declined', 'insufficient_funds', 'expired_card', 'incorrect_cvc', 'processing_error'];

const isFailure = (value: unknown): value is PaymentFailure => isObject(value) && 'providerCode' in value;

/** The codes as they came, a sentence where there is one, and the reason that the finest code says. */
const sameFailure: Same = (told, read) => {
  if (!isObject(told) || !isFailure(read)) return read !== null;
  const word = told['decline_code'] ?? told['failure_code'] ?? told['code'];
  return (
    [['decline_code', read.declineCode], ['network_decline_code', read.networkDeclineCode]].every(([name, code]) => (told[String(name)] ?? null) === null || told[String(name)] === code) &&
    ((told['message'] ?? null) === null || read.message !== null) &&
    (!plainReasons.includes(word) || read.reason === word)
  );
};

/** A payer who is sent elsewhere does not pay: what is handed to the browser is what was told. */
const action: Same = (told, read) => {
  if (!isObject(read)) return false;
  const url: unknown = Secret.is(read['url']) ? read['url'].reveal() : undefined;
  const parts = [{ path: ['whole'], value: told }, ...membersOf(told)];
  if (read['type'] === 'redirect') return parts.some(({ path, value }) => value === url && !/return/.test(String(path.at(-1))));
  const data: unknown = Secret.is(read['data']) ? read['data'].reveal() : undefined;
  return isObject(data) && Object.keys(data).length > 0 && parts.some(({ value }) => exact(value, data, { raw: {}, object: {} }));
};

/** Members that every object may have, by the names that many providers share. */
const common = {
  livemode: [/^live_?mode$/, exact],
  createdAt: [/^created(_at)?$/, moment],
  updatedAt: [/^updated(_at)?$/, moment],
} as const;

const ofIntent = {
  ...common,
  customer: [/^customer(_id)?$/, text],
  paymentMethod: [/^payment_method(_id)?$/, text],
  paymentMethodTypes: [/^payment_method_types$/, exact],
  clientSecret: [/^client_secret$/, secret],
  description: [/^description$/, text],
  metadata: [/^metadata$/, metadata],
  returnUrl: [/^return_url$/, text],
  nextAction: [/^next_action$/, action],
  canceledAt: [/^canceled_at$/, moment],
  cancellationReason: [/^cancellation_reason$/, wordOf(cancellationReasons)],
} as const;

/** The members of every status, also those that only some have. */
type KeyOfUnion<T> = T extends unknown ? keyof T : never;

/** Members that the library makes itself, or that other checks are about: whose object it is, its status and its amount. */
type Elsewhere = 'object' | 'account' | 'provider' | 'id' | 'ref' | 'reference' | 'status' | 'providerStatus' | 'amount' | 'raw';

/** By which name providers send a member, and whether it was read as it was sent; `null` where it is compared below, or only its own adapter can read it. */
type Comparison = readonly [RegExp, Same] | null;

/** A new member of a neutral object does not compile until it is here. */
const members: { readonly [K in ObjectKind]: { readonly [F in Exclude<KeyOfUnion<NeutralObjects[K]>, Elsewhere>]: Comparison } } = {
  payment_intent: {
    ...ofIntent,
    amountCapturable: [/^amount_capturable$/, share],
    amountReceived: [/^amount_received$/, share],
    captureMethod: [/^capture_method$/, wordOf(captureMethods)],
    confirmationMethod: [/^confirmation_method$/, wordOf(['automatic', 'manual'])],
    latestPayment: [/^latest_(payment|charge)$/, text],
    statementDescriptor: [/^statement_descriptor$/, text],
    receiptEmail: [/^receipt_email$/, text],
    setupFutureUsage: [/^setup_future_usage$/, wordOf(futureUsages)],
    authorizationExpiresAt: [/^expired_at$/, expiry],
    lastPaymentError: [/^last_payment_error$/, sameFailure],
  },
  setup_intent: { ...ofIntent, usage: [/^usage$/, wordOf(futureUsages)], lastSetupError: [/^last_setup_error$/, sameFailure] },
  refund: {
    ...common,
    // What one provider calls the payment is the intent at another.
    payment: [/^(payment|charge)$/, (told, read, { object }) => [read, object['paymentIntent']].includes(told)],
    paymentIntent: [/^payment_(intent|flow)(_id)?$/, text],
    reason: [/^reason$/, wordOf(refundReasons)],
    pendingReason: [/^pending_reason$/, text],
    failureReason: [/^failure_reason$/, text],
    metadata: [/^metadata$/, metadata],
  },
  payment_attempt: {
    ...common,
    paymentIntent: [/^payment_intent$/, text],
    amountCaptured: [/^amount_captured$/, share],
    amountRefunded: null,
    fee: null,
    paymentMethodType: null,
    card: null,
    authorizationExpiresAt: null,
    failure: [/^failure_code$/, (told, read) => isFailure(read) && read.providerCode === told && (!plainReasons.includes(told) || read.reason === told || read.declineCode !== null)],
  },
  event: { livemode: common.livemode, createdAt: common.createdAt, type: null, providerType: null, subject: null, trust: null },
};

/** The same table for an object of which only its own word says what it is. */
const membersByKind: Readonly<Record<string, Readonly<Record<string, Comparison>>>> = members;

/** Members of which nothing is read in other statuses. */
const onlyIn: Readonly<Record<string, string>> = { nextAction: 'requires_action', canceledAt: 'canceled', cancellationReason: 'canceled' };

/** What a confirmation that failed says may be on its answer only, and an answer may know it where the object has no place for it. */
const mayKnowMore = (field: string, { status }: Read): boolean => field.startsWith('last') && status !== 'succeeded';

/** Whether a member says by another name than `livemode` that an object is live (`mode: 'test'`, `sandbox: true`); `null` where it says nothing of that. */
const isLiveBy = (name: string, told: unknown): boolean | null => {
  if (/^(is_?)?live$/i.test(name) && typeof told === 'boolean') return told;
  if (/^(is_?)?(test|test_?mode|sandbox)$/i.test(name) && typeof told === 'boolean') return !told;
  if (!/^(mode|environment|env|live_?mode)$/i.test(name) || typeof told !== 'string') return null;
  return /^(live|prod|production)$/i.test(told) ? true : /^(test|sandbox)$/i.test(told) ? false : null;
};

const cardMembers = { brand: 'brand', last4: 'last4', exp_month: 'expiryMonth', exp_year: 'expiryYear', funding: 'funding', country: 'country' } as const;

/** The card behind an attempt, member by member, until when its money is held, and what the network said. */
const attemptAsTold = (object: Read, raw: Told): void => {
  for (const { path, value } of membersOf(raw)) {
    const name = String(path.at(-1));
    const read = Object.entries(cardMembers).find(([told]) => told === name)?.[1];
    if (read !== undefined && path.at(-2) === 'card' && value !== null) holds(isObject(object['card']) && object['card'][read] === value, `${path.join('.')} is read as card.${read}`, object['card']);
    if (name === 'capture_before' && value !== null) holds(expiry(value, object['authorizationExpiresAt'], { raw, object }), `${path.join('.')} is read as authorizationExpiresAt`, object['authorizationExpiresAt']);
    if (name === 'network_decline_code' && value !== null) holds(isFailure(object['failure']) && object['failure'].networkDeclineCode === value, `${path.join('.')} is read as failure.networkDeclineCode`, object['failure']);
    if (name === 'type' && path.at(-2) === 'payment_method_details') holds(object['paymentMethodType'] === value, `${path.join('.')} is read as paymentMethodType`, object['paymentMethodType']);
    if (name === 'fee' && typeof value === 'number') holds(share(value, object['fee'], { raw, object }), `${path.join('.')} is read as fee`, object['fee']);
  }
};

/** Holds what was read of a decline against the answer that told it, wherever in it the codes stand. */
export const isDeclineAsTold = (read: PaymentFailure | null, answer: unknown): void => {
  const told = (name: string): unknown => membersOf(answer).find(({ path, value }) => path.at(-1) === name && value !== null)?.value;
  const codes = Object.fromEntries(['decline_code', 'network_decline_code', 'message', 'code'].map((name) => [name, told(name)]));
  const isItsOwn = codes['code'] === undefined || membersOf(answer).some(({ value }) => value === read?.providerCode);
  holds(isItsOwn && sameFailure(codes, read, { raw: {}, object: {} }), 'what is told of the decline is read', { told: codes, read });
};

/**
 * Holds what was read of one object against what the provider told of it, where it tells it by a name that many providers share: nothing that is told is
 * left out or said otherwise, and nothing is said that is told as nothing. What is told by other names only its own adapter can read.
 */
export const isAsTold = (value: unknown, where = ''): void => {
  const object: Read = Object(value);
  const raw: unknown = Secret.is(object['raw']) ? object['raw'].reveal() : null;
  holds(isObject(raw), `${where}the provider's own object is kept`, raw);
  if (!isObject(raw)) return;
  for (const [field, comparison] of Object.entries(membersByKind[String(object['object'])] ?? {})) {
    if (comparison === null) continue;
    const [name, same] = comparison;
    if (onlyIn[field] !== undefined && onlyIn[field] !== object.status) continue;
    const all = { raw, object };
    for (const [member, told] of Object.entries(raw).filter(([key]) => name.test(key))) {
      const read = object[field] ?? null;
      if (told !== null && told !== undefined && told !== '') holds(same(told, read, all), `${where}${member} is read as ${field}`, read);
      else if (told === null && Object.keys(raw).filter((key) => name.test(key)).length === 1 && !mayKnowMore(field, object)) holds(read === null, `${where}${member} is told as nothing, and so is ${field}`, read);
    }
  }
  for (const [member, told] of Object.entries(raw)) {
    const isLive = 'livemode' in object ? isLiveBy(member, told) : null;
    if (isLive !== null) holds(object['livemode'] === isLive, `${where}${member} is read as livemode`, object['livemode']);
  }
  if (object['object'] === 'payment_attempt') attemptAsTold(object, raw);
};
