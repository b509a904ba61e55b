import { honouredKeys, type Fact, type IdempotencyLimits, type Limits } from '../../contract/limits.js';
import { gapOf, type MigrationGap, type PlanInput, type SideFact } from './gap.js';
import { useOf, useOfField, useOfOperation, type MigrationUsage, type Use } from './usage.js';

/** Both are taken without a call of the application; only the moment differs. */
const closestMethod: Readonly<Record<string, string>> = { automatic_async: 'automatic', automatic: 'automatic_async' };

const lostValues = (before: Fact<readonly string[]>, after: Fact<readonly string[]>, used: readonly string[]): readonly string[] =>
  [...new Set([...before.value, ...used])].filter((value) => !after.value.includes(value));

const captureMethodGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.captureMethods, to.limits.captureMethods];
  const { captureMethods: declared, observed } = usage;
  const used = [...(declared ?? []), ...Object.keys(observed?.captureMethods ?? {})].filter((method) => method !== 'unknown');
  return lostValues(before, after, used).map((method) => {
    const near = after.value.find((value) => value === closestMethod[method]);
    return gapOf({
      id: `limits/captureMethods/${method}`,
      subject: `captureMethod ${method}`,
      worst: near === undefined ? 'blocks' : 'degrades',
      use: useOf(method, declared, observed?.captureMethods),
      from: before,
      to: after,
      what: `The new provider does not have the capture method ${method}.`,
      remedy: near === undefined ? 'Keep such payments at the old provider.' : `Accept that ${method} is written as ${near} there: the money is taken at another moment.`,
      ...(near === undefined ? {} : { proposal: { captureMethod: { [method]: near } } }),
    });
  });
};

const reasonGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const kinds = [
    { name: 'cancellationReasons', declared: usage.cancellationReasons, counts: usage.observed?.cancellationReasons },
    { name: 'setupCancellationReasons', declared: usage.setupCancellationReasons, counts: undefined },
    { name: 'refundReasons', declared: usage.refundReasons, counts: undefined },
  ] as const;
  return kinds.flatMap(({ name, declared, counts }) => {
    const [before, after] = [from.limits[name], to.limits[name]];
    // What was observed but could not be written at the old provider either was its own doing.
    return lostValues(before, after, declared ?? []).map((reason) =>
      gapOf({
        id: `limits/${name}/${reason}`,
        subject: `${name} ${reason}`,
        worst: 'degrades',
        use: useOf(reason, declared, counts),
        from: before,
        to: after,
        what: `The new provider does not take the reason ${reason}.`,
        remedy: after.value.length === 0 ? 'Give no reason.' : `Give none, or one of ${after.value.join(', ')}.`,
      }),
    );
  });
};

/** Every payment of a migration has a reference, whose `own` key is one more. */
const bounds = [
  { name: 'maximumKeys', says: 'keys, the reference among them', declared: 'keys', observed: 'mostKeys', own: 1 },
  { name: 'maximumKeyLength', says: 'characters in a key', declared: 'keyLength', observed: 'longestKey', own: 0 },
  { name: 'maximumValueLength', says: 'characters in a value', declared: 'valueLength', observed: 'longestValue', own: 0 },
] as const;

/** What speaks for metadata being used at all. */
const useOfMetadata = (usage: MigrationUsage): Use => {
  const { observed, declared } = useOfField(usage, 'paymentIntents.create', 'metadata');
  return { observed, declared: declared || usage.metadata !== undefined };
};

const metadataGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.metadata, to.limits.metadata];
  const { metadata, observed } = usage;
  if (after.value === null)
    return before.value === null
      ? []
      : [
          gapOf({
            id: 'limits/metadata',
            subject: 'metadata',
            worst: 'degrades',
            use: useOfMetadata(usage),
            from: before,
            to: after,
            what: 'The new provider keeps no metadata: nothing of it can be read back, or found in its dashboard and exports.',
            remedy: 'Keep it in your own records, by the ref of the payment.',
          }),
          gapOf({
            id: 'limits/metadata/reference',
            subject: 'reference',
            worst: 'degrades',
            use: { observed: observed?.references ?? null, declared: false },
            from: before,
            to: after,
            what: "A payment's reference cannot be kept with it, so a payment that was made although its answer was lost cannot be found by it.",
            remedy: "Store the ref as soon as it is answered; let the idempotency key and the migration's directory tell the rest.",
          }),
        ];
  const [old, fresh] = [before.value, after.value];
  const types = [...new Set([...(old?.valueTypes ?? []), ...(metadata?.valueTypes ?? [])])].filter((type) => !fresh.valueTypes.includes(type));
  return [
    ...bounds.flatMap(({ name, says, own, ...use }): readonly MigrationGap[] => {
      const [most, earlier] = [fresh[name], old?.[name] ?? null];
      if (most === null || (earlier !== null && earlier <= most)) return [];
      const beyond = (length: number | undefined): boolean => length !== undefined && length > 0 && length + own > most;
      return [
        gapOf({
          id: `limits/metadata/${name}`,
          subject: `metadata.${name}`,
          worst: 'degrades',
          use: { observed: observed === undefined ? null : Number(beyond(observed.metadata[use.observed])), declared: beyond(metadata?.[use.declared]) },
          from: { ...before, value: earlier },
          to: { ...after, value: most },
          what: `The new provider keeps no more than ${most} ${says}, the old one ${old === null ? 'keeps none' : earlier === null ? 'gives no bound' : `up to ${earlier}`}.`,
          remedy: 'Shorten it, or keep it in your own records.',
        }),
      ];
    }),
    ...types.map((type) =>
      gapOf({
        id: `limits/metadata/valueTypes/${type}`,
        subject: `metadata values of the type ${type}`,
        worst: 'degrades',
        use: useOf(type, metadata?.valueTypes, observed?.metadata.valueTypes),
        from: before,
        to: after,
        what: `The new provider does not keep a value of the type ${type} as it is.`,
        remedy: 'Write it as text.',
      }),
    ),
  ];
};

