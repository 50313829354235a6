/** Imports files in a process of its own and prints its time and peak memory as JSON. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';

/** The peak of this process alone: where /proc says it, because the other figure may count the parent's. */
function peakKib(): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (found !== undefined) return Number(found);
  } catch {
    // Not a Linux.
  }
  return process.resourceUsage().maxRSS;
}

const [storePath = '', ...paths] = process.argv.slice(2);
(await openStore(storePath, systemClock)).close();
const start = performance.now();
const { counts } = await runImport({
  files: paths.map((path) => ({ path, name: basename(path) })),
  studyName: 'Bench',
  storePath,
  dryRun: false,
  nowMs: 0,
  newSeed: '0123456789abcdef',
  newStudyId: 'bench',
});
console.log(
  JSON.stringify({
    ms: performance.now() - start,
    rows: counts.pairsAdded,
    peakMib: peakKib() / 1024,
  }),
);
