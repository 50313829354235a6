/**
 * FastChat's pairwise judgments (`model_judgment/<judge>_pair.jsonl`). Winners are mapped back already: the second game was
 * played with the sides exchanged, and its winner is named by model. `error` is a reply without a readable verdict, or,
 * where the reply itself is “$ERROR$”, no reply at all; neither is a tie.
 */
import { z } from 'zod';
import type { StatedScore } from '../../../study/judgment-score.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../study/verdict.ts';
import { turnJudgment } from '../../own/turned-judgment.ts';
import { fastChatJudgeSchema, judgesInTurn, judgmentsBeside, PROMPT_NOT_NAMED } from './fastchat-judge.ts';
import {
  type HarnessFormat,
  nativeRows,
  type RecordRows,
  rowsBy,
  type SystemsOfPair,
  wrong,
} from './harness-format.ts';
import { harmless } from './unread-fields.ts';

const winner = z.enum(['model_1', 'model_2', 'tie', 'error']);

const rowSchema = z.object({
  question_id: z.union([z.number(), z.string()]),
  model_1: z.string().min(1).max(256),
  model_2: z.string().min(1).max(256),
  g1_winner: winner,
  g2_winner: winner,
  g1_judgment: z.string().nullable().optional(),
  g2_judgment: z.string().nullable().optional(),
  g1_user_prompt: z.string().nullable().optional(),
  m1_score: z.number().nullable().optional(),
  m2_score: z.number().nullable().optional(),
  judge: fastChatJudgeSchema,
  judgments: judgmentsBeside,
  turn: z.number().int().nullable().optional(),
  tstamp: z.number().min(0).max(1e11).nullable().optional().describe('Seconds since 1970.'),
});

/** How pairs are named that were made of FastChat's own answers or votes. */
const BY_TURN_AND_MODELS = '{question_id}/{turn}/{model_1}/{model_2}';

export const fastChatJudgments: HarnessFormat = {
  name: 'fastchat-judgments',
  title: 'FastChat pairwise judgments',
  order:
    'winners are mapped back already: the second game was played with the sides exchanged, and both name models',
  recognise: (record) =>
    'g1_winner' in record && 'g2_winner' in record ? 'it has g1_winner and g2_winner' : null,
  reader: ({ pairPattern, systemsOf }) => {
    const judgeOn = judgesInTurn();
    return rowsBy(
      rowSchema,
      (row) => judgmentsOn(row, pairPattern, systemsOf, judgeOn),
      harmless('g2_user_prompt'),
    );
  },
};

/** The stored pair that a record is about, and whether its models are in the same order; or what is wrong with the record. */
function pairOf(
  row: Row,
  idPattern: string,
  systemsOf: SystemsOfPair,
): { readonly id: string; readonly isStraight: boolean } | RecordRows {
  const names = [
    [row.model_1, row.model_2],
    [row.model_2, row.model_1],
  ] as const;
  const idsBy = (pattern: string) => [...new Set(names.map(([one, two]) => idOf(pattern, row, one, two)))];
  const found = [...idsBy(idPattern), ...idsBy(BY_TURN_AND_MODELS)].flatMap((id) => {
    const systems = systemsOf(id);
    return systems === undefined ? [] : [{ id, systems }];
  })[0];
  if (found === undefined)
    return wrong(
      'question_id',
      `no pair named ${idsBy(idPattern)
        .map((id) => JSON.stringify(id))
        .join(' or ')} in this study`,
    );
  const { first, second } = found.systems;
  const isStraight = first === row.model_1 && second === row.model_2;
  if (isStraight || (first === row.model_2 && second === row.model_1)) return { id: found.id, isStraight };
  return wrong(
    'model_1',
    `the pair ${JSON.stringify(found.id)} compares other models than ${row.model_1} and ${row.model_2}`,
  );
}

/**
 * A record as verdicts on a stored pair.
 *
 * @param idPattern how pairs are named, from {question_id}, {turn}, {model_1} and {model_2}; both orders of the models are
 *   tried
 */
