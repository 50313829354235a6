import { join } from 'node:path';
import { JUDGE, madeStudy, SYSTEMS } from '../made-study.ts';
import { ratedStudy } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

interface Written {
  readonly files: readonly string[];
  /** The grade its own evaluation gave each sample, by system and number. */
  readonly grades: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Logs of two graded runs, as its own evaluation and recorder write them, come in; its match runs over our samples. */
export const evals: Witness = {
  name: 'evals',
  environment: { registry: 'pypi', pins: 'evals' },
  // Its wheel brings the samples of all its evals along.
  isLarge: true,
  witness: async (trial) => {
    const rows = madeStudy().filter(({ a, b }) => a.text !== '' && b.text !== '');
    const { files, grades } = await trial.python<Written>('write', {
      systems: SYSTEMS,
      rows: rows.map(({ prompt, a, b }, index) => ({
        prompt,
        replies: [a.text, b.text],
        choices: [index % 2 === 0 ? 'Y' : 'N', index % 4 < 2 ? 'Y' : 'N'],
      })),
    });
    await trial.importFiles('Logs', files);
    const imported = await trial.rows('Logs');
    trial.came.push(`${imported.length} pairs of two logs`);
    trial.equal('pairs', rows.length, imported.length);
    for (const { prompt, a, b, judge } of imported) {
      const [one, other] = a.system.includes(SYSTEMS[0]) ? [a, b] : [b, a];
      const number = String(one.meta?.sample_id).split('.').at(-1) ?? '';
      const row = rows[Number(number)];
      trial.equal(
        `texts of sample ${number}`,
        [row?.prompt, row?.a.text, row?.b.text],
        [prompt, one.text, other.text],
      );
      const [ofA, ofB] = one === a ? SYSTEMS : [SYSTEMS[1], SYSTEMS[0]];
      const gain = (grades[ofA]?.[number] ?? Number.NaN) - (grades[ofB]?.[number] ?? Number.NaN);
      trial.equal(
        `verdicts of sample ${number}`,
        [gain > 0 ? 'first' : gain < 0 ? 'second' : 'tie'],
        (judge ?? []).map(({ verdict }) => verdict),
      );
    }

    const { card, judge } = await ratedStudy(trial);
    const samples = join(await trial.exportAs('Rated', 'openai-evals'), 'samples.jsonl');
    const judged = await trial.rows('Rated');
    const said = await trial.python<{ accuracy: number; samples: number }>('matched', {
      samples,
      said: Object.fromEntries(
        judged.map(({ id, judge: verdicts }) => [
          id,
          verdicts?.find((each) => each.judge === JUDGE)?.verdict ?? '',
        ]),
      ),
    });
    trial.went.push(`${said.samples} samples`);
    trial.equal('samples', said.samples, judge.length);
    trial.equal('accuracy', said.accuracy, card.value('agreement', 'agreement', 'people'));
  },
};
