#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Sandbox } from './contract.js';
import { dialectNames, type Dialect } from './dialect-names.js';
import { createSandbox } from './sandbox.js';
import { serve, type Served } from './server.js';

const usage = `Usage: oneintent-sandbox --dialect <${dialectNames.join('|')}> [--port <number>] [--api-key <key>]
                         [--webhook-url <url>] [--webhook-secret <secret>]

A stateful payment provider on 127.0.0.1. Without --port it takes any free one.
With --webhook-url it posts its events there as soon as they are due.`;

interface Flags {
  readonly dialect: Dialect;
  readonly port: number;
  readonly apiKey: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookSecret: string | undefined;
}

/** Reads the flags; throws an Error that says what is wrong. Null: help was asked for. */
function readFlags(): Flags | null {
  const { values } = parseArgs({
    options: {
      dialect: { type: 'string' },
      port: { type: 'string' },
      'api-key': { type: 'string' },
      'webhook-url': { type: 'string' },
      'webhook-secret': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return null;
  const dialect = dialectNames.find((name) => name === values.dialect);
  if (dialect === undefined) throw new Error(values.dialect === undefined ? '--dialect is missing' : `--dialect: there is no ${values.dialect}`);
  const port = Number(values.port ?? '0');
  if (!/^\d+$/.test(values.port ?? '0') || port > 65_535) throw new Error(`--port: not a port: ${values.port}`);
  if (values['api-key'] === '') throw new Error('--api-key: must not be empty');
  if (values['webhook-secret'] === '') throw new Error('--webhook-secret: must not be empty');
  const webhookUrl = values['webhook-url'];
  if (webhookUrl !== undefined && !(URL.canParse(webhookUrl) && /^https?:/i.test(webhookUrl))) throw new Error(`--webhook-url: not an http or https URL: ${webhookUrl}`);
  return { dialect, port, apiKey: values['api-key'], webhookUrl, webhookSecret: values['webhook-secret'] };
}

function describe(sandbox: Sandbox, { origin }: Served): string {
  const methods = Object.entries(sandbox.paymentMethods).map(([name, id]) => `  ${name.padEnd(20)} ${id}`);
  return [
    `${sandbox.dialect} sandbox on ${origin}`,
    '',
    `API key       ${sandbox.apiKey}`,
    `Webhooks      ${sandbox.webhookSecret}`,
    `Customer      ${sandbox.customer}`,
    `Currency      ${sandbox.currency}`,
    '',
    'Payment methods',
    ...methods,
    '',
    'Control',
    `  POST ${origin}/_sandbox/actions/{id}/complete    the customer passes 3-D Secure`,
    `  POST ${origin}/_sandbox/actions/{id}/fail        the customer fails it`,
    `  POST ${origin}/_sandbox/clock                    {"seconds": 60}`,
    `  POST ${origin}/_sandbox/setups/{id}/complete     the customer gives a card in the browser`,
    `  GET  ${origin}/_sandbox/ledger, …/setups`,
    `  GET  ${origin}/_sandbox/requests`,
    `  GET  ${origin}/_sandbox/events`,
    `  GET, POST ${origin}/_sandbox/deliveries          {"url": "http://127.0.0.1:3000/webhooks"}`,
    `  GET, POST ${origin}/_sandbox/switches`,
    `  POST ${origin}/_sandbox/reset`,
    '',
    'Ctrl+C ends it.',
  ].join('\n');
}

/** Posts what is due, until the signal; once more a moment after each round. */
async function keepDelivering(sandbox: Sandbox, url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { type, eventId, status } of await sandbox.deliver((request) => fetch(request), { url })) process.stdout.write(`${type} ${eventId}: ${status ?? 'no answer'}\n`);
    await setTimeout(250, undefined, { signal }).catch(() => undefined);
  }
}

async function main(): Promise<void> {
  let flags: Flags | null;
  try {
    flags = readFlags();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  if (flags === null) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const { dialect, port, apiKey, webhookUrl, webhookSecret } = flags;
  const sandbox = createSandbox({ dialect, ...(apiKey === undefined ? {} : { apiKey }), ...(webhookSecret === undefined ? {} : { webhookSecret }) });
  const ended = new AbortController();
  try {
    const served = await serve(sandbox, { port });
    process.stdout.write(`${describe(sandbox, served)}\n`);
    const end = (): void => {
      ended.abort();
      void served.close();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    if (webhookUrl !== undefined) await keepDelivering(sandbox, webhookUrl, ended.signal);
  } catch (error) {
    process.stderr.write(`Cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

await main();
