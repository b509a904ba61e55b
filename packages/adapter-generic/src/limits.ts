import type { Fact, HonouredKeys, Limits } from '@oneintent/core/adapter';
import type { CheckedProfile } from './profile.js';

const unstated = <T>(value: T): Fact<T> => ({ value, source: 'not stated by the profile', confidence: 'unverified' });

/** What holds where a profile states nothing: no bounds, and no trust in keys, so that nothing is sent twice on the strength of one. */
const unstatedLimits: Limits = {
  currencies: unstated('all'),
  amounts: unstated({ every: {} }),
  captureMinimum: unstated(null),
  captureMethods: unstated(['automatic', 'manual']),
  cancellationReasons: unstated(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']),
  setupCancellationReasons: unstated(['abandoned', 'duplicate', 'requested_by_customer']),
  refundReasons: unstated(['duplicate', 'fraudulent', 'requested_by_customer']),
  metadata: unstated({ maximumKeys: null, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string'] }),
  idempotency: unstated({ honoured: 'no' }),
  pageSize: unstated(null),
  lists: unstated('unknown'),
};

/** The limits of a service: what its profile states, and for the rest the careful assumption, marked as unverified. */
export const limitsOf = ({ limits }: Pick<CheckedProfile, 'limits'>): Limits => ({ ...unstatedLimits, ...limits });

/** How the service honours keys; `null` where it does not, or its profile does not say. */
export const keysOf = (profile: Pick<CheckedProfile, 'limits'>): HonouredKeys | null => {
  const { value } = limitsOf(profile).idempotency;
  return value.honoured === 'no' ? null : value;
};
