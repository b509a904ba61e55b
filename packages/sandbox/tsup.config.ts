import { build } from '../../tsup.config.base.ts';

export default build({ index: 'src/index.ts', cli: 'src/cli.ts' }, { platform: 'node' });
