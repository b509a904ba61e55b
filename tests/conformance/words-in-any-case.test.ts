import { paymentAttemptStatuses, paymentIntentStatuses, refundStatuses, setupIntentStatuses } from '@oneintent/core';
import { runConformance, type Harness, type Stage } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { cut, flows, withOperations, type Good } from './breaking.ts';

const known: readonly string[] = [...paymentIntentStatuses, ...setupIntentStatuses, ...refundStatuses, ...paymentAttemptStatuses];

type Change = (word: string) => string;

/** A JSON value whose status words are changed. */
const withStatuses = (value: unknown, change: Change): unknown =>
  JSON.parse(JSON.stringify(value), (name, member: unknown) => (name === 'status' && typeof member === 'string' ? change(member) : member));

const inUpperCase: Change = (word) => word.toUpperCase();
const inPascalCase: Change = (word) => word.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A sandbox whose provider writes its status words otherwise. */
const stageSpeaking = (good: Good, speak: Change): Stage => {
  const sandbox = createSandbox({ dialect: good.dialect });
  return {
    ...sandbox,
    fetch: async (input, init) => {
      const response = await sandbox.fetch(input, init);
      const text = await response.text();
      return new Response(text === '' ? text : JSON.stringify(withStatuses(JSON.parse(text), speak)), { status: response.status, headers: response.headers });
    },
  };
};

/** The same adapter for such a provider. What it does not know it leaves as it is, or takes for another word. */
const readingWords = (good: Good, speak: Change, guess: Change = (word) => word): Good => {
  const words = new Map(known.map((word) => [speak(word), word]));
  return withOperations(good, (operation) => ({
    ...operation,
    response: (answer, input) => operation.response({ ...answer, json: withStatuses(answer.json, (word) => words.get(word) ?? guess(word)) }, input),
  }));
};

const failedOf = async (good: Good, speak: Change): Promise<readonly string[]> => {
  const harness: Harness = { name: 'otherwise', adapter: good.adapter, open: () => stageSpeaking(good, speak) };
  const failed: string[] = [];
  for await (const { id, result, detail } of runConformance(harness, { only: /^(paymentIntents|refunds)\.(create|retrieve|capture|list)\/(other-words|missing-optionals|drift)$/ }))
    if (result === 'failed') failed.push(`${id}: ${detail}`);
  return failed;
};

describe.each([['UPPER_CASE', inUpperCase, 'A_WORD_OF_TOMORROW'], ['PascalCase', inPascalCase, 'AWordOfTomorrow']] as const)('a provider that writes its statuses in %s', (_case, speak, word) => {
  it.each([['payjp', flows], ['paypercut', cut]])('is read well by an adapter of %s that keeps what it does not know', async (_name, good) => {
    expect(await failedOf(readingWords(good, speak), speak)).toEqual([]);
  });

  it.each(['processing', 'succeeded', 'requires_capture'])('is not, where an unknown word is taken for %s: each operation says so, and names the word', async (guess) => {
    const failed = await failedOf(readingWords(flows, speak, () => guess), speak);
    for (const operation of ['create', 'retrieve', 'capture', 'list'].map((verb) => `paymentIntents.${verb}/other-words: `))
      expect(failed.find((text) => text.startsWith(operation))).toContain(`${word} in place of `);
  });
});
