/**
 * LangSmith's runs and the feedback on them. A pairwise vote is two rows of feedback with one `feedback_group_id`; runs of two
 * experiments are joined on the example they were made from. Feedback of a model or a program is a judge's, of a user a person's.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { otherToolsTime } from '../../own/time.ts';
import { distinctNames } from './distinct-names.ts';
import { MOST_NOTE, noPieces, pieces, piecesBy, type RunFormat, type ScoredBy } from './run-format.ts';
import { questionOfInput, textOfOutput } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const id = z.string().min(1).max(200);
const name = z.string().min(1).max(200);

/** Names, places, times and prices of a run. */
const RUN_HARMLESS = harmless(
  ...['name', 'run_type', 'status', 'start_time', 'end_time', 'first_token_time', 'latency', 'trace_id'],
  ...[
    'dotted_order',
    'app_path',
    'manifest_id',
    'manifest_s3_id',
    'serialized',
    'execution_order',
    'tenant_id',
  ],
  ...[
    'child_run_ids',
    'direct_child_run_ids',
    'child_runs',
    'parent_run_ids',
    'events',
    'extra',
    'in_dataset',
  ],
  ...['total_tokens', 'prompt_tokens', 'completion_tokens', 'total_cost', 'prompt_cost', 'completion_cost'],
  ...['prompt_token_details', 'completion_token_details', 'prompt_cost_details', 'completion_cost_details'],
  ...['inputs_preview', 'outputs_preview', 'inputs_s3_urls', 'outputs_s3_urls', 's3_urls', 'trace_tier'],
  ...['reference_dataset_id', 'share_token', 'last_queued_at', 'price_model_id', 'ttl_seconds'],
  ...[
    'trace_first_received_at',
    'trace_min_start_time',
    'trace_max_start_time',
    'trace_upgrade',
    'thread_id',
  ],
);

/** Names, places and times of feedback. */
const FEEDBACK_HARMLESS = harmless(
  ...['id', 'modified_at', 'trace_id', 'session_id', 'start_time', 'is_root', 'feedback_thread_id'],
  ...['comparative_experiment_id', 'feedback_config'],
  ...['ls_user_id', 'metadata'].map((field) => `feedback_source.${field}`),
);

export const langSmithRuns: RunFormat = {
  name: 'langsmith-runs',
  title: 'LangSmith runs of experiments',
  tool: 'LangSmith',
  joinedOn: 'reference_example_id',
  areTurnsNumbered: false,
  recognise: (record) =>
    'reference_example_id' in record && 'inputs' in record && 'outputs' in record
      ? 'it has inputs, outputs and reference_example_id'
      : null,
  reader: () => {
    const seen = new Set<string>();
    return piecesBy(
      z.looseObject({
        id,
        inputs: z.unknown(),
        outputs: z.unknown(),
        reference_example_id: id.nullable(),
        session_id: name.nullable().optional(),
        session_name: name.nullable().optional(),
        parent_run_id: id.nullable().optional(),
      }),
      (row) => {
        if (row.parent_run_id != null) return noPieces('runs inside of others');
        if (row.reference_example_id === null) return noPieces('runs that were made from no example');
        const [asked, said] = [questionOfInput(row.inputs), textOfOutput(row.outputs)];
        if (asked === null || said === null) return noPieces('runs without an input or an output');
        const run = row.session_name ?? row.session_id ?? null;
        const place = JSON.stringify([row.reference_example_id, run]);
        if (seen.has(place)) return noPieces('further runs of an experiment on one example');
        seen.add(place);
        return pieces(
          {
            kind: 'question',
            key: row.reference_example_id,
            before: asked.before,
            turns: [asked.last],
            slices: {},
            reference: null,
          },
          {
            kind: 'answer',
            key: row.reference_example_id,
            run,
            id: row.id,
            turns: [said],
            meta: { run_id: row.id },
          },
        );
      },
      RUN_HARMLESS,
    );
  },
};

export const langSmithFeedback: RunFormat = {
  name: 'langsmith-feedback',
  title: 'LangSmith feedback',
  tool: 'LangSmith',
  joinedOn: 'the run it is about',
  scores:
    'two rows of one feedback group are one vote, for the run with the higher score; other scores are compared key by key',
  areTurnsNumbered: false,
  recognise: (record) =>
    'run_id' in record && 'key' in record && 'feedback_source' in record
      ? 'it has run_id, key and feedback_source'
      : null,
  reader: () => {
    const nameOf = distinctNames();
    return piecesBy(
      feedback,
      (row) => {
        const { key, run_id, score, value, comment, created_at, feedback_group_id } = row;
        if (run_id == null) return noPieces('feedback on no run');
        if (score == null) return noPieces('feedback without a score');
        const by = authorOf(row, nameOf);
        const isHuman = 'rater' in by;
        const scored = pieces({
          kind: 'score',
          of: { id: run_id },
          by,
          group: feedback_group_id ?? (isHuman ? `key ${key}` : null),
          ...(isHuman && feedback_group_id == null ? { criterion: key.slice(0, 60) } : {}),
          score: Number(score),
          // Our own export says so of outputs of which neither is good.
          scale: typeof score === 'boolean' || value === 'both_bad' ? 'pass' : 'score',
          ...(comment == null || comment === ''
            ? {}
            : isHuman
              ? { note: comment.slice(0, MOST_NOTE) }
              : { raw: comment }),
          ...(created_at == null ? {} : { at: created_at }),
        });
        return value == null || value === 'both_bad' ? scored : { ...scored, unread: ['value'] };
      },
      FEEDBACK_HARMLESS,
    );
  },
};

const feedback = z.looseObject({
  key: name,
  run_id: id.nullable().optional(),
  score: z.union([z.number(), z.boolean()]).nullable().optional(),
  value: z.unknown().optional(),
  comment: z.string().max(MAX_TEXT_LENGTH).nullable().optional(),
  created_at: otherToolsTime,
  feedback_group_id: id.nullable().optional(),
  feedback_source: z
    .looseObject({
      type: z.string().max(100).nullable().optional(),
      user_id: name.nullable().optional(),
      user_name: name.nullable().optional(),
      metadata: z
        .looseObject({ rater: z.unknown().optional(), judge: z.unknown().optional() })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
});

/** People by their name or id; a model or a program by what our own export says, or else by the key. */
function authorOf(
  { key, feedback_source: source }: z.output<typeof feedback>,
  nameOf: ReturnType<typeof distinctNames>,
): ScoredBy {
  const shortText = (value: unknown) =>
    typeof value === 'string' && value !== '' && value.length <= 200 ? value : null;
  const rater = shortText(source?.metadata?.rater);
  if (rater !== null) return { rater };
  if (source?.type !== 'app') return { judge: shortText(source?.metadata?.judge) ?? key };
  const named = nameOf(source.user_name ?? null, source.user_id ?? null);
  return named === null ? { rater: 'annotator', isUnnamed: true } : { rater: named };
}
