/**
 * Arena-Hard's judgments (`model_judgment/<judge>/<model>.jsonl`): each model against the baseline, game 1 with the baseline as
 * A, game 2 with the model. Their script reads rows with both games only.
 */
import type { Side } from '../../../study/verdict.ts';
import type { Comparison, JudgeRow } from '../../own/native.ts';
import {
  type ExportedStudy,
  type HarnessExporter,
  leaveOutRest,
  leaveOutVoteFields,
} from './harness-exporter.ts';
import { plainFileName } from './plain-file-name.ts';

export const arenaHardJudgmentsExport: HarnessExporter = {
  name: 'arena-hard-judgments',
  title: 'Arena-Hard judgments',
  files: {},
  namesFiles: 'json_lines',
  writer: (sink, study) => {
    const baselineIn = baselinesOf(study);
    return {
      add: ({ row }) => {
        leaveOutRest(row, sink, ['judge', 'slices']);
        if (Object.keys(row.slices ?? {}).some((slice) => slice !== 'category'))
          sink.leaveOut('slices other than category');
        leaveOutVoteFields(row, sink);
        if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes of people');
        if ((row.judge?.length ?? 0) === 0) return;
        const { side, isGuess } = baselineIn(row);
        if (side === null) {
          sink.leaveOut('pairs without the baseline: one system that is in every judged pair');
          return;
        }
        if (isGuess)
          sink.leaveOut('which system is the baseline: nothing says so, and output a is written as it');
        const isFirst = side === 'first';
        const baseline = (isFirst ? row.a : row.b).system;
        const model = (isFirst ? row.b : row.a).system;
        for (const [judge, said] of byJudge(row.judge ?? [])) {
          const of = (baselineIsA: boolean) =>
            said.find(
              ({ order, sample }) =>
                sample === 0 && order === (baselineIsA === isFirst ? 'a_first' : 'b_first'),
            );
          const games = [of(true), of(false)];
          if (said.some(({ sample }) => sample > 0)) sink.leaveOut('further samples of judges');
          if (said.some(({ order }) => order === 'both' || order === 'unknown'))
            sink.leaveOut('verdicts of judges whose order is not known');
          if (said.some(({ at }) => at !== undefined)) sink.leaveOut('times of verdicts');
          if (said.some(({ score }) => score !== undefined && !isGraded(score)))
            sink.leaveOut('numbers of judges: a verdict has a strength or none');
          if (games.every((game) => game === undefined)) continue;
          if (games.includes(undefined))
            sink.leaveOut('verdicts in both orders: their script leaves out what has one');
          if (games.some((game) => game?.verdict === 'both_bad'))
            sink.leaveOut('verdicts of judges that both are bad, written as ties');
          const uid = uidOf(row.id, row.a.system, row.b.system);
          sink.write(`model_judgment/${plainFileName(judge)}/${plainFileName(model)}.jsonl`, {
            uid,
            // What version 0.1 calls it.
            question_id: uid,
            category: row.slices?.category ?? '',
            judge,
            model,
            baseline,
            games: games.map((game, index) => gameOf(game, index === 0 ? isFirst : !isFirst)),
          });
        }
      },
    };
  },
};

/**
 * Which output of a pair is the baseline: as the judges' own preferences say that go from the baseline to a model, else the
 * system that most others say so of, else the one that is in every judged pair.
 */
function baselinesOf({ systems, judgedPairs }: ExportedStudy) {
  const known = new Map(systems.map((system) => [system.name, system]));
  const everywhere = systems.filter((system) => system.judgedPairs === judgedPairs).map(({ name }) => name);
  return ({ a, b, judge = [] }: Comparison): { readonly side: Side | null; readonly isGuess?: true } => {
    for (const { score } of judge)
      if (typeof score === 'object' && score.kind === 'preference')
        return { side: score.first < score.second ? 'first' : 'second' };
    const [one, two] = [known.get(a.system)?.timesBaseline ?? 0, known.get(b.system)?.timesBaseline ?? 0];
    if (one !== two) return { side: one > two ? 'first' : 'second' };
    const [isOne, isTwo] = [everywhere.includes(a.system), everywhere.includes(b.system)];
    if (isOne && isTwo) return { side: 'first', isGuess: true };
    return { side: isOne ? 'first' : isTwo ? 'second' : null };
  };
}

function byJudge(rows: readonly JudgeRow[]): Map<string, JudgeRow[]> {
  const all = new Map<string, JudgeRow[]>();
  for (const row of rows) all.set(row.judge, [...(all.get(row.judge) ?? []), row]);
  return all;
}

/** @param firstIsA whether the pair's first output was shown as A */
function gameOf(game: JudgeRow | undefined, firstIsA: boolean) {
  if (game === undefined || game.verdict === 'error') return null;
  return { score: scoreOf(game, firstIsA), judgment: { answer: game.raw ?? '' }, prompt: [] };
}

function scoreOf({ verdict, score }: JudgeRow, firstIsA: boolean): string | null {
  if (verdict === 'tie' || verdict === 'both_bad') return 'A=B';
  if (verdict !== 'first' && verdict !== 'second') return null;
  const sign = score !== undefined && isGraded(score) && isMuch(score) ? '>>' : '>';
  return (verdict === 'first') === firstIsA ? `A${sign}B` : `B${sign}A`;
}

/** Whether a number is a grade from much better to much worse, as an import makes of scores. */
function isGraded(score: NonNullable<JudgeRow['score']>): boolean {
  return (
    typeof score === 'object' &&
    score.kind === 'preference' &&
    Math.abs(score.first - score.second) === 4 &&
    Number.isInteger(score.value)
  );
}

function isMuch(score: NonNullable<JudgeRow['score']>): boolean {
  return (
    typeof score === 'object' &&
    score.kind === 'preference' &&
    (score.value === score.first || score.value === score.second)
  );
}

/** The question's name, where the pair is named after it and its systems. */
function uidOf(id: string, first: string, second: string): string {
  const ending = `/${first}/${second}`;
  return id.endsWith(ending) ? id.slice(0, -ending.length) : id;
}
