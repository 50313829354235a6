#!/usr/bin/env node
import { requireNodeApi } from '../node-guard.mjs';

requireNodeApi();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
