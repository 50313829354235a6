/** The run files of harnesses: questions and answers. */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { arenaHardAnswers, arenaHardQuestions, isArenaHardAnswer } from './arena-hard-runs.ts';
import { fastChatSingle } from './fastchat-single.ts';
import { inspectLog } from './inspect-log.ts';
import {
  langfuseDatasetItems,
  langfuseExperimentItems,
  langfuseRunItems,
  langfuseScores,
  langfuseTraces,
} from './langfuse.ts';
import { langSmithFeedback, langSmithRuns } from './langsmith.ts';
import { lmEvalSamples } from './lm-eval-samples.ts';
import { openAiEvalsLog } from './openai-evals-log.ts';
import { prodigyOutputs } from './prodigy.ts';
import { promptfooResults } from './promptfoo-results.ts';
import { noPieces, pieces, piecesBy, type RunFormat } from './run-format.ts';
import { sliceOf } from './slice-of.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);
const key = z.union([z.number(), z.string().min(1).max(200)]);

/** `example/outputs.json` and every model's outputs: joined on the instruction. */
const alpacaEvalOutputs: RunFormat = {
  name: 'alpacaeval-outputs',
  title: 'AlpacaEval outputs of a model',
  tool: 'AlpacaEval',
  joinedOn: 'the instruction',
  areTurnsNumbered: false,
  recognise: (record) =>
    'instruction' in record && 'output' in record && 'generator' in record
      ? 'it has instruction, output and generator'
      : null,
  reader: ({ sha256 }) =>
    piecesBy(
      z.object({
        instruction: text,
        output: text,
        generator: name,
        dataset: z.string().nullable().optional(),
      }),
      ({ instruction, output, generator, dataset }) => {
        const sample = sha256(instruction).slice(0, 24);
        return pieces(
          {
            kind: 'question',
            key: sample,
            turns: [instruction],
            slices: sliceOf('dataset', dataset),
            reference: null,
          },
          { kind: 'answer', key: sample, run: generator, turns: [output] },
        );
      },
      harmless('time_per_example', 'price_per_example', 'avg_time', 'avg_price'),
    ),
};

/** `question.jsonl` of MT-bench. */
const fastChatQuestions: RunFormat = {
  name: 'fastchat-questions',
  title: 'FastChat questions',
  tool: 'FastChat',
  joinedOn: 'question_id',
  areTurnsNumbered: true,
  recognise: (record) =>
    'question_id' in record && Array.isArray(record.turns) && typeof record.turns[0] === 'string'
      ? 'it has question_id and turns'
      : null,
  reader: () =>
    piecesBy(
      z.object({
        question_id: key,
        turns: z.array(text).min(1).max(100),
        category: z.string().nullable().optional(),
        reference: z.array(text).nullable().optional(),
      }),
      ({ question_id, turns, category, reference }) =>
        pieces({
          kind: 'question',
          key: String(question_id),
          turns,
          slices: sliceOf('category', category),
          reference: null,
          ...(reference == null ? {} : { references: reference }),
        }),
    ),
};

/** The folder whose answers FastChat's judges are shown as the right ones (`load_model_answers` of `ref_answer_dir`). */
const REFERENCES = 'reference_answer';

/** `model_answer/<model>.jsonl` of MT-bench: the first choice counts; those in `reference_answer` are no system's. */
const fastChatAnswers: RunFormat = {
  name: 'fastchat-answers',
  title: 'FastChat answers of a model',
  tool: 'FastChat',
  joinedOn: 'question_id',
  areTurnsNumbered: true,
  recognise: (record) =>
    'question_id' in record && 'model_id' in record && 'choices' in record && !isArenaHardAnswer(record)
      ? 'it has question_id, model_id and choices'
      : null,
  reader: ({ folderName }) =>
    piecesBy(
      z.object({
        question_id: key,
        model_id: name,
        choices: z.array(z.object({ turns: z.array(text).min(1).max(100) })).max(100),
      }),
      ({ question_id, model_id, choices }) => {
        const [first] = choices;
        if (first === undefined) return noPieces('answers without a choice');
        if (folderName === REFERENCES)
          return pieces({
            kind: 'reference',
            keys: [String(question_id)],
            reference: first.turns[0] ?? '',
            references: first.turns,
          });
        const answer = pieces({
          kind: 'answer',
          key: String(question_id),
          run: model_id,
          turns: first.turns,
        });
        return choices.length > 1
          ? { ...answer, leftOut: [{ what: 'further choices of an answer' }] }
          : answer;
      },
      harmless('answer_id', 'tstamp', 'choices[].index'),
    ),
};

/** Every kind of run file that is read. */
export const RUN_FORMATS: readonly RunFormat[] = [
  alpacaEvalOutputs,
  fastChatQuestions,
  fastChatAnswers,
  fastChatSingle,
  arenaHardQuestions,
  arenaHardAnswers,
  lmEvalSamples,
  inspectLog,
  promptfooResults,
  openAiEvalsLog,
  langSmithRuns,
  langSmithFeedback,
  langfuseTraces,
  langfuseRunItems,
  langfuseDatasetItems,
  langfuseExperimentItems,
  langfuseScores,
  prodigyOutputs,
];
