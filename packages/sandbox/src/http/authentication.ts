/** What an `Authorization` header amounts to. */
export type Credentials = 'accepted' | 'key_missing' | 'key_malformed' | 'key_unknown';

/** Bearer, or (where `basic`) Basic with the key as user and an empty password. */
export function checkCredentials(header: string | undefined, apiKey: string, basic: boolean): Credentials {
  if (header === undefined || header.trim() === '') return 'key_missing';
  const [scheme = '', credentials = '', ...rest] = header.trim().split(/\s+/);
  if (rest.length > 0 || credentials === '') return 'key_malformed';
  if (/^bearer$/i.test(scheme)) return credentials === apiKey ? 'accepted' : 'key_unknown';
  if (basic && /^basic$/i.test(scheme)) return decodeBase64(credentials) === `${apiKey}:` ? 'accepted' : 'key_unknown';
  return 'key_malformed';
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
