import type { Fetch } from '@oneintent/core';

/** The way to the provider: it counts what is sent, and can lose an answer. */
export interface Network {
  readonly fetch: Fetch;
  /** Bytes of addresses and bodies that were sent so far. */
  readonly bytesSent: () => number;
  readonly answersLost: () => number;
  /** The provider acts on the next request, but its answer never arrives. */
  readonly loseNextAnswer: () => void;
}

const connectionReset = (): Error => new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });

export const createNetwork = (fetch: Fetch): Network => {
  let bytes = 0;
  let lost = 0;
  let losesNext = false;
  return {
    bytesSent: () => bytes,
    answersLost: () => lost,
    loseNextAnswer: () => {
      losesNext = true;
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      bytes += request.url.length + (await request.clone().arrayBuffer()).byteLength;
      const isLost = losesNext;
      losesNext = false;
      const answer = await fetch(request);
      if (!isLost) return answer;
      await answer.arrayBuffer();
      lost += 1;
      throw connectionReset();
    },
  };
};
