export type {
  Dialect,
  LedgerEntry,
  Movement,
  PaymentMethodName,
  Sandbox,
  SandboxOptions,
  SeenRequest,
} from './contract.js';
export { createSandbox } from './sandbox.js';
export { serve, type Served } from './server.js';
export type { Switches } from './switches.js';
