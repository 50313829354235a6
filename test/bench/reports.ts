/**
 * `npm run bench:reports [-- --quick]`: what the card and the raters' page of large studies cost, asked of the app as a page asks, in
 * CPU seconds of all threads, with the most memory that the process took. As in the product, what was compiled before is kept: a
 * first round on a small study fills that. Nothing here asserts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MadeSize, makeStore } from './made-store.ts';
import type { ReportCosts } from './reports-child.ts';
import { targetLine } from './target-line.ts';

interface Bench {
  readonly size: MadeSize;
  readonly most: Partial<Readonly<Record<keyof ReportCosts, number>>>;
}

const COMMON = { raters: 12, votesPerPair: 3, pairsPerItem: 2, systems: 4, areLive: false } as const;
const BENCHES: Readonly<Record<string, Bench>> = {
  '20,000 pairs, 60,000 votes': {
    size: { ...COMMON, pairs: 20_000, judges: 2 },
    most: { first: 1, whole: 3, firstAfterVote: 0.5, wholeAfterVote: 0.5 },
  },
  '200,000 pairs, 600,000 votes': {
    size: { ...COMMON, pairs: 200_000, judges: 1 },
    most: { whole: 8, peakMib: 400 },
  },
  'a million votes': {
    size: { ...COMMON, pairs: 200_000, raters: 50, votesPerPair: 5, judges: 1, areLive: true },
    most: { first: 2, raters: 1 },
  },
};

const NAMES: Readonly<Record<keyof ReportCosts, readonly [name: string, unit: string]>> = {
  first: ['first figures', 's CPU'],
  whole: ['whole card', 's CPU'],
  firstAfterVote: ['first figures after one more vote', 's CPU'],
  wholeAfterVote: ['whole card after one more vote', 's CPU'],
  raters: ['raters’ page', 's CPU'],
  peakMib: ['most memory', 'MiB'],
};

const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-reports-'));

async function costsOf(size: MadeSize): Promise<ReportCosts> {
  const storePath = join(folder, 'store.sqlite');
  await makeStore(storePath, size);
  const child = join(import.meta.dirname, 'reports-child.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [child, storePath], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  for (const file of ['', '-wal', '-shm']) rmSync(`${storePath}${file}`, { force: true });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as ReportCosts;
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.versions.node}`);
try {
  const benches = Object.entries(BENCHES).slice(0, process.argv.includes('--quick') ? 1 : undefined);
  await costsOf({ ...COMMON, pairs: 100, judges: 1 });
  for (const [name, { size, most }] of benches) {
    const costs = await costsOf(size);
    console.log(`\n${name}; load ${loadavg()[0]?.toFixed(1)}`);
    for (const [key, [what, unit]] of Object.entries(NAMES)) {
      const value = costs[key as keyof ReportCosts];
      console.log(targetLine(what, value, unit, most[key as keyof ReportCosts] ?? Number.POSITIVE_INFINITY));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
