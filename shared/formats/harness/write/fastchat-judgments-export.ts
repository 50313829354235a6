/**
 * FastChat's pairwise judgments (`model_judgment/<judge>_pair.jsonl`), a row a judge and pair. The first game shows `model_1` as A,
 * the second `model_2`, and winners are named by model. `show_result.py` takes two winners that part for a tie and leaves out
 * rows in which one is `error`. It counts every row, so that further samples stand beside a judge's first in its row.
 */
import type { JudgeOrder, JudgeVerdict } from '../../../study/verdict.ts';
import type { Comparison, JudgeRow } from '../../own/native.ts';
import { fastChatJudgeNames, fastChatQuestion } from './fastchat-question.ts';
import {
  type ExportSink,
  type HarnessExporter,
  leaveOutRest,
  leaveOutVoteFields,
} from './harness-exporter.ts';
import { plainFileName } from './plain-file-name.ts';

export const fastChatJudgmentsExport: HarnessExporter = {
  name: 'fastchat-judgments',
  title: 'FastChat pairwise judgments',
  files: {},
  namesFiles: 'json_lines',
  writer: (sink) => ({
    add: ({ row, judged }) => {
      leaveOutRest(row, sink, ['judge']);
      leaveOutVoteFields(row, sink);
      if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes of people');
      const { id: question_id, turn } = fastChatQuestion(row);
      for (const judge of judged.keys()) {
        const judgments = (row.judge ?? []).filter((each) => each.judge === judge);
        if (judgments.length === 0) continue;
        const [one, two, more] = gamesOf(judgments, sink);
        sink.write(`model_judgment/${fileNameOf(judge)}_pair.jsonl`, {
          question_id,
          model_1: row.a.system,
          model_2: row.b.system,
          g1_winner: one.winner,
          g2_winner: two.winner,
          judge: judgeNames(judge, row, turn),
          g1_user_prompt: '',
          g1_judgment: one.reply,
          g2_user_prompt: '',
          g2_judgment: two.reply,
          ...more,
          turn,
          tstamp: timeOf(judgments),
          judgments,
        });
      }
    },
  }),
};

interface Game {
  readonly winner: 'model_1' | 'model_2' | 'tie' | 'error';
  readonly reply: string;
}

/** What FastChat writes where a model gave no reply, and so no verdict. */
const NO_REPLY = '$ERROR$';

const WINNERS = {
  first: 'model_1',
  second: 'model_2',
  tie: 'tie',
  both_bad: 'tie',
  unparsed: 'error',
  error: 'error',
} as const satisfies Partial<Record<JudgeVerdict, Game['winner']>>;

/** Both games, and points where a judge gave each output some by itself. */
function gamesOf(
  judgments: readonly JudgeRow[],
  sink: ExportSink,
): readonly [Game, Game, { readonly m1_score?: number; readonly m2_score?: number }] {
  if (judgments.some(({ verdict }) => verdict === 'both_bad'))
    sink.leaveOut('verdicts of judges that both are bad, ties to show_result.py');
  const sampleMin = Math.min(...judgments.map(({ sample }) => sample));
  const said = judgments.filter(({ sample }) => sample === sampleMin);
  if (said.length < judgments.length)
    sink.leaveOut('further samples of judges, which show_result.py does not count');
  const of = (order: JudgeOrder) => said.find((each) => each.order === order);
  const [one, two] = [of('a_first'), of('b_first')];
  if (one !== undefined || two !== undefined) {
    if (one === undefined || two === undefined)
      sink.leaveOut('verdicts in both orders: show_result.py leaves out what has one');
    return [gameOf(one), gameOf(two), {}];
  }
  const [only] = said;
  if (only?.verdict === 'inconsistent')
    return [{ winner: 'model_1', reply: only.raw ?? '' }, { winner: 'model_2', reply: '' }, {}];
  if (only?.order === 'unknown')
    sink.leaveOut('which output a judge read first: what it said stands for both games');
  const { score } = only ?? {};
  const isGraded = typeof score === 'object' && score.kind === 'points';
  return [gameOf(only), gameOf(only), isGraded ? { m1_score: score.first, m2_score: score.second } : {}];
}

function gameOf(said: JudgeRow | undefined): Game {
  if (said === undefined || said.verdict === 'error') return { winner: 'error', reply: NO_REPLY };
  return {
    winner: said.verdict === 'inconsistent' ? 'error' : WINNERS[said.verdict],
    reply: said.raw ?? '',
  };
}

/** Seconds since 1970; null where no verdict has a time. */
function timeOf(judgments: readonly JudgeRow[]): number | null {
  const at = judgments.find((each) => each.at !== undefined)?.at;
  return at === undefined ? null : Date.parse(at) / 1000;
}

const DEFAULT_PROMPT = 'pair-v2';

/** Categories whose questions its judges are asked with a reference, by another prompt (`NEED_REF_CATS` in `common.py`). */
const WITH_REFERENCE: ReadonlySet<string> = new Set(['math', 'reasoning', 'coding', 'arena-hard-200']);

/** A judge of its own has a prompt for each kind of question, and an import of these makes one judge of them. */
function judgeNames(judge: string, { slices }: Comparison, turn: number): readonly string[] {
  const [model, prompt] = fastChatJudgeNames(judge);
  if (model === undefined || prompt !== DEFAULT_PROMPT) return fastChatJudgeNames(judge);
  const ofKind = WITH_REFERENCE.has(slices?.category ?? '') ? 'pair-math-v1' : DEFAULT_PROMPT;
  return [model, turn > 1 ? `${ofKind}-multi-turn` : ofKind];
}

/** As FastChat names the file of a judge with its own prompts; any other prompt is a judge and a file of its own. */
function fileNameOf(judge: string): string {
  const [model, prompt] = fastChatJudgeNames(judge);
  return plainFileName(model !== undefined && prompt === DEFAULT_PROMPT ? model : judge);
}
