import { Secret } from '../model/secret.js';

/** Whether a text is an http(s) address. */
export const isUrl = (text: string): boolean => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

/** Whether an address may carry an API key: plain http is for loopback and for names that never leave the machine or the test. */
export const isSafe = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
};

/** More milliseconds than this make a timer ring at once. */
export const longestTimer = 2 ** 31 - 1;

const isSecret = (value: unknown): boolean => {
  const text: unknown = Secret.is(value) ? value.reveal() : value;
  return typeof text === 'string' && text.trim() !== '';
};

/** Whether a value is a secret, or a list of at least one. */
export const areSecrets = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 && value.every(isSecret) : isSecret(value));
