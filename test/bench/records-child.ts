/**
 * One of four works in a process of its own: an import, a plain loop over the same file, a native export, a plain loop over
 * the same store. Prints its CPU time and its peak memory as JSON.
 */

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { EXPORT } from '../../electron/core/exports/tasks.ts';
import type { ImportRequest } from '../../electron/core/imports/import-context.ts';
import { IMPORT } from '../../electron/core/imports/tasks.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { runInWorker } from '../../electron/core/work/run-in-worker.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { bareInsert, type Row } from './bare-insert.ts';
import { peakMib } from './peak-memory.ts';

const STUDY = 'bench';

const WORKS: Readonly<Record<string, (storePath: string, place: string) => Promise<void>>> = {
  import: async (storePath, file) => {
    await runInWorker(IMPORT, importOf(storePath, file), NO_CONTROLS);
  },
  'dry run': async (storePath, file) => {
    await runInWorker(IMPORT, { ...importOf(storePath, file), dryRun: true }, NO_CONTROLS);
  },
  'plain import': plainImport,
  export: async (storePath, folder) => {
    await runInWorker(EXPORT, { storePath, studyId: STUDY, format: 'native', folder }, NO_CONTROLS);
  },
  'plain export': plainExport,
};

/** Runs in a thread of its own, as every import does. */
function importOf(storePath: string, file: string): ImportRequest {
  return {
    files: [{ path: file, name: basename(file) }],
    studyName: 'Bench',
    storePath,
    dryRun: false,
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: STUDY,
  };
}

/** Lines, `JSON.parse` and bare inserts. */
async function plainImport(storePath: string, file: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(file) });
  const rows = (async function* () {
    for await (const line of lines) yield JSON.parse(line) as Row;
  })();
  await bareInsert(storePath, rows);
}

/** The same rows read in order by three statements, `JSON.stringify`, and a file. */
async function plainExport(storePath: string, folder: string): Promise<void> {
  const store = new Store(storePath, { readonly: true });
  const out = createWriteStream(join(folder, 'plain.jsonl'));
  const said = <Value>(sql: string) => {
    const rows = store.rawQuery<[number, ...(string | number | null)[]]>(sql).all();
    let at = 0;
    return (pair: number, make: (row: readonly (string | number | null)[]) => Value): Value[] => {
      const values: Value[] = [];
      for (; rows[at]?.[0] === pair; at++) values.push(make(rows[at] ?? []));
      return values;
    };
  };
  for (let from = 0; ; from += PAGE) {
    const pairs = store
      .rawQuery<[number, string, string, string, string, string, string, string]>(
        `SELECT p.id, p.external_id, i.prompt, fs.name, f.output, ss.name, s.output, p.slices FROM pairs p
         JOIN items i ON i.id = p.item_id JOIN responses f ON f.id = p.first_response_id
         JOIN responses s ON s.id = p.second_response_id JOIN systems fs ON fs.id = f.system_id
         JOIN systems ss ON ss.id = s.system_id WHERE p.ordinal >= ? AND p.ordinal < ? ORDER BY p.ordinal`,
      )
      .all(from, from + PAGE);
    const [first, last] = [pairs[0]?.[0] ?? 0, pairs.at(-1)?.[0] ?? -1];
    const votes = said<object>(
      `SELECT r.pair_id, w.name, r.verdict, r.left_side, r.recorded_at FROM ratings r JOIN raters w ON w.id = r.rater_id
       WHERE r.pair_id BETWEEN ${first} AND ${last} ORDER BY r.pair_id, w.name`,
    );
    const verdicts = said<object>(
      `SELECT j.pair_id, g.name, j.judge_order, j.sample, j.verdict, j.raw FROM judgments j JOIN judges g ON g.id = j.judge_id
       WHERE j.pair_id BETWEEN ${first} AND ${last} ORDER BY j.pair_id, g.name, j.judge_order`,
    );
    for (const [id, externalId, prompt, a, aText, b, bText, slices] of pairs) {
      const row = {
        id: externalId,
        prompt: JSON.parse(prompt) as unknown,
        a: { system: a, text: JSON.parse(aText) as unknown },
        b: { system: b, text: JSON.parse(bText) as unknown },
        slices: JSON.parse(slices) as unknown,
        human: votes(id, ([, rater, verdict, side, at]) => ({
          rater,
          verdict,
          shown: side === 'first' ? 'a_left' : 'b_left',
          at: new Date(Number(at)).toISOString(),
        })),
        judge: verdicts(id, ([, judge, order, sample, verdict, raw]) => ({
          judge,
          order,
          sample,
          verdict,
          raw,
        })),
      };
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
    }
    if (pairs.length < PAGE) break;
  }
  out.end();
  await once(out, 'finish');
  store.close();
}

const PAGE = 1000;

const [name = '', storePath = '', place = ''] = process.argv.slice(2);
(await openStore(storePath, systemClock)).close();
const before = process.cpuUsage();
await WORKS[name]?.(storePath, place);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMib: peakMib() }));
