import { sentenceOf, UsageError } from './failures.js';
import type { World } from './world.js';

/** Opens a file of the user's. @throws UsageError when it is not there. */
export const openFile = async (world: World, path: string): Promise<AsyncIterable<Uint8Array | string>> =>
  world.readFile(path).catch((error: unknown) => {
    throw new UsageError(`${path} can't be read: ${sentenceOf(error)}`);
  });

const textOf = async (source: AsyncIterable<Uint8Array | string>): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
};

/** Whether a JSON value is an object with members, rather than a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a file of JSON. @throws UsageError when it is not there, or is no JSON. Its contents are not quoted. */
export const readJson = async (world: World, path: string): Promise<unknown> => {
  const text = await textOf(await openFile(world, path));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${path} is not JSON.`);
  }
};
