/**
 * Langfuse's traces, the items of dataset runs that they belong to, those of the data set with what is expected, and scores, as its API and its own export write them: the
 * one names people by id, the other by name; the other writes inputs and outputs as texts, and run items without their run.
 * People's scores have the source ANNOTATION, judges' EVAL or API. A categorical score whose trace is named like a stored
 * comparison is a verdict on it, and so is one whose metadata name it, as our own export writes them.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { JUDGE_ORDERS } from '../../../study/verdict.ts';
import { otherToolsTime } from '../../own/time.ts';
import { distinctNames } from './distinct-names.ts';
import {
  MOST_NOTE,
  noPieces,
  pieces,
  piecesBy,
  type RunFormat,
  type RunPieces,
  type Score,
  type ScoredBy,
  wrongPiece,
} from './run-format.ts';
import { keyOfAsked, readTrace } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const id = z.string().min(1).max(512);
const name = z.string().min(1).max(200);

/** What the SDK's experiments and our own exports say beside a trace or a score: an object, or the text of one. */
const metadataSchema = z.preprocess(parseObject, z.looseObject({}).nullable().optional().catch(undefined));

function parseObject(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** A name in metadata; null where there is none. */
function nameIn(metadata: z.output<typeof metadataSchema>, field: string, longest = 200): string | null {
  const value = metadata?.[field];
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : null;
}

/** Names, places, times and prices of traces, and what the SDK writes into their metadata. */
const TRACE_HARMLESS = harmless(
  ...['timestamp', 'name', 'userId', 'release', 'version', 'sessionId', 'htmlPath', 'latency', 'totalCost'],
  ...['createdAt', 'updatedAt', 'externalId', 'projectId', 'public', 'bookmarked', 'environment', 'usage'],
  ...['inputCost', 'outputCost', 'promptTokens', 'completionTokens', 'totalTokens', 'tokens', 'levelCounts'],
  ...[
    'observationCount',
    'errorCount',
    'warningCount',
    'defaultCount',
    'debugCount',
    'level',
    'observations',
  ],
  ...[
    'dataset_item_id',
    'experiment_run_name',
    'experiment_name',
    'dataset_id',
    'resourceAttributes',
    'scope',
  ].map((field) => `metadata.${field}`),
);

/** Names, places and times of scores, and what our own export writes into their metadata. */
const SCORE_FIELDS: readonly string[] = [
  ...['id', 'createdAt', 'updatedAt', 'configId', 'queueId', 'projectId', 'environment', 'executionTraceId'],
  ...['authorUserImageUrl', 'traceName', 'traceUserId', 'sessionId', 'datasetRunId', 'jobConfigurationId'],
  ...['trace.userId', 'trace.environment', 'trace.sessionId', 'trace.name', 'userId', 'name', 'isDeleted'],
  ...['by', 'pair', 'verdict', 'vote', 'order', 'sample', 'kind', 'at', 'system'].map(
    (field) => `metadata.${field}`,
  ),
];
const SCORE_HARMLESS = harmless(...SCORE_FIELDS);

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
    piecesBy(
      z.looseObject({ id, input: z.unknown(), output: z.unknown(), metadata: metadataSchema }),
      (row) => {
        const { asked, said } = readTrace(row.input, row.output);
        if (asked === null || said === null) return noPieces('traces without an input or an output');
        const key = keyOfAsked(asked, sha256);
        const item = nameIn(row.metadata, 'dataset_item_id', 512);
        return pieces(
          { kind: 'question', key, before: asked.before, turns: [asked.last], slices: {}, reference: null },
          {
            kind: 'answer',
            key,
            run: nameIn(row.metadata, 'experiment_run_name'),
            id: row.id,
            awaitsLink: true,
            turns: [said],
            meta: { trace_id: row.id },
          },
          ...(item === null ? [] : [{ kind: 'link' as const, id: row.id, key: item, run: null }]),
        );
      },
      TRACE_HARMLESS,
    ),
};

export const langfuseRunItems: RunFormat = {
  name: 'langfuse-run-items',
  title: 'Langfuse items of dataset runs',
  tool: 'Langfuse',
  joinedOn: 'datasetItemId',
  areTurnsNumbered: false,
  recognise: (record) =>
    'datasetItemId' in record &&
    'traceId' in record &&
    ('datasetRunName' in record || 'datasetName' in record || 'datasetRunId' in record)
      ? 'it has datasetItemId, traceId, and datasetRunName or datasetName'
      : null,
  reader: () =>
    piecesBy(
      z.looseObject({
        datasetRunName: name.nullable().optional(),
        datasetRunId: name.nullable().optional(),
        datasetItemId: id,
        traceId: id,
      }),
      ({ datasetRunName, datasetRunId, datasetItemId, traceId }) => {
        const run = datasetRunName ?? datasetRunId ?? null;
        const link = pieces({ kind: 'link', id: traceId, key: datasetItemId, run });
        return run === null ? { ...link, leftOut: [{ what: RUN_NOT_NAMED }] } : link;
      },
      harmless('id', 'createdAt', 'updatedAt', 'datasetName', 'datasetId', 'projectId'),
    ),
};

