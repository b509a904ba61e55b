import * as z from 'zod';
import { inputError, PaymentError } from '../model/payment-error.js';
import type { Resume } from '../model/resume.js';
import type { LivingObject } from '../model/event.js';
import { parseRef } from '../model/ref.js';
import type { CallOptions } from '../operations/resources.js';
import { honouredKeys } from '../contract/limits.js';
import { isOperationName, vocabulary, type OperationName, type SingleOperation } from '../operations/definitions.js';
import { checkOptions } from './call-options.js';
import type { ClientContext } from './context.js';
import { about } from './failures.js';
import { createThenConfirm, mustSplit } from './create-then-confirm.js';
import { courseOf, performPrepared, resolve } from './settle.js';
import { prepare, type PreparedCall } from './prepare.js';
import { isGuarded, keyProtects } from './step.js';

/** Options of `payments.resume`. */
export interface ResumeOptions extends Pick<CallOptions, 'signal' | 'deadline'> {
  /**
   * The very input of the first call. With it the same request is sent again under the same key, where the provider honours keys and still
   * remembers this one; without it the library only looks.
   */
  readonly input?: object;
}

const schema: z.ZodType<Resume> = z.object({
  v: z.literal(1),
  operation: z.string(),
  provider: z.string(),
  account: z.string(),
  key: z.string().min(1),
  reference: z.string().nullable(),
  attempt: z.int().min(1),
  connectedAccount: z.string().nullable(),
  ref: z.string().nullable(),
  amount: z.object({ minorUnits: z.int(), currency: z.string() }).nullable(),
  confirm: z.boolean(),
  inputDigest: z.string(),
  firstSentAt: z.iso.datetime(),
});

const refuse = (field: string, problem: string, remedy: string): never => {
  throw inputError([{ field, problem, remedy }]);
};

/** The operations that change something: what only reads has nothing to be settled. */
type ResumableOperation = Exclude<SingleOperation, `${string}.retrieve`>;

const isResumable = (name: OperationName): name is ResumableOperation => !vocabulary[name].readsOnly;

/** Seconds for which a key is taken to be remembered where the provider honours keys and does not say for how long. Repeating is what keys are for. */
const assumedWindow = 900;

/** Seconds by which the clocks of two machines may differ. */
const clockSkew = 60;

/** Whether the key is surely still remembered, or the object itself keeps a repetition from doing harm. */
const mayRepeat = ({ limits, transport }: ClientContext, operation: ResumableOperation, { firstSentAt, amount }: Resume): boolean => {
  const window = honouredKeys(limits, operation)?.window ?? null;
  const age = (transport.clock() - Date.parse(firstSentAt)) / 1000;
  // By a clock that is far behind, nothing is known of the age.
  const remembered = age > -clockSkew && age < (window ?? assumedWindow);
  return keyProtects(limits, operation, amount) && (remembered || isGuarded(operation, amount));
};

/**
 * Settles an operation whose outcome is unknown: looks first; then, if the input is given and the key still protects, sends the same request again.
 * @returns the payment intent, setup intent or refund, once it is proven what happened.
 * @throws PaymentError `unresolved` (outcome `unknown`, with the same `resume`) while nothing is proven.
 */
export const resume = async (context: ClientContext, given: Resume, givenOptions?: ResumeOptions): Promise<LivingObject> => {
  const { input, ...said } = givenOptions ?? {};
  for (const name of Object.keys(said)) if (!['signal', 'deadline'].includes(name)) refuse(name, 'is nothing that resume takes', 'It takes input, signal and deadline.');
  const parsed = schema.safeParse(given);
  if (!parsed.success) return refuse('resume', 'is not what error.resume was', 'Store error.resume as JSON and give it back unchanged.');
  const resumed = parsed.data;
  if (resumed.account !== context.account || resumed.provider !== context.adapter.provider)
    refuse('resume.account', `is '${resumed.account}' at ${resumed.provider}`, "Use that account's client.");
  if (!isOperationName(resumed.operation) || !isResumable(resumed.operation))
    return refuse('resume.operation', 'is not an operation that can be resumed', 'Give what error.resume was.');
  const { operation } = resumed;
  const ref = resumed.ref === null ? null : parseRef(resumed.ref);
  if (resumed.ref !== null && ref?.account !== resumed.account) refuse('resume.ref', 'is not a ref of the account beside it', 'Give what error.resume was.');
  const id = ref?.id ?? null;
  const options = checkOptions(context, operation, { ...said, ...(resumed.connectedAccount !== null && { connectedAccount: resumed.connectedAccount }) });

  const named = resumed.reference === null ? {} : { reference: resumed.reference, attempt: resumed.attempt };
  // The request of a create with a reference has that reference in it, so it is prepared anew under the same name.
  const target = vocabulary[operation].target !== null && id !== null ? { id } : null;
  // What a refund was to give back may have been found out then: it is the same now.
  const whole = operation === 'refunds.create' && input !== undefined && resumed.amount !== null ? { amount: resumed.amount, ...input } : input;
  const again = whole === undefined ? null : await prepare(context, operation, target, whole, { ...options, ...named });
  if (again !== null && again.inputDigest !== resumed.inputDigest)
    refuse('input', 'is not the input of the first call', 'Give the same input, or none: then the library only looks.');

  const call: PreparedCall = {
    ...(again ?? { input: {}, request: {}, options }),
    operation,
    id,
    snapshot: null,
    amount: resumed.amount,
    confirm: resumed.confirm,
    reference: resumed.reference,
    attempt: resumed.attempt,
    key: resumed.key,
    inputDigest: resumed.inputDigest,
  } as PreparedCall;
  const { whole: course } = courseOf(context, call);
  const startedAt = Date.parse(resumed.firstSentAt);
  const unresolved = (found: LivingObject | null): PaymentError =>
    new PaymentError({
      ...about(context, call),
      code: 'unresolved',
      outcome: 'unknown',
      message:
        `${operation} at ${context.adapter.provider}: still unknown after looking again. Resume it later` +
        `${input === undefined ? ', or give the input so that the same request can be sent again under its key' : ''}.`,
      subject: found,
      resume: resumed,
    });
  try {
    return await resolve({ context, call, course, startedAt }, unresolved);
  } catch (error) {
    if (!PaymentError.is(error) || error.code !== 'unresolved' || again === null) throw error;
    // Without an id the confirmation was never sent, so both steps may be done (again).
    if (id === null && mustSplit(context, call))
      return createThenConfirm(context, call).catch((later: unknown): never => {
        // What was not sent this time may have been the first time.
        throw PaymentError.is(later) && later.outcome === 'not_sent' ? unresolved(null) : later;
      });
    if (!mayRepeat(context, operation, resumed)) throw error;
    return performPrepared(context, call as PreparedCall<ResumableOperation>, { firstSentAt: startedAt });
  }
};
