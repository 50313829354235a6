/**
 * Arena-Hard's questions and answers. Before version 2 they stood in FastChat's layout, with an object a turn and
 * `question_id` for `uid`.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { noPieces, pieces, piecesBy, type RunFormat } from './run-format.ts';
import { sliceOf } from './slice-of.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);
const key = z.union([z.number(), z.string().min(1).max(200)]);
const category = z.string().nullable().optional();

/** Turns of version 0.1: of one question there is one. */
const turns = z
  .array(z.object({ content: text }))
  .min(1)
  .max(100);

const questionSchema = z.union([
  z.object({ uid: key, prompt: text, category, subcategory: category }),
  z.object({ question_id: key, turns, category, cluster: category }),
]);

/** `question.jsonl`. */
export const arenaHardQuestions: RunFormat = {
  name: 'arena-hard-questions',
  title: 'Arena-Hard questions',
  tool: 'Arena-Hard',
  joinedOn: 'uid, or question_id',
  areTurnsNumbered: false,
  recognise: (record) => {
    if ('uid' in record && 'prompt' in record && 'category' in record && !('games' in record))
      return 'it has uid, prompt and category';
    return 'question_id' in record && isTurns(record.turns)
      ? 'it has question_id, and turns with content'
      : null;
  },
  reader: () =>
    piecesBy(questionSchema, (row) => {
      const isSecond = 'uid' in row;
      return pieces({
        kind: 'question',
        key: String(isSecond ? row.uid : row.question_id),
        turns: [isSecond ? row.prompt : (row.turns[0]?.content ?? '')],
        slices: {
          ...sliceOf('category', row.category),
          ...(isSecond ? sliceOf('subcategory', row.subcategory) : sliceOf('cluster', row.cluster)),
        },
        reference: null,
      });
    }),
};

const answerContent = z.union([text, z.object({ answer: text })]);

const answerSchema = z.union([
  z.object({
    uid: key,
    model: name,
    messages: z.array(z.object({ role: z.string(), content: answerContent })).max(1000),
  }),
  z.object({ question_id: key, model_id: name, choices: z.array(z.object({ turns })).max(100) }),
]);

/** Names and times of answers, and counts of what stands in them. */
const ANSWER_HARMLESS = harmless(
  'ans_id',
  'answer_id',
  'tstamp',
  'metadata',
  'conv_metadata',
  'choices[].index',
  'choices[].turns[].token_len',
);

/** `model_answer/<model>.jsonl`: the last message, or the first choice. */
export const arenaHardAnswers: RunFormat = {
  name: 'arena-hard-answers',
  title: 'Arena-Hard answers of a model',
  tool: 'Arena-Hard',
  joinedOn: 'uid, or question_id',
  areTurnsNumbered: false,
  recognise: (record) => {
    if ('uid' in record && 'model' in record && 'messages' in record) return 'it has uid, model and messages';
    return isArenaHardAnswer(record) ? 'it has question_id, model_id, and turns with content' : null;
  },
  reader: () =>
    piecesBy(
      answerSchema,
      (row) => {
        if ('choices' in row) {
          const [first] = row.choices;
          if (first === undefined) return noPieces('answers without a choice');
          const said = first.turns[0]?.content ?? '';
          const answer = pieces({
            kind: 'answer',
            key: String(row.question_id),
            run: row.model_id,
            turns: [said],
          });
          return row.choices.length > 1
            ? { ...answer, leftOut: [{ what: 'further choices of an answer' }] }
            : answer;
        }
        const last = row.messages.at(-1);
        if (last?.role !== 'assistant') return noPieces('answers that do not end with the assistant');
        const answer = typeof last.content === 'string' ? last.content : last.content.answer;
        const found = pieces({ kind: 'answer', key: String(row.uid), run: row.model, turns: [answer] });
        const isMore = row.messages.slice(0, -1).some(({ role }) => role !== 'user');
        return isMore
          ? { ...found, leftOut: [{ what: 'system prompts and earlier turns that one answer had' }] }
          : found;
      },
      ANSWER_HARMLESS,
    ),
};

/** Whether an answer in FastChat's layout has an object a turn. */
export function isArenaHardAnswer({
  question_id,
  model_id,
  choices,
}: Readonly<Record<string, unknown>>): boolean {
  if (question_id === undefined || model_id === undefined || !Array.isArray(choices)) return false;
  const [first] = choices as unknown[];
  return first !== null && typeof first === 'object' && isTurns((first as { turns?: unknown }).turns);
}

function isTurns(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [first] = value as unknown[];
  return first !== null && typeof first === 'object' && 'content' in first;
}
