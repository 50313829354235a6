/**
 * AlpacaEval's annotations: of a judge (`results/<model>/<annotator>/annotations.json`), and of people
 * (`alpaca_farm_human_crossannotations.json`). A preference is 1 for output_1 and 2 for output_2; 0 and 1.5 are draws, as in
 * its `metrics/winrate.py`; between them it is a weighted one; nothing is a reply that could not be read.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import type { StatedScore } from '../../domain/judgment-score.ts';
import { type HarnessContext, type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderedPair } from './ordered-pair.ts';
import { textKey } from './text-key.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

const preference = z
  .union([z.literal(0), z.number().min(1).max(2)])
  .nullable()
  .optional();

const compared = { instruction: text, output_1: text, output_2: text, preference };

const annotationSchema = z.object({
  ...compared,
  generator_1: name,
  generator_2: name,
  annotator: name,
  dataset: z.string().max(512).nullable().optional(),
  raw_completion: z.unknown().optional(),
});

const crossAnnotationSchema = z.object({
  ...compared,
  generator_1: name.optional(),
  generator_2: name.optional(),
  annotator_index: z.union([z.number(), z.string().max(100)]).optional(),
  datasplit: z.string().max(512).nullable().optional(),
});

export const alpacaEvalAnnotations: HarnessFormat = {
  name: 'alpacaeval-annotations',
  title: 'AlpacaEval annotations of a judge',
  order: 'preferences are about output_1 and output_2; the order shown was drawn from a seed and is not said',
  recognise: (record) =>
    'preference' in record && 'annotator' in record && 'generator_1' in record
      ? 'it has preference, annotator and generator_1'
      : null,
  reader: (context) => rowsBy(annotationSchema, (row) => judgment(row, context)),
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
    /** Raters have no names: of each comparison the first vote is one rater's, the second another's. */
    const votes = new Map<string, number>();
    return rowsBy(crossAnnotationSchema, (row) => crossVote(row, context, votes));
  },
};

function judgment(row: z.output<typeof annotationSchema>, { sha256 }: HarnessContext) {
  const pair = orderedPair(
    { system: row.generator_1, output: { text: row.output_1 } },
    { system: row.generator_2, output: { text: row.output_2 } },
  );
  const raw = row.raw_completion ?? null;
  const verdict = verdictOf(row.preference ?? null, pair.sideOf) ?? 'unparsed';
  return nativeRows([
    {
      id: idOf(row.instruction, pair, sha256),
      prompt: row.instruction,
      a: pair.a,
      b: pair.b,
      ...(row.dataset == null || row.dataset === '' ? {} : { slices: { dataset: row.dataset } }),
      judge: [
        {
          judge: row.annotator,
          order: 'unknown',
          sample: 0,
          verdict,
          ...preferenceScore(row.preference ?? null, pair.sideOf),
          ...(raw === null ? {} : { raw: typeof raw === 'string' ? raw : JSON.stringify(raw) }),
        },
      ],
    },
  ]);
}

function crossVote(
  row: z.output<typeof crossAnnotationSchema>,
  { sha256 }: HarnessContext,
  votes: Map<string, number>,
) {
  const pair = orderedPair(
    { system: row.generator_1 ?? 'output_1', output: { text: row.output_1 } },
    { system: row.generator_2 ?? 'output_2', output: { text: row.output_2 } },
  );
  const id = idOf(row.instruction, pair, sha256);
  const verdict = verdictOf(row.preference ?? null, pair.sideOf);
  if (verdict === null) return wrong('preference', 'is missing: a person’s vote says something');
  const vote = (votes.get(id) ?? 0) + 1;
  votes.set(id, vote);
  const rater = `annotator ${row.annotator_index ?? vote}`;
  return nativeRows([
    {
      id,
      prompt: row.instruction,
      a: pair.a,
      b: pair.b,
      ...(row.datasplit == null || row.datasplit === '' ? {} : { slices: { datasplit: row.datasplit } }),
      human: [{ rater, verdict }],
    },
  ]);
}

function verdictOf(value: number | null, sideOf: (side: 'first' | 'second') => 'first' | 'second') {
  if (value === null) return null;
  if (value === 0 || value === 1.5) return 'tie' as const;
  return sideOf(value < 1.5 ? 'first' : 'second');
}

/** Where the preference stands between the two outputs; 0 is an old way to write a draw and stands nowhere. */
function preferenceScore(
  value: number | null,
  sideOf: (side: 'first' | 'second') => 'first' | 'second',
): { readonly score?: StatedScore } {
  if (value === null || value === 0) return {};
  const [first, second] = sideOf('first') === 'first' ? [1, 2] : [2, 1];
  return { score: { kind: 'preference', value, first, second } };
}

/** By what is compared: the files have no ids, and the same comparison stands in several of them. */
function idOf(
  instruction: string,
  { a, b }: ReturnType<typeof orderedPair>,
  sha256: HarnessContext['sha256'],
): string {
  return sha256(textKey([instruction, a.system, String(a.text), b.system, String(b.text)])).slice(0, 32);
}
