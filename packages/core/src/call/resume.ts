// Resolves an operation whose outcome is unknown, on another machine too: it looks first, and sends the same request again only where a key still protects.
import * as z from 'zod/mini';
import { honouredKeys } from '../contract/limits.js';
import type { LivingObject } from '../model/event.js';
import { inputError, PaymentError } from '../model/payment-error.js';
import { parseRef } from '../model/ref.js';
import type { Resume } from '../model/resume.js';
import { isOperationName, isRead, operationDefinitions, type OperationName, type WriteOperation } from '../operations/index.js';
import type { CallOptions } from '../operations/verbs.js';
import { check } from './check.js';
import { checkOptions } from './check-options.js';
import { beginTime, type CallContext, type ClientContext } from './context.js';
import { createThenConfirm, mustSplit } from './create-then-confirm.js';
import { about } from './errors.js';
import { execute } from './execute.js';
import { isLiving } from './look-up.js';
import { keyProtects, stateProtects } from './protection.js';
import { resolveByLooking } from './reconcile.js';

/** Options of `payments.resume`. */
export interface ResumeOptions extends Pick<CallOptions, 'signal' | 'deadline'> {
  /**
   * The very input of the first call. With it the same request is sent again under the same key, where the provider honours keys and still
   * remembers this one; without it the library only looks.
   */
  readonly input?: object;
}

const schema: z.ZodMiniType<Resume> = z.object({
  v: z.literal(1),
  operation: z.string(),
  provider: z.string(),
  account: z.string(),
  key: z.string().check(z.minLength(1)),
  reference: z.nullable(z.string()),
  attempt: z.int().check(z.minimum(1)),
  connectedAccount: z.nullable(z.string()),
  ref: z.nullable(z.string()),
  amount: z.nullable(z.object({ minorUnits: z.int(), currency: z.string() })),
  confirm: z.boolean(),
  inputDigest: z.string(),
  firstSentAt: z.iso.datetime(),
});

const refuse = (field: string, problem: string, remedy: string): never => {
  throw inputError([{ field, problem, remedy }]);
};

const isResumable = (name: OperationName): name is WriteOperation => !isRead(name);

/** Seconds for which a key is taken to be remembered where the provider honours keys and does not say for how long. Repeating is what keys are for. */
const assumedWindow = 900;

/** Seconds by which the clocks of two machines may differ. */
const clockSkew = 60;

/** Whether the key is surely still remembered, or the object itself keeps a repetition from doing harm. */
const mayRepeat = ({ limits, transport }: ClientContext, operation: WriteOperation, { firstSentAt, amount }: Resume): boolean => {
  const window = honouredKeys(limits, operation)?.window ?? null;
  const age = (transport.clock() - Date.parse(firstSentAt)) / 1000;
  // By a clock that is far behind, nothing is known of the age.
  const remembered = age > -clockSkew && age < (window ?? assumedWindow);
  return keyProtects(limits, operation, amount) && (remembered || stateProtects(operation, amount));
};

const run = async (call: CallContext): Promise<LivingObject> => {
  const object = await execute(call);
  if (isLiving(object)) return object;
  throw new TypeError('An object with a status was expected.');
};

/**
 * Resolves an operation whose outcome is unknown: looks first; then, if the input is given and the key still protects, sends the same request again.
 * @returns the payment intent, setup intent or refund, once it is proven what happened.
 * @throws PaymentError `unresolved` (outcome `unknown`, with the same `resume`) while nothing is proven.
 */
export const resume = async (client: ClientContext, given: Resume, givenOptions?: ResumeOptions): Promise<LivingObject> => {
  const { input, ...said } = givenOptions ?? {};
  for (const name of Object.keys(said)) if (!['signal', 'deadline'].includes(name)) refuse(name, 'is not an option of resume', 'It takes input, signal and deadline.');
  const parsed = schema.safeParse(given);
  if (!parsed.success) return refuse('resume', 'is not what error.resume was', 'Store error.resume as JSON and give it back unchanged.');
  const resumed = parsed.data;
  if (resumed.account !== client.account || resumed.provider !== client.adapter.provider)
    refuse('resume.account', `is '${resumed.account}' at ${resumed.provider}`, "Use that account's client.");
  if (!isOperationName(resumed.operation) || !isResumable(resumed.operation))
    return refuse('resume.operation', 'is not an operation that can be resumed', 'Give what error.resume was.');
  const { operation } = resumed;
  const ref = resumed.ref === null ? null : parseRef(resumed.ref);
  if (resumed.ref !== null && ref?.account !== resumed.account) refuse('resume.ref', 'is not a ref of the account beside it', 'Give what error.resume was.');
  const id = ref?.id ?? null;
  const options = checkOptions(client, operation, { ...said, ...(resumed.connectedAccount !== null && { connectedAccount: resumed.connectedAccount }) });

  const named = resumed.reference === null ? {} : { reference: resumed.reference, attempt: resumed.attempt };
  const target = operationDefinitions[operation].target !== null && id !== null ? { id } : null;
  // How much a refund was to refund may have been found out then: it is the same now.
  const completed = operation === 'refunds.create' && input !== undefined && resumed.amount !== null ? { amount: resumed.amount, ...input } : input;
  // The request of a create with a reference has that reference in it, so it is checked under the same name.
  const again = completed === undefined ? null : await check(client, { operation, target, input: completed, options: { ...options, ...named } });
  if (again !== null && again.inputDigest !== resumed.inputDigest)
    refuse('input', 'is not the input of the first call', 'Give the same input, or none: then the library only looks.');

  const call: CallContext = {
    client,
    calledAs: operation,
    operation,
    id,
    snapshot: null,
    input: again?.input ?? {},
    request: again?.request ?? {},
    amount: resumed.amount,
    confirm: resumed.confirm,
    reference: resumed.reference,
    attempt: resumed.attempt,
    key: resumed.key,
    callersKey: again?.callersKey ?? false,
    inputDigest: resumed.inputDigest,
    connectedAccount: options.connectedAccount,
    signal: options.signal,
    time: again?.time ?? beginTime(client, options.deadline, false),
    firstSentAt: Date.parse(resumed.firstSentAt),
    sentBefore: true,
  };
  const unresolved = (found: LivingObject | null): PaymentError =>
    new PaymentError({
      ...about(call),
      code: 'unresolved',
      outcome: 'unknown',
      message:
        `${operation} at ${client.adapter.provider}: still unknown after looking again. Resume it later` +
        `${input === undefined ? ', or give the input so that the same request can be sent again under its key' : ''}.`,
      subject: found,
      resume: resumed,
    });
  try {
    return await resolveByLooking(call, unresolved);
  } catch (error) {
    if (!PaymentError.is(error) || error.code !== 'unresolved' || again === null) throw error;
    // Without an id the confirmation was never sent, so both steps may be done (again).
    if (id === null && mustSplit(call))
      return createThenConfirm(call).catch((later: unknown): never => {
        // What was not sent this time may have been the first time.
        throw PaymentError.is(later) && later.outcome === 'not_sent' ? unresolved(null) : later;
      });
    if (!mayRepeat(client, operation, resumed)) throw error;
    return run(call);
  }
};
