import type { Command } from 'commander';
import type { ExitCode, World } from './world.js';

/** Adds one command to the program. Its action ends with an exit code, by `end`. */
export type AddCommand = (program: Command, world: World, end: (exitCode: ExitCode) => void) => void;
