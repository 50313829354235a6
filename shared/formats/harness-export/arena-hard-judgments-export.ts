/**
 * Arena-Hard's judgments (`model_judgment/<judge>/<model>.jsonl`): each model against the baseline, game 1 with the baseline as
 * A, game 2 with the model. Their script reads rows with both games only.
 */
import type { JudgeVerdict } from '../../domain/verdict.ts';
import type { JudgeRow } from '../native.ts';
import { type HarnessExporter, leaveOutRest, leaveOutVoteFields } from './harness-exporter.ts';
import { plainFileName } from './plain-file-name.ts';

export const arenaHardJudgmentsExport: HarnessExporter = {
  name: 'arena-hard-judgments',
  title: 'Arena-Hard judgments',
  files: {},
  namesFiles: 'json_lines',
  writer: (sink, { systems, pairs }) => {
    // Where several are in every pair, as in a study of two, the first by name.
    const baseline = systems.find((system) => system.pairs === pairs)?.name ?? null;
    return {
      add: ({ row }) => {
        leaveOutRest(row, sink, ['judge', 'slices']);
        leaveOutVoteFields(row, sink);
        if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes of people');
        const isFirst = row.a.system === baseline;
        if (!isFirst && row.b.system !== baseline) {
          sink.leaveOut('pairs without the baseline: one system that is in every pair');
          return;
        }
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
          if (games.every((game) => game === undefined)) continue;
          if (games.includes(undefined))
            sink.leaveOut('verdicts in both orders: their script leaves out what has one');
          if (games.some((game) => game?.verdict === 'both_bad'))
            sink.leaveOut('verdicts of judges that both are bad, written as ties');
          sink.write(`model_judgment/${plainFileName(judge)}/${plainFileName(model)}.jsonl`, {
            uid: uidOf(row.id, row.a.system, row.b.system),
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

function byJudge(rows: readonly JudgeRow[]): Map<string, JudgeRow[]> {
  const all = new Map<string, JudgeRow[]>();
  for (const row of rows) all.set(row.judge, [...(all.get(row.judge) ?? []), row]);
  return all;
}

/** @param firstIsA whether the pair's first output was shown as A */
function gameOf(game: JudgeRow | undefined, firstIsA: boolean) {
  if (game === undefined || game.verdict === 'error') return null;
  return { score: scoreOf(game.verdict, firstIsA), judgment: { answer: game.raw ?? '' }, prompt: [] };
}

function scoreOf(verdict: JudgeVerdict, firstIsA: boolean): string | null {
  if (verdict === 'tie' || verdict === 'both_bad') return 'A=B';
  if (verdict !== 'first' && verdict !== 'second') return null;
  return (verdict === 'first') === firstIsA ? 'A>B' : 'B>A';
}

/** The question's name, where the pair is named after it and its systems. */
function uidOf(id: string, first: string, second: string): string {
  const ending = `/${first}/${second}`;
  return id.endsWith(ending) ? id.slice(0, -ending.length) : id;
}
