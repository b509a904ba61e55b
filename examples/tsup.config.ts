import { build } from '../tsup.config.base.ts';

/** One entry per folder of src/: `npm run examples` runs them all, and `npm start` the tour. */
export default build({ tour: 'src/tour/index.ts', webhooks: 'src/webhooks/index.ts', 'start-up': 'src/start-up/index.ts' }, { platform: 'node', dts: false, skipNodeModulesBundle: true });
