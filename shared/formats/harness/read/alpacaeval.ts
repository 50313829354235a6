/**
 * AlpacaEval's annotations: of a judge (`results/<model>/<annotator>/annotations.json`), and of people
 * (`alpaca_farm_human_crossannotations.json`). A preference is 1 for output_1 and 2 for output_2; 0 and 1.5 are draws, as in
 * its `metrics/winrate.py`; between them it is a weighted one; nothing is a reply that could not be read.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import type { StatedScore } from '../../../study/judgment-score.ts';
import {
  JUDGE_ORDERS,
  JUDGE_VERDICTS,
  type JudgeOrder,
  type JudgeVerdict,
  type Side,
} from '../../../study/verdict.ts';
import { type HarnessContext, type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderPair, placePair } from './ordered-pair.ts';
import { sliceOf } from './slice-of.ts';
import { textKey } from './text-key.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

/** −1 is what its cache of annotations has for a reply that could not be read. */
const preference = z
  .union([z.literal(0), z.literal(-1), z.number().min(1).max(2)])
  .nullable()
  .optional();

const compared = {
  instruction: text,
  output_1: text,
  output_2: text,
  preference,
  dataset: z.string().max(512).nullable().optional(),
  datasplit: z.string().max(512).nullable().optional(),
};

/** What our own export adds, as columns that its code passes over: what a preference alone does not say. */
const added = {
  order: z.enum(JUDGE_ORDERS).nullable().optional().catch(null),
  sample: z.int().min(0).max(9999).nullable().optional().catch(null),
  verdict: z.enum(JUDGE_VERDICTS).nullable().optional().catch(null),
};

/** Of its own columns those that say nothing of the comparison. */
const COSTS = /(?:price|time)_per_example$|^preference_(?:version|date)$|^time_per_example$/u;

/** What is left out with a reason of its own. */
const isTold = (path: string) => COSTS.test(path) || path === 'glm_preference';

const annotationSchema = z.looseObject({
  ...compared,
  ...added,
  generator_1: name,
  generator_2: name,
  annotator: name,
  raw_completion: z.unknown().optional(),
  preference_raw_completion: z.unknown().optional(),
});

const crossAnnotationSchema = z.object({
  ...compared,
  verdict: added.verdict,
  generator_1: name.nullable().optional(),
  generator_2: name.nullable().optional(),
  annotator_index: z.union([z.number(), z.string().max(100)]).optional(),
});

export const alpacaEvalAnnotations: HarnessFormat = {
  name: 'alpacaeval-annotations',
  title: 'AlpacaEval annotations of a judge',
  order: 'preferences are about output_1 and output_2; the order shown was drawn from a seed and is not said',
  recognise: (record) =>
    'preference' in record && 'annotator' in record && 'generator_1' in record
      ? 'it has preference, annotator and generator_1'
      : null,
  reader: (context) => rowsBy(annotationSchema, (row) => judgment(row, context), isTold),
};

export const alpacaEvalCrossAnnotations: HarnessFormat = {
  name: 'alpacaeval-crossannotations',
  title: 'AlpacaEval human cross-annotations',
  order: 'preferences are about output_1 and output_2; the order shown is not said',
  recognise: (record) =>
    'preference' in record && 'output_1' in record && 'output_2' in record && !('annotator' in record)
      ? 'it has preference, output_1 and output_2, and no annotator'
      : null,
  reader: (context) => {
    return rowsBy(crossAnnotationSchema, (row) => crossVote(row, context));
  },
};

