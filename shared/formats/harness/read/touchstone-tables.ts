/** The product's own Parquet tables, read back: texts make comparisons, the others say something about them. Pairs hold what is worked out. */
import { z } from 'zod';
import { SCORE_KINDS, scoreOf } from '../../../study/judgment-score.ts';
import { type HarnessFormat, nativeRows, rowsBy, withLeftOut, wrong } from './harness-format.ts';

const text = z.string();
const may = <Schema extends z.ZodType>(schema: Schema) => schema.nullish();
const id = z.string().min(1);

/** Of a column that holds JSON; undefined where it holds none. */
function fromJson(written: string | null | undefined): unknown {
  return written === null || written === undefined ? undefined : JSON.parse(written);
}

const NOT_COUNTED =
  'that whoever said so was left out where the table comes from: here it counts until you leave them out, too';

/** Rows of a table; JSON in a column that is none is a problem of the row. */
function table<Schema extends z.ZodType>(
  {
    name,
    title,
    columns,
  }: { readonly name: string; readonly title: string; readonly columns: readonly string[] },
  schema: Schema,
  recordOf: (row: z.output<Schema>) => Record<string, unknown>,
): HarnessFormat {
  return {
    name,
    title: `Touchstone’s Parquet tables: ${title}`,
    order: 'verdicts are about a and b',
    recognise: (record) =>
      columns.every((column) => column in record) ? `it has ${columns.join(', ')}` : null,
    reader: () =>
      rowsBy(schema, (row) => {
        try {
          const rows = nativeRows([recordOf(row)]);
          const isCounted = (row as { readonly is_counted?: boolean | null }).is_counted ?? true;
          return isCounted ? rows : withLeftOut(rows, [NOT_COUNTED]);
        } catch (error) {
          return wrong('(record)', `has a column that is no JSON (${(error as Error).message.slice(0, 80)})`);
        }
      }),
  };
}

/** The table that makes the comparisons. */
export const TEXTS_TABLE = 'touchstone-texts';

const textsTable = table(
  {
    name: TEXTS_TABLE,
    title: 'texts',
    columns: ['pair_id', 'system_a', 'system_b', 'output_a', 'output_b', 'conversations'],
  },
  z.object({
    pair_id: id,
    system_a: text,
    system_b: text,
    slices: may(text),
    prompt: text,
    reference: may(text),
    output_a: text,
    output_b: text,
    meta_a: may(text),
    meta_b: may(text),
    conversations: may(text),
  }),
  ({
    pair_id,
    system_a,
    system_b,
    slices,
    prompt,
    reference,
    output_a,
    output_b,
    meta_a,
    meta_b,
    conversations,
  }) => {
    const areTurns = new Set((conversations ?? '').split(' '));
    const contentOf = (column: string, one: string, written: string) =>
      areTurns.has(column) ? { messages: fromJson(written) } : { [one]: written };
    return {
      id: pair_id,
      ...contentOf('prompt', 'prompt', prompt),
      reference: reference ?? undefined,
      a: { system: system_a, ...contentOf('output_a', 'text', output_a), meta: fromJson(meta_a) },
      b: { system: system_b, ...contentOf('output_b', 'text', output_b), meta: fromJson(meta_b) },
      slices: fromJson(slices),
    };
  },
);

const votesTable = table(
  {
    name: 'touchstone-votes',
    title: 'votes',
    columns: ['pair_id', 'rater', 'verdict', 'is_counted', 'voted_at'],
  },
  z.object({
    pair_id: id,
    rater: text,
    verdict: text,
    is_counted: may(z.boolean()),
    strength: may(z.number()),
    confidence: may(z.number()),
    shown: may(text),
    voted_at: may(text),
    viewed_ms: may(z.number()),
    note: may(text),
    details: may(text),
  }),
  ({ pair_id, voted_at, details, is_counted: _counted, ...vote }) => ({
    id: pair_id,
    human: [{ ...vote, at: voted_at, ...(fromJson(details) as object | undefined) }],
  }),
);

const verdictsTable = table(
  {
    name: 'touchstone-verdicts',
    title: 'verdicts',
    columns: ['pair_id', 'judge', 'judge_order', 'verdict', 'score_kind'],
  },
  z.object({
    pair_id: id,
    judge: text,
    judge_order: text,
    sample: z.number(),
    verdict: text,
    failure: may(text),
    is_counted: may(z.boolean()),
    score: may(z.number()),
    score_kind: may(z.enum(SCORE_KINDS)),
    score_first: may(z.number()),
    score_second: may(z.number()),
    raw: may(text),
    judged_at: may(text),
  }),
  ({
    pair_id,
    judge_order,
    judged_at,
    is_counted: _counted,
    score,
    score_kind,
    score_first,
    score_second,
    ...said
  }) => ({
    id: pair_id,
    judge: [
      {
        ...said,
        order: judge_order,
        at: judged_at,
        score: scoreOf({
          score: score ?? null,
          scoreKind: score_kind ?? null,
          scoreFirst: score_first ?? null,
          scoreSecond: score_second ?? null,
        }),
      },
    ],
  }),
);

const decisionsTable = table(
  {
    name: 'touchstone-decisions',
    title: 'decisions',
    columns: ['pair_id', 'adjudicator', 'verdict', 'decided_at'],
  },
  z.object({
    pair_id: id,
    adjudicator: text,
    verdict: text,
    decided_at: may(text),
    note: may(text),
    details: may(text),
  }),
  ({ pair_id, adjudicator, decided_at, details, ...said }) => ({
    id: pair_id,
    adjudicated: [{ by: adjudicator, ...said, at: decided_at, ...(fromJson(details) as object | undefined) }],
  }),
);

export const TOUCHSTONE_TABLES: readonly HarnessFormat[] = [
  textsTable,
  votesTable,
  verdictsTable,
  decisionsTable,
];
