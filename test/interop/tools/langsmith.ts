import { join } from 'node:path';
import type { Comparison } from '../../../shared/formats/own/native.ts';
import { madeStudy, SYSTEMS } from '../made-study.ts';
import { sharesOfVotes } from '../votes.ts';
import type { Witness } from '../witness.ts';

/** Runs and pairwise feedback of its own schemas come in; the feedback goes back onto the same runs. */
export const langsmith: Witness = {
  name: 'langsmith',
  environment: { registry: 'pypi', pins: 'langsmith' },
  witness: async (trial) => {
    const rows = madeStudy();
    const written = await trial.python<string[]>('write', {
      systems: SYSTEMS,
      rows: rows.map(({ prompt, a, b, human }) => ({ prompt, a: a.text, b: b.text, votes: votesOf(human) })),
    });
    await trial.importFiles('Runs', written);
    const imported = await trial.rows('Runs');
    const expected = sharesOfVotes(rows);
    trial.came.push(`${imported.length} pairs, ${rows.length * 3} votes`);
    trial.equal('pairs', rows.length, imported.length);
    trial.equal('votes for each system', expected, sharesOfVotes(imported));

    const feedback = join(await trial.exportAs('Runs', 'langsmith'), 'langsmith-feedback.jsonl');
    const said = await trial.python<{ sums: Record<string, number>; rows: number }>('scored', {
      runs: 'runs.jsonl',
      feedback,
    });
    trial.went.push(`${said.rows} rows of feedback`);
    trial.equal('feedback for each system', said.sums, expected);
  },
};

function votesOf(human: Comparison['human']): Record<string, string> {
  return Object.fromEntries((human ?? []).map(({ rater, verdict }) => [rater, verdict]));
}
