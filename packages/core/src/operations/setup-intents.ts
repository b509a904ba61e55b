// The operations on setup intents: a payment method is saved for later. None of them moves money.
import type { CancelSetupIntent, ConfirmSetupIntent, CreateSetupIntent, ListSetupIntents, UpdateSetupIntent } from '../model/setup-intent-inputs.js';
import { fields, type NoInput, type ResourceDefinitions } from './definition.js';
import { cannotTell, reconcileCancel, reconcileConfirm, reconcileCreate } from './reconcile-rules.js';

const confirmFields = { paymentMethod: 'optional', returnUrl: 'optional', threeDSecure: 'optional', providerOptions: 'optional' } as const;

const beforeConfirmation = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const;

/** The operations on setup intents. */
export const setupIntents = {
  /**
   * Creates a setup intent. With `confirm` it saves the method right away. Moves no money.
   * @returns the setup intent; after a decline in `requires_payment_method` with `lastSetupError`.
   */
  create: {
    summary: 'Creates a setup intent; with `confirm` it saves the method right away.',
    effect: 'changes',
    target: null,
    result: 'setup_intent',
    page: false,
    stateProtects: false,
    input: 'required',
    fields: fields<CreateSetupIntent>({
      ...confirmFields,
      customer: 'optional',
      paymentMethodTypes: 'optional',
      usage: 'optional',
      currency: 'optional',
      confirm: 'optional',
      offSession: 'optional',
      description: 'optional',
      metadata: 'optional',
    }),
    reconcile: reconcileCreate,
  },
  /** Reads a setup intent as it is now. */
  retrieve: {
    summary: 'Reads a setup intent as it is now.',
    effect: 'reads',
    target: 'setup_intent',
    result: 'setup_intent',
    page: false,
    input: 'none',
    fields: fields<NoInput>({}),
  },
  /** Changes a setup intent that is not yet done. `null` deletes a metadata key. */
  update: {
    summary: 'Changes a setup intent that is not yet done.',
    effect: 'changes',
    target: 'setup_intent',
    result: 'setup_intent',
    page: false,
    stateProtects: true,
    input: 'required',
    fields: fields<UpdateSetupIntent>({
      customer: 'optional',
      paymentMethod: 'optional',
      paymentMethodTypes: 'optional',
      threeDSecure: 'optional',
      description: 'optional',
      metadata: 'optional',
      providerOptions: 'optional',
    }),
    reconcile: cannotTell,
  },
  /**
   * Saves the payment method.
   * @returns the setup intent: `succeeded`, `processing`, `requires_action` (hand `toBrowser(setupIntent)` to the page), or after a decline
   * `requires_payment_method` with `lastSetupError`.
   */
  confirm: {
    summary: 'Saves the payment method.',
    effect: 'changes',
    target: 'setup_intent',
    legalFrom: beforeConfirmation,
    result: 'setup_intent',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<ConfirmSetupIntent>(confirmFields),
    reconcile: reconcileConfirm,
  },
  /** Ends a setup intent. A method that was saved stays saved. */
  cancel: {
    summary: 'Ends a setup intent.',
    effect: 'changes',
    target: 'setup_intent',
    legalFrom: [...beforeConfirmation, 'processing'],
    result: 'setup_intent',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<CancelSetupIntent>({ reason: 'optional', providerOptions: 'optional' }),
    reconcile: reconcileCancel,
  },
  /** One page of setup intents, in the provider's order. */
  list: {
    summary: 'Reads a page of setup intents.',
    effect: 'reads',
    target: null,
    result: 'setup_intent',
    page: true,
    input: 'optional',
    fields: fields<ListSetupIntents>({ limit: 'optional', cursor: 'optional', customer: 'optional', createdFrom: 'optional', createdBefore: 'optional' }),
  },
} as const satisfies ResourceDefinitions<'setup_intent'>;
