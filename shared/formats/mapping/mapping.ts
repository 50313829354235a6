/** Mapping files: how records of any JSON, JSON Lines, CSV or Parquet file become native rows. */
import { z } from 'zod';
import type { DeepReadonly } from '../../json/deep-readonly.ts';
import { matchesName, partsOfName } from './file-name-pattern.ts';

const path = z
  .string()
  .min(1)
  .max(512)
  .describe('The value at this path: `data.answers[0].text`; `[-1]` is the last of a list.');
const partName = z.string().regex(/^[A-Za-z]\w*$/u);

/** What may be done with a value that was found. */
const changes = {
  values: z
    .record(z.string(), z.string())
    .describe('Value map: what is found, written as text, to what is stored.')
    .optional(),
  otherwise: z.string().describe('Stored for what the value map does not list.').optional(),
  missing: z.string().describe('Stored where the value is missing, null or empty.').optional(),
  split: z.strictObject({ at: z.string().min(1), part: z.enum(['before', 'after']) }).optional(),
  optional: z.boolean().describe('A missing, null or empty value leaves the field out.').optional(),
};

const atom = z.union([
  path,
  z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }).describe('Always this value.'),
  z.strictObject({ from: path, ...changes }).describe('The value at a path, changed.'),
  z
    .strictObject({ fromFile: partName, ...changes })
    .describe('A part of the file’s name: `{part}` in the pattern of the source.'),
  z
    .strictObject({ record: z.literal(true), first: z.int().min(0).max(1).default(1) })
    .describe('The number of the record in its file.'),
  z.strictObject({ line: z.literal(true) }).describe('The line of the file that the record begins on.'),
  z
    .strictObject({ field: z.enum(['prompt', 'reference', 'a.system', 'a.text', 'b.system', 'b.text']) })
    .describe('A field of the comparison as it was mapped and sorted; in an id only.'),
]);

const separator = z.string().default('\n\n');

const lookup = z
  .strictObject({
    lookup: partName.describe('A table, of another source.'),
    key: z.union([atom, z.strictObject({ join: z.array(atom).min(1).max(20).readonly(), with: separator })]),
    column: partName,
    ...changes,
  })
  .describe('A column of the row of a table that has this key.');

const valueExpression = z.union([
  atom,
  lookup,
  z
    .strictObject({
      join: z
        .array(z.union([atom, lookup]))
        .min(1)
        .max(20)
        .readonly(),
      with: separator,
    })
    .describe('Several values joined; empty ones are left out.'),
]);
export type ValueExpression = DeepReadonly<z.infer<typeof valueExpression>>;
export type Atom = z.infer<typeof atom>;
export type Lookup = z.infer<typeof lookup>;
export type Changes = z.infer<z.ZodObject<typeof changes>>;

const responseMapping = z.strictObject({ system: valueExpression, text: valueExpression });

/** Where a record holds a list of votes or verdicts. */
const each = path
  .describe(
    'A list in the record; this says what each of its elements is. Paths start in the element, or with `$.` in the record. Of an object each field is one, with `key` and `value`.',
  )
  .optional();
const asShown = z
  .literal(true)
  .describe('“first” is what was shown first or on the left, as `order` or `shown` says, and is turned.')
  .optional();

const humanMapping = z.strictObject({
  each,
  rater: z.union([
    valueExpression,
    z
      .strictObject({ numbered: z.string().max(100) })
      .describe('For votes without names: this text, and the number of the vote on its comparison.'),
  ]),
  verdict: valueExpression,
  asShown,
  shown: valueExpression.optional(),
  strength: valueExpression.optional(),
  confidence: valueExpression.optional(),
  reason: valueExpression.optional(),
  note: valueExpression.optional(),
  at: valueExpression.optional(),
});

