import { expect, it } from 'vitest';
import { isSameWord, isWord, wordOfTomorrow } from './words.js';

it.each(['open', 'in_review', 'IN_REVIEW', 'InReview', 'inReview', 'In-Review', 'COMPLETED', 'RequiresPaymentMethod', 'OnHold', 'payment.succeeded', 'In review'])('%s is a word', (word) => {
  expect(isWord(word)).toBe(true);
});

it.each([['a currency', 'EUR'], ['a currency in lower case', 'jpy'], ['an id', 'pay_1'], ['an id that has no digit by chance', 'pfw_RAzVtkQbGDrSfiWczPOOcxRP'], ['one more', 'pi_QaRtBoNuKeWiZaLoMePuTiSo'], ['a time', '2026-01-01T00:00:00Z'], ['an amount', '12.50'], ['an address', 'https://shop.example'], ['nothing', ''], ['no text', 7]])('%s is none', (_what, value) => {
  expect(isWord(value)).toBe(false);
});

it('a word that nobody knows is written as the one that it replaces', () => {
  expect(['open', 'IN_REVIEW', 'InReview', 'inReview'].map(wordOfTomorrow)).toEqual(['a_word_of_tomorrow', 'A_WORD_OF_TOMORROW', 'AWordOfTomorrow', 'aWordOfTomorrow']);
});

it('a word is the same in every case, and another one is not', () => {
  expect(['requires_capture', 'REQUIRES_CAPTURE', 'RequiresCapture', 'requires-capture'].map((word) => isSameWord(word, 'requires_capture'))).toEqual([true, true, true, true]);
  expect([isSameWord('CAPTURED', 'requires_capture'), isSameWord(7, '7'), isSameWord(undefined, undefined)]).toEqual([false, false, false]);
});