function judgment(row: z.output<typeof annotationSchema>, context: HarnessContext) {
  const { id, pair } = placeRow(row, row.generator_1, row.generator_2, context);
  const raw = row.raw_completion ?? row.preference_raw_completion ?? null;
  const said = row.preference ?? null;
  const read = verdictOf(said, pair.sideOf) ?? 'unparsed';
  const more = row.verdict === 'first' || row.verdict === 'second' ? pair.sideOf(row.verdict) : row.verdict;
  const verdict = more == null || !goesWith(more, read) ? read : more;
  const native = nativeRows([
    {
      id,
      prompt: row.instruction,
      a: pair.a,
      b: pair.b,
      ...slicesOf(row),
      judge: [
        {
          judge: row.annotator,
          order: turnOrder(row.order ?? 'unknown', pair.isSwapped),
          sample: row.sample ?? 0,
          verdict,
          ...preferenceScore(said, pair.sideOf),
          ...(raw === null ? {} : { raw: typeof raw === 'string' ? raw : JSON.stringify(raw) }),
        },
      ],
    },
  ]);
  if (!native.ok) return native;
  if ('glm_preference' in row)
    return { ...native, leftOut: 'length-controlled preferences, which its code works out of the others' };
  const hasCosts = Object.keys(row).some((field) => COSTS.test(field) && row[field] != null);
  return hasCosts ? { ...native, leftOut: 'prices, times and versions of annotations' } : native;
}

function crossVote(row: z.output<typeof crossAnnotationSchema>, context: HarnessContext) {
  const { id, pair } = placeRow(row, row.generator_1 ?? 'output_1', row.generator_2 ?? 'output_2', context);
  const read = verdictOf(row.preference ?? null, pair.sideOf);
  if (read === null) return wrong('preference', 'is missing: a person’s vote says something');
  // Raters have no names: of each comparison the first vote is one rater's, the second another's.
  const vote = context.numberVote(id, 'annotator');
  const rater = `annotator ${row.annotator_index ?? vote}`;
  const found = nativeRows([
    {
      id,
      prompt: row.instruction,
      a: pair.a,
      b: pair.b,
      ...slicesOf(row),
      human: [{ rater, verdict: row.verdict === 'both_bad' && read === 'tie' ? 'both_bad' : read }],
    },
  ]);
  return found.ok && row.annotator_index === undefined ? { ...found, unnamed: [rater] } : found;
}

/** Which output comes first means something: the win rate is that of the second. */
function placeRow(
  row: { readonly instruction: string; readonly output_1: string; readonly output_2: string },
  first: string,
  second: string,
  { sha256, systemsOf }: HarnessContext,
) {
  const one = { system: first, output: { text: row.output_1 } };
  const other = { system: second, output: { text: row.output_2 } };
  const id = idOf(row.instruction, orderPair(one, other), sha256);
  return { id, pair: placePair(one, other, systemsOf(id)) };
}

function slicesOf({
  dataset,
  datasplit,
}: {
  readonly dataset?: string | null | undefined;
  readonly datasplit?: string | null | undefined;
}): { readonly slices?: Record<string, string> } {
  const slices = { ...sliceOf('dataset', dataset), ...sliceOf('datasplit', datasplit) };
  return Object.keys(slices).length === 0 ? {} : { slices };
}

/** Whether a verdict is one that a preference stands for, though not the only one. */
function goesWith(verdict: JudgeVerdict, read: JudgeVerdict): boolean {
  if (read === 'unparsed') return verdict === 'error';
  return verdict === 'tie' || (read === 'tie' && verdict !== 'unparsed' && verdict !== 'error');
}

function turnOrder(order: JudgeOrder, isSwapped: boolean): JudgeOrder {
  if (!isSwapped || (order !== 'a_first' && order !== 'b_first')) return order;
  return order === 'a_first' ? 'b_first' : 'a_first';
}

function verdictOf(value: number | null, sideOf: (side: Side) => Side): Side | 'tie' | null {
  if (value === null || value === -1) return null;
  if (value === 0 || value === 1.5) return 'tie';
  return sideOf(value < 1.5 ? 'first' : 'second');
}

/** Where the preference stands between the two outputs; 0 is an old way to write a draw. */
function preferenceScore(
  value: number | null,
  sideOf: (side: Side) => Side,
): { readonly score?: StatedScore } {
  if (value === null || value === -1) return {};
  const [first, second] = sideOf('first') === 'first' ? [1, 2] : [2, 1];
  return { score: { kind: 'preference', value: value === 0 ? 1.5 : value, first, second } };
}

/** By what is compared: the files have no ids, and the same comparison stands in several of them. */
function idOf(
  instruction: string,
  { a, b }: ReturnType<typeof orderPair>,
  sha256: HarnessContext['sha256'],
): string {
  return sha256(textKey([instruction, a.system, String(a.text), b.system, String(b.text)])).slice(0, 32);
}
