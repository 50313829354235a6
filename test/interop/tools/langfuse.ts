import { join } from 'node:path';
import { madeStudy } from '../made-study.ts';
import type { Witness } from '../witness.ts';

interface Taken {
  readonly rows: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

/** Every exported score is one that its API's own type takes; its server's further rules are held by our own tests. */
export const langfuse: Witness = {
  name: 'langfuse',
  environment: { registry: 'pypi', pins: 'langfuse' },
  witness: async (trial) => {
    const rows = madeStudy();
    await trial.importRows('Scores', rows);
    const path = join(await trial.exportAs('Scores', 'langfuse'), 'langfuse-scores.jsonl');
    const said = await trial.python<Taken>('taken', path);
    trial.went.push(`${said.rows} scores`);
    const votes = rows.flatMap(({ human = [] }) => human);
    const verdicts = rows.flatMap(({ judge = [] }) => judge);
    trial.equal('scores', said.rows, votes.length + verdicts.length);
    const count = (label: string) => votes.filter(({ verdict }) => verdict === label).length;
    trial.equal('verdicts of people', said.verdicts, {
      first: count('first'),
      second: count('second'),
      tie: count('tie'),
    });
  },
};
