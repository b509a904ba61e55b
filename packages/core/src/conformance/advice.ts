import { PaymentError, type PaymentErrorShape, type Problem } from '../index.js';
import { errorInWords, PromiseBroken } from './assertions.js';

/** Why a promise is not kept, and where to begin. Plain JSON; never a body or a header of a request. */
export interface Failure {
  /** What was held against what. */
  readonly about: string;
  /** JSON, or words. */
  readonly expected: string;
  /** JSON, or words: of an error that was thrown, its code, outcome and message. */
  readonly seen: string;
  /** The last request that was sent, such as `GET /payments/pay_1 (answered 404)`: method, path and the status that the adapter was answered; `null` where there was none. */
  readonly lastRequest: string | null;
  /** What to open: a file of the adapter, as `src/read.ts`, or `the harness`. */
  readonly open: string;
}

/** What to open where it is not the adapter that has to change, but what it is proven with. */
export const theHarness = 'the harness';

/** What a promise is about, by its id, and the file of an adapter that decides it. The first that matches counts. */
const files: readonly (readonly [RegExp, string])[] = [
  [/\/absent$/, 'src/operations.ts'],
  [/^webhooks\.|^events\.retrieve\/new-type$/, 'src/webhook.ts'],
  [/^limits\/|\/key$/, 'src/limits.ts'],
  [/\/(fields-sent|reasons|metadata|usage|automatic-by-default)$/, 'src/write.ts'],
  [/^(faults|races)\/|^traits\/(wrong-key|rate-limit)/, 'src/errors.ts'],
  [/\/(not-found|invalid-state|succeeded-refused|not-authorised|too-much|more-than-received|nothing-taken|settled|reference-conflict|owned-by-a-page|aborted-after)$/, 'src/errors.ts'],
  [/\/(card_declined|insufficient_funds|expired_card|declined|decline-then-other-method|declined-in-the-browser)$/, 'src/errors.ts'],
  [/\/(other-words|missing-optionals|time-and-mode|secrecy|same|status-not-told|three-d-secure|three-d-secure-failed|processing_\w+|pages|newest-first)$/, 'src/read.ts'],
  [/^attempts\./, 'src/read.ts'],
];

/** The file of an adapter to open for a promise that is not kept, as `src/read.ts`: by the promise's id alone. */
export const adapterFileOf = (id: string): string => files.find(([about]) => about.test(id))?.[1] ?? 'src/operations.ts';

/** What our own rules say of an input, as field, problem and remedy, and the file of an adapter that makes them say it. The first that matches counts; `check` says what it likes. */
const ownRules: readonly (readonly [RegExp, string])[] = [
  [/ is missing\. \S+ needs it\.$|^\S+ is not (something that .+ has for|an operation of) /, 'src/operations.ts'],
  [/^target is \w+(, from which no | and nothing was received)|^amount is more than the .+ that were received/, 'src/read.ts'],
  [/ this provider does not (take|keep)\b|^\S+ (is (above|below) the provider's|has too many keys: )|^amount (is not a multiple of|cannot be said exactly) |^(metadata\.|reference )\S* ?is (a key )?longer than /, 'src/limits.ts'],
];

const ownRuleOf = ({ field, problem, remedy }: Problem): string => ownRules.find(([rule]) => rule.test(`${field} ${problem}. ${remedy}`))?.[1] ?? 'src/write.ts';

/** The file behind an error that nobody expected, where the error tells: our own rules refused before anything was sent, or an answer could not be read. */
const fileBehind = (id: string, { code, outcome, problems: [problem] }: PaymentErrorShape): string | null => {
  if (outcome === 'not_sent' && (code === 'invalid_request' || code === 'unsupported') && problem !== undefined) return ownRuleOf(problem);
  return code === 'malformed_response' && !/^(faults|races)\//.test(id) ? 'src/read.ts' : null;
};

type Difference = Pick<Failure, 'about' | 'expected' | 'seen'> & { readonly error: PaymentErrorShape | null };

const differenceOf = (error: unknown): Difference => {
  if (error instanceof PromiseBroken) return { about: error.about, expected: error.expected, seen: error.seen, error: error.error };
  if (PaymentError.is(error)) return { about: 'no error stops it', expected: 'no error', seen: errorInWords(error), error };
  // A promise that tries several things says before the message which of them it was.
  if (error instanceof Error && (error.cause instanceof PromiseBroken || PaymentError.is(error.cause))) {
    const { about, ...difference } = differenceOf(error.cause);
    return { about: `${error.message.replace(error.cause.message, '')}${about}`, ...difference };
  }
  return { about: 'no error stops it', expected: 'no error', seen: error instanceof Error ? error.message : String(error), error: null };
};

/** What was thrown while a promise was proven, as a failure. The file is the one that the error itself names, the one behind it, or the one that promises of its kind hang on. */
export const failureOf = (id: string, error: unknown, lastRequest: string | null): Failure => {
  const { error: behind, ...difference } = differenceOf(error);
  const named = /\bsrc\/[\w/-]+\.ts\b/.exec(`${difference.about} ${difference.seen}`)?.[0];
  return { ...difference, lastRequest, open: named ?? (behind === null ? null : fileBehind(id, behind)) ?? adapterFileOf(id) };
};

const line = (name: string, text: string): string => `  ${name.padEnd(14)}${text.replaceAll('\n', `\n${' '.repeat(16)}`)}`;

/** A failure as lines: what was held, the last request, what was expected, what was seen, what to open. */
export const failureInWords = ({ about, expected, seen, lastRequest, open }: Failure): string =>
  [about, line('last request', lastRequest ?? 'none'), line('expected', expected), line('seen', seen), line('open', open)].join('\n');