/** Items of a data set: what would be right to answer. What was asked stands in the traces. */
export const langfuseDatasetItems: RunFormat = {
  name: 'langfuse-dataset-items',
  title: 'Langfuse items of a data set',
  tool: 'Langfuse',
  joinedOn: 'the item, or its input where a trace names no item',
  areTurnsNumbered: false,
  recognise: (record) =>
    'expectedOutput' in record &&
    'input' in record &&
    !('output' in record) &&
    ['datasetName', 'datasetId', 'sourceTraceId'].some((field) => field in record)
      ? 'it has input, expectedOutput, and datasetName, datasetId or sourceTraceId'
      : null,
  reader: ({ sha256 }) =>
    piecesBy(
      z.looseObject({ id, input: z.unknown(), expectedOutput: z.unknown() }),
      ({ id: item, input, expectedOutput }) => {
        const { asked, said } = readTrace(input, expectedOutput);
        if (said === null || said === '') return noPieces('items without an expected output', item);
        if (said.length > MAX_TEXT_LENGTH)
          return wrongPiece('expectedOutput', 'is longer than a text may be');
        return pieces({
          kind: 'reference',
          keys: [item, ...(asked === null ? [] : [keyOfAsked(asked, sha256)])],
          reference: said,
        });
      },
      harmless(
        ...['status', 'createdAt', 'updatedAt', 'datasetId', 'datasetName', 'projectId', 'sourceTraceId'],
        ...['sourceObservationId', 'validFrom', 'validTo', 'isDeleted'],
      ),
    ),
};

/** What Langfuse's own export of run items leaves out. */
const RUN_NOT_NAMED =
  'names of runs: Langfuse’s own export of run items has no datasetRunName, so the files of the traces name the runs (one file a run), or take the run items from its API';

const score = z.looseObject({
  traceId: id.nullable().optional(),
  subject: z.looseObject({ kind: z.string().optional(), id: id.optional() }).nullable().optional(),
  observationId: id.nullable().optional(),
  name,
  dataType: z.string().max(100).nullable().optional(),
  value: z.union([z.number(), z.string(), z.boolean()]).nullable().optional(),
  stringValue: z.string().max(20_000).nullable().optional(),
  source: z.string().max(100),
  authorUserId: name.nullable().optional(),
  authorUserName: name.nullable().optional(),
  comment: z.string().max(MAX_TEXT_LENGTH).nullable().optional(),
  timestamp: otherToolsTime,
  metadata: metadataSchema,
});

type ScoreRow = z.output<typeof score>;

export const langfuseScores: RunFormat = {
  name: 'langfuse-scores',
  title: 'Langfuse scores',
  tool: 'Langfuse',
  joinedOn: 'the trace they are about',
  scores:
    'of two traces the one with the higher score is better, two that are false are both bad; a category is a verdict where the trace is a comparison',
  areTurnsNumbered: false,
  recognise: (record) =>
    ('traceId' in record || 'subject' in record) &&
    'source' in record &&
    'name' in record &&
    ('value' in record || 'stringValue' in record)
      ? 'it has traceId, name, source and value'
      : null,
  reader: () => piecesBy(score, scoreReader(), SCORE_HARMLESS),
};

/** Reads scores one after the other. */
function scoreReader(): (row: ScoreRow) => RunPieces {
  const nameOf = distinctNames();
  /** Votes of our own export, which stand on the traces of both outputs. */
  const seen = new Set<string>();
  return (row) => {
    const by = authorOf(row, nameOf);
    const own = ownVerdict(row);
    if (own !== null) {
      if (seen.has(own.vote)) return { ok: true, pieces: [] };
      seen.add(own.vote);
      return pieces({ ...scoreDetails(row, by), ...own.said });
    }
    const subject = row.subject?.kind === 'trace' ? row.subject.id : undefined;
    const traceId = row.traceId ?? subject;
    if (traceId == null) return noPieces('scores of no trace');
    if (row.observationId != null) return noPieces('scores of a part of a trace');
    const about = { ...scoreDetails(row, by), of: { id: traceId } };
    const value = typeof row.value === 'boolean' ? Number(row.value) : row.value;
    if (row.dataType === 'CATEGORICAL' || (row.dataType == null && typeof value === 'string')) {
      const verdict = row.stringValue ?? (typeof value === 'string' ? value : null);
      if (verdict === null) return noPieces('categories without a name');
      return pieces({ ...about, group: null, score: null, verdict, scale: 'score' });
    }
    if (row.dataType === 'TEXT' || row.dataType === 'CORRECTION')
      return noPieces('texts and corrections, which are no scores');
    if (typeof value !== 'number') return noPieces('scores without a number');
    const judge = nameIn(row.metadata, 'by');
    return pieces({
      ...about,
      ...('judge' in by && judge !== null ? { by: { judge: `${judge} · ${row.name}` } } : {}),
      // One person may answer several questions of a trace.
      ...('rater' in by ? { group: `name ${row.name}`, criterion: row.name.slice(0, 60) } : { group: null }),
      score: value,
      scale: row.dataType === 'BOOLEAN' ? 'pass' : 'score',
    });
  };
}

