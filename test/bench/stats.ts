/**
 * `npm run bench:stats`: the statistics engine on large inputs, one thread, fixed seeds, each beside a plain
 * row-by-row version of the same computation in the same run.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { STATISTICS } from './statistics.ts';

interface Timing {
  readonly slowest: number;
  readonly median: number;
  readonly best: number;
  readonly plain: number;
  readonly dataMib: number;
  readonly peakMib: number;
  readonly same: boolean;
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, one thread\n`);
console.log('| | median (best, slowest) | target | plain version | times faster | peak memory (data) |');
console.log('|---|---|---|---|---|---|');
let differs = 0;
for (const [name, { target, runs, plainScale }] of Object.entries(STATISTICS)) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'stats-child.ts'), name],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    console.error(stderr);
    process.exit(1);
  }
  const { slowest, median, best, plain, dataMib, peakMib, same } = JSON.parse(stdout) as Timing;
  const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
  const plainly = plainScale === 1 ? ms(plain) : `${ms(plain)} (a ${plainScale}th, scaled)`;
  console.log(
    `| ${name} | ${ms(median)} (${ms(best)}, ${ms(slowest)}; ${runs} runs) | ≤ ${target} ms | ${plainly} | ${(plain / median).toFixed(1)} | ${peakMib.toFixed(0)} MiB (${dataMib.toFixed(0)}) |`,
  );
  if (!same) {
    console.error(`${name}: the plain version gives another result`);
    differs++;
  }
}
process.exitCode = differs === 0 ? 0 : 1;
