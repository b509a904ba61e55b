import { indexSource, operationsSource } from './factory.js';
import { packageJson, tsconfigJson } from './manifest.js';
import { namesOf } from './names.js';
import { errorsSource, readSource, webhookSource, wireSource } from './reading.js';
import { readme } from './readme.js';
import { conformanceTestSource, harnessSource, limitsSource, providerSource, stageSource, writeSource } from './writing.js';

/**
 * The files of a new adapter, by their path inside its folder.
 * @param name the provider's name, in which `nameProblem` found nothing.
 * @param version the core's version that it goes with.
 */
export const adapterFiles = (name: string, version: string): Readonly<Record<string, string>> => {
  const names = namesOf(name, version);
  return {
    'package.json': packageJson(names),
    'tsconfig.json': tsconfigJson(),
    'README.md': readme(names),
    'src/index.ts': indexSource(names),
    'src/operations.ts': operationsSource(names),
    'src/wire.ts': wireSource(names),
    'src/read.ts': readSource(names),
    'src/write.ts': writeSource(names),
    'src/limits.ts': limitsSource(names),
    'src/errors.ts': errorsSource(names),
    'src/webhook.ts': webhookSource(names),
    'src/conformance.test.ts': conformanceTestSource(),
    'src/testing/harness.ts': harnessSource(names),
    'src/testing/stage.ts': stageSource(names),
    'src/testing/provider.ts': providerSource(names),
  };
};
