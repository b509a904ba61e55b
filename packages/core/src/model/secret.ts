const marker = Symbol.for('oneintent.Secret');
const inspect = Symbol.for('nodejs.util.inspect.custom');

/** What a secret can do. Copies of this package agree on it by a marker, not by class identity. */
export interface SecretValue<T> {
  /** The value itself. The one way to it: what you do with it is visible in a search for `reveal`. */
  reveal(): T;
}

/**
 * A value that prints as `[redacted]` in logs, JSON, errors, template strings and inspection. Client secrets, API keys, the contents of
 * next actions and the provider's own objects travel in it.
 */
export class Secret<T = string> implements SecretValue<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
    Object.freeze(this);
  }

  /** Whether a value is a secret, made by this or by another copy of the package. */
  static is(value: unknown): value is SecretValue<unknown> {
    return typeof value === 'object' && value !== null && marker in value;
  }

  get [marker](): true {
    return true;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect](): string {
    return '[redacted]';
  }
}
