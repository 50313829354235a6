/**
 * `npm run bench:records [-- --pairs N]`: what imports and native exports cost beside plain loops that read and write the
 * same rows, in CPU time of one run, and the memory that each takes at most. Nothing here asserts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeStudyFile } from './study-file.ts';

const place = process.argv.indexOf('--pairs');
const pairs = place < 0 ? 20_000 : Number(process.argv[place + 1]);
const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-records-'));

function work(name: string, storePath: string, where: string): { cpuMs: number; peakMib: number } {
  const child = join(import.meta.dirname, 'records-child.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [child, name, storePath, where], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { cpuMs: number; peakMib: number };
}

try {
  const file = join(folder, 'study.jsonl');
  await writeStudyFile(file, pairs);
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.versions.node}: ${pairs.toLocaleString('en')} pairs, ${(3 * pairs).toLocaleString('en')} votes, ${(2 * pairs).toLocaleString('en')} verdicts, ${Math.round(statSync(file).size / 2 ** 20)} MiB`,
  );
  const store = join(folder, 'store.sqlite');
  const exported = join(folder, 'exported');
  mkdirSync(join(folder, 'plain'));
  const plainImport = work('plain import', join(folder, 'plain.sqlite'), file);
  const dryRun = work('dry run', join(folder, 'dry.sqlite'), file);
  const imported = work('import', store, file);
  const again = work('import', store, file);
  const plainExport = work('plain export', store, join(folder, 'plain'));
  const nativeExport = work('export', store, exported);
  const line = (name: string, figures: typeof imported, plain: typeof imported) =>
    console.log(
      `${name.padEnd(18)} ${(figures.cpuMs / 1000).toFixed(2).padStart(7)} s CPU  ${(figures.cpuMs / plain.cpuMs).toFixed(2).padStart(6)} × plain  peak ${Math.round(figures.peakMib)} MiB`,
    );
  line('plain import', plainImport, plainImport);
  line('dry run', dryRun, plainImport);
  line('import', imported, plainImport);
  line('import once more', again, plainImport);
  line('plain export', plainExport, plainExport);
  line('native export', nativeExport, plainExport);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
