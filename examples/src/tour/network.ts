import type { Fetch } from '@oneintent/core';

/** The way to the provider: it counts what is sent, and can lose an answer. */
export interface Network {
  readonly fetch: Fetch;
  /** Bytes of addresses and bodies that were sent so far. */
  readonly bytesSent: () => number;
  readonly answersLost: () => number;
  /** The provider acts on the next requests, but their answers never arrive. */
  readonly loseNextAnswers: (count: number) => void;
}

const connectionReset = (): Error => new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });

export const createNetwork = (fetch: Fetch): Network => {
  let bytes = 0;
  let lost = 0;
  let toLose = 0;
  return {
    bytesSent: () => bytes,
    answersLost: () => lost,
    loseNextAnswers: (count) => {
      toLose = count;
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      bytes += request.url.length + (await request.clone().arrayBuffer()).byteLength;
      const isLost = toLose > 0;
      toLose = Math.max(0, toLose - 1);
      const answer = await fetch(request);
      if (!isLost) return answer;
      await answer.arrayBuffer();
      lost += 1;
      throw connectionReset();
    },
  };
};
