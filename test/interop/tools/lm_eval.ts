import { madeStudy, SYSTEMS } from '../made-study.ts';
import type { Witness } from '../witness.ts';

interface Written {
  readonly files: readonly string[];
  /** What its own metric says of each sample, by system and number. */
  readonly right: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Samples of two systems' runs, asked, filtered, scored and written by its own evaluation, come in. */
export const lmEval: Witness = {
  name: 'lm_eval',
  environment: { registry: 'pypi', pins: 'lm_eval' },
  // It evaluates with half of the scientific Python there is, of which torch is no part.
  isLarge: true,
  witness: async (trial) => {
    const rows = madeStudy().map(({ prompt = '', reference = '', a, b }, index) => ({
      prompt,
      reference,
      // Of four samples both are right on one, each alone on one, and none on one.
      replies: {
        [SYSTEMS[0]]: index % 2 === 0 ? reference : a.text,
        [SYSTEMS[1]]: index % 4 < 2 ? reference : b.text,
      },
    }));
    const { files, right } = await trial.python<Written>('write', { systems: SYSTEMS, rows });
    await trial.importFiles('Samples', files);
    const imported = await trial.rows('Samples');
    trial.came.push(`${imported.length} pairs of two runs’ samples`);
    trial.equal('pairs', rows.length, imported.length);
    for (const { prompt, reference, a, b, judge } of imported) {
      const [one, other] = a.system.includes(SYSTEMS[0]) ? [a, b] : [b, a];
      const id = String(one.meta?.doc_id);
      const row = rows[Number(id)];
      trial.equal(
        `texts of sample ${id}`,
        [row?.prompt, row?.reference, row?.replies[SYSTEMS[0]], row?.replies[SYSTEMS[1]]],
        [prompt, reference, one.text, other.text],
      );
      const [ofA, ofB] = one === a ? SYSTEMS : [SYSTEMS[1], SYSTEMS[0]];
      trial.equal(
        `verdicts of sample ${id}`,
        [verdictOf(right[ofA]?.[id] ?? Number.NaN, right[ofB]?.[id] ?? Number.NaN)],
        (judge ?? []).map(({ verdict }) => verdict),
      );
    }
  },
};

/** Two that are both wrong are both bad. */
function verdictOf(one: number, other: number): string {
  if (one !== other) return one > other ? 'first' : 'second';
  return one === 1 ? 'tie' : 'both_bad';
}
