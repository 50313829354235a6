/**
 * `npm run bench [-- --quick]`: figures with the machine named. Nothing here asserts; imports are a ratio to a bare
 * insert loop of the same rows in the same run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { loadCardData } from '../../electron/core/store/columns/card-columns.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { studyByName } from '../../electron/core/store/study/studies.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { cardMaker } from '../../shared/card/agreement-card.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { tableOfColumns } from '../../shared/labels/label-pairs.ts';
import { cohensKappa } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { launchToken, rawRequest } from '../support/raw-http.ts';
import { bareInsert } from './bare-insert.ts';
import { generatedRow, writeGeneratedFile } from './generated-rows.ts';
import { targetLine } from './target-line.ts';
import { voteLatencies } from './vote-latency.ts';

/** Of a screen that shows sixty a second. */
const FRAME_MS = 1000 / 60;

const isQuick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'));
const print = (text: string) => console.log(text);
const options = agreementOptionsSchema.parse({});

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Imports in a child process; resolves with its figures. */
function importInChild(path: string, storePath: string): { ms: number; rows: number; peakMib: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'import-child.ts'), storePath, path],
    {
      encoding: 'utf8',
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { ms: number; rows: number; peakMib: number };
}

/** From starting the program to the reply that holds a rater's first pair, over HTTP. */
async function startToFirstPair(storePath: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['electron/hosts/cli/touchstone.mjs', 'serve', '--store', storePath]);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /Open (\S+)/u.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.on('error', reject);
      child.on('exit', () => reject(new Error('the server ended early')));
    });
    const port = Number(new URL(url).port);
    const headers = {
      authorization: `Bearer ${await launchToken(port, url)}`,
      'content-type': 'application/json',
    };
    const call = async (name: string, input: unknown) =>
      JSON.parse(
        (
          await rawRequest({
            port,
            method: 'POST',
            path: `/api/${name}`,
            headers,
            body: JSON.stringify(input),
          })
        ).body,
      );
    const studies = await call('studies.list', {});
    const begun = await call('rating.begin', {
      studyId: studies.value[0].studyId,
      rater: `starter ${Date.now()}`,
    });
    if (begun.value.queue.length !== 2) throw new Error('no pair came');
    return performance.now() - start;
  } finally {
    child.kill();
  }
}

print(
  `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`,
);
await ensurePage({ print, complain: print, progress: () => undefined });

const sizes = isQuick ? [1_000, 100_000] : [1_000, 100_000, 1_000_000];
for (const size of sizes) {
  const storePath = join(folder, `store-${size}.sqlite`);
  const file = join(folder, `rows-${size}.jsonl`);
  await writeGeneratedFile(file, size);
  const mib = statSync(file).size / 2 ** 20;
  const imported = importInChild(file, storePath);
  rmSync(file);
  print(`\n${size.toLocaleString('en')} comparisons (${mib.toFixed(0)} MiB of JSON Lines)`);
  print(`  import: ${Math.round(imported.rows / (imported.ms / 1000)).toLocaleString('en')} rows/s`);
  print(targetLine('  most memory of the import', imported.peakMib, 'MiB', 300));
  if (size === 100_000) {
    const rows = Array.from({ length: size }, (_unused, index) => generatedRow(index, size));
    const barePath = join(folder, 'bare.sqlite');
    (await openStore(barePath, systemClock)).close();
    const bareMs = await bareInsert(barePath, rows as never);
    print(
      `  bare insert loop of the same rows: ${Math.round(size / (bareMs / 1000)).toLocaleString('en')} rows/s`,
    );
    print(targetLine('  import beside it', imported.ms / bareMs, '×', 1 / 0.8));
  }
  const { votes: latencies, bare } = await voteLatencies(storePath);
  print(
    targetLine(
      `  key to next pair painted, p99 of ${latencies.length}`,
      percentile(latencies, 0.99),
      'ms',
      25,
    ),
  );
  print(targetLine('  its p50', percentile(latencies, 0.5), 'ms', FRAME_MS));
  print(
    targetLine(
      `  its p50 of ${percentile(latencies, 0.5).toFixed(1)} ms beside a key without a vote`,
      percentile(latencies, 0.5) / percentile(bare, 0.5),
      '×',
      3,
    ),
  );
  print(targetLine('  start to first pair', await startToFirstPair(storePath), 'ms', 1500));
  const store = new Store(storePath, { readonly: true });
  const study = studyByName(store, 'Bench');
  if (study === undefined) throw new Error('the study of the bench is gone');
  const loadStart = performance.now();
  const data = loadCardData(store, study);
  const [first, second] = data.raters;
  if (first !== undefined && second !== undefined)
    cohensKappa(tableOfColumns(first.codes, second.codes, options));
  const counted = performance.now();
  const maker = cardMaker(data, null, options, null);
  if ('missing' in maker) throw new Error('the bench has no card');
  for (const name of maker.parts) maker.part(name);
  store.close();
  print(targetLine('  kappa, votes read too', counted - loadStart, 'ms', 1000));
  print(
    `  the whole card after that, texts and slices read too: ${((performance.now() - counted) / 1000).toFixed(2)} s`,
  );
}
rmSync(folder, { recursive: true, force: true });
