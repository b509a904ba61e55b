import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationNames } from '@oneintent/core';
import { promisesFor, type TestedCapabilities } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { configurations } from './configurations.ts';

const told = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'capabilities.json'), 'utf8')) as readonly TestedCapabilities[];
const remedy = 'run npm run conformance -- --write, then node tools/readme-tables.mjs';

it(`docs/capabilities.json is about every configuration (otherwise ${remedy})`, () => {
  expect(told.map(({ name }) => name)).toEqual(configurations.map(({ name }) => name));
});

describe.each(configurations)('docs/capabilities.json on $name', ({ name, adapter, dialect }) => {
  const operations = Object.entries(told.find((one) => one.name === name)?.operations ?? {});

  it(`has the operations of the adapter, and no others (otherwise ${remedy})`, () => {
    expect(operations.map(([operation, { present }]) => [operation, present])).toEqual(operationNames.map((operation) => [operation, adapter.operations[operation] !== undefined]));
  });

  it('counts no two promises as one: each has an id of its own', () => {
    const ids = promisesFor({ name, adapter, open: () => createSandbox({ dialect }) }).map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('tells as proven what has promises that prove it', () => {
    const promised = promisesFor({ name, adapter, open: () => createSandbox({ dialect }) });
    const proves = (operation: string): boolean => promised.some(({ id, operations: needed }) => id.startsWith(`${operation}/`) && (needed.length === 0 || needed.some((one) => one === operation)));
    expect(operations.filter(([operation, { sandbox }]) => (sandbox === 'proven') !== proves(operation)).map(([operation]) => operation)).toEqual([]);
  });
});
