#!/usr/bin/env node
import { requireNodeApi } from '../node-guard.mjs';

requireNodeApi();
// A reader that has seen enough closes the pipe, which is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`Standard output takes no more (${error.code}): what was printed is not whole.\n`);
  process.exit(2);
});
const { keepCompiled } = await import('../compile-cache.mjs');
keepCompiled();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
