import { expectTypeOf } from 'vitest';
import * as zod from 'zod';
import * as mini from 'zod/mini';
import { readWire, type AdapterPackage, type AdapterVariant, type StandardSchema } from '../adapter.js';

/** The interface as https://standardschema.dev publishes it, in its first version. */
interface PublishedSchema<Input, Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown, options?: { readonly libraryOptions?: Record<string, unknown> | undefined }) => PublishedResult<Output> | Promise<PublishedResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type PublishedResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[] };

interface Options {
  readonly apiKey: string;
}
declare const published: PublishedSchema<{ readonly apiKey: unknown }, Options>;

// Whatever has the published interface is taken where a schema is handed to the library, and its output is the type.
expectTypeOf(readWire(published, null)).toEqualTypeOf<Options>();
expectTypeOf(readWire(zod.object({ apiKey: zod.string() }), null)).toEqualTypeOf<{ apiKey: string }>();
expectTypeOf(readWire(mini.object({ apiKey: mini.string() }), null)).toEqualTypeOf<{ apiKey: string }>();
expectTypeOf<AdapterPackage<readonly [AdapterVariant<Options>]>['options']>().toEqualTypeOf<StandardSchema<Options>>();
expectTypeOf(published).toExtend<StandardSchema<Options>>();