/** Fields of an item that say where and when, and of its scores. */
const EXPERIMENT_HARMLESS = harmless(
  ...['id', 'startTime', 'endTime', 'level', 'environment', 'experimentId', 'experimentDatasetId'],
  ...['experimentItemVersion', 'experimentDescription', 'metadata', 'experimentMetadata'],
  ...SCORE_FIELDS.map((field) => `scores[].${field}`),
);

/** Items of experiments as the API of version 5 gives them, asked for with `fields=io,scores`. */
export const langfuseExperimentItems: RunFormat = {
  name: 'langfuse-experiment-items',
  title: 'Langfuse items of experiments',
  tool: 'Langfuse',
  joinedOn: 'experimentItemId',
  scores: langfuseScores.scores ?? '',
  areTurnsNumbered: false,
  recognise: (record) =>
    'experimentItemId' in record && 'traceId' in record && 'experimentName' in record
      ? 'it has experimentItemId, experimentName and traceId'
      : null,
  reader: () => {
    const readScore = scoreReader();
    return piecesBy(
      z.looseObject({
        traceId: id,
        experimentName: name,
        experimentItemId: id,
        input: z.unknown().optional(),
        output: z.unknown().optional(),
        expectedOutput: z.unknown().optional(),
        scores: z.array(score).max(1000).nullable().optional(),
      }),
      ({ traceId, experimentName, experimentItemId: key, input, output, expectedOutput, scores }) => {
        const { asked, said } = readTrace(input, output);
        if (asked === null || said === null)
          return noPieces('items without an input or an output (ask for them with fields=io)', key);
        const reference = expectedOutput == null ? null : readTrace(input, expectedOutput).said;
        if ((reference ?? '').length > MAX_TEXT_LENGTH)
          return wrongPiece('expectedOutput', 'is longer than a text may be');
        const scored = (scores ?? []).map((each) => readScore({ ...each, traceId: each.traceId ?? traceId }));
        return {
          ok: true,
          pieces: [
            { kind: 'question', key, before: asked.before, turns: [asked.last], slices: {}, reference },
            {
              kind: 'answer',
              key,
              run: experimentName,
              id: traceId,
              turns: [said],
              meta: { trace_id: traceId },
            },
            ...scored.flatMap((each) => (each.ok ? each.pieces : [])),
          ],
          leftOut: scored.flatMap((each) => (each.ok ? (each.leftOut ?? []) : [])),
        };
      },
      EXPERIMENT_HARMLESS,
    );
  },
};

function authorOf(row: ScoreRow, nameOf: ReturnType<typeof distinctNames>): ScoredBy {
  const said = nameIn(row.metadata, 'by');
  const kind = nameIn(row.metadata, 'kind');
  const isHuman = kind === null ? row.source === 'ANNOTATION' : kind === 'person';
  if (!isHuman) return { judge: said ?? row.name };
  const rater = said ?? nameOf(row.authorUserName ?? null, row.authorUserId ?? null);
  return rater === null ? { rater: 'annotator', isUnnamed: true } : { rater };
}

/** What a score says beside its value. */
function scoreDetails(row: ScoreRow, by: ScoredBy): Pick<Score, 'kind' | 'by' | 'at' | 'note' | 'raw'> {
  const at = nameIn(row.metadata, 'at') ?? row.timestamp;
  const { comment } = row;
  return {
    kind: 'score',
    by,
    ...(at == null ? {} : { at }),
    ...(comment == null || comment === ''
      ? {}
      : 'rater' in by
        ? { note: comment.slice(0, MOST_NOTE) }
        : { raw: comment }),
  };
}

/** A verdict on a comparison as our own export writes it; null for any other score. */
function ownVerdict({ metadata }: ScoreRow) {
  const [pair, verdict, vote] = [
    nameIn(metadata, 'pair', 512),
    nameIn(metadata, 'verdict'),
    nameIn(metadata, 'vote', 512),
  ];
  if (pair === null || verdict === null || vote === null) return null;
  const order = JUDGE_ORDERS.find((each) => each === metadata?.order);
  const sample = nameIn(metadata, 'sample');
  const said: Pick<Score, 'of' | 'group' | 'score' | 'scale' | 'verdict' | 'order' | 'sample'> = {
    of: { id: pair },
    group: null,
    score: null,
    scale: 'score',
    verdict,
    ...(order === undefined ? {} : { order }),
    ...(sample === null || !/^\d{1,4}$/u.test(sample) ? {} : { sample: Number(sample) }),
  };
  return { vote, said };
}
