/**
 * `npm run simulate:served-raters [-- STUDIES]`: false alarms and power of each detector, with simulated raters whose every
 * vote goes through the real services into a real store.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../electron/core/app.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { createClient } from '../../shared/contract/client.ts';
import { wilsonInterval } from '../../shared/stats/proportion/binomial-intervals.ts';
import { importFiles, jsonLines } from '../support/comparisons.ts';
import type { TestApp } from '../support/open-app.ts';
import { qualityRows, type RaterHabits } from '../support/simulated-rater.ts';
import { HONEST, rateStudy } from '../support/simulated-raters.ts';

const PAIRS = 160;
const COLLEAGUES = ['ada', 'ben', 'cyd', 'dan'];
const KINDS = ['outlier', 'side', 'too_fast', 'drift', 'gold', 'catch', 'repeats'] as const;
const FAULTS: Readonly<Record<string, RaterHabits>> = {
  'clicks at random': { ...HONEST, skill: 0, leftBias: 0.5 },
  'is right half of the time': { ...HONEST, skill: 0.5, leftBias: 0.5 },
  'says left where unsure, and is unsure half of the time': { ...HONEST, skill: 0.5, leftBias: 1 },
  'tires: right 95 % at first, 15 % in the end': { ...HONEST, skill: 0.95, fatigue: 0.004 },
  'hurries: 0.3 s a pair': { ...HONEST, viewedMs: 300 },
};

/** What is said of each rater at the end of one study. */
async function study(name: string, fault: RaterHabits | null): Promise<Map<string, ReadonlySet<string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-simulation-'));
  const storePath = join(folder, 'store.sqlite');
  const app = await createApp({
    clock: systemClock,
    entropy: { hex: (count) => randomBytes(count).toString('hex') },
    host: 'in_process',
    storePath,
  });
  // Votes of a simulation need not outlive a crash.
  app.context.store.setPragma('synchronous = OFF');
  const client = createClient(app);
  const test: TestApp = {
    app,
    storePath,
    value: async (method, input) => {
      const reply = await client.call(method, input);
      if (!reply.ok) throw new Error(`${method}: ${reply.error.message}`);
      return reply.value;
    },
  };
  try {
    const raters = Object.fromEntries(
      [...COLLEAGUES, 'eve'].map((rater) => [
        rater,
        rater === 'eve' && fault !== null ? fault : { ...HONEST, seed: name },
      ]),
    );
    const rows = qualityRows(PAIRS, 3, name);
    const path = join(folder, 'rows.jsonl');
    writeFileSync(path, jsonLines(rows));
    const { studyId } = await importFiles(storePath, [{ path, name: 'rows.jsonl' }]);
    const reports = await rateStudy(test, studyId ?? '', rows, raters);
    return new Map(
      reports.map(({ rater, warnings }) => [rater, new Set(warnings.map(({ about }) => about))]),
    );
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const studies = Number(process.argv[2] ?? 40);
const percent = (successes: number, n: number) => {
  const { low, high } = wilsonInterval(successes, n);
  return `${((100 * successes) / n).toFixed(1)} % (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
};
console.log(
  `${studies} studies each of ${COLLEAGUES.length + 1} raters and ${PAIRS} pairs, 24 % of what is shown being checks, votes through the services`,
);
const alarms = new Map<string, number>();
for (let number = 0; number < studies; number++) {
  const found = await study(`honest ${number}`, null);
  for (const kind of KINDS)
    if ([...found.values()].some((kinds) => kinds.has(kind))) alarms.set(kind, (alarms.get(kind) ?? 0) + 1);
}
console.log('\nAll raters alike (right 85 %): studies in which anybody was named');
for (const kind of KINDS) console.log(`  ${kind.padEnd(9)} ${percent(alarms.get(kind) ?? 0, studies)}`);
for (const [name, habits] of Object.entries(FAULTS)) {
  const named = new Map<string, number>();
  let others = 0;
  for (let number = 0; number < studies; number++) {
    const found = await study(`${name} ${number}`, { ...habits, seed: `${name} ${number}` });
    for (const kind of found.get('eve') ?? []) named.set(kind, (named.get(kind) ?? 0) + 1);
    if ([...found].some(([rater, kinds]) => rater !== 'eve' && kinds.size > 0)) others++;
  }
  console.log(`\nOne ${name}: studies in which that rater was named`);
  for (const kind of KINDS) console.log(`  ${kind.padEnd(9)} ${percent(named.get(kind) ?? 0, studies)}`);
  console.log(`  another rater was named: ${percent(others, studies)}`);
}
