import { readdirSync, readFileSync } from 'node:fs';
import { runConformance } from '@oneintent/core/conformance';
import type { AnyAdapter } from '@oneintent/core/adapter';
import { describe, expect, it } from 'vitest';
import { openStage } from './kontor-stage.js';
import { kontor } from './kontor/index.js';

const textOf = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

const guide = textOf('docs/writing-an-adapter.md');

/** Every fence of the guide, with the comments directly above it. */
const blocks = [...guide.matchAll(/((?:<!--(?:(?!-->)[\s\S])*-->\n)*)```(\w+)\n([\s\S]*?)\n```\n/g)].map(([, above = '', language = '', code = '']) => ({
  file: /<!-- from (\S+) -->/.exec(above)?.[1] ?? null,
  red: /<!-- red (.+?) -->/.exec(above)?.[1] ?? null,
  language,
  code,
}));

const quoted = blocks.filter(({ language }) => language === 'ts');

describe('the guide to writing an adapter', () => {
  it('quotes its code from files, all of it', () => {
    expect(quoted.filter(({ file }) => file === null).map(({ code }) => code)).toEqual([]);
    expect(quoted.length).toBeGreaterThan(0);
  });

  it.each(quoted)('has what it quotes from $file as it stands there: $code', ({ file, code }) => {
    expect(textOf(file ?? '')).toContain(code);
  });

  it('shows something of every file of the adapter', () => {
    const files = readdirSync(new URL('kontor', import.meta.url)).map((file) => `examples/src/adapter/kontor/${file}`);
    expect(files.filter((file) => !quoted.some((block) => block.file === file))).toEqual([]);
  });
});

const good = kontor({ apiKey: 'sk_test_kontor' });
const { 'paymentIntents.create': create, 'paymentIntents.retrieve': retrieve } = good.operations;
const statuses = ['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled'];

/** The adapter as it would be without one of its thoughts, and the promise that breaks. */
const broken: Readonly<Record<string, readonly [string, AnyAdapter]>> = {
  'a field that is accepted and not sent': [
    'paymentIntents.create/fields-sent',
    {
      ...good,
      operations: {
        ...good.operations,
        'paymentIntents.create': {
          ...create,
          request: (input) => {
            const request = create.request(input);
            return { ...request, body: { ...request.body, note: undefined } };
          },
        },
      },
    },
  ],
  'an unknown word that is taken for a known one': [
    'paymentIntents.retrieve/other-words',
    {
      ...good,
      operations: {
        ...good.operations,
        'paymentIntents.retrieve': {
          ...retrieve,
          response: (answer, input) => {
            const reading = retrieve.response(answer, input);
            return { ...reading, status: statuses.includes(reading.status) ? reading.status : 'processing' };
          },
        },
      },
    },
  ],
  'yen that are not converted': [
    'limits/at-the-bounds',
    { ...good, limits: { ...good.limits, amounts: { ...good.limits.amounts, value: { every: { minimum: 50, maximum: 99_999_999 } } } } },
  ],
  "a gateway's error taken for a refusal": [
    'faults/capture/502-of-a-gateway-after',
    { ...good, readError: () => ({ kind: 'fault', code: 'invalid_request', providerCode: null, message: null, field: null }) },
  ],
};

const resultOf = async (adapter: AnyAdapter, promise: string) => {
  const harness = { name: 'kontor', adapter, open: () => openStage('EUR') };
  for await (const { id, result, detail } of runConformance(harness, { only: new RegExp(`^${promise}$`) })) return { result, text: `${id}\n${detail}` };
  return null;
};

describe('what the guide says that red looks like', () => {
  it('is shown for every defect that is tried here', () => {
    expect(blocks.flatMap(({ red }) => (red === null ? [] : [red])).toSorted()).toEqual(Object.keys(broken).toSorted());
  });

  it.each(Object.entries(broken))('is what %s looks like, and the adapter itself is not red', async (name, [promise, adapter]) => {
    const shown = blocks.find(({ red }) => red === name)?.code;
    expect(await resultOf(adapter, promise)).toEqual({ result: 'failed', text: shown });
    expect(await resultOf(good, promise)).toMatchObject({ result: 'proven' });
  });
});
