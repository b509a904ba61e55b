#!/usr/bin/env node
import { main, processWorld } from './index.js';

// Whoever reads the result may stop reading, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await main(process.argv.slice(2), processWorld());
