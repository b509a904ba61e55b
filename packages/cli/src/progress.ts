import type { World } from './world.js';

/** Shows how far long work is. */
export interface Progress {
  /** Shows a line: on a terminal in place of the one before. */
  readonly show: (line: string) => void;
  /** Leaves the last line where it is. */
  readonly end: () => void;
}

/** Progress goes to the errors' side, so that results can be piped. */
export const progressOf = ({ isTTY, printError }: World): Progress => {
  let open = false;
  return {
    show: (line) => {
      printError(isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
      open = isTTY;
    },
    end: () => {
      if (open) printError('\n');
      open = false;
    },
  };
};
