/**
 * FastChat's scores of single answers (`model_judgment/<judge>_single.jsonl`). A score of −1 is a reply that could not be
 * read. Two scores within 0.1 are a tie, as in its own comparison (`TIE_DELTA` in `fastchat/llm_judge/common.py`).
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { fastChatJudge, fastChatJudgeSchema, PROMPT_NOT_NAMED } from './fastchat-judge.ts';
import { pieces, piecesBy, type RunFormat } from './run-format.ts';

const name = z.string().min(1).max(200);

const TIE_BAND = 0.1;
const PARSE_FAILURE = -1;

export const fastChatSingle: RunFormat = {
  name: 'fastchat-single',
  title: 'FastChat scores of single answers',
  tool: 'FastChat',
  joinedOn: 'question_id and turn',
  scores: 'of two answers the one with the higher score is better, within 0.1 they are tied; −1 is unparsed',
  areTurnsNumbered: true,
  recognise: (record) =>
    'question_id' in record && 'model' in record && 'judge' in record && 'score' in record && 'turn' in record
      ? 'it has question_id, model, judge, score and turn'
      : null,
  reader: () =>
    piecesBy(
      z.object({
        question_id: z.union([z.number(), z.string().min(1).max(200)]),
        model: name,
        judge: fastChatJudgeSchema,
        judgment: z.string().max(MAX_TEXT_LENGTH).nullable().optional(),
        score: z.number(),
        turn: z.int().min(1).max(100),
        tstamp: z.number().min(0).max(1e11).nullable().optional(),
      }),
      ({ question_id, model, judge, judgment, score, turn, tstamp }) => {
        const by = fastChatJudge(judge);
        const scored = pieces({
          kind: 'score',
          of: { key: String(question_id), run: model },
          turn,
          by: { judge: by.name },
          group: null,
          score: score === PARSE_FAILURE ? null : score,
          scale: 'score',
          tieBand: TIE_BAND,
          ...(judgment == null ? {} : { raw: judgment }),
          ...(tstamp == null ? {} : { at: new Date(tstamp * 1000).toISOString() }),
        });
        return by.isNamedByPrompt ? scored : { ...scored, leftOut: [{ what: PROMPT_NOT_NAMED }] };
      },
    ),
};
