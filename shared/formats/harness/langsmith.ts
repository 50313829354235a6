/**
 * LangSmith's runs and the feedback on them. A pairwise vote is two rows of feedback with one `feedback_group_id`; runs of two
 * experiments are joined on the example they were made from. Feedback of a model or a program is a judge's, of a user a person's.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import { otherToolsTime } from '../time.ts';
import { MOST_NOTE, noPieces, pieces, piecesBy, type RunFormat } from './run-format.ts';
import { askedBy, saidBy } from './traced-text.ts';

const id = z.string().min(1).max(200);
const name = z.string().min(1).max(200);

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
        error: z.unknown().optional(),
      }),
      (row) => {
        if (row.parent_run_id != null) return noPieces('runs inside of others');
        if (row.reference_example_id === null) return noPieces('runs that were made from no example');
        const [asked, said] = [askedBy(row.inputs), saidBy(row.outputs)];
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
  reader: () =>
    piecesBy(
      z.looseObject({
        key: name,
        run_id: id.nullable(),
        score: z.union([z.number(), z.boolean()]).nullable().optional(),
        comment: z.string().max(MAX_TEXT_LENGTH).nullable().optional(),
        created_at: otherToolsTime,
        feedback_group_id: id.nullable().optional(),
        feedback_source: z
          .looseObject({
            type: z.string().max(100).nullable().optional(),
            user_id: name.nullable().optional(),
            user_name: name.nullable().optional(),
            metadata: z.looseObject({ rater: z.unknown().optional() }).nullable().optional(),
          })
          .nullable()
          .optional(),
      }),
      ({ key, run_id, score, comment, created_at, feedback_group_id, feedback_source: source }) => {
        if (run_id === null) return noPieces('feedback on no run');
        if (score == null) return noPieces('feedback without a score');
        const named = source?.metadata?.rater;
        const rater =
          typeof named === 'string' && named !== ''
            ? named
            : source?.type === 'app'
              ? (source.user_name ?? source.user_id ?? 'annotator')
              : null;
        return pieces({
          kind: 'score',
          of: { id: run_id },
          by: rater === null ? { judge: key } : { rater },
          group: feedback_group_id ?? (rater === null ? null : `key ${key}`),
          score: Number(score),
          scale: typeof score === 'boolean' ? 'pass' : 'score',
          ...(comment == null || comment === ''
            ? {}
            : rater === null
              ? { raw: comment }
              : { note: comment.slice(0, MOST_NOTE) }),
          ...(created_at == null ? {} : { at: created_at }),
        });
      },
    ),
};
