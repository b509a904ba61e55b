import { build } from '../../tsup.config.base.ts';

// The adapters are the user's to install: they are imported by name, and none is built in.
export default build({ index: 'src/index.ts', bin: 'src/bin.ts' }, { platform: 'node', external: [/^@oneintent\//] });
