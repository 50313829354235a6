/**
 * `npm run bench:card`: the agreement card of a study with 5 judges in both orders, 3 raters and 10,000 items, and what
 * working it out does to the vote path of the same process. Nothing here asserts; the plain beside it is one kappa with
 * its interval by leaving out one item at a time, row by row.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { loadCardData } from '../../electron/core/store/columns/card-columns.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { studyByName } from '../../electron/core/store/study/studies.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { cardOfView } from '../../shared/card/agreement-card.ts';
import type { CardData } from '../../shared/card/columns/card-data.ts';
import { peopleView } from '../../shared/card/columns/judge-view.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { generatedRow } from './generated-rows.ts';
import { printLatencies, voteLatencies } from './vote-latency.ts';

const ITEMS = 10_000;
const RATERS = [0.7, 0.75, 0.8];
const JUDGES = [0.5, 0.6, 0.7, 0.75, 0.8];
const RUNS = 7;
const VERDICTS = ['first', 'second', 'tie'] as const;

const print = (text: string) => console.log(text);
const folder = mkdtempSync(join(tmpdir(), 'touchstone-card-'));
const storePath = join(folder, 'store.sqlite');
print(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.versions.node}\n`);

/** One item: a truth, three votes and five judges in two orders that say it with their own skill. */
function row(index: number): object {
  const random = seededRandom(`card ${index}`);
  const truth = random.below(20) < 9 ? 0 : random.below(20) < 15 ? 1 : 2;
  const said = (skill: number) => VERDICTS[random.unit() < skill ? truth : random.below(3)] ?? 'tie';
  return {
    ...generatedRow(index * 2, 0),
    human: RATERS.map((skill, rater) => ({ rater: `r${rater}`, verdict: said(skill) })),
    judge: JUDGES.flatMap((skill, judge) =>
      (['a_first', 'b_first'] as const).map((order) => ({
        judge: `j${judge}`,
        order,
        verdict: said(skill),
        score: Math.round(1000 * random.unit()) / 1000,
      })),
    ),
  };
}

const file = join(folder, 'rows.jsonl');
writeFileSync(file, Array.from({ length: ITEMS }, (_row, index) => JSON.stringify(row(index))).join('\n'));
(await openStore(storePath, systemClock)).close();
await runImport({
  files: [{ path: file, name: 'rows.jsonl' }],
  studyName: 'Bench',
  storePath,
  dryRun: false,
  nowMs: Date.now(),
  newSeed: '0123456789abcdef',
  newStudyId: '00112233445566778899aabb',
});

const options = agreementOptionsSchema.parse({});
const store = new Store(storePath, { readonly: true });
const study = studyByName(store, 'Bench');
if (study === undefined) throw new Error('the study was not imported');
const loadStart = performance.now();
const data = loadCardData(store, study);
const loaded = performance.now();
data.features();
data.slices();
print(
  `loading: votes and verdicts ${(loaded - loadStart).toFixed(0)} ms, texts and slices ${(performance.now() - loaded).toFixed(0)} ms`,
);

interface Timing {
  readonly one: number;
  readonly all: number;
  readonly parts: Map<string, number>;
}

/** One card with everything on it, then the cards of all judges, from data that is loaded. */
function timeCards(): Timing {
  const parts = new Map<string, number>();
  const start = performance.now();
  let one = 0;
  const view = peopleView(data, options);
  for (const [index, judge] of data.judges.entries()) {
    const maker = cardOfView(view, judge.name, null);
    if ('missing' in maker) throw new Error('no card');
    for (const name of maker.parts) {
      if (index > 0 && (name === 'people' || name === 'judges')) continue;
      const from = performance.now();
      maker.part(name);
      if (index === 0) parts.set(name, performance.now() - from);
    }
    if (index === 0) one = performance.now() - start;
  }
  return { one, all: performance.now() - start, parts };
}

/** Kappa of the first judge with one rater, and its jackknife over items with a fresh table each time. */
function plainKappaJackknife({ raters, judges }: CardData, rows: number): number {
  const start = performance.now();
  const [people, judge] = [raters[0]?.codes ?? [], judges[0]?.codes ?? []];
  let sum = 0;
  for (let left = 0; left < rows; left++) {
    const table = new Float64Array(36);
    for (let pair = 0; pair < ITEMS; pair++) {
      if (pair === left) continue;
      const cell = (people[pair] ?? 0) * 6 + (judge[pair] ?? 0);
      table[cell] = (table[cell] ?? 0) + 1;
    }
    sum += table[0] ?? 0;
  }
  return sum > 0 ? ((performance.now() - start) / rows) * ITEMS : Number.NaN;
}

timeCards();
const timings = Array.from({ length: RUNS }, timeCards).sort((first, second) => first.one - second.one);
const median = timings[RUNS >> 1];
if (median === undefined) throw new Error('nothing was timed');
const ends = (of: (timing: Timing) => number) =>
  `${Math.min(...timings.map(of)).toFixed(0)} to ${Math.max(...timings.map(of)).toFixed(0)}`;
print(
  `the whole card of one judge beside the others: ${median.one.toFixed(0)} ms (${ends(({ one }) => one)}; target < 300 ms)`,
);
print(`the cards of all ${JUDGES.length} judges: ${median.all.toFixed(0)} ms (${ends(({ all }) => all)})`);
print(`  parts: ${[...median.parts].map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')}`);
print(
  `plain: one kappa jackknifed row by row ${plainKappaJackknife(data, 100).toFixed(0)} ms (a hundredth, scaled)`,
);
store.close();

await ensurePage({ print, complain: print, progress: () => undefined });
printLatencies('nothing else', (await voteLatencies(storePath)).votes, print);
let cards = 0;
const { votes } = await voteLatencies(storePath, async (app) => {
  await app.call('agreement.card', { studyId: study.publicId, judge: `j${cards++ % JUDGES.length}` });
});
printLatencies('while cards are worked out without a pause', votes, print);
print(`  ${cards} cards meanwhile`);
rmSync(folder, { recursive: true, force: true });
