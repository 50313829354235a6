import { join } from 'node:path';
import type { Comparison } from '../../../shared/formats/own/native.ts';
import { madeStudy, RATERS, SYSTEMS } from '../made-study.ts';
import type { Trial } from '../trial.ts';
import type { Witness } from '../witness.ts';

/** The judge whose votes its script for agreement knows. */
const GPT4_PAIR = 'gpt-4/pair-v2';
const LETTERS = { first: 'A', second: 'B', tie: 'C' } as const;

interface Written {
  /** By model, what `show_result.py` says of it. */
  readonly pairs: Readonly<
    Record<string, Readonly<Record<'win' | 'loss' | 'tie' | 'win_rate_adjusted', number>>>
  >;
}

type Agreement = Readonly<
  Record<`${'gpt4-pair' | 'human'} ${'with' | 'without'} ties`, [agree: number, total: number]>
>;

/** Matches that it played itself come in, of two turns; votes go out to its script for agreement. */
export const fschat: Witness = {
  name: 'fschat',
  environment: { registry: 'pypi', pins: 'fschat' },
  witness: async (trial) => {
    await trial.attempt(() => matches(trial));
    await trial.attempt(() => votes(trial));
    await trial.attempt(() => judgments(trial));
  },
};

async function matches(trial: Trial): Promise<void> {
  const rows = madeStudy({ pairs: 24 });
  const { pairs } = await trial.python<Written>('write', {
    systems: SYSTEMS,
    rows: rows.map(({ prompt, reference, a, b }) => ({ prompt, reference, a: a.text, b: b.text })),
    games: rows.map(({ judge }, index) => ({
      // In the second game the sides are exchanged, and so is what a letter means.
      verdicts: [letterOf(judge?.[0], false), letterOf(judge?.[1], true)],
      scores: [1 + (index % 10), 10 - (index % 7)],
    })),
  });
  const answers = ['question.jsonl', ...SYSTEMS.map((system) => `${system}.jsonl`)];
  await trial.importFiles('Matches', [...answers, 'model_judgment/gpt-4_pair.jsonl']);
  const imported = await trial.rows('Matches');
  trial.came.push(`${imported.length} pairs of two turns with both games`);
  trial.equal('pairs', 2 * rows.length, imported.length);
  for (const [index, system] of SYSTEMS.entries()) {
    const wins = resultsOf(imported, index);
    const { win, loss, tie, win_rate_adjusted } = pairs[system] ?? {
      win: 0,
      loss: 0,
      tie: 0,
      win_rate_adjusted: 0,
    };
    trial.equal(`results of ${system}`, { win, loss, tie }, wins);
    trial.equal(`win rate of ${system}`, win_rate_adjusted, (wins.win + wins.tie / 2) / imported.length);
  }
  // What a judge that is shown the reference is told is that of its own turn.
  for (const { id, reference, a } of imported)
    trial.equal(
      `reference of ${id}`,
      JSON.stringify(a).includes(', again') ? 'Second' : 'Reference',
      reference?.split(' ')[0],
    );

  await trial.importFiles('Scores', [...answers, 'model_judgment/gpt-4_single.jsonl']);
  const scored = await trial.rows('Scores');
  const first = resultsOf(scored, 0);
  trial.came.push(`${first.win + first.loss + first.tie} pairs of scores`);
  const expected = { win: 0, loss: 0, tie: 0 };
  for (const [index] of rows.entries()) {
    const gain = 1 + (index % 10) - (10 - (index % 7));
    expected[gain > 0 ? 'win' : gain < 0 ? 'loss' : 'tie']++;
  }
  trial.equal('pairs by score', expected, first);
}

