import type { Problem } from './payment-error.js';

/** A problem when a condition holds, and none otherwise: rules are lists of these. */
export const problemIf = (when: boolean, field: string, problem: string, remedy: string): readonly Problem[] => (when ? [{ field, problem, remedy }] : []);
