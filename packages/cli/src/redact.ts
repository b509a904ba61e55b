import type { PaymentIntent } from '@oneintent/core';
import type { World } from './world.js';

/** What may be a secret by its variable's name, whatever the adapter. */
const secretVariable = /^ONEINTENT_.*(KEY|SECRET|TOKEN|PASSWORD|PASSPHRASE|CREDENTIAL)S?$/;
const secretForm = /\b(?:(?:sk|rk)_(?:live|test)|whsec)_[\w+/=-]+/g;
/** Shorter texts than this are found in any sentence. */
const shortest = 6;

const secretsIn = (env: World['env']): readonly string[] =>
  Object.entries(env)
    .flatMap(([name, value]) => (typeof value === 'string' && secretVariable.test(name) ? [value, ...value.split(',')] : []))
    .map((text) => text.trim())
    .flatMap((text) => (text.length >= shortest ? [text, JSON.stringify(text).slice(1, -1)] : []))
    .toSorted((one, other) => other.length - one.length);

/**
 * A world that prints no secret of its environment, and nothing that has the form of one. The commands print none; this holds for what they cannot know,
 * such as an adapter of the user whose error quotes its key.
 */
export const withoutSecrets = (world: World): World => {
  const secrets = secretsIn(world.env);
  const clean = (text: string): string => secrets.reduce((left, secret) => left.replaceAll(secret, '[redacted]'), text).replace(secretForm, '[redacted]');
  return { ...world, print: (text) => world.print(clean(text)), printError: (text) => world.printError(clean(text)) };
};

/** The members of every status, also those that only some have. */
type KeyOfUnion<T> = T extends unknown ? keyof T : never;

/** Whether a member of a payment intent is printed without being asked for. What a payer or a shop wrote is not. A new member does not compile until somebody decides. */
const printed: { readonly [M in KeyOfUnion<PaymentIntent>]: 'printed' | 'hidden' } = {
  object: 'printed',
  account: 'printed',
  provider: 'printed',
  id: 'printed',
  ref: 'printed',
  reference: 'printed',
  livemode: 'printed',
  status: 'printed',
  providerStatus: 'printed',
  amount: 'printed',
  amountCapturable: 'printed',
  amountReceived: 'printed',
  captureMethod: 'printed',
  confirmationMethod: 'printed',
  clientSecret: 'hidden',
  customer: 'printed',
  paymentMethod: 'printed',
  paymentMethodTypes: 'printed',
  latestPayment: 'printed',
  description: 'hidden',
  statementDescriptor: 'hidden',
  receiptEmail: 'hidden',
  setupFutureUsage: 'printed',
  metadata: 'hidden',
  returnUrl: 'hidden',
  createdAt: 'printed',
  updatedAt: 'printed',
  authorizationExpiresAt: 'printed',
  lastPaymentError: 'hidden',
  nextAction: 'hidden',
  canceledAt: 'printed',
  cancellationReason: 'printed',
  raw: 'hidden',
};

/** Whether a member may be printed. One that this version does not know may not. */
export const isPrinted = (member: string): boolean => Object.entries(printed).some(([name, how]) => name === member && how === 'printed');