async function votes(trial: Trial): Promise<void> {
  const rows = madeStudy({ prefix: 'v', judge: GPT4_PAIR }).map((row) => ({
    ...row,
    judge: row.judge?.slice(0, 1).map((verdict) => ({ ...verdict, order: 'both' })),
  }));
  await trial.importRows('Votes', rows);
  const folder = await trial.exportAs('Votes', 'fastchat-votes');
  const said = await trial.python<Agreement>('agreement', {
    votefiles: ['human_votes.json', 'gpt4_pair_votes.json'].map((name) => join(folder, name)),
  });
  trial.went.push(`${said['gpt4-pair with ties'][1]} votes, ${said['human with ties'][1]} pairs of votes`);
  const card = await trial.card('Votes', GPT4_PAIR);
  const withEach = RATERS.map((rater) => card.value('agreement', 'agreement', rater) ?? Number.NaN);
  const shareOf = ([agree, total]: [number, number]) => agree / total;
  trial.equal('votes of judge and rater', said['gpt4-pair with ties'][1], rows.length * RATERS.length);
  trial.equal(
    'agreement of judge and rater',
    shareOf(said['gpt4-pair with ties']),
    withEach.reduce((sum, each) => sum + each, 0) / withEach.length,
  );
  trial.equal(
    'agreement of raters',
    shareOf(said['human with ties']),
    card.value('people', 'pairwise_agreement', 'all raters'),
  );
}

/** Judgments of our own study: its script counts wins as we do, leaves out what has no verdict, and they come back whole. */
async function judgments(trial: Trial): Promise<void> {
  const rows = madeStudy({ prefix: 'j', judge: GPT4_PAIR, verdicts: ['first', 'second', 'tie'] }).map(
    ({ human: _, ...row }, index): Comparison => ({
      ...row,
      judge: (row.judge ?? []).map((each, game) => ({
        ...each,
        ...(index % 9 === game ? { verdict: game === 0 ? 'unparsed' : 'error' } : {}),
        at: new Date(1.7e12 + index).toISOString(),
        raw: `Reply ${index} in game ${game}`,
      })),
    }),
  );
  await trial.importRows('Judged', rows);
  const folder = await trial.exportAs('Judged', 'fastchat-judgments');
  const file = join(folder, 'model_judgment', 'gpt-4_pair.jsonl');
  const shown = await trial.python<Written['pairs']>('shown', file);
  const counted = rows.filter(({ judge = [] }) =>
    judge.every(({ verdict }) => verdict !== 'unparsed' && verdict !== 'error'),
  );
  trial.went.push(`${rows.length} rows of judgments`);
  for (const [index, system] of SYSTEMS.entries()) {
    const wins = resultsOf(counted, index);
    const { win, loss, tie, win_rate_adjusted } = shown[system] ?? {};
    trial.equal(`shown results of ${system}`, { win, loss, tie }, wins);
    trial.equal(`shown win rate of ${system}`, win_rate_adjusted, (wins.win + wins.tie / 2) / counted.length);
  }
  await trial.importRows(
    'Back',
    rows.map(({ judge: _, ...row }) => row),
  );
  await trial.importFiles('Back', [file]);
  const said = (of: readonly Comparison[]) => of.map(({ id, judge }) => ({ id, judge }));
  trial.equal('judgments that came back', said(await trial.rows('Back')), said(await trial.rows('Judged')));
}

function letterOf(given: NonNullable<Comparison['judge']>[number] | undefined, isExchanged: boolean): string {
  const { verdict } = given ?? { verdict: 'tie' as const };
  if (verdict === 'first') return LETTERS[isExchanged ? 'second' : 'first'];
  if (verdict === 'second') return LETTERS[isExchanged ? 'first' : 'second'];
  return LETTERS.tie;
}

/** Wins, losses and ties of a system, where two games that part are a tie, as `show_result.py` counts them. */
function resultsOf(rows: readonly Comparison[], system: number): { win: number; loss: number; tie: number } {
  const counts = { win: 0, loss: 0, tie: 0 };
  for (const { a, judge } of rows) {
    const verdicts = new Set((judge ?? []).map(({ verdict }) => verdict));
    if (verdicts.size === 0) continue;
    const isA = a.system === SYSTEMS[system];
    const [verdict] = verdicts.size === 1 ? verdicts : ['tie' as const];
    if (verdict !== 'first' && verdict !== 'second') counts.tie++;
    else counts[(verdict === 'first') === isA ? 'win' : 'loss']++;
  }
  return counts;
}
