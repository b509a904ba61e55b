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

/** A failure's detail in its parts. */
export interface Difference {
  /** What was held against what; `null` where the failure is an error that was thrown. */
  readonly about: string | null;
  readonly expected: string;
  readonly seen: string;
}

/** What was expected and what was seen, by a failure's detail. An error that stopped the promise is what was seen. */
export const differenceOf = (detail: string | null): Difference => {
  const [, about, expected, seen] = /^([\s\S]*?)\n {2}expected: (.*)\n {2}seen: {5}([\s\S]*)$/.exec(detail ?? '') ?? [];
  return about === undefined || expected === undefined || seen === undefined ? { about: null, expected: 'that the promise is kept', seen: detail ?? '' } : { about, expected, seen };
};

const wanting = /^the harness has no (.+)$/;

/** Why promises were not tested, as lines: the levers that are missing with the number of promises that each would help to test, then other reasons. */
export const untestedLines = (reasons: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const reason of reasons)
    for (const why of wanting.exec(reason)?.[1]?.split(', ').map((lever) => `the harness has no ${lever}`) ?? [reason]) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([why, count]) => `not tested, ${count}: ${why}`);
};
