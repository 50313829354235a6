/**
 * FastChat's pairwise judgments (`model_judgment/<judge>_pair.jsonl`). Winners are mapped back already: the second game was
 * played with the sides exchanged, and its winner is named by model. `error` is a reply without a readable verdict, or,
 * where the reply itself is “$ERROR$”, no reply at all; neither is a tie.
 */
import { z } from 'zod';
import type { FieldProblem, NativeResult } from '../native.ts';
import { readBy, readNativeRecord } from '../native.ts';
import type { HarnessFormat, SystemsOfPair } from './harness-format.ts';

const winner = z.enum(['model_1', 'model_2', 'tie', 'error']);

const rowSchema = z.object({
  question_id: z.union([z.number(), z.string()]),
  model_1: z.string().min(1).max(256),
  model_2: z.string().min(1).max(256),
  g1_winner: winner,
  g2_winner: winner,
  g1_judgment: z.string().optional(),
  g2_judgment: z.string().optional(),
  judge: z.union([z.string(), z.tuple([z.string(), z.string()])]),
  turn: z.number().int().optional(),
  tstamp: z.number().min(0).max(1e11).optional().describe('Seconds since 1970.'),
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
  reader: ({ pairPattern, systemsOf }) => ({
    read: (record) => {
      const native = readFastChatJudgment(record, pairPattern, systemsOf);
      return native.ok ? { ok: true, rows: [native.value] } : native;
    },
  }),
};

/**
 * Reads a record as verdicts on a stored pair.
 *
 * @param idPattern how pairs are named, from {question_id}, {turn}, {model_1} and {model_2}; both orders of the models are
 *   tried
 */
function readFastChatJudgment(record: unknown, idPattern: string, systemsOf: SystemsOfPair): NativeResult {
  const parsed = readBy(rowSchema, record);
  if (!parsed.ok) return parsed;
  const row = parsed.value;
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
    return problem(
      'question_id',
      `no pair named ${idsBy(idPattern)
        .map((id) => JSON.stringify(id))
        .join(' or ')} in this study`,
    );
  const { first, second } = found.systems;
  const isStraight = first === row.model_1 && second === row.model_2;
  if (!isStraight && !(first === row.model_2 && second === row.model_1)) {
    return problem(
      'model_1',
      `the pair ${JSON.stringify(found.id)} compares other models than ${row.model_1} and ${row.model_2}`,
    );
  }
  const verdictOf = (won: z.output<typeof winner>, reply: string | undefined) => {
    if (won === 'tie') return 'tie';
    if (won === 'error') return reply === undefined || reply === '$ERROR$' ? 'error' : 'unparsed';
    return (won === 'model_1') === isStraight ? 'first' : 'second';
  };
  const judge = typeof row.judge === 'string' ? row.judge : row.judge.join('/');
  const at = row.tstamp === undefined ? {} : { at: new Date(row.tstamp * 1000).toISOString() };
  const games = [
    { order: isStraight ? 'a_first' : 'b_first', won: row.g1_winner, reply: row.g1_judgment },
    { order: isStraight ? 'b_first' : 'a_first', won: row.g2_winner, reply: row.g2_judgment },
  ];
  return readNativeRecord({
    id: found.id,
    judge: games.map(({ order, won, reply }) => ({
      judge,
      order,
      verdict: verdictOf(won, reply),
      ...(reply === undefined ? {} : { raw: reply }),
      ...at,
    })),
  });
}

function idOf(pattern: string, row: z.output<typeof rowSchema>, one: string, two: string): string {
  const values: Readonly<Record<string, string>> = {
    question_id: String(row.question_id),
    turn: String(row.turn ?? 1),
    model_1: one,
    model_2: two,
  };
  return pattern.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}

function problem(field: string, reason: string): { ok: false; problems: FieldProblem[] } {
  return { ok: false, problems: [{ field, reason }] };
}
