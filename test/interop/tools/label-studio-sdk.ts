import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeStudy, RATERS } from '../made-study.ts';
import { sharesOfVotes } from '../votes.ts';
import type { Witness } from '../witness.ts';

interface Valid {
  readonly tasks: number;
  readonly wrong: readonly string[];
  /** Names of all controls that results are of. */
  readonly controls: readonly string[];
  readonly chosen: Readonly<Record<'annotations' | 'predictions', Readonly<Record<string, number>>>>;
}

/** Tasks with annotations come in from its converter; exported ones are valid for its interface. */
export const labelStudioSdk: Witness = {
  name: 'label-studio-sdk',
  environment: { registry: 'pypi', pins: 'label-studio-sdk' },
  witness: async (trial) => {
    const rows = madeStudy();
    const config = configInReadme();
    const file = await trial.python<string>('converted', {
      config,
      tasks: rows.map(({ id, prompt, a, b, human = [] }, index) => ({
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
    });
    await trial.attempt(async () => {
      await trial.importFiles('Tasks', [file]);
      const imported = await trial.rows('Tasks');
      trial.came.push(`${imported.length} tasks`);
      trial.equal('votes for each system', sharesOfVotes(rows), sharesOfVotes(imported));
    });

    // Everything that a vote may hold, some seen as laid out, some the other way round, some not said.
    const full = rows.map((row, index) => ({
      ...row,
      human: (row.human ?? []).map((vote, place) => ({
        ...vote,
        ...(index % 3 === 0 ? {} : { shown: (index + place) % 2 === 0 ? 'a_left' : 'b_left' }),
        strength: 1 + ((index + place) % 3),
        confidence: 1 + (place % 3),
        note: `A note of ${place}`,
        at: '2026-01-02T03:04:05Z',
        viewed_ms: 1500,
        ...(index % 8 === 7 && place === 0
          ? { verdict: 'skipped', reason: 'other', strength: undefined }
          : {}),
      })),
    }));
    await trial.importRows('Ours', full);
    const said = await trial.python<Valid>('valid', {
      config,
      path: join(await trial.exportAs('Ours', 'label-studio'), 'tasks.json'),
    });
    trial.went.push(`${said.tasks} tasks with ${said.controls.length} controls`);
    trial.equal('what is not valid', said.wrong, []);
    trial.equal('tasks', said.tasks, rows.length);
    trial.equal(
      'controls of the configuration that are used',
      said.controls,
      [...config.matchAll(/<(?:Pairwise|Choices|TextArea|Rating) name="(\w+)"/gu)]
        .map(([, name]) => name)
        .sort(),
    );
    const count = (label: string) =>
      full.flatMap(({ human }) => human).filter(({ verdict }) => verdict === label).length;
    trial.equal('annotations', said.chosen.annotations, {
      // No task has all of its votes the other way round, so that a stands on the left of each.
      left: count('first'),
      right: count('second'),
      Tie: count('tie'),
    });
  },
};

/** The labelling configuration that the README gives for our tasks: what people paste is what is tried. */
function configInReadme(): string {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  const [config] = /<View>.*?<\/View>/su.exec(readme) ?? [];
  if (config === undefined) throw new Error('the README gives no labelling configuration');
  return config;
}
