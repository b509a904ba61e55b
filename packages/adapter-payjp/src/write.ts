import type { AdapterProblem, MetadataChange, OperationName, WireBody, WireValue } from '@oneintent/core/adapter';
import * as z from 'zod';

/** Metadata as it is written: an empty text deletes a key. Source: schema text of 2026-01-08. */
export const writeMetadata = (metadata: MetadataChange | undefined): WireBody | undefined =>
  metadata && Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, value ?? '']));

/** `payment_method_options` for cards; left out when there is nothing to say. */
export const writeCardOptions = (card: WireBody): WireValue | undefined =>
  Object.values(card).some((value) => value !== undefined) ? { card } : undefined;

const names = (issue: z.core.$ZodIssue): string => ('keys' in issue && Array.isArray(issue.keys) ? issue.keys.join(', ') : issue.path.join('.'));

/** Makes what holds `providerOptions` against what PAY.JP has: only its own, strictly. */
export const providerOptionsCheck = (extensions: readonly [string, ...string[]]): ((options: unknown) => readonly AdapterProblem[]) => {
  const schema = z.strictObject({ payjp: z.strictObject({ requestExtendedAuthorization: z.enum(extensions).optional() }).optional() }).optional();
  return (options) =>
    (schema.safeParse(options).error?.issues ?? []).map((issue) => ({
      field: 'providerOptions',
      problem: `is not as PAY.JP has it (${names(issue)})`,
      remedy: `Use { payjp: { requestExtendedAuthorization } } with one of ${extensions.join(', ')}.`,
    }));
};

/** The fields of an input that rules across fields speak about. */
export interface Checked {
  readonly confirm?: boolean;
  readonly returnUrl?: string;
  readonly metadata?: unknown;
  readonly limit?: number;
  readonly cursor?: string;
  readonly threeDSecure?: string;
  readonly providerOptions?: unknown;
}

/** `return_url` is taken on creation only together with the confirmation. Source: schema text, all dialects. */
export const checkReturnUrl = (operation: OperationName, { confirm, returnUrl }: Checked): readonly AdapterProblem[] =>
  operation.endsWith('.create') && returnUrl !== undefined && confirm !== true
    ? [{ field: 'returnUrl', problem: 'is given without confirm', remedy: 'Give confirm: true, or give returnUrl when you confirm.' }]
    : [];

/** `challenge` left the API of payments on 2025-12-03, and setups never had it. */
export const checkThreeDSecure = ({ threeDSecure }: Checked): readonly AdapterProblem[] =>
  threeDSecure === 'challenge'
    ? [{ field: 'threeDSecure', problem: "is 'challenge', which PAY.JP does not have", remedy: "Use 'any' or 'automatic'.", unsupported: true as const }]
    : [];

/** The body of every cancellation: only its reason. */
export const writeCancel = ({ reason }: { readonly reason?: string }): WireBody => ({ cancellation_reason: reason });
