import { gapOf, inAdapter, type MigrationGap, type PlanInput } from './gap.js';
import { countOf, useOf, useOfField, type Use } from './usage.js';

const sum = (counts: Readonly<Record<string, number>> | undefined): number | null => (counts === undefined ? null : Object.values(counts).reduce((all, one) => all + one, 0));

/** What the two accounts are: a test account and a live one are no pair. */
const accountGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const modes = { from: inAdapter(from, 'livemode', from.livemode), to: inAdapter(to, 'livemode', to.livemode) };
  const [platform, other] = [from.connectedAccountHeader !== null, to.connectedAccountHeader !== null];
  return [
    ...(from.livemode === null || to.livemode === null || from.livemode === to.livemode
      ? []
      : [
          {
            id: 'livemode',
            severity: 'blocks' as const,
            subject: 'livemode',
            what: 'One side is a live account and the other one a test account.',
            evidence: { observed: usage.observed?.payments ?? null, declared: false, ...modes },
            remedy: 'Give two keys of the same mode.',
          },
        ]),
    ...(platform && !other
      ? [
          gapOf({
            id: 'connected-accounts',
            subject: 'connectedAccount',
            worst: 'blocks',
            use: { observed: null, declared: usage.connectedAccounts ?? false },
            from: inAdapter(from, 'connectedAccountHeader', from.connectedAccountHeader),
            to: inAdapter(to, 'connectedAccountHeader', null),
            what: 'The new provider has no connected accounts.',
            remedy: 'Keep payments for connected accounts at the old provider.',
          }),
        ]
      : []),
  ];
};

/** What no adapter's data carries, told for every pair. */
const untold = ({ usage }: PlanInput): readonly MigrationGap[] => {
  const { observed } = usage;
  const manual = useOf('manual', usage.captureMethods, observed?.captureMethods);
  const saved: Use = { observed: sum(observed?.futureUsages), declared: usage.savedCards ?? false };
  const away: Use = { observed: observed === undefined ? null : countOf(observed.futureUsages, 'off_session'), declared: usage.offSession ?? false };
  const options = { observed: null, declared: Object.values(usage.fields ?? {}).some((fields: readonly string[]) => fields.includes('providerOptions')) };
  const topics: readonly Parameters<typeof gapOf>[0][] = [
    {
      id: 'topics/saved-cards',
      subject: 'customers and saved payment methods',
      worst: 'degrades',
      use: saved,
      what: 'Customers and saved payment methods have other ids at the new provider, or none there; the customer may have to authenticate again.',
      remedy: 'Ask both providers to move them and load the mappings, or let customers save their method again. Until then their payments stay at the old provider.',
    },
    {
      id: 'topics/off-session',
      subject: 'payments without the customer',
      worst: 'degrades',
      use: away,
      what: 'That the customer agreed was told to the old provider: charged at the new one without it, more payments are declined or need the customer.',
      remedy: "Move the network's transaction ids with the mappings, or ask customers to agree again while they are present.",
    },
    {
      id: 'topics/authorisations',
      subject: 'authorised, not captured payments',
      worst: 'degrades',
      use: manual,
      what: "How long an authorisation holds may differ, and no adapter's data says. What is authorised at the old provider can be captured only there.",
      remedy: 'Read authorizationExpiresAt of each payment where it is told; capture or cancel what is open before the old account is closed.',
    },
    {
      id: 'topics/old-payments',
      subject: 'payments at the old provider',
      worst: 'differs',
      use: { observed: observed?.payments ?? null, declared: false },
      what: 'What was paid at the old provider is refunded, disputed and looked up there, long after the last payment was made there.',
      remedy: "Keep the old account's key, webhook and client until its payments can no longer be refunded or disputed.",
    },
    {
      id: 'topics/client-secret',
      subject: "the payer's browser",
      worst: 'degrades',
      use: { observed: observed?.clientSecrets ?? null, declared: usage.clientSecret ?? false },
      what: "A payment is completed in the browser with its own provider's library; whether the new provider gives a client secret no adapter's data says.",
      remedy: "Choose the browser's library by each payment's provider, and try what the new one answers in test mode.",
    },
    {
      id: 'topics/payment-method-types',
      subject: 'names of payment method types',
      worst: 'degrades',
      use: useOfField(usage, 'paymentIntents.create', 'paymentMethodTypes'),
      what: "The names of payment method types are each provider's own, and which of them an account may use, its contract says.",
      remedy: 'Name them for each provider, or leave them out.',
    },
    {
      id: 'topics/provider-options',
      subject: 'providerOptions',
      worst: 'degrades',
      use: options,
      what: "Provider options are each provider's own.",
      remedy: 'Give those of both providers side by side, each under its name.',
    },
    {
      id: 'topics/rules-across-fields',
      subject: 'rules across fields',
      worst: 'differs',
      use: { observed: null, declared: false },
      what: 'Which fields need each other stands in no data: a provider may refuse together what it takes alone.',
      remedy: 'Give one input of each kind in usage.examples, or run a shadow.',
    },
    {
      id: 'topics/defaults',
      subject: "the providers' own defaults",
      worst: 'differs',
      use: { observed: null, declared: false },
      what: "A default that this library does not set, such as when an unpaid payment expires, is each provider's own. The capture method is always written: automatic unless you say otherwise.",
      remedy: 'Say what matters, and look at what is made past this library: its capture method may be another.',
    },
  ];
  return topics.map(gapOf);
};

/** What is not known of the usage, and could change the plan. */
const unknownUsage = ({ usage }: PlanInput): readonly MigrationGap[] => {
  const { observed } = usage;
  const missing = (id: string, severity: 'blocks' | 'degrades', subject: string, what: string, remedy: string): MigrationGap => ({
    id: `usage/${id}`,
    severity,
    subject,
    what,
    evidence: { observed: observed?.payments ?? null, declared: false, from: null, to: null },
    remedy,
  });
  return [
    ...(usage.currencies === undefined && (observed?.payments ?? 0) === 0
      ? [missing('payments', 'blocks', 'usage', 'Nothing is known of the payments, so what looks unused may be used.', 'Declare currencies and capture methods, or count payments with usageOf.')]
      : []),
    ...(usage.operations === undefined && usage.fields === undefined
      ? [missing('operations', 'degrades', 'usage', 'Which operations and fields the application uses is not declared; payments show few of them.', 'Declare operations and fields.')]
      : []),
    ...(usage.events === undefined
      ? [missing('events', 'degrades', 'usage', 'Which events the application waits for is not declared.', 'Declare events; an empty list when it waits for none.')]
      : []),
  ];
};

/** Accounts, what no data says, and what nobody has told the plan. */
export const topicGaps = (input: PlanInput): readonly MigrationGap[] => [accountGaps, untold, unknownUsage].flatMap((gaps) => gaps(input));
