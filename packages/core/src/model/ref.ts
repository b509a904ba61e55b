/** The pattern of an account's name: what stands before the colon in every `ref`. */
export const accountPattern = /^[a-z0-9-]+$/;

/**
 * What an application stores of an object: the account's name, a colon, and the provider's own id (`jp:pfw_1`). It is split at the first colon.
 */
export const formatRef = (account: string, id: string): string => `${account}:${id}`;

/**
 * The two parts of a ref.
 * @returns `null` when the text does not begin with an account's name and a colon.
 */
export const parseRef = (text: string): { readonly account: string; readonly id: string } | null => {
  const colon = text.indexOf(':');
  const account = text.slice(0, colon);
  return colon > 0 && colon < text.length - 1 && accountPattern.test(account) ? { account, id: text.slice(colon + 1) } : null;
};
