#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { main, processWorld } from './index.js';

// Files and lists stream through: a small heap matters more here than the last bit of speed.
setFlagsFromString('--optimize-for-size');
// Whoever reads the result may stop reading, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await main(process.argv.slice(2), processWorld());
