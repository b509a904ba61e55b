/** The part of Standard Schema (version 1) that is used here: a schema of any library that has it will do. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<T> | Promise<StandardResult<T>>;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
  };
}
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[] };

const marker = Symbol.for('oneintent.MalformedWire');

/** The fields of an answer that were not as they must be, without their values. */
export interface MalformedWire {
  readonly fields: readonly string[];
}

/** Whether a thrown value says that an answer could not be read. */
export const isMalformedWire = (value: unknown): value is MalformedWire => typeof value === 'object' && value !== null && marker in value;

const malformedError = (fields: readonly string[]): Error => Object.assign(new Error(`The response lacks ${fields.join(', ')}.`), { fields, [marker]: true });

/** Refuses a response that lacks a field without which it means nothing, as {@link readWire} does. */
export const malformed = (field: string): never => {
  throw malformedError([field]);
};

/** The path of every issue of a schema, as text: `data.0.id`; `body` for the whole. */
const issueFields = (issues: readonly { readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[]): readonly string[] =>
  [...new Set(issues.map(({ path = [] }) => (path.length === 0 ? 'body' : path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'))))];

/**
 * Reads an answer's JSON with a schema (any Standard Schema that is synchronous).
 * @throws an error that the core turns into `malformed_response`, naming the fields but never their values.
 */
export const readWire = <T>(schema: StandardSchema<T>, json: unknown): T => {
  const result = schema['~standard'].validate(json);
  if (result instanceof Promise) throw malformedError(['body (its schema is asynchronous)']);
  if (result.issues) throw malformedError(issueFields(result.issues));
  return result.value;
};

/** {@link readWire} that gives `null` instead of throwing: for bodies that may be in another format, such as errors. */
export const tryWire = <T>(schema: StandardSchema<T>, json: unknown): T | null => {
  const result = schema['~standard'].validate(json);
  return result instanceof Promise || result.issues ? null : result.value;
};

/** A path with every value percent-encoded: ``path`/v1/payment_intents/${id}/capture` ``. */
export const path = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.reduce((text, part, index) => text + encodeURIComponent(values[index - 1] ?? '') + part);
