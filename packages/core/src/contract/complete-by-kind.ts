// The names of 0.1 for what client still imports; new code imports normalize.ts.
export { normalize as complete, normalizeEvent as completeEvent } from './normalize.js';
