import { join } from 'node:path';
import type { Comparison } from '../../../shared/formats/own/native.ts';
import { madeStudy } from '../made-study.ts';
import type { Trial } from '../trial.ts';
import type { Witness } from '../witness.ts';

/** Tables that it makes of native rows, with null for what is absent; and our CSV, read and written again in many ways. */
export const pandas: Witness = {
  name: 'pandas',
  environment: { registry: 'pypi', pins: 'tables' },
  witness: async (trial) => {
    const rows = madeStudy({ isFull: false }).map(({ reference, slices, ...row }, index): Comparison => {
      const votes = row.human?.map((vote, place) =>
        place === 1 ? { ...vote, note: `Note ${index}` } : vote,
      );
      const optional = index % 3 === 0 ? {} : { reference, slices, human: votes };
      return Object.assign(row, optional);
    });
    const native = trial.write('made.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const tables = await trial.python<Record<string, string>>('written', native);
    for (const [way, file] of Object.entries(tables)) await isRead(trial, way, file, rows);

    await trial.importRows('Ours', rows);
    const csv = join(await trial.exportAs('Ours', 'csv'), 'comparisons.csv');
    const { rows: count, files } = await trial.python<{ rows: number; files: Record<string, string> }>(
      'again',
      csv,
    );
    trial.went.push(`${count} rows of CSV`);
    trial.equal('rows of CSV', count, rows.length);
    // CSV has no place for notes, as its export says.
    for (const [way, file] of Object.entries(files)) await isRead(trial, way, file, rows.map(withoutNotes));
  },
};

async function isRead(trial: Trial, way: string, file: string, rows: readonly Comparison[]): Promise<void> {
  await trial.attempt(async () => {
    await trial.importFiles(way, [file]);
    const imported = await trial.rows(way);
    trial.came.push(way.replaceAll('_', ' '));
    trial.equal(`what is read of ${way}`, countsOf(rows), countsOf(imported));
  });
}

function withoutNotes({ human, ...row }: Comparison): Comparison {
  return { ...row, human: human?.map(({ note: _, ...vote }) => vote) };
}

function countsOf(rows: readonly Comparison[]): Record<string, number> {
  return {
    pairs: rows.length,
    votes: rows.flatMap(({ human = [] }) => human).length,
    notes: rows.flatMap(({ human = [] }) => human).filter(({ note }) => note !== undefined).length,
    verdicts: rows.flatMap(({ judge = [] }) => judge).length,
    references: rows.filter(({ reference }) => reference !== undefined).length,
    characters: rows.reduce((sum, { prompt, a, b }) => sum + [prompt, a.text, b.text].join('').length, 0),
  };
}
