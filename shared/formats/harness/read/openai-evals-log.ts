/**
 * OpenAI evals' logs (`evals/record.py`): a line with the run's specification, an event a line, a final report. The first
 * sampling of a sample is its answer; a later one is the grader's. Events are joined on the sample, runs on the sample and what
 * was asked: a set may ask the same twice.
 */
import { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { noPieces, pieces, piecesBy, type RunFormat, type RunPieces } from './run-format.ts';
import { keyOfAsked, questionOfInput, textOfOutput } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const name = z.string().min(1).max(200);

const specSchema = z.object({
  spec: z.looseObject({
    eval_name: name.optional(),
    base_eval: name.optional(),
    completion_fns: z.array(name).max(100).optional(),
    model: name.optional(),
  }),
});

const eventSchema = z.object({
  sample_id: z.union([name, z.number()]).nullable().optional(),
  type: z.string().max(200),
  data: z.looseObject({}),
  created_at: z.string().optional(),
});

type Event = z.output<typeof eventSchema>;

/** Names and times of events, what is read of them below, and what a reply took. */
const HARMLESS = harmless(
  'run_id',
  'event_id',
  'created_by',
  ...['prompt', 'sampled', 'choice', 'score', 'invalid_choice', 'correct', 'expected', 'picked'].map(
    (field) => `data.${field}`,
  ),
  ...['usage', 'model', 'mocked'].map((field) => `data.${field}`),
);

/** What a model-graded sample may have been given. */
const gradeSchema = z.looseObject({
  choice: z.string().max(MAX_TEXT_LENGTH).optional(),
  score: z.number().nullable().optional(),
  invalid_choice: z.union([z.boolean(), z.number()]).optional(),
});
const matchSchema = z.looseObject({
  correct: z.boolean(),
  expected: z.unknown().optional(),
  picked: z.unknown().optional(),
});

export const openAiEvalsLog: RunFormat = {
  name: 'openai-evals',
  title: 'OpenAI evals log of a run',
  tool: 'OpenAI evals',
  joinedOn: 'sample_id and what was asked',
  scores: 'of two answers the one with the higher grade is better; two that do not match are both bad',
  areTurnsNumbered: false,
  isOneRun: true,
  isRecord: (record) =>
    record !== null && typeof record === 'object' && !isSpec(record) && !('final_report' in record),
  recognise: (record) => {
    if (isSpec(record)) return 'its first line has the spec of a run';
    if ('final_report' in record) return 'its last line has final_report';
    return 'run_id' in record && 'event_id' in record && 'type' in record
      ? 'it has run_id, event_id and type'
      : null;
  },
  reader: ({ sha256 }) => {
    const run = new EvalsRun(sha256);
    const spec = piecesBy(
      specSchema,
      ({ spec: found }) => run.begin(found),
      () => true,
    );
    const event = piecesBy(eventSchema, (found) => run.take(found), HARMLESS);
    return (record) => {
      if (record !== null && typeof record === 'object') {
        if (isSpec(record)) return spec(record);
        if ('final_report' in record) return { ok: true, pieces: [] };
      }
      return event(record);
    };
  },
};

function isSpec(record: object): boolean {
  return 'spec' in record && !('type' in record);
}

class EvalsRun {
  readonly #sha256: TextHash;
  /** The sample's key by its id. */
  readonly #keys = new Map<string, string>();
  #name: string | null = null;
  #eval = 'eval';

  constructor(sha256: TextHash) {
    this.#sha256 = sha256;
  }

  begin({ completion_fns, model, base_eval, eval_name }: z.output<typeof specSchema>['spec']): RunPieces {
    this.#name = completion_fns?.[0] ?? model ?? null;
    this.#eval = base_eval ?? eval_name ?? this.#eval;
    return { ok: true, pieces: [] };
  }

  take({ sample_id, type, data }: Event): RunPieces {
    if (sample_id == null) return noPieces('events of no sample');
    const sample = String(sample_id);
    if (type === 'sampling') return this.#sampling(sample, data);
    if (type === 'metrics') return this.#grade(sample, data);
    if (type === 'match') return this.#match(sample, data);
    return noPieces(`events of type ${type.slice(0, 40)}`);
  }

  #sampling(sample: string, { prompt, sampled }: Event['data']): RunPieces {
    if (this.#keys.has(sample))
      return noPieces('further samplings of a sample: those of a grader, or later turns', sample);
    const asked = questionOfInput(prompt);
    const said = textOfOutput(Array.isArray(sampled) ? sampled[0] : sampled);
    if (asked === null || said === null) return noPieces('samplings without a prompt or a reply', sample);
    const asks = keyOfAsked(asked, this.#sha256);
    const key = `${sample}-${asks.slice(0, 12)}`;
    this.#keys.set(sample, key);
    return pieces(
      { kind: 'question', key, before: asked.before, turns: [asked.last], slices: {}, reference: null },
      { kind: 'answer', key, sample, asks, run: this.#name, turns: [said], meta: { sample_id: sample } },
    );
  }

  #grade(sample: string, data: Event['data']): RunPieces {
    const key = this.#keys.get(sample);
    if (key === undefined) return noPieces('grades of samples that were not asked');
    const grade = gradeSchema.safeParse(data);
    if (!grade.success || (grade.data.choice === undefined && grade.data.score === undefined))
      return noPieces('metrics that are no grade');
    const { choice, score, invalid_choice } = grade.data;
    const isRead = !invalid_choice && choice !== '__invalid__' && typeof score === 'number';
    return pieces({
      kind: 'score',
      of: { key, run: this.#name },
      by: { judge: this.#eval },
      group: null,
      score: isRead ? score : null,
      scale: 'score',
      ...(choice === undefined ? {} : { raw: choice }),
    });
  }

  #match(sample: string, data: Event['data']): RunPieces {
    const key = this.#keys.get(sample);
    const match = matchSchema.safeParse(data);
    if (key === undefined || !match.success) return noPieces('matches of samples that were not asked');
    const { correct, expected, picked } = match.data;
    const right = (Array.isArray(expected) ? expected : [expected]).filter(
      (each) => typeof each === 'string',
    );
    return pieces(
      ...(right.length === 0
        ? []
        : [
            {
              kind: 'reference' as const,
              keys: [key],
              reference: right.join('\n').slice(0, MAX_TEXT_LENGTH),
            },
          ]),
      {
        kind: 'score',
        of: { key, run: this.#name },
        by: { judge: `${this.#eval} match` },
        group: null,
        score: Number(correct),
        scale: 'pass',
        ...(picked == null
          ? {}
          : { raw: `picked: ${typeof picked === 'string' ? picked : JSON.stringify(picked)}` }),
      },
    );
  }
}
