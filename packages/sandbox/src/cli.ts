#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { Dialect, Sandbox } from './contract.js';
import { createSandbox } from './sandbox.js';
import { serve, type Served } from './server.js';

const dialects: readonly Dialect[] = ['payjp_payment_flows', 'payjp_payment_intents', 'paypercut', 'stripe'];

const usage = `Usage: oneintent-sandbox --dialect <${dialects.join('|')}> [--port <number>] [--api-key <key>]

A stateful payment provider on 127.0.0.1. Without --port it takes any free one.`;

interface Flags {
  readonly dialect: Dialect;
  readonly port: number;
  readonly apiKey: string | undefined;
}

/** Reads the flags; throws an Error that says what is wrong. Null: help was asked for. */
function readFlags(): Flags | null {
  const { values } = parseArgs({
    options: { dialect: { type: 'string' }, port: { type: 'string' }, 'api-key': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) return null;
  const dialect = dialects.find((name) => name === values.dialect);
  if (dialect === undefined) throw new Error(values.dialect === undefined ? '--dialect is missing' : `--dialect: there is no ${values.dialect}`);
  const port = Number(values.port ?? '0');
  if (!/^\d+$/.test(values.port ?? '0') || port > 65_535) throw new Error(`--port: not a port: ${values.port}`);
  if (values['api-key'] === '') throw new Error('--api-key: must not be empty');
  return { dialect, port, apiKey: values['api-key'] };
}

function describe(sandbox: Sandbox, { origin }: Served): string {
  const methods = Object.entries(sandbox.paymentMethods).map(([name, id]) => `  ${name.padEnd(20)} ${id}`);
  return [
    `${sandbox.dialect} sandbox on ${origin}`,
    '',
    `API key       ${sandbox.apiKey}`,
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
    `  GET  ${origin}/_sandbox/ledger`,
    `  GET  ${origin}/_sandbox/requests`,
    `  GET, POST ${origin}/_sandbox/switches`,
    `  POST ${origin}/_sandbox/reset`,
    '',
    'Ctrl+C ends it.',
  ].join('\n');
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
  const { dialect, port, apiKey } = flags;
  const sandbox = createSandbox(apiKey === undefined ? { dialect } : { dialect, apiKey });
  try {
    const served = await serve(sandbox, { port });
    process.stdout.write(`${describe(sandbox, served)}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void served.close());
  } catch (error) {
    process.stderr.write(`Cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

await main();
