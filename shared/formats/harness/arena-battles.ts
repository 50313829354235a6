/** Battles of Chatbot Arena (FastChat's `clean_battle_data.py`): one vote of one person on one conversation each. */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import { verdictOfWinner } from './fastchat-votes.ts';
import { type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderedPair } from './ordered-pair.ts';
import { splitConversations } from './two-conversations.ts';

const name = z.string().min(1).max(200);

/** Turns as the tool writes them: what else stands beside role and content is passed over. */
const conversation = z
  .array(
    z.object({
      role: z.enum(['system', 'user', 'assistant', 'tool']),
      content: z.string().max(MAX_TEXT_LENGTH),
    }),
  )
  .min(1)
  .max(1000);

const rowSchema = z.object({
  question_id: z.union([z.number(), z.string().min(1).max(200)]),
  model_a: name,
  model_b: name,
  winner: z.string(),
  judge: name,
  conversation_a: conversation,
  conversation_b: conversation,
  turn: z.int().min(1).max(500),
  anony: z.boolean().optional(),
  language: z.string().max(200).optional(),
  tstamp: z.number().min(0).max(1e11).describe('Seconds since 1970.'),
});

type Row = z.output<typeof rowSchema>;

export const arenaBattles: HarnessFormat = {
  name: 'arena-battles',
  title: 'Chatbot Arena battles',
  order: 'winners are named by model; model_a stood on the left',
  recognise: (record) =>
    'winner' in record && 'conversation_a' in record && 'tstamp' in record
      ? 'it has winner, conversation_a and tstamp'
      : null,
  reader: () => rowsBy(rowSchema, convert),
};

function convert(row: Row) {
  const verdict = verdictOfWinner(row.winner);
  if (verdict === null)
    return wrong('winner', `is ${JSON.stringify(row.winner.slice(0, 80))}, which names no verdict`);
  const split = splitConversations(row.conversation_a, row.conversation_b, row.turn);
  if (split === null)
    return wrong('turn', `the conversations do not share a question that both answer in turn ${row.turn}`);
  const pair = orderedPair(
    { system: row.model_a, output: { messages: split.first } },
    { system: row.model_b, output: { messages: split.second } },
  );
  const slices = {
    turn: String(row.turn),
    ...(row.language === undefined || row.language === '' ? {} : { language: row.language }),
    ...(row.anony === undefined ? {} : { anonymous: String(row.anony) }),
  };
  return nativeRows([
    {
      id: String(row.question_id),
      messages: split.messages,
      a: pair.a,
      b: pair.b,
      slices,
      human: [
        {
          rater: row.judge,
          verdict: verdict === 'first' || verdict === 'second' ? pair.sideOf(verdict) : verdict,
          shown: pair.isSwapped ? 'b_left' : 'a_left',
          at: new Date(row.tstamp * 1000).toISOString(),
        },
      ],
    },
  ]);
}
