import type { Limits } from '@oneintent/core/adapter';

type Shared = 'amounts' | 'setupCancellationReasons' | 'refundReasons' | 'pageSize' | 'lists';

/** The limits that are the same in every dialect, by the documents of one of them. */
export const sharedLimits = (source: string): Pick<Limits, Shared> => ({
  amounts: { value: { every: { minimum: 50, maximum: 9_999_999 } }, source, confidence: 'documented' },
  setupCancellationReasons: { value: ['abandoned', 'duplicate', 'requested_by_customer'], source, confidence: 'documented' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source, confidence: 'documented' },
  pageSize: { value: 100, source, confidence: 'documented' },
  lists: { value: 'unknown', source: 'how soon a list shows a new object is not published', confidence: 'unverified' },
});
