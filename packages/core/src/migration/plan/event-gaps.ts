import type { AnyAdapter } from '../../contract/adapter.js';
import type { SentEvent, WebhookScheme } from '../../contract/webhooks.js';
import { eventTypes, type KnownEventType } from '../../model/event.js';
import { gapOf, inAdapter, type MigrationGap, type PlanInput } from './gap.js';
import { countOf, type MigrationUsage, type Use } from './usage.js';

/** How many of the payments that were seen would have been told of by such an event. */
const seen = ({ observed }: MigrationUsage, type: KnownEventType): number | null => {
  if (observed === undefined) return null;
  const { payments, statuses, captureMethods, failures } = observed;
  const counts: Partial<Record<KnownEventType, number>> = {
    'payment_intent.created': payments,
    'payment_intent.processing': countOf(statuses, 'processing'),
    'payment_intent.requires_action': countOf(statuses, 'requires_action'),
    'payment_intent.amount_capturable_updated': countOf(captureMethods, 'manual'),
    'payment_intent.succeeded': countOf(statuses, 'succeeded'),
    'payment_intent.payment_failed': failures,
    'payment_intent.canceled': countOf(statuses, 'canceled'),
  };
  return counts[type] ?? null;
};

/** Payments that are told of show no use when the team says which events it waits for. */
const useOfEvent = (usage: MigrationUsage, type: KnownEventType): Use & { readonly waitedFor: boolean } => {
  const observed = seen(usage, type);
  const declared = usage.events?.includes(type) ?? false;
  return { observed, declared, waitedFor: declared || (usage.events === undefined && (observed ?? 0) > 0) };
};

const typesOf = (sent: readonly SentEvent[]): readonly string[] => sent.map(({ type }) => type);

const resources = [
  ['payment_intent.', 'paymentIntents.retrieve'],
  ['setup_intent.', 'setupIntents.retrieve'],
  ['refund.', 'refunds.retrieve'],
] as const;

const pollable = ({ operations }: AnyAdapter, type: KnownEventType): boolean => resources.some(([prefix, name]) => type.startsWith(prefix) && operations[name] !== undefined);

const missingEventGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.webhooks?.sends ?? null, to.webhooks?.sends ?? null];
  return eventTypes.flatMap((type): readonly MigrationGap[] => {
    const [old, fresh] = [typesOf(before?.value ?? []).includes(type), typesOf(after?.value ?? []).includes(type)];
    const { waitedFor, ...use } = useOfEvent(usage, type);
    const about = {
      id: `events/${type}`,
      subject: type,
      use,
      from: before === null ? inAdapter(from, 'webhooks', false) : { ...before, value: old },
      to: after === null ? inAdapter(to, 'webhooks', false) : { ...after, value: fresh },
    };
    if (fresh)
      return old ? [] : [gapOf({ ...about, worst: 'differs', what: 'Only the new provider sends such an event.', remedy: 'Do not wait for it for payments that are still at the old provider.' })];
    return old || use.declared
      ? [
          gapOf({
            ...about,
            worst: waitedFor ? 'degrades' : 'differs',
            what: 'The new provider sends no such event: who waits for it waits for ever.',
            remedy: pollable(to, type) ? 'Poll: retrieve what is still open at intervals, or use waitFor().' : 'Nothing at the new provider tells it later: use what each call answers.',
          }),
        ]
      : [];
  });
};

/** How much a delivery proves. */
const proof: Readonly<Record<WebhookScheme['type'], number>> = { shared_token: 0, hmac: 1, timestamped_hmac: 2, standard_webhooks: 2 };

const deliveryGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  if (to.webhooks === null) return [];
  const use = { observed: null, declared: (usage.events?.length ?? 0) > 0 };
  const [before, after] = [from.webhooks, to.webhooks];
  const schemes = { from: before === null ? null : inAdapter(from, 'webhooks.scheme', before.scheme), to: inAdapter(to, 'webhooks.scheme', after.scheme) };
  const less = before !== null && proof[after.scheme.type] < proof[before.scheme.type];
  const names = after.sends.value.map(({ providerType }) => providerType);
  const renamed = names.filter((name) => before?.sends.value.every(({ providerType }) => providerType !== name) ?? true);
  return [
    ...(JSON.stringify(before?.scheme) === JSON.stringify(after.scheme)
      ? []
      : [
          gapOf({
            id: 'events/scheme',
            subject: 'proof of a delivery',
            worst: less ? 'degrades' : 'differs',
            use,
            ...schemes,
            what: `Deliveries prove themselves by ${after.scheme.type}, not by ${before?.scheme.type ?? 'anything'}${less ? ', which proves less' : ''}.`,
            remedy:
              after.scheme.type === 'shared_token'
                ? 'Set the new secret, and retrieve an event, or what it is about, before you act on it.'
                : 'Set the new secret, and hand over the body as it arrived, byte by byte.',
          }),
        ]),
    ...(renamed.length === 0
      ? []
      : [
          gapOf({
            id: 'events/subscription',
            subject: "the provider's event types",
            worst: 'differs',
            use,
            from: before === null ? null : { ...before.sends, value: before.sends.value.map(({ providerType }) => providerType) },
            to: { ...after.sends, value: names },
            what: `The new provider has other names for its events: ${renamed.join(', ')}.`,
            remedy: 'Subscribe to them at the new provider before the first payment is made there; keep the old subscription until the old provider is drained.',
          }),
        ]),
    ...(before === null || (before.sends.confidence === 'documented' && after.sends.confidence === 'documented') || before.sends.source === after.sends.source
      ? []
      : [
          gapOf({
            id: 'events/certainty',
            subject: 'events',
            worst: 'differs',
            use,
            from: { ...before.sends, value: typesOf(before.sends.value) },
            to: { ...after.sends, value: typesOf(after.sends.value) },
            what: `Which events are sent is ${before.sends.confidence} for the old provider and ${after.sends.confidence} for the new one.`,
            remedy: 'Try it in the test mode of both, and poll as well.',
          }),
        ]),
  ];
};

/** What the new provider tells by itself. */
export const eventGaps = (input: PlanInput): readonly MigrationGap[] => [...missingEventGaps(input), ...deliveryGaps(input)];
