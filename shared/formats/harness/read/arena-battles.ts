/**
 * Battles of Chatbot Arena (FastChat's `clean_battle_data.py`, and the sets that are published of them): one vote of one person
 * on one conversation each. Sets leave out who voted, or say it by a hash; turns are texts or lists of parts.
 */
import { z } from 'zod';
import type { Conversation } from '../../../study/conversation.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { otherToolsTime } from '../../own/time.ts';
import { verdictOfWinner } from './fastchat-votes.ts';
import { type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderPair } from './ordered-pair.ts';
import { contentSchema, textOfContent } from './traced-text.ts';
import { splitConversations } from './two-conversations.ts';
import { harmless } from './unread-fields.ts';

const name = z.string().min(1).max(200);
const key = z.union([z.number(), name]);

/** Turns as the tool writes them: what else stands beside role and content is passed over. */
const conversation = z
  .array(
    z.object({
      role: z.enum(['system', 'user', 'assistant', 'tool']),
      content: z.union([z.string().max(MAX_TEXT_LENGTH), contentSchema]).transform(textOfContent),
    }),
  )
  .min(1)
  .max(1000);

const rowSchema = z.object({
  question_id: key.nullable().optional(),
  id: key.nullable().optional(),
  model_a: name,
  model_b: name,
  winner: z.string(),
  judge: name.nullable().optional(),
  judge_hash: name.nullable().optional(),
  conversation_a: conversation,
  conversation_b: conversation,
  turn: z.int().min(1).max(500).nullable().optional(),
  anony: z.boolean().nullable().optional(),
  language: z.string().max(200).nullable().optional(),
  tstamp: z.number().min(0).max(1e11).nullable().optional().describe('Seconds since 1970.'),
  timestamp: otherToolsTime,
});

type Row = z.output<typeof rowSchema>;

/** Counts of what stands in the texts themselves. */
const HARMLESS = harmless('conversation_a[].num_tokens', 'conversation_b[].num_tokens', 'conv_metadata');

/** Somebody whom the set does not name. Each battle has its own question, so that no two of them vote on one pair. */
const UNNAMED = 'arena user';

export const arenaBattles: HarnessFormat = {
  name: 'arena-battles',
  title: 'Chatbot Arena battles',
  order: 'winners are named by model; model_a stood on the left',
  recognise: (record) =>
    'winner' in record && 'conversation_a' in record && ('tstamp' in record || !('judge' in record))
      ? 'it has winner, conversation_a, and tstamp or no judge'
      : null,
  reader: () => rowsBy(rowSchema, convert, HARMLESS),
};

function convert(row: Row) {
  const id = row.question_id ?? row.id;
  if (id == null) return wrong('question_id', 'is missing, as is id');
  const verdict = verdictOfWinner(row.winner);
  if (verdict === null)
    return wrong('winner', `is ${JSON.stringify(row.winner.slice(0, 80))}, which names no verdict`);
  const turn = row.turn ?? turnsOf(row.conversation_a);
  const split = splitConversations(row.conversation_a, row.conversation_b, turn);
  if (split === null)
    return wrong('turn', `the conversations do not share a question that both answer in turn ${turn}`);
  const pair = orderPair(
    { system: row.model_a, output: { messages: split.first } },
    { system: row.model_b, output: { messages: split.second } },
  );
  const slices = {
    turn: String(turn),
    ...(row.language == null || row.language === '' ? {} : { language: row.language }),
    ...(row.anony == null ? {} : { anonymous: String(row.anony) }),
  };
  const at = row.tstamp == null ? row.timestamp : new Date(row.tstamp * 1000).toISOString();
  return nativeRows([
    {
      id: String(id),
      messages: split.messages,
      a: pair.a,
      b: pair.b,
      slices,
      human: [
        {
          rater: row.judge ?? row.judge_hash ?? UNNAMED,
          verdict: verdict === 'first' || verdict === 'second' ? pair.sideOf(verdict) : verdict,
          shown: pair.isSwapped ? 'b_left' : 'a_left',
          ...(at == null ? {} : { at }),
        },
      ],
    },
  ]);
}

function turnsOf(conversation: Conversation): number {
  return Math.max(1, conversation.filter(({ role }) => role === 'user').length);
}
