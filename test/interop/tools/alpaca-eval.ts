import { join } from 'node:path';
import { JUDGE, madeStudy, RATERS, SYSTEMS } from '../made-study.ts';
import type { Trial } from '../trial.ts';
import type { Witness } from '../witness.ts';

interface Rates {
  readonly win_rate: number;
  readonly discrete_win_rate: number;
  readonly n_wins: number;
  readonly n_wins_base: number;
  readonly n_draws: number;
  readonly n_total: number;
}

interface Annotations extends Rates {
  readonly path: string;
}

interface Agreement {
  /** Of two raters on a pair, and of the judge with a rater. */
  readonly people: number;
  readonly judge: number;
  readonly pairs: number;
  readonly raters: number;
}

/** Annotations of its own annotators come in and go back with the same win rates; its analyzer reads people's votes. */
export const alpacaEval: Witness = {
  name: 'alpaca-eval',
  environment: { registry: 'pypi', pins: 'alpaca-eval' },
  witness: async (trial) => {
    await trial.attempt(() => annotations(trial));
    await trial.attempt(() => votes(trial));
  },
};

async function annotations(trial: Trial): Promise<void> {
  const rows = madeStudy();
  const written = await trial.python<Record<'weighing' | 'deciding', Annotations>>('write', {
    systems: SYSTEMS,
    rows: rows.map(({ prompt, a, b }) => ({ prompt, a: a.text, b: b.text })),
    // From 0.02 to 0.98: sure of either, and everything between.
    chances: rows.map((_, index) => 0.02 + (0.96 * ((index * 17) % rows.length)) / (rows.length - 1)),
  });
  const back: string[] = [];
  for (const [name, theirs] of Object.entries(written))
    await trial.attempt(async () => {
      await trial.importFiles(name, [theirs.path]);
      const imported = await trial.rows(name);
      trial.came.push(`${imported.length} annotations, ${name}`);
      trial.equal(`annotations, ${name}`, theirs.n_total, imported.length);
      const card = await trial.card(name, imported[0]?.judge?.[0]?.judge ?? '');
      const rate = card.value('decision', 'naive_win_rate', SYSTEMS[1]);
      trial.equal(`win rate, ${name}`, theirs.discrete_win_rate, 100 * (rate ?? Number.NaN));
      back.push(join(await trial.exportAs(name, 'alpacaeval-annotations'), 'annotations.json'));
    });
  const again = await trial.python<Rates[]>('again', back);
  trial.went.push(`${again.map(({ n_total }) => n_total).join(' and ')} annotations`);
  for (const [index, { path: _, ...before }] of Object.values(written).entries())
    trial.equal(`after a round trip, ${Object.keys(written)[index]}`, before, again[index]);
}

async function votes(trial: Trial): Promise<void> {
  const rows = madeStudy({ prefix: 'v' }).map((row) => ({
    ...row,
    judge: row.judge?.slice(0, 1).map((verdict) => ({ ...verdict, order: 'both' })),
  }));
  await trial.importRows('Votes', rows);
  const card = await trial.card('Votes', JUDGE);
  const found = await trial.python<Agreement>('agreement', {
    people: join(await trial.exportAs('Votes', 'alpacaeval-crossannotations'), 'human_crossannotations.json'),
    judge: join(await trial.exportAs('Votes', 'alpacaeval-annotations'), 'annotations.json'),
  });
  trial.went.push(`votes of ${found.raters} raters on ${found.pairs} pairs`);
  trial.equal('agreement of raters', found.people, card.value('people', 'pairwise_agreement', 'all raters'));
  const withEach = RATERS.map((rater) => card.value('agreement', 'agreement', rater) ?? Number.NaN);
  trial.equal(
    'agreement of judge and rater',
    found.judge,
    withEach.reduce((sum, each) => sum + each, 0) / withEach.length,
  );
}
