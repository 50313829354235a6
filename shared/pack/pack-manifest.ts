/** What stands in a pack's `manifest.json`. */
import { z } from 'zod';
import type { ErrorMessage } from '../errors/messages.ts';
import { rubricSchema } from '../study/rubric.ts';
import { raterNameSchema, studyNameSchema } from '../study/study.ts';
import { VERDICT_SCALES } from '../study/verdict.ts';
import { acceptanceRuleSchema } from './acceptance-rule.ts';

export const PACK_VERSION = 1;

/** Most raters, and with them most files, of one pack. */
export const MOST_RATERS = 200;

/** Most presentations of one rater. */
export const MOST_PRESENTATIONS = 2_000_000;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u);
export const packIdSchema = z.string().regex(/^[0-9a-f]{32}$/u);
export const fileNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,40}\.jsonl$/u);

const count = z.int().min(0).max(1e9);

export const packManifestSchema = z.strictObject({
  touchpack: z.literal(PACK_VERSION).describe('Version of the format.'),
  packId: packIdSchema.describe('Stays the same when the pack is topped up.'),
  revision: z.int().min(1).max(10_000),
  study: z.strictObject({
    id: z.string().min(1).max(64),
    title: studyNameSchema,
    isSynthetic: z.boolean(),
  }),
  guideline: z.strictObject({ version: z.int().min(1), text: z.string().max(1_000_000) }),
  rubric: rubricSchema,
  scale: z.enum(VERDICT_SCALES),
  rules: z.strictObject({
    minimumViewingMs: z.int().min(0).max(60_000),
    asksConfidence: z.boolean(),
    marksSpans: z.boolean(),
    breakAfterMinutes: z.int().min(5).max(240).nullable(),
    blockSize: z.int().min(2).max(10_000).nullable(),
    historyPairs: z
      .int()
      .min(1)
      .nullable()
      .describe('How many of the newest pairs a rater may look at again; null for all.'),
    consent: z.string().max(100_000),
  }),
  training: z.strictObject({
    examples: count.max(100_000),
    practice: count.max(1_000_000).describe('Practice pairs of all raters together.'),
    passMark: z.number().min(0).max(1),
  }),
  slice: z.strictObject({
    pairs: count.describe('Pairs of the study that are in the pack.'),
    ratersPerPair: z.int().min(1).nullable().describe('Null: every rater sees every pair.'),
  }),
  raters: z
    .array(
      z.strictObject({
        name: raterNameSchema,
        file: fileNameSchema,
        presentations: count.max(MOST_PRESENTATIONS),
        training: count.describe('How many of them train, and come first.'),
      }),
    )
    .min(1)
    .max(MOST_RATERS),
  acceptance: acceptanceRuleSchema,
  answerKeySha256: sha256Schema.describe(
    'Of the file that says which pairs were checks and what was right. The lead may show it afterwards.',
  ),
  masked: count.describe('Places of texts that were masked.'),
  files: z
    .array(
      z.strictObject({ name: fileNameSchema, bytes: count.max(2 ** 40), sha256: sha256Schema, rows: count }),
    )
    .min(1)
    .max(MOST_RATERS + 3),
  product: z.string().max(40).describe('The version of Touchstone that made it.'),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

export const TEXTS_FILE = 'texts.jsonl';
export const EXAMPLES_FILE = 'examples.jsonl';
export const PRACTICE_FILE = 'practice.jsonl';

/** The problem of a manifest that says two things that cannot both be; null where there is none. */
export function manifestProblem({ raters, files, training }: PackManifest): ErrorMessage | null {
  const names = files.map(({ name }) => name);
  if (new Set(names).size < names.length) return { key: 'pack.manifest_files_alike' };
  if (new Set(raters.map(({ name }) => name)).size < raters.length)
    return { key: 'pack.manifest_raters_alike' };
  const rowsOf = new Map(files.map(({ name, rows }) => [name, rows]));
  const wanted: [string, number | null][] = [
    [TEXTS_FILE, null],
    [EXAMPLES_FILE, training.examples],
    [PRACTICE_FILE, training.practice],
    ...raters.map(({ file, presentations }): [string, number] => [file, presentations]),
  ];
  if (wanted.length !== files.length) return { key: 'pack.manifest_files_unnamed' };
  for (const [name, rows] of wanted) {
    const there = rowsOf.get(name);
    if (there === undefined) return { key: 'pack.manifest_file_missing', values: { file: name } };
    if (rows !== null && there !== rows)
      return { key: 'pack.manifest_file_rows', values: { file: name, rows: there, named: rows } };
  }
  return null;
}
