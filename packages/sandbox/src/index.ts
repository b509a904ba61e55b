export type {
  DueDelivery,
  DeliveryOptions,
  DeliveryOrder,
  DeliveryPost,
  DeliveryResult,
  LedgerEntry,
  LedgerRefund,
  Movement,
  PaymentMethodName,
  Sandbox,
  SandboxOptions,
  SeenRequest,
  RecordedEvent,
  SetupEntry,
  DeliveryHandler,
} from './contract.js';
export type { Dialect } from './dialect-names.js';
export { createSandbox } from './sandbox.js';
export { serve, type Served } from './server.js';
export type { Switches } from './switches.js';
