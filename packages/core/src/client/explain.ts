import type { AnyAdapter } from '../contract/adapter.js';
import { isRead, type InputOf, type OperationName } from '../operations/index.js';
import { redactHeaders, redactJson, secretsOf } from '../transport/redact.js';
import { outgoing } from '../transport/outgoing.js';
import { contextOf } from './configure.js';
import type { ClientContext } from '../call/context.js';
import { check } from '../call/check.js';
import { operationOf } from '../call/read.js';
import type { CallOptions } from '../operations/verbs.js';
import type { Target } from '../operations/targets.js';

/** A request that would be sent, redacted: for documentation, tests, debugging and shadow runs. */
export interface Explanation {
  readonly operation: OperationName;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Only values known to be harmless are readable. */
  readonly body: unknown;
  /** The number of bytes that the body would have. */
  readonly bytes: number;
}

/** What a request may depend on beside its input. */
export interface ExplainOptions {
  readonly target?: Target | null;
  readonly options?: CallOptions;
}

/** The request that an operation of one client would send. */
export const explainCall = async <K extends OperationName>(
  context: ClientContext,
  operation: K,
  input: InputOf<K>,
  { target = null, options }: ExplainOptions = {},
): Promise<Explanation> => {
  const call = await check(context, { operation, target, input, options });
  const request = operationOf(context, operation).request(call.request);
  const { method, url, headers, body, content } = outgoing(context.adapter, request, isRead(operation) ? null : call.key, options?.connectedAccount, context.baseUrl);
  return Object.freeze({
    operation,
    method,
    url,
    headers: redactHeaders(headers, context.adapter.headers),
    body: content === undefined ? null : redactJson(JSON.parse(JSON.stringify(content)), secretsOf(context.adapter)),
    bytes: new TextEncoder().encode(body).length,
  });
};

/**
 * The request that an operation would send. Sends nothing, and passes through the very checks of a real call. For a create that is done in two steps
 * (where keys are not honoured) it is the one request that asks for both.
 * @throws PaymentError as the operation itself would before sending.
 */
export const explain = async <K extends OperationName>(adapter: AnyAdapter, operation: K, input: InputOf<K>, more: ExplainOptions = {}): Promise<Explanation> =>
  explainCall(contextOf({ adapter }), operation, input, more);
