/**
 * Langfuse's traces, the items of dataset runs that they belong to, and scores. People's scores have the source ANNOTATION,
 * judges' EVAL or API. A categorical score whose trace is named like a stored comparison is a verdict on it.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import { otherToolsTime } from '../time.ts';
import { MOST_NOTE, noPieces, pieces, piecesBy, type RunFormat } from './run-format.ts';
import { askedBy, keyOfAsked, saidBy } from './traced-text.ts';

const id = z.string().min(1).max(512);
const name = z.string().min(1).max(200);

export const langfuseTraces: RunFormat = {
  name: 'langfuse-traces',
  title: 'Langfuse traces',
  tool: 'Langfuse',
  joinedOn: 'the dataset item, or the input where no item is named',
  areTurnsNumbered: false,
  recognise: (record) =>
    'input' in record &&
    'output' in record &&
    'timestamp' in record &&
    ('userId' in record || 'release' in record)
      ? 'it has input, output, timestamp, and userId or release'
      : null,
  reader: ({ sha256 }) =>
    piecesBy(z.looseObject({ id, input: z.unknown(), output: z.unknown() }), (row) => {
      const [asked, said] = [askedBy(row.input), saidBy(row.output)];
      if (asked === null || said === null) return noPieces('traces without an input or an output');
      const key = keyOfAsked(asked, sha256);
      return pieces(
        { kind: 'question', key, before: asked.before, turns: [asked.last], slices: {}, reference: null },
        {
          kind: 'answer',
          key,
          run: null,
          id: row.id,
          awaitsLink: true,
          turns: [said],
          meta: { trace_id: row.id },
        },
      );
    }),
};

export const langfuseRunItems: RunFormat = {
  name: 'langfuse-run-items',
  title: 'Langfuse items of dataset runs',
  tool: 'Langfuse',
  joinedOn: 'datasetItemId',
  areTurnsNumbered: false,
  recognise: (record) =>
    'datasetItemId' in record && 'traceId' in record && 'datasetRunName' in record
      ? 'it has datasetRunName, datasetItemId and traceId'
      : null,
  reader: () =>
    piecesBy(
      z.looseObject({ datasetRunName: name, datasetItemId: id, traceId: id }),
      ({ datasetRunName, datasetItemId, traceId }) =>
        pieces({ kind: 'link', id: traceId, key: datasetItemId, run: datasetRunName }),
    ),
};

const score = z.looseObject({
  traceId: id.nullable().optional(),
  observationId: id.nullable().optional(),
  name,
  dataType: z.string().max(100).nullable().optional(),
  value: z.union([z.number(), z.string(), z.boolean()]).nullable().optional(),
  stringValue: z.string().max(20_000).nullable().optional(),
  source: z.string().max(100),
  authorUserId: name.nullable().optional(),
  comment: z.string().max(MAX_TEXT_LENGTH).nullable().optional(),
  timestamp: otherToolsTime,
  metadata: z.unknown().optional(),
});

export const langfuseScores: RunFormat = {
  name: 'langfuse-scores',
  title: 'Langfuse scores',
  tool: 'Langfuse',
  joinedOn: 'the trace they are about',
  scores:
    'of two traces the one with the higher score is better, two that are false are both bad; a category is a verdict where the trace is a comparison',
  areTurnsNumbered: false,
  recognise: (record) =>
    'traceId' in record &&
    'source' in record &&
    'name' in record &&
    ('value' in record || 'stringValue' in record)
      ? 'it has traceId, name, source and value'
      : null,
  reader: () =>
    piecesBy(score, (row) => {
      if (row.traceId == null) return noPieces('scores of no trace');
      if (row.observationId != null) return noPieces('scores of a part of a trace');
      const { by } = (row.metadata ?? {}) as { readonly by?: unknown };
      const named = typeof by === 'string' && by !== '' && by.length <= 200 ? by : null;
      const isHuman = row.source === 'ANNOTATION';
      const about = {
        kind: 'score' as const,
        of: { id: row.traceId },
        by: isHuman ? { rater: named ?? row.authorUserId ?? 'annotator' } : { judge: named ?? row.name },
        ...(row.timestamp == null ? {} : { at: row.timestamp }),
        ...(row.comment == null || row.comment === ''
          ? {}
          : isHuman
            ? { note: row.comment.slice(0, MOST_NOTE) }
            : { raw: row.comment }),
      };
      const value = typeof row.value === 'boolean' ? Number(row.value) : row.value;
      if (row.dataType === 'CATEGORICAL' || (row.dataType == null && typeof value === 'string')) {
        const verdict = row.stringValue ?? (typeof value === 'string' ? value : null);
        if (verdict === null) return noPieces('categories without a name');
        return pieces({ ...about, group: null, score: null, verdict, scale: 'score' });
      }
      if (typeof value !== 'number') return noPieces('scores without a number');
      return pieces({
        ...about,
        ...(isHuman || named === null ? {} : { by: { judge: `${named} · ${row.name}` } }),
        // One person may answer several questions of a trace.
        group: isHuman ? `name ${row.name}` : null,
        score: value,
        scale: row.dataType === 'BOOLEAN' ? 'pass' : 'score',
      });
    }),
};