/** A number that says what it is; by itself it is kept, and used by no figure. */
const scoreMapping = z.union([
  valueExpression,
  z.strictObject({
    meaning: z.enum(['verdict_probability', 'first_probability', 'sureness']),
    value: valueExpression,
  }),
  z.strictObject({
    meaning: z.literal('preference'),
    value: valueExpression,
    first: z.number(),
    second: z.number(),
  }),
  z.strictObject({ meaning: z.literal('points'), first: valueExpression, second: valueExpression }),
]);

export type ScoreMapping = z.infer<typeof scoreMapping>;

const judgeMapping = z.strictObject({
  each,
  judge: valueExpression,
  verdict: valueExpression,
  asShown,
  order: valueExpression.optional(),
  sample: valueExpression.optional(),
  score: scoreMapping.optional(),
  raw: valueExpression.optional(),
  at: valueExpression.optional(),
});

const filePattern = z
  .string()
  .min(1)
  .max(255)
  .describe('File name this applies to; `*` stands for any text, `{part}` for text that `fromFile` can use.')
  .default('*');

const recordList = path
  .describe('Where the file is one JSON object: the list in it that holds the records, as `data[]`.')
  .optional();

const tableMapping = z
  .strictObject({
    file: filePattern,
    records: recordList,
    table: partName,
    key: valueExpression,
    columns: z.record(partName, valueExpression),
  })
  .describe('A table for other sources to look values up in: it makes no comparisons.');

export const sourceMappingSchema = z.strictObject({
  file: filePattern,
  records: recordList,
  sort: z
    .literal('systems')
    .describe(
      'The output whose system’s name sorts first becomes a; verdicts, sides and orders are turned along.',
    )
    .optional(),
  fields: z.strictObject({
    id: valueExpression
      .describe('Without one: the hash of what is compared. A longer one than ids are is hashed.')
      .optional(),
    prompt: valueExpression.optional(),
    reference: valueExpression.optional(),
    a: responseMapping.optional(),
    b: responseMapping.optional(),
    slices: z.record(z.string().min(1).max(128), valueExpression).optional(),
    human: z.array(humanMapping).max(100).optional(),
    judge: z.array(judgeMapping).max(100).optional(),
  }),
});
export type SourceMapping = DeepReadonly<z.infer<typeof sourceMappingSchema>>;
export type TableMapping = DeepReadonly<z.infer<typeof tableMapping>>;

export const mappingSchema = z.strictObject({
  format: z.literal('touchstone-mapping/1'),
  about: z.string().max(2000).optional(),
  study: z.string().trim().min(1).max(120).describe('What the study is called where nobody says.').optional(),
  sources: z
    .array(z.union([sourceMappingSchema, tableMapping]))
    .min(1)
    .max(50),
});
export type Mapping = DeepReadonly<z.infer<typeof mappingSchema>>;
export type AnySource = Mapping['sources'][number];

/** A file by its names: as it is called, and its base name where that is another. */
export interface NamedFile {
  readonly name: string;
  readonly baseName?: string;
}

/** The first source whose file pattern fits the file's name. */
export function sourceForFile(mapping: Mapping, file: NamedFile): AnySource | undefined {
  return mapping.sources.find((source) => namesOf(file).some((name) => matchesName(source.file, name)));
}

function namesOf({ name, baseName }: NamedFile): string[] {
  const names = baseName === undefined ? [name] : [name, baseName];
  return [...names, ...names.map((each) => each.replace(/\.(?:gz|gzip|zst|zstd)$/iu, ''))];
}

/** The parts of a file's name that a source names. */
export function fileParts(
  { file: namePattern }: AnySource,
  file: NamedFile,
): Readonly<Record<string, string>> {
  for (const name of namesOf(file)) {
    const parts = partsOfName(namePattern, name);
    if (parts !== null) return parts;
  }
  return {};
}

/** The published JSON Schema of a mapping file. */
export function mappingJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(mappingSchema, { io: 'input' }),
    $id: 'urn:touchstone:mapping:1',
    title: 'Touchstone mapping',
  };
}
