import type { Money, OperationName } from '../../index.js';
import { equal, fails } from '../assertions.js';
import type { Promised } from '../promise.js';
import type { Scene } from '../scene.js';

const refusesAmount = async (scene: Scene, amount: Money, promise: string): Promise<void> => {
  await fails(() => scene.payments.paymentIntents.create({ amount }), { code: ['invalid_request', 'unsupported'], outcome: ['not_sent'] }, promise);
  equal(await scene.seen(), 0, 'nothing was sent');
};

const rule = (scene: Scene) => {
  const { every, byCurrency } = scene.payments.limits.amounts.value;
  return { ...every, ...byCurrency?.[scene.stage.currency] };
};

const create: readonly OperationName[] = ['paymentIntents.create'];

export const limitPromises: readonly Promised[] = [
  {
    id: 'limits/below-minimum',
    title: 'an amount below the minimum is refused with nothing sent',
    operations: create,
    levers: ['requests'],
    prove: (scene) => refusesAmount(scene, { minorUnits: (rule(scene).minimum ?? 1) - 1, currency: scene.stage.currency }, 'an amount below the minimum'),
  },
  {
    id: 'limits/above-maximum',
    title: 'an amount above the maximum is refused with nothing sent',
    operations: create,
    when: ({ harness }) => harness.adapter.limits.amounts.value.every.maximum !== undefined,
    levers: ['requests'],
    prove: (scene) => refusesAmount(scene, { minorUnits: (rule(scene).maximum ?? 0) + 1, currency: scene.stage.currency }, 'an amount above the maximum'),
  },
  {
    id: 'limits/at-the-bounds',
    title: 'the smallest and the largest amount are taken as they are',
    operations: create,
    levers: [],
    prove: async (scene) => {
      for (const minorUnits of [rule(scene).minimum ?? 1, rule(scene).maximum ?? 1_000_000]) {
        const amount = { minorUnits, currency: scene.stage.currency };
        const intent = await scene.payments.paymentIntents.create({ amount }).catch((error: unknown) => error);
        // A minimum that the provider has, but does not publish for this currency, may be its own refusal.
        if (intent instanceof Error && minorUnits === 1) continue;
        equal((intent as { readonly amount?: unknown }).amount, amount, 'the amount is the one that was given');
      }
    },
  },
  {
    id: 'limits/currency',
    title: 'a currency that the provider does not take is refused with nothing sent',
    operations: create,
    when: ({ harness }) => harness.adapter.limits.currencies.value !== 'all',
    levers: ['requests'],
    prove: async (scene) => {
      const taken = scene.payments.limits.currencies.value;
      const currency = ['JPY', 'EUR', 'USD', 'KWD', 'XPF'].find((code) => taken !== 'all' && !taken.includes(code)) ?? 'XPF';
      await refusesAmount(scene, { minorUnits: 10_000, currency }, 'a currency that is not taken');
    },
  },
];
