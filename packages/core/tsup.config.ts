import { build } from '../../tsup.config.base.ts';

export default build({ index: 'src/index.ts', adapter: 'src/adapter.ts', webhooks: 'src/webhooks.ts', migration: 'src/migration.ts', conformance: 'src/conformance.ts' });
