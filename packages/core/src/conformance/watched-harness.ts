import type { Fetch } from '../index.js';
import type { Harness, Stage } from './harness.js';
import { connect } from './scene.js';
import { withMembers } from './with-members.js';

/** A harness whose stages and clients are watched. */
export interface Watched {
  /** The same harness. Opening one of its stages throws {@link StageNotOpened} where the harness throws. */
  readonly harness: Harness;
  /** The last request that a client on the stage opened last sent: method, path and the status that the client was answered, nothing else; `null` where there was none. */
  readonly lastRequest: () => string | null;
  /** Closes every stage that was opened. Throws what the first of them throws that cannot be closed, when all have been tried. */
  readonly close: () => Promise<void>;
}

/** A harness that cannot open a stage. */
export class StageNotOpened extends Error {
  constructor(cause: unknown) {
    super(`the stage could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StageNotOpened';
  }
}

/** Watches what the clients of a harness send. */
export const watch = (harness: Harness): Watched => {
  const stages: Stage[] = [];
  let lastRequest: string | null = null;
  const watching =
    (fetch: Fetch): Fetch =>
    async (input, init) => {
      const { method, url } = input instanceof Request ? input : { method: 'GET', url: input };
      const request = `${init?.method ?? method} ${new URL(url).pathname}`;
      lastRequest = `${request} (no answer)`;
      const response = await fetch(input, init);
      lastRequest = `${request} (answered ${response.status})`;
      return response;
    };
  return {
    harness: withMembers(harness, {
      open: async () => {
        lastRequest = null;
        try {
          const stage = await harness.open();
          stages.push(stage);
          return stage;
        } catch (error) {
          throw new StageNotOpened(error);
        }
      },
      connect: (options, stage) => connect(harness, { ...options, ...(options.fetch && { fetch: watching(options.fetch) }) }, stage),
    }),
    lastRequest: () => lastRequest,
    close: async () => {
      const errors: unknown[] = [];
      for (const stage of stages) {
        try {
          await stage.close?.();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
};
