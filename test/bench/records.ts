/**
 * `npm run bench:records [-- --pairs N]`: what imports and native exports cost beside plain loops that read and write the
 * same rows, in CPU time of one run, and the memory that each takes at most. Nothing here asserts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeStudyFile } from './study-file.ts';
import { targetLine } from './target-line.ts';

const MOST_MIB = 300;
/** Times the CPU time of a plain loop. */
const MOST_IMPORT = 4;
const MOST_EXPORT = 3;

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
  const told = (name: string, { cpuMs, peakMib }: typeof imported, plain: typeof imported, most: number) => {
    console.log(`\n${name}: ${(cpuMs / 1000).toFixed(2)} s CPU`);
    console.log(targetLine('beside a plain loop over the same rows', cpuMs / plain.cpuMs, '×', most));
    console.log(targetLine('most memory', peakMib, 'MiB', MOST_MIB));
  };
  told('plain import', plainImport, plainImport, 1);
  told('dry run', dryRun, plainImport, MOST_IMPORT);
  told('import', imported, plainImport, MOST_IMPORT);
  told('import once more', again, plainImport, MOST_IMPORT);
  told('plain export', plainExport, plainExport, 1);
  told('native export', nativeExport, plainExport, MOST_EXPORT);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
