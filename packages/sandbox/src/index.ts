export type {
  Dialect,
  LedgerEntry,
  Movement,
  PaymentMethodName,
  Sandbox,
  SandboxOptions,
  SeenRequest,
} from './contract.ts';
export { createSandbox } from './sandbox.ts';
export { serve, type Served } from './server.ts';
export type { Switches } from './switches.ts';
