// The names of 0.1 for what client still imports; new code imports amounts.ts and redact.ts.
export { rescale } from './amounts.js';
export { redactFailure as sealFailure } from './redact.js';
