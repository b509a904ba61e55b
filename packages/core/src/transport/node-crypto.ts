/**
 * The cryptography of Node, and of the runtimes that follow it: at once, where Web Crypto goes to another thread and back for every digest.
 * @returns `undefined` elsewhere.
 */
export const nodeCrypto = () => globalThis.process?.getBuiltinModule?.('node:crypto');
