/**
 * FastChat's votes on MT-bench (`compute_agreement.py`, data set lmsys/mt_bench_human_judgments): one vote of a person or of
 * a judge a row, on two conversations up to a turn. A winner that holds “tie” is a tie, as their script has it.
 */
import { z } from 'zod';
import type { HumanVerdict } from '../../../study/verdict.ts';
import { turnJudgment } from '../../own/turned-judgment.ts';
import { fastChatJudge, fastChatJudgeSchema, judgmentsBeside } from './fastchat-judge.ts';
import { type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderPair } from './ordered-pair.ts';
import { tabledConversation } from './tabled-conversation.ts';
import { splitConversations } from './two-conversations.ts';

const name = z.string().min(1).max(200);

const rowSchema = z.object({
  question_id: z.union([z.number(), z.string().min(1).max(100)]),
  model_a: name,
  model_b: name,
  winner: z.string(),
  judge: fastChatJudgeSchema,
  rater: name.optional().describe('Where an export named a person as an expert: the name before.'),
  judgments: judgmentsBeside,
  conversation_a: tabledConversation,
  conversation_b: tabledConversation,
  turn: z.int().min(1).max(500),
});

type Row = z.output<typeof rowSchema>;

export const fastChatVotes: HarnessFormat = {
  name: 'fastchat-votes',
  title: 'FastChat votes on MT-bench',
  order: 'winners are named by model; which model a voter saw first is not said',
  recognise: (record) =>
    'winner' in record && 'conversation_a' in record && 'judge' in record && !('tstamp' in record)
      ? 'it has winner, judge and conversation_a, and no tstamp'
      : null,
  reader: () => rowsBy(rowSchema, convert),
};

function convert(row: Row) {
  const { model_a, model_b, turn } = row;
  const verdict = verdictOfWinner(row.winner);
  if (verdict === null && (row.judgments == null || typeof row.judge === 'string'))
    return wrong('winner', `is ${JSON.stringify(row.winner.slice(0, 80))}, which names no verdict`);
  if (model_a === model_b) return wrong('model_b', 'is the same model as model_a');
  const split = splitConversations(row.conversation_a, row.conversation_b, turn);
  if (split === null)
    return wrong('turn', `the conversations do not share a question that both answer in turn ${turn}`);
  const pair = orderPair(
    { system: model_a, output: { messages: split.first } },
    { system: model_b, output: { messages: split.second } },
  );
  const said = verdict === 'first' || verdict === 'second' ? pair.sideOf(verdict) : verdict;
  return nativeRows([
    {
      id: `${row.question_id}/${turn}/${pair.a.system}/${pair.b.system}`,
      messages: split.messages,
      a: pair.a,
      b: pair.b,
      slices: { turn: String(turn) },
      // A judge is named with its prompt, a person by one name.
      ...(typeof row.judge === 'string'
        ? { human: [{ rater: row.rater ?? row.judge, verdict: said }] }
        : { judge: judgmentsOf(row, said, pair.isSwapped) }),
    },
  ]);
}

/** What a judge said, of a row of our own export each judgment, of any other the winner. */
function judgmentsOf(row: Row, said: string | null, isSwapped: boolean): unknown[] {
  if (row.judgments != null) return row.judgments.map((each) => (isSwapped ? turnJudgment(each) : each));
  return [{ judge: fastChatJudge(row.judge).name, ...judgeVerdict(row.winner, said) }];
}

/** A judge that contradicted itself over both orders is no tie, though their script folds it into one. */
function judgeVerdict(winner: string, said: string | null) {
  const isBoth = winner.includes('inconsistent');
  return { verdict: isBoth ? 'inconsistent' : said, order: isBoth ? 'both' : 'unknown', sample: 0 };
}

/** A winner as FastChat writes it, about model_a and model_b in that order; null for what is none. */
export function verdictOfWinner(winner: string): Exclude<HumanVerdict, 'skipped'> | null {
  if (winner === 'model_a') return 'first';
  if (winner === 'model_b') return 'second';
  if (winner.includes('bothbad') || winner === 'both_bad') return 'both_bad';
  return winner.includes('tie') ? 'tie' : null;
}