function judgmentsOn(
  row: Row,
  idPattern: string,
  systemsOf: SystemsOfPair,
  judgeOn: ReturnType<typeof judgesInTurn>,
): RecordRows {
  const found = pairOf(row, idPattern, systemsOf);
  if ('ok' in found) return found;
  const { id, isStraight } = found;
  if (row.judgments != null)
    return nativeRows([{ id, judge: isStraight ? row.judgments : row.judgments.map(turnJudgment) }]);
  const verdictOf = (won: z.output<typeof winner>, reply: string | null | undefined): JudgeVerdict => {
    if (won === 'tie') return 'tie';
    if (won === 'error') return reply == null || reply === '$ERROR$' ? 'error' : 'unparsed';
    return (won === 'model_1') === isStraight ? 'first' : 'second';
  };
  const { judge, sample, isNamedByPrompt } = judgeOn(id, row.judge);
  const at = row.tstamp == null ? {} : { at: new Date(row.tstamp * 1000).toISOString() };
  const judgmentOf = (
    order: JudgeOrder,
    verdict: JudgeVerdict,
    raw: string | null | undefined,
    score?: StatedScore,
  ) => ({
    judge,
    order,
    verdict,
    ...(sample === 0 ? {} : { sample }),
    ...(score === undefined ? {} : { score }),
    ...(raw == null ? {} : { raw }),
    ...at,
  });
  const native = nativeRows([
    {
      id,
      judge: isGraded(row)
        ? [judgmentsOfGrades(row, isStraight, judgmentOf)]
        : [
            judgmentOf(
              isStraight ? 'a_first' : 'b_first',
              verdictOf(row.g1_winner, row.g1_judgment),
              row.g1_judgment,
            ),
            judgmentOf(
              isStraight ? 'b_first' : 'a_first',
              verdictOf(row.g2_winner, row.g2_judgment),
              row.g2_judgment,
            ),
          ],
    },
  ]);
  if (!native.ok) return native;
  if (!isNamedByPrompt) return { ...native, leftOut: PROMPT_NOT_NAMED };
  return row.g1_user_prompt == null || row.g1_user_prompt === ''
    ? native
    : { ...native, leftOut: 'prompts to judges, as they were asked' };
}

type Row = z.output<typeof rowSchema>;
type GradedRow = Row & { readonly m1_score: number; readonly m2_score: number };

/** Whether the judge gave each answer points by itself: there were no two games then, though the row has two. */
function isGraded(row: Row): row is GradedRow {
  return row.m1_score != null && row.m2_score != null;
}

function judgmentsOfGrades(
  { m1_score, m2_score, g1_winner, g1_judgment, g2_judgment }: GradedRow,
  isStraight: boolean,
  said: (order: JudgeOrder, verdict: JudgeVerdict, raw: string | null, score?: StatedScore) => unknown,
): unknown {
  const replies = isStraight ? [g1_judgment, g2_judgment] : [g2_judgment, g1_judgment];
  const raw = replies.every((reply) => reply == null)
    ? null
    : `a: ${replies[0] ?? ''}\n\nb: ${replies[1] ?? ''}`;
  if (m1_score === PARSE_FAILURE || m2_score === PARSE_FAILURE) return said('both', 'unparsed', raw);
  const [first, second] = isStraight ? [m1_score, m2_score] : [m2_score, m1_score];
  const verdict =
    g1_winner === 'tie' || g1_winner === 'error'
      ? 'tie'
      : (g1_winner === 'model_1') === isStraight
        ? 'first'
        : 'second';
  return said('both', verdict, raw, { kind: 'points', first, second });
}

const PARSE_FAILURE = -1;

function idOf(pattern: string, row: Row, one: string, two: string): string {
  const values: Readonly<Record<string, string>> = {
    question_id: String(row.question_id),
    turn: String(row.turn ?? 1),
    model_1: one,
    model_2: two,
  };
  return pattern.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}
