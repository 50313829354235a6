/**
 * promptfoo's results: the file that `--output` writes as JSON, or one result a line. Judges are the components that no
 * human gave; a human's thumb overwrites the result's own pass and score, which are therefore not read. An error of the
 * grader is a reply that could not be read. `select-best` chose among the outputs of one test, shown in one order.
 */
import { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { documentPart } from './document-part.ts';
import {
  MOST_NOTE,
  noPieces,
  piecesBy,
  type RunFormat,
  type RunPiece,
  type RunPieces,
  type Score,
} from './run-format.ts';
import { textOfOutput } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);

const component = z.looseObject({
  pass: z.boolean().nullable().optional(),
  score: z.number().nullable().optional(),
  reason: text.nullable().optional(),
  comment: text.nullable().optional(),
  assertion: z
    .looseObject({
      type: z.string().min(1).max(200),
      metric: z.string().max(200).nullable().optional(),
      provider: z.unknown().optional(),
    })
    .nullable()
    .optional(),
  metadata: z.looseObject({ graderError: z.unknown().optional() }).nullable().optional(),
});

const resultSchema = z.looseObject({
  testIdx: z.int().min(0),
  promptIdx: z.int().min(0),
  provider: z.union([
    z.string().min(1).max(200),
    z.looseObject({ id: z.string().max(200).optional(), label: z.string().max(200).nullable().optional() }),
  ]),
  prompt: z.looseObject({ raw: text, label: z.string().max(MAX_TEXT_LENGTH).optional() }),
  vars: z.record(z.string(), z.unknown()).nullable().optional(),
  response: z.looseObject({ output: z.unknown().optional() }).nullable().optional(),
  testCase: z.looseObject({}).nullable().optional().catch(undefined),
  gradingResult: z
    .looseObject({ componentResults: z.array(component).max(1000).nullable().optional() })
    .nullable()
    .optional(),
});

/** Names, prices and times, how a test was set up, and what results say in all of what their components say one by one. */
const HARMLESS = harmless(
  ...['id', 'evalId', 'promptId', 'success', 'score', 'failureReason', 'namedScores', 'latencyMs', 'cost'],
  ...['tokenUsage', 'createdAt', 'updatedAt', 'persisted', 'provider.config', 'pluginId', 'traceId'],
  ...['id', 'display', 'config', 'provider', 'function'].map((field) => `prompt.${field}`),
  ...['vars', 'assert', 'options', 'threshold', 'provider', 'providers'].map((field) => `testCase.${field}`),
  ...[
    'tokenUsage',
    'cached',
    'cost',
    'latencyMs',
    'raw',
    'logProbs',
    'sessionId',
    'format',
    'finishReason',
  ].map((field) => `response.${field}`),
  ...[
    'pass',
    'score',
    'reason',
    'namedScores',
    'namedScoreWeights',
    'tokensUsed',
    'assertion',
    'metadata',
  ].map((field) => `gradingResult.${field}`),
  ...['namedScores', 'namedScoreWeights', 'tokensUsed', 'metadata', 'componentResults'].map(
    (field) => `gradingResult.componentResults[].${field}`,
  ),
  ...['value', 'threshold', 'weight', 'rubricPrompt', 'config', 'transform', 'contextTransform'].map(
    (field) => `gradingResult.componentResults[].assertion.${field}`,
  ),
  'gradingResult.componentResults[].metadata.renderedGradingPrompt',
);

type Result = z.output<typeof resultSchema>;
type Component = z.output<typeof component>;

/** What stands at the top of the file, beside its results: as `--output` writes it, and as the page's download does. */
const FILE_FIELDS =
  /^(?:(?:evalId|shareableUrl|config|metadata|vars|runtimeOptions|traces|blobAssets|version|createdAt|author|prompts|datasetId)(?:\[\])?|results(?:\[\]|\..*)?)$/u;
const RESULTS = new Set(['results[]', 'results.results[]', 'results.outputs[]']);

export const promptfooResults: RunFormat = {
  name: 'promptfoo-results',
  title: 'promptfoo results',
  tool: 'promptfoo',
  joinedOn: 'the test, with its variables',
  scores:
    'judges are components that are not human; an output that passes is better than one that fails, two that fail are both bad, of two that pass the one with the higher score is better; select-best has one fixed order',
  areTurnsNumbered: false,
  recognise: (record) => {
    if ('testIdx' in record && 'promptIdx' in record && 'provider' in record)
      return 'its lines have testIdx, promptIdx and provider';
    const part = documentPart(record);
    return part !== null && FILE_FIELDS.test(part.path) ? 'it has evalId, results and config' : null;
  },
  isRecord: (record) => {
    const part = documentPart(record);
    return part === null || !FILE_FIELDS.test(part.path) || RESULTS.has(part.path);
  },
  reader: ({ sha256 }) => {
    const columns = new Columns();
    const result = piecesBy(resultSchema, (row) => convert(row, sha256, columns), HARMLESS);
    return (record) => {
      const part = documentPart(record);
      if (part === null || !FILE_FIELDS.test(part.path)) return result(record);
      return RESULTS.has(part.path) ? result(part.value) : { ok: true, pieces: [] };
    };
  },
};

