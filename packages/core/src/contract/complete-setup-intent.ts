import { match } from 'ts-pattern';
import { readMetadata } from '../model/metadata.js';
import { cancellationReasons, futureUsages } from '../model/payment-intent.js';
import { formatRef } from '../model/ref.js';
import { Secret } from '../model/secret.js';
import { setupIntentStatuses, type SetupIntent, type SetupIntentFacts } from '../model/setup-intent.js';
import { readTime } from '../model/time.js';
import { known, sealFailure, sealNextAction, type CompletionContext } from './complete.js';
import type { SetupIntentReading } from './readings.js';

/** The neutral SetupIntent of an adapter's reading. Tolerates everything. */
export const completeSetupIntent = (reading: SetupIntentReading, { account, adapter }: CompletionContext): SetupIntent => {
  const { metadata, reference } = readMetadata(reading.metadata);
  const facts: SetupIntentFacts = {
    object: 'setup_intent',
    account,
    provider: adapter.provider,
    id: reading.id,
    ref: formatRef(account, reading.id),
    reference,
    livemode: reading.livemode,
    clientSecret: reading.clientSecret === null ? null : new Secret(reading.clientSecret),
    customer: reading.customer,
    paymentMethod: reading.paymentMethod,
    paymentMethodTypes: reading.paymentMethodTypes === null ? null : Object.freeze([...reading.paymentMethodTypes]),
    usage: known(futureUsages, reading.usage),
    description: reading.description,
    metadata,
    returnUrl: reading.returnUrl,
    createdAt: readTime(reading.createdAt),
    updatedAt: readTime(reading.updatedAt),
    lastSetupError: reading.lastSetupError === null ? null : sealFailure(reading.lastSetupError),
    raw: new Secret(reading.raw),
  };
  return Object.freeze(
    match(known(setupIntentStatuses, reading.status) ?? 'unknown')
      .returnType<SetupIntent>()
      .with('requires_action', (status) => ({ ...facts, status, nextAction: sealNextAction(reading.nextAction) }))
      .with('canceled', (status) => ({
        ...facts,
        status,
        canceledAt: readTime(reading.canceledAt),
        cancellationReason: known(cancellationReasons, reading.cancellationReason),
      }))
      .with('unknown', (status) => ({ ...facts, status, providerStatus: reading.status, nextAction: sealNextAction(reading.nextAction) }))
      .otherwise((status) => ({ ...facts, status })),
  );
};
