import { currencyExponent } from '../index.js';

/** Whether letters are written as words are: in one case, or with a capital where each begins. Letters by chance, as in an id, are not. */
const isWritten = (letters: string): boolean => {
  if (/^(?:[a-z]+|[A-Z]+)$/.test(letters)) return true;
  const capitals = letters.replaceAll(/[a-z]/g, '').length;
  return /^[a-z]*(?:[A-Z][a-z]+)+$/.test(letters) && (letters.length <= 12 || capitals * 3 <= letters.length);
};

/** Whether a value is a word as providers use them for statuses and kinds, in any case: `in_review`, `IN_REVIEW`, `InReview`, `in-review`. A currency's code is none. */
export const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]+(?:[_. -][a-z]+)*$/i.test(value) && value.split(/[_. -]/).every(isWritten) && currencyExponent(value.toUpperCase()) === null;

/** A word that no provider has yet, in the case of another. */
export const wordOfTomorrow = (like: string): string => {
  if (like === like.toLowerCase()) return 'a_word_of_tomorrow';
  if (like === like.toUpperCase()) return 'A_WORD_OF_TOMORROW';
  return /^[A-Z]/.test(like) ? 'AWordOfTomorrow' : 'aWordOfTomorrow';
};

const bare = (word: string): string => word.replaceAll(/[_. -]/g, '').toLowerCase();

/** Whether a value is the same word as another, whatever its case and what its parts are joined by. */
export const isSameWord = (value: unknown, word: unknown): boolean => typeof value === 'string' && typeof word === 'string' && bare(value) === bare(word);
