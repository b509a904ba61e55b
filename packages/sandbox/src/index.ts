export type {
  Delivery,
  DeliveryOptions,
  DeliveryOrder,
  DeliveryPost,
  DeliveryResult,
  Dialect,
  LedgerEntry,
  LedgerRefund,
  Movement,
  PaymentMethodName,
  Sandbox,
  SandboxOptions,
  SeenRequest,
  SentEvent,
  SetupEntry,
  WebhookReceiver,
} from './contract.js';
export { createSandbox } from './sandbox.js';
export { serve, type Served } from './server.js';
export type { Switches } from './switches.js';
