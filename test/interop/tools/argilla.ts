import { madeStudy, RATERS, SYSTEMS } from '../made-study.ts';
import { sharesOfVotes } from '../votes.ts';
import type { Witness } from '../witness.ts';

interface Written {
  readonly file: string;
  readonly responses: number;
}

/** Records with people's responses and a judge's suggestions, as its own classes write them, come in. */
export const argilla: Witness = {
  name: 'argilla',
  environment: { registry: 'pypi', pins: 'tables' },
  witness: async (trial) => {
    const rows = madeStudy({ isFull: false });
    const { file, responses } = await trial.python<Written>('write', {
      systems: SYSTEMS,
      raters: RATERS,
      rows: rows.map(({ id, prompt, a, b, human = [], judge = [] }) => ({
        id,
        prompt,
        texts: [a.text, b.text],
        votes: Object.fromEntries(human.map(({ rater, verdict }) => [rater, verdict])),
        judge: judge[0]?.judge,
        suggested: judge[0]?.verdict,
      })),
    });
    await trial.importFiles('Records', [file]);
    const imported = await trial.rows('Records');
    trial.came.push(`${imported.length} records with ${responses} responses`);
    trial.equal('votes', responses, imported.flatMap(({ human = [] }) => human).length);
    trial.equal('votes for each system', sharesOfVotes(rows), sharesOfVotes(imported));
    for (const { id, prompt, a, b, judge } of rows) {
      const found = imported.find((each) => each.id === id);
      // Systems stand in the order of their names, and the verdicts with them.
      const isTurned = found?.a.system === SYSTEMS[1];
      const turned = { first: 'second', second: 'first' } as const;
      const said = judge?.[0]?.verdict;
      trial.equal(
        `record ${id}`,
        [prompt, a.text, b.text, isTurned && (said === 'first' || said === 'second') ? turned[said] : said],
        [
          found?.prompt ?? found?.messages?.at(-1)?.content,
          (isTurned ? found?.b : found?.a)?.text,
          (isTurned ? found?.a : found?.b)?.text,
          found?.judge?.[0]?.verdict,
        ],
      );
    }
  },
};
