import type { HonouredKeys } from '../contract/limits.js';
import { nodeCrypto } from '../transport/node-crypto.js';

const hex = (bytes: ArrayBuffer | Uint8Array): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 in hexadecimal digits: by the runtime's own module where it has one, otherwise by Web Crypto. */
export const sha256 = async (text: string): Promise<string> =>
  nodeCrypto()?.createHash('sha256').update(text).digest('hex') ?? hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** What an idempotency key is made of: what names one movement of money, and nothing that may differ between two tries at it. */
export interface KeyParts {
  readonly account: string;
  readonly livemode: boolean | null;
  readonly operation: string;
  /** The target's id; `null` for a create. */
  readonly target: string | null;
  readonly reference: string;
  readonly attempt: number;
  /** On whose behalf; a provider's keys need not be told apart by it. */
  readonly connectedAccount?: string | undefined;
}

/** As many digits of a key as the provider takes. */
const fitted = (key: string, keys: HonouredKeys | null): string => (keys === null ? key : key.slice(0, keys.maximumLength));

/**
 * The idempotency key of one movement: the same on every machine and after every restart. The amount is not in it, so the same reference with other
 * content is a conflict at the provider, never a second movement.
 */
export const deriveKey = async ({ account, livemode, operation, target, reference, attempt, connectedAccount }: KeyParts, keys: HonouredKeys | null): Promise<string> =>
  fitted(await sha256(JSON.stringify([account, livemode, operation, target, reference, attempt, ...(connectedAccount === undefined ? [] : [connectedAccount])])), keys);

/** A key that has never been used, for a call without a reference. */
export const randomKey = (random: (count: number) => Uint8Array, keys: HonouredKeys | null): string => fitted(hex(random(32)), keys);
