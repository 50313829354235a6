import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGE, madeStudy, SYSTEMS } from '../made-study.ts';
import type { Witness } from '../witness.ts';

interface Loaded {
  readonly preferences: number;
  readonly columns: readonly string[];
  readonly completions: number;
  readonly wanted: number;
}

/** Preference sets of its making come in; preference and KTO rows are loaded by it. */
export const datasets: Witness = {
  name: 'datasets',
  environment: { registry: 'pypi', pins: 'tables' },
  witness: async (trial) => {
    const rows = madeStudy();
    const preferred = rows.map(({ prompt, a, b }, index) => {
      const [chosen, rejected] = index % 3 === 0 ? [b, a] : [a, b];
      return {
        prompt,
        chosen: chosen.text,
        rejected: rejected.text,
        chosen_model: chosen.system,
        rejected_model: rejected.system,
      };
    });
    const wins = SYSTEMS.map(
      (system) => preferred.filter(({ chosen_model }) => chosen_model === system).length,
    );
    for (const file of await trial.python<string[]>('written', preferred))
      await trial.attempt(async () => {
        await trial.importFiles(file, [file]);
        const imported = await trial.rows(file);
        trial.came.push(`${imported.length} preferences of ${file}`);
        const winners = imported.map(({ a, b, human }) => (human?.[0]?.verdict === 'first' ? a : b).system);
        trial.equal(
          `wins of ${file}`,
          wins,
          SYSTEMS.map((system) => winners.filter((each) => each === system).length),
        );
      });

    await trial.importRows('Sets', rows);
    const card = await trial.card('Sets', JUDGE);
    const folders = {
      preference: await trial.exportAs('Sets', 'preference'),
      kto: await trial.exportAs('Sets', 'kto'),
    };
    const filesOf = (folder: string) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(folder, name));
    const said = await trial.python<Loaded>('loaded', {
      preference: filesOf(folders.preference),
      kto: filesOf(folders.kto),
    });
    trial.went.push(`${said.preferences} preferences, ${said.completions} completions`);
    const count = (label: string) => card.value('people', 'consensus_label', label) ?? 0;
    const outright = count('first') + count('second');
    trial.equal('preferences', said.preferences, outright);
    trial.equal('columns', said.columns, ['prompt', 'chosen', 'rejected']);
    trial.equal('completions', said.completions, 2 * (outright + count('tie')));
    trial.equal('wanted completions', said.wanted, outright + 2 * count('tie'));
  },
};