/** Which outputs were read, and what columns are called that nothing but their place tells apart. */
class Columns {
  readonly #read = new Set<string>();
  readonly #first = new Map<string, number>();

  /** Whether it is the first output of a column for a test. */
  isFirst(test: string, column: number): boolean {
    const place = JSON.stringify([test, column]);
    if (this.#read.has(place)) return false;
    this.#read.add(place);
    return true;
  }

  variant(run: string, label: string, column: number): string {
    const named = JSON.stringify([run, label]);
    const first = this.#first.get(named) ?? column;
    this.#first.set(named, first);
    return first === column ? label : `${label} · column ${column + 1}`;
  }
}

function convert(row: Result, sha256: TextHash, columns: Columns): RunPieces {
  const { testIdx, promptIdx, provider, prompt, vars } = row;
  const sample = `test ${testIdx}`;
  const output = textOfOutput(row.response?.output);
  if (output === null) return noPieces('results without an output', sample);
  const run =
    typeof provider === 'string' ? provider : provider.label || provider.id || `column ${promptIdx}`;
  const variables = vars == null || Object.keys(vars).length === 0 ? undefined : vars;
  const asks = sha256(JSON.stringify(variables ?? prompt.raw)).slice(0, 16);
  const key = `${testIdx}-${asks}`;
  if (!columns.isFirst(key, promptIdx)) return noPieces('repeated outputs of a provider for a test', sample);
  const variant = columns.variant(run, variantOf(prompt.label, promptIdx, sha256), promptIdx);
  const all: RunPiece[] = [
    {
      kind: 'question',
      key,
      turns: [prompt.raw],
      ...(variables === undefined ? {} : { instead: { before: [], turns: [variableText(variables)] } }),
      slices: {},
      reference: null,
    },
    { kind: 'answer', key, sample, asks, run, variant, place: promptIdx, turns: [output] },
  ];
  const ofType = new Map<string, number>();
  for (const each of row.gradingResult?.componentResults ?? []) {
    const type = each.assertion?.type ?? '';
    const place = (ofType.get(type) ?? 0) + 1;
    ofType.set(type, place);
    const score = scoreOf(each, place, { key, run, variant });
    if (score !== null) all.push(score);
  }
  return { ok: true as const, pieces: all };
}

/** Prompts often differ only at their end, and their label is often the whole of them. */
function variantOf(label: string | undefined, column: number, sha256: TextHash): string {
  if (label === undefined || label === '') return `prompt ${column + 1}`;
  return label.length <= 80 ? label : `${label.slice(0, 80)}… ${sha256(label).slice(0, 6)}`;
}

/** Assertions that one output of a test passes, and all others fail. */
const CHOOSES_ONE = new Set(['select-best', 'max-score']);

function scoreOf(
  { pass, score, reason, comment, assertion, metadata }: Component,
  place: number,
  of: { readonly key: string; readonly run: string; readonly variant: string },
): Score | null {
  const type = assertion?.type;
  if (assertion == null || type === undefined) return null;
  const given = score ?? (pass == null ? null : Number(pass));
  const passed = pass == null ? {} : { passed: pass };
  const raw = reason == null || reason === '' ? {} : { raw: reason };
  if (type === 'human')
    return {
      kind: 'score',
      of,
      group: null,
      by: { rater: 'promptfoo' },
      score: given,
      scale: 'pass',
      ...passed,
      ...(comment == null || comment === '' ? {} : { note: comment.slice(0, MOST_NOTE) }),
    };
  // What it compares with differs from test to test; its metric, or its place among those of its type, does not.
  const named = assertion.metric || (place === 1 ? '' : String(place));
  const grader = typeof assertion.provider === 'string' ? assertion.provider : '';
  const judge = [type, named, grader].filter((part) => part !== '').join(' · ');
  const isError = metadata?.graderError !== undefined && metadata.graderError !== false;
  return {
    kind: 'score',
    of,
    group: null,
    by: { judge: judge.slice(0, 200) },
    score: isError ? null : given,
    ...(CHOOSES_ONE.has(type) ? { scale: 'best' } : { scale: 'pass', ...passed }),
    ...raw,
  };
}

/** What a test is about where prompts around it differ. */
function variableText(variables: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(variables).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return only[1];
  return entries.map(([name, value]) => `${name}: ${value}`).join('\n');
}
