import type { NextActionReading } from '@oneintent/core/adapter';
import type { z } from 'zod';
import type { commonPayment } from './wire.js';

/** A payment's members that are the same in every dialect. */
export type CommonPayment = z.infer<z.ZodObject<typeof commonPayment>>;

/** `next_action`, whose members are published nowhere: it is passed on as it is. The browser SDK needs only the client secret. */
const readNextAction = (json: unknown): NextActionReading | null => {
  if (typeof json !== 'object' || json === null) return null;
  const type: unknown = Reflect.get(json, 'type');
  return { type: 'opaque', providerType: typeof type === 'string' ? type : null, data: json };
};

/** The part of a reading that every dialect spells in the same way. Amounts are yen. */
export const readCommon = (payment: CommonPayment) => ({
  id: payment.id,
  status: payment.status,
  amount: payment.amount,
  scale: null,
  amountCapturable: payment.amount_capturable,
  amountReceived: payment.amount_received,
  livemode: payment.livemode,
  captureMethod: payment.capture_method,
  clientSecret: payment.client_secret,
  paymentMethodTypes: payment.payment_method_types,
  latestPayment: null,
  description: payment.description,
  statementDescriptor: null,
  metadata: payment.metadata,
  returnUrl: payment.return_url,
  createdAt: payment.created_at,
  updatedAt: payment.updated_at,
  nextAction: readNextAction(payment.next_action),
});