const trust: readonly IdempotencyLimits['honoured'][] = ['no', 'assumed', 'documented'];

const characters = Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code));

const matches = (alphabet: string, text: string): boolean => new RegExp(`^(?:${alphabet})$`).test(text);

const idempotencyGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.idempotency, to.limits.idempotency];
  const [less, more] = [trust.indexOf(after.value.honoured) < trust.indexOf(before.value.honoured), trust.indexOf(after.value.honoured) > trust.indexOf(before.value.honoured)];
  const use = useOfOperation(usage, 'paymentIntents.create');
  const about = { subject: 'idempotency keys', use, from: before, to: after };
  const [old, own] = [honouredKeys(from.limits), honouredKeys(to.limits)];
  const fewer = old !== null && own !== null && characters.some((character) => matches(old.alphabet, character) && !matches(own.alphabet, character));
  const form = old !== null && own !== null && (fewer || own.maximumLength < old.maximumLength);
  return [
    ...(less
      ? [
          gapOf({
            ...about,
            id: 'limits/idempotency',
            worst: 'degrades',
            what: `Keys are honoured less surely: ${before.value.honoured} at the old provider, ${after.value.honoured} at the new one. More outcomes stay unknown.`,
            remedy: 'Look up what became of an unknown outcome before anything is made again.',
          }),
        ]
      : []),
    ...(more
      ? [
          gapOf({
            ...about,
            id: 'limits/idempotency',
            worst: 'differs',
            what: `Keys are honoured more surely: ${before.value.honoured} at the old provider, ${after.value.honoured} at the new one.`,
            remedy: 'Nothing to do: a retry under the same reference is safe more often.',
          }),
        ]
      : []),
    ...(form
      ? [
          gapOf({
            ...about,
            id: 'limits/idempotency/form',
            worst: 'differs',
            what: `A key has up to ${own.maximumLength} characters of the form ${own.alphabet} at the new provider.`,
            remedy: 'Nothing to do for keys that are derived from a reference; make your own ones fit.',
          }),
        ]
      : []),
    ...(own === null || own.window === (old?.window ?? null)
      ? []
      : [
          gapOf({
            ...about,
            id: 'limits/idempotency/window',
            worst: own.window === null ? 'degrades' : 'differs',
            what: `How long a key is remembered: ${own.window === null ? 'the new provider does not say' : `${own.window} seconds at the new provider`}.`,
            remedy: 'Settle unknown outcomes soon.',
          }),
        ]),
  ];
};

const pageSizeGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.pageSize, to.limits.pageSize];
  return before.value === after.value
    ? []
    : [
        gapOf({
          id: 'limits/pageSize',
          subject: 'limit',
          worst: 'degrades',
          use: { observed: null, declared: after.value !== null && (usage.pageSize ?? 0) > after.value },
          from: before,
          to: after,
          what: `The largest page: ${after.value === null ? 'the new provider does not say, or has no lists of payments' : `${after.value} at the new provider`}.`,
          remedy: 'Ask for smaller pages, or use iterate().',
        }),
      ];
};

const named = ['currencies', 'amounts', 'captureMinimum', 'captureMethods', 'cancellationReasons', 'setupCancellationReasons', 'refundReasons', 'metadata', 'idempotency', 'pageSize'] as const satisfies readonly (keyof Limits)[];

const uncertain = ({ confidence }: SideFact): boolean => confidence !== 'documented';

/** Limits that look alike, where one side's is no more than presumed. */
const certaintyGaps = ({ from, to }: PlanInput): readonly MigrationGap[] =>
  named.flatMap((name): readonly MigrationGap[] => {
    const [before, after] = [from.limits[name], to.limits[name]];
    const alike = JSON.stringify(before.value) === JSON.stringify(after.value);
    return !alike || before.source === after.source || !(uncertain(before) || uncertain(after))
      ? []
      : [
          gapOf({
            id: `limits/${name}/certainty`,
            subject: name,
            worst: 'differs',
            use: { observed: null, declared: false },
            from: before,
            to: after,
            what: `Alike as far as is known: ${before.confidence} for the old provider, ${after.confidence} for the new one.`,
            remedy: 'Try it in the test mode of both.',
          }),
        ];
  });

/** What the new provider takes of everything but money. */
export const limitGaps = (input: PlanInput): readonly MigrationGap[] =>
  [captureMethodGaps, reasonGaps, metadataGaps, idempotencyGaps, pageSizeGaps, certaintyGaps].flatMap((gaps) => gaps(input));
