import type { Problem } from '../model/payment-error.js';
import { withKeyBehavior, type Limits } from './limits.js';

/** The version of the contract that this library has. docs/decisions/0010-contract-version.md says when it rises. */
export const contractVersion = 1;

/**
 * What is wrong with the contract number of an adapter. None at all is right: the adapter was built on 0.1, before there was a number. The number is read at run time,
 * as the adapter may have been compiled against another version of this package, or written in JavaScript.
 */
export const contractProblems = (adapter: { readonly contract?: unknown; readonly provider?: unknown }, field = 'contract'): readonly Problem[] => {
  const { contract, provider } = adapter;
  if (contract === undefined || contract === contractVersion) return [];
  if (typeof contract === 'number' && contract > contractVersion)
    return [
      {
        field,
        problem: `is ${contract}, and this version of @oneintent/core has contract ${contractVersion}`,
        remedy: `Upgrade @oneintent/core to a version that has contract ${contract}.`,
      },
    ];
  const whose = typeof provider === 'string' ? `the ${provider} adapter` : 'the adapter';
  return [
    {
      field,
      problem: `is ${typeof contract === 'number' ? contract : 'not a number'}, and this version of @oneintent/core has contract ${contractVersion}`,
      remedy: `Upgrade the package of ${whose}. If you write that adapter, set contract: ${contractVersion}.`,
    },
  ];
};

/** The limits with every fact: what the adapter does not state is `unknown`. */
export const withEveryLimit = (limits: Limits): Limits => ({
  ...limits,
  idempotency: withKeyBehavior(limits.idempotency),
  lists: limits.lists ?? { value: 'unknown', source: 'the adapter does not state it', confidence: 'unverified' },
});
