import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGE, madeStudy, SYSTEMS } from '../made-study.ts';
import type { Witness } from '../witness.ts';

const GRADES = ['C', 'I', 'P'] as const;

interface Written {
  readonly logs: Readonly<Record<'a' | 'b', string>>;
  /** What its own reader finds in the logs, by sample. */
  readonly said: Readonly<Record<'a' | 'b', Readonly<Record<string, Said>>>>;
}

interface Said {
  readonly prompt: string;
  readonly text: string;
  readonly score: number;
}

interface Scored {
  readonly value: number;
  readonly samples: number;
}

/** Logs of two graded runs come in; people's labels go back onto those logs, and onto the samples they were made for. */
export const inspectAi: Witness = {
  name: 'inspect-ai',
  environment: { registry: 'pypi', pins: 'inspect-ai' },
  witness: async (trial) => {
    const rows = madeStudy();
    const { logs, said } = await trial.python<Written>('write', {
      systems: SYSTEMS,
      rows: rows.map(({ id, prompt, reference, a, b }, index) => ({
        id,
        // Every fourth sample asks the same as the one before and is another sample all the same.
        prompt: index % 4 === 3 ? rows[index - 1]?.prompt : prompt,
        target: index % 4 === 3 ? rows[index - 1]?.reference : reference,
        a: a.text,
        b: b.text,
        gradeOfA: GRADES[index % 3],
        gradeOfB: GRADES[Math.floor(index / 2) % 3],
      })),
    });
    await trial.importFiles('Logs', [logs.a, logs.b]);
    const imported = await trial.rows('Logs');
    trial.came.push(`${imported.length} pairs of two logs, .eval and .json`);
    trial.equal('pairs', Object.keys(said.a).length, imported.length);
    for (const { a, b, judge } of imported) {
      const [one, other] = a.system.includes(SYSTEMS[0]) ? [a, b] : [b, a];
      const id = String(one.meta?.sample_id);
      trial.equal(`texts of sample ${id}`, [said.a[id]?.text, said.b[id]?.text], [one.text, other.text]);
      const gain = (said.a[id]?.score ?? 0) - (said.b[id]?.score ?? 0);
      const verdict = one === a ? betterOf(gain, said.a[id]) : betterOf(-gain, said.a[id]);
      trial.equal(
        `verdicts of sample ${id}`,
        [verdict],
        (judge ?? []).map((each) => each.verdict),
      );
    }

    // People’s votes on those pairs go back to the samples of each run.
    await trial.importRows(
      'Logs',
      imported.map(({ id }, index) => ({ id, human: rows[index]?.human ?? [] })),
    );
    const card = await trial.card('Logs', imported[0]?.judge?.[0]?.judge ?? '');
    const runs = join(await trial.exportAs('Logs', 'inspect-scores'), 'runs');
    const fileOf = (system: string) =>
      join(runs, readdirSync(runs).find((name) => name.includes(system)) ?? system);

    // Where a study's pairs are called as the samples are, its labels go onto them at once.
    await trial.importRows('Pairs', rows);
    const own = await trial.card('Pairs', JUDGE);
    const pairs = await trial.exportAs('Pairs', 'inspect-scores');
    const [ofFirst, ofSecond, ofLabels, ofVotes] = await trial.python<Scored[]>('scored', [
      { log: logs.a, scores: fileOf(SYSTEMS[0]), metric: 'mean' },
      { log: logs.b, scores: fileOf(SYSTEMS[1]), metric: 'mean' },
      { log: logs.a, scores: join(pairs, 'scores.jsonl'), metric: 'mean' },
      { log: logs.a, scores: join(pairs, 'scores-raters.jsonl'), metric: 'krippendorff_alpha' },
    ]);
    trial.went.push(
      `scores of ${ofFirst?.samples} samples by run, ${ofLabels?.samples} by label, ${ofVotes?.samples} by votes`,
    );
    const winRate = (system: string) => ['decision', 'people_win_rate', system] as const;
    trial.equal('win rate of one run', ofFirst?.value, card.value(...winRate(`mockllm/${SYSTEMS[0]}`)));
    trial.equal(
      'win rate of the other run',
      ofSecond?.value,
      card.value(...winRate(`mockllm/${SYSTEMS[1]}`)),
    );
    trial.equal('win rate by labels', ofLabels?.value, own.value(...winRate(SYSTEMS[0])));
    trial.equal('Krippendorff’s alpha', ofVotes?.value, own.value('people', 'alpha_nominal', 'all raters'));
  },
};

/** Two answers that are both incorrect are both bad; two that are equally right are a tie. */
function betterOf(gain: number, one: Said | undefined): string {
  if (gain > 0) return 'first';
  if (gain < 0) return 'second';
  return one?.score === 0 ? 'both_bad' : 'tie';
}
