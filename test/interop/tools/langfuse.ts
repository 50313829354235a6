import { join } from 'node:path';
import { madeStudy } from '../made-study.ts';
import type { Witness } from '../witness.ts';

interface Taken {
  readonly rows: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

/**
 * Every exported score is one that its API’s own type takes; its server’s further rules are held by our own tests. Items of two
 * experiments, as its own types write them, come in with people’s and a judge’s scores.
 */
export const langfuse: Witness = {
  name: 'langfuse',
  environment: { registry: 'pypi', pins: 'langfuse' },
  witness: async (trial) => {
    const rows = madeStudy();
    await trial.importRows('Scores', rows);
    const path = join(await trial.exportAs('Scores', 'langfuse'), 'langfuse-scores.jsonl');
    const taken = await trial.python<Taken>('taken', path);
    trial.went.push(`${taken.rows} scores`);
    const votes = rows.flatMap(({ human = [] }) => human);
    const verdicts = rows.flatMap(({ judge = [] }) => judge);
    trial.equal('scores', taken.rows, votes.length + verdicts.length);
    const count = (label: string) => votes.filter(({ verdict }) => verdict === label).length;
    trial.equal('verdicts of people', taken.verdicts, {
      first: count('first'),
      second: count('second'),
      tie: count('tie'),
    });
    const items = join(trial.folder, 'experiment-items.jsonl');
    await trial.python('experiments', {
      path: items,
      rows: rows.map(({ prompt, reference, a, b, human = [], judge = [] }) => ({
        prompt,
        reference,
        texts: { a: a.text, b: b.text },
        people: {
          a: Object.fromEntries(human.map(({ rater, verdict }) => [rater, verdict !== 'second'])),
          b: Object.fromEntries(human.map(({ rater, verdict }) => [rater, verdict !== 'first'])),
        },
        points: { a: judge[0]?.verdict === 'second' ? 1 : 2, b: judge[0]?.verdict === 'first' ? 1 : 2 },
      })),
    });
    await trial.importFiles('Experiments', [items]);
    const imported = await trial.rows('Experiments');
    trial.came.push(`${imported.length} items of two experiments`);
    trial.equal('pairs', imported.length, rows.length);
    const said = (all: typeof rows) =>
      all
        .map(({ prompt, reference, a, b, human = [], judge = [] }) => [
          ...[prompt, reference, a.text, b.text, judge[0]?.verdict],
          ...human.map(({ rater, verdict }) => `${rater} ${verdict}`).sort(),
        ])
        .map((each) => JSON.stringify(each))
        .sort();
    trial.equal('texts, votes and verdicts', said(imported), said(rows));
  },
};
