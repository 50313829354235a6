/**
 * `npm run bench:pack [-- --quick | --pairs N]`: 100,000 pairs for 20 vendors, out and back: make, open, return, and the merge of partial returns in
 * random order, in rows a second with the peak memory of each step. Nothing here asserts. Beside each stands a plain pass
 * over the same lines in the same run: parse as JSON, one bare row each.
 */
import { fork } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { openedPacks } from '../../electron/core/store/packs/opened-packs.ts';
import { studyByName, updateDesign } from '../../electron/core/store/study/studies.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import { USUAL_ACCEPTANCE } from '../../shared/pack/usual-acceptance.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { generatedRow } from './generated-rows.ts';
import { FIRST_VOTE_AT, VOTE_MS } from './pack-times.ts';
import { targetLine } from './target-line.ts';

const place = process.argv.indexOf('--pairs');
const PAIRS =
  place >= 0 ? Number(process.argv[place + 1]) : process.argv.includes('--quick') ? 10_000 : 100_000;
const VENDORS = 20;
/** For every step. */
const MOST_MIB = 300;
const print = (text: string) => console.log(text);
const folder = mkdtempSync(join(tmpdir(), 'touchstone-pack-bench-'));
const leadPath = join(folder, 'lead.sqlite');
print(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.versions.node}`);
print(`${PAIRS.toLocaleString('en')} pairs, one rater each, ${VENDORS} vendors\n`);

interface Step {
  readonly rows: number;
  readonly ms: number;
  readonly peakMib: number;
}

function run(step: string, request: unknown): Promise<Step> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'pack-child.ts'), { stdio: 'inherit' });
    let result: Step | null = null;
    child.on('message', (message) => {
      result = message as Step;
    });
    child.on('exit', (code) =>
      result === null ? reject(new Error(`${step} ended with ${code}`)) : resolve(result),
    );
    child.send({ step, request });
  });
}

function report(name: string, { ms, peakMib }: Step, rows: number, plainRowsPerSecond: number): void {
  const perSecond = rows / (ms / 1000);
  print(
    `${name.padEnd(34)} ${Math.round(perSecond).toLocaleString('en').padStart(9)} rows/s  ${(perSecond / plainRowsPerSecond).toFixed(3).padStart(6)} of plain`,
  );
  print(targetLine('  most memory', peakMib, 'MiB', MOST_MIB));
}

/** Parses lines and puts each into a bare table, without indexes, signatures or anything else. */
function plainRowsPerSecond(path: string): number {
  const started = performance.now();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const database = new Database(join(folder, `plain-${lines.length}-${started}.sqlite`));
  database.exec('CREATE TABLE t (line TEXT)');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  database.transaction(() => {
    for (const line of lines) insert.run(JSON.stringify(JSON.parse(line)));
  })();
  database.close();
  return lines.length / ((performance.now() - started) / 1000);
}

const rowsFile = join(folder, 'rows.jsonl');
writeFileSync(
  rowsFile,
  Array.from({ length: PAIRS }, (_none, index) => JSON.stringify(generatedRow(index, 0))).join('\n'),
);
const store = await openStore(leadPath, systemClock);
await runImport({
  files: [{ path: rowsFile, name: 'rows.jsonl' }],
  studyName: 'Bench',
  storePath: leadPath,
  dryRun: false,
  nowMs: 1,
  newSeed: '0123456789abcdef',
  newStudyId: 'bench',
});
const study = studyByName(store, 'Bench');
if (study === undefined) throw new Error('the study is not there');
store.write((store) =>
  updateDesign(store, study, { ...study.design, ratersPerPair: 1, minimumViewingMs: 0 }, 1),
);
store.close();

const identity = await generateX25519Identity();
const raters = Array.from({ length: VENDORS }, (_none, index) => `v${index + 1}`);
const packPath = join(folder, 'work.touchpack');
const plainRows = plainRowsPerSecond(rowsFile);
const made = await run('make', {
  storePath: leadPath,
  studyId: study.publicId,
  name: 'bench',
  options: {
    title: 'Bench',
    raters,
    share: null,
    pairs: null,
    identity: 'accept',
    personal: 'accept',
    spared: [],
    acceptance: { ...USUAL_ACCEPTANCE, charactersPerSecond: 100_000 },
  },
  isTopUp: false,
  audience: { passphrase: null, recipients: [await identityToRecipient(identity)] },
  target: packPath,
  nowMs: 1,
});
report('make and seal', made, made.rows, plainRows);

const vendorPath = join(folder, 'vendor.sqlite');
(await openStore(vendorPath, systemClock)).close();
const opened = await run('open', {
  storePath: vendorPath,
  file: { path: packPath, name: 'work.touchpack' },
  secret: identity,
  nowMs: 1,
});
report('verify and open', opened, PAIRS, plainRows);
const vendorStore = new Store(vendorPath, { readonly: true });
const { files } = JSON.parse(openedPacks(vendorStore)[0]?.manifest ?? '') as PackManifest;
vendorStore.close();
const packRows = files.reduce((sum, { rows }) => sum + rows, 0);
const ofPack = ({ ms }: Step) => Math.round(packRows / (ms / 1000)).toLocaleString('en');
print(
  `  a row of these is a pair; the pack has ${packRows.toLocaleString('en')} rows: ${ofPack(made)} a second made, ${ofPack(opened)} opened`,
);

const machines = raters.map((rater, index) => {
  const storePath = join(folder, `vendor-${index}.sqlite`);
  copyFileSync(vendorPath, storePath);
  return {
    rater,
    storePath,
    partial: join(folder, `partial-${index}.touchreturn`),
    full: join(folder, `full-${index}.touchreturn`),
  };
});
const share = PAIRS / VENDORS;
await run(
  'vote',
  machines.map(({ storePath, rater }) => ({ storePath, rater, from: 0, to: share / 2 })),
);
// The first return of a machine makes its key; the second is signed with it from its first line on.
await run(
  'return',
  machines.map(({ storePath, partial }) => ({ storePath, target: partial })),
);
await run(
  'return',
  machines.map(({ storePath, partial }) => ({ storePath, target: partial })),
);
await run(
  'vote',
  machines.map(({ storePath, rater }) => ({ storePath, rater, from: share / 2, to: share })),
);
const returned = await run(
  'return',
  machines.map(({ storePath, full }) => ({ storePath, target: full })),
);
const plainReturn = plainRowsPerSecond(machines[0]?.full ?? '');
report('return, all machines', returned, returned.rows, plainReturn);

const { below } = seededRandom('order of returns');
const shuffled = <Value>(values: readonly Value[]) =>
  values
    .map((value) => ({ value, at: below(1e9) }))
    .sort((left, right) => left.at - right.at)
    .map(({ value }) => value);
const keys = machines.map(
  ({ full }) => (JSON.parse(readFileSync(full, 'utf8').split('\n', 1)[0] ?? '') as { key: string }).key,
);
const merge = (files: readonly string[]) =>
  run('merge', {
    storePath: leadPath,
    studyId: study.publicId,
    files: files.map((path) => ({ path, name: path })),
    trusts: keys,
    accepts: [],
    recovers: false,
    dryRun: false,
    // Once all votes were given: what is to come is not taken.
    nowMs: FIRST_VOTE_AT + VOTE_MS * PAIRS,
  });
const partial = await merge(shuffled(machines.map((machine) => machine.partial)));
report('merge, partial returns', partial, partial.rows, plainReturn);
const full = await merge(shuffled(machines.map((machine) => machine.full)));
report('merge, full returns, half known', full, PAIRS, plainReturn);
const again = await merge(shuffled(machines.flatMap((machine) => [machine.full, machine.partial])));
report('merge again, all known', again, PAIRS * 1.5, plainReturn);
print(`\n${partial.rows + full.rows} votes taken, ${again.rows} the second time.`);
rmSync(folder, { recursive: true, force: true });
