import { sha256 } from '../call/key.js';

/** Where a key lies between 0 and 100: always the same place, evenly spread, and another one in another migration. */
export const rolloutPosition = async (migration: string, key: string): Promise<number> =>
  (Number.parseInt((await sha256(JSON.stringify([migration, key]))).slice(0, 12), 16) / 2 ** 48) * 100;

/** Whether a number is a share in percent. */
export const isShare = (share: unknown): share is number => typeof share === 'number' && share >= 0 && share <= 100;
