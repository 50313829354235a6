import { join } from 'node:path';
import { madeStudy, RATERS } from '../made-study.ts';
import { sharesOfVotes } from '../votes.ts';
import type { Witness } from '../witness.ts';

interface Valid {
  readonly tasks: number;
  readonly wrong: readonly string[];
  readonly chosen: Readonly<Record<'annotations' | 'predictions', Readonly<Record<string, number>>>>;
}

/** Tasks with annotations come in from its converter; exported ones are valid for its interface. */
export const labelStudioSdk: Witness = {
  name: 'label-studio-sdk',
  environment: { registry: 'pypi', pins: 'label-studio-sdk' },
  witness: async (trial) => {
    const rows = madeStudy();
    const file = await trial.python<string>(
      'converted',
      rows.map(({ id, prompt, a, b, human = [] }, index) => ({
        id: index + 1,
        data: { id, prompt, left: a.text, right: b.text, system_left: a.system, system_right: b.system },
        annotations: human.map(({ rater, verdict }, place) => ({
          id: 10 * index + place + 1,
          completed_by: RATERS.findIndex((each) => rater === each) + 1,
          was_cancelled: false,
          result: [
            verdict === 'tie'
              ? { from_name: 'tie', to_name: 'left', type: 'choices', value: { choices: ['Tie'] } }
              : {
                  from_name: 'pw',
                  to_name: 'left',
                  type: 'pairwise',
                  value: { selected: verdict === 'first' ? 'left' : 'right' },
                },
          ],
        })),
      })),
    );
    await trial.attempt(async () => {
      await trial.importFiles('Tasks', [file]);
      const imported = await trial.rows('Tasks');
      trial.came.push(`${imported.length} tasks`);
      trial.equal('votes for each system', sharesOfVotes(rows), sharesOfVotes(imported));
    });

    await trial.importRows('Ours', rows);
    const said = await trial.python<Valid>(
      'valid',
      join(await trial.exportAs('Ours', 'label-studio'), 'tasks.json'),
    );
    trial.went.push(`${said.tasks} tasks`);
    trial.equal('what is not valid', said.wrong, []);
    trial.equal('tasks', said.tasks, rows.length);
    const count = (label: string) =>
      rows.flatMap(({ human = [] }) => human).filter(({ verdict }) => verdict === label).length;
    trial.equal('annotations', said.chosen.annotations, {
      left: count('first'),
      right: count('second'),
      Tie: count('tie'),
    });
  },
};
