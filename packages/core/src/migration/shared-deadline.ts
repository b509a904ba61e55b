import type { CallOptions } from '../operations/verbs.js';

/**
 * The options for each of several calls that are one to the application: every call gets what is left of the deadline, however many there are. A deadline that
 * is none is passed on, and refused by the call.
 */
export const sharedDeadline = (options: CallOptions = {}): (() => CallOptions) => {
  const { deadline } = options;
  if (typeof deadline !== 'number' || !(deadline > 0)) return () => options;
  const startedAt = performance.now();
  return () => ({ ...options, deadline: Math.max(1, deadline - (performance.now() - startedAt)) });
};
