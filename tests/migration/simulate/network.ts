import type { Fetch } from '@oneintent/core';
import type { Sandbox } from '@oneintent/sandbox';
import { pickByWeight, type Random } from '../../chaos/random.ts';

/** What happens to one exchange. */
type Fault = 'none' | 'refused' | 'lost' | 'never_arrived' | 'fault_after' | 'fault_before' | 'dies_before' | 'dies_after';

const faults: readonly (readonly [number, Fault])[] = [
  [82, 'none'],
  [3, 'refused'],
  [4, 'lost'],
  [3, 'never_arrived'],
  [2, 'fault_after'],
  [2, 'fault_before'],
  [2, 'dies_before'],
  [2, 'dies_after'],
];

const failed = (code: string): TypeError => Object.assign(new TypeError('fetch failed'), { cause: { code } });

const unavailable = (): Response => new Response('{"message":"try again"}', { status: 500, headers: { 'content-type': 'application/json' } });

/** A network between one process and one provider, by chance. `died` is called when the process is killed: nothing that it waits for ever answers. */
export const network = (random: Random, sandbox: Sandbox, died: () => void, count: (fault: Fault) => void): Fetch => {
  let isDead = false;
  const silence = (): Promise<never> => {
    isDead = true;
    died();
    return new Promise(() => undefined);
  };
  return async (input, init) => {
    if (isDead) return silence();
    const fault = pickByWeight(random, faults) ?? 'none';
    count(fault);
    switch (fault) {
      case 'refused':
        throw failed('ECONNREFUSED');
      case 'never_arrived':
        throw failed('ECONNRESET');
      case 'fault_before':
        return unavailable();
      case 'dies_before':
        return silence();
      default: {
        const answer = await sandbox.fetch(input, init);
        if (fault === 'dies_after') return silence();
        if (fault === 'lost') throw failed('ECONNRESET');
        return fault === 'fault_after' ? unavailable() : answer;
      }
    }
  };
};
