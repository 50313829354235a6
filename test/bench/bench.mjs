#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { requireNodeApi } from '../../electron/hosts/node-guard.mjs';

requireNodeApi();
await import('./bench.ts');
// Each of the others by itself, so that none is measured with what the one before it left in memory.
const given = process.argv.slice(2);
const pairs = given.includes('--quick') ? [] : ['--pairs', '200000'];
for (const [file, options] of [
  ['records.ts', pairs],
  ['reports.ts', given],
  ['pack.ts', [...given, ...pairs]],
]) {
  console.log(`\n${file}`);
  spawnSync(process.execPath, [join(import.meta.dirname, file), ...options], { stdio: 'inherit' });
}
