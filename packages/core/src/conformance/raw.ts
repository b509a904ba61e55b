import type { SecretValue } from '../index.js';

/** Whether the provider's own object has a member of such a name that is not empty: then it has told what an adapter may not leave out. */
export const says = ({ raw }: { readonly raw: SecretValue<unknown> }, name: RegExp): boolean =>
  Object.entries(Object(raw.reveal())).some(([key, value]) => name.test(key) && value !== null && value !== undefined);

/** Whether the provider's own object has a member that is exactly this: then an adapter may not leave it out. */
export const tells = ({ raw }: { readonly raw: SecretValue<unknown> }, value: unknown): boolean => Object.values(Object(raw.reveal())).includes(value);
