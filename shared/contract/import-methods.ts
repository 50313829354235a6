import { z } from 'zod';
import { mappingSchema } from '../formats/mapping/mapping.ts';
import { SEPARATORS } from '../formats/own/separators.ts';
import { verdictEncodingSchema } from '../formats/own/verdict-encoding.ts';
import { studyNameSchema } from '../study/study.ts';
import { leadJob, leadMethod, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

const rowError = lazily(() =>
  z.strictObject({
    file: z.string(),
    line: z.int(),
    recordNumber: z
      .number()
      .exactOptional()
      .describe('Its number, from 1, in files where several records may stand on one line.'),
    field: z.string(),
    reason: z.string(),
  }),
);
/** One thing wrong in an imported file. `line` counts from 1; it is the line where the record starts. */
export type RowError = ReplyOfSchema<typeof rowError>;

const importCounts = lazily(() =>
  z.strictObject({
    records: z.int(),
    pairsAdded: z.int(),
    pairsKnown: z.int(),
    itemsAdded: z.int(),
    votesAdded: z.int(),
    votesKnown: z.int(),
    judgmentsAdded: z.int(),
    judgmentsKnown: z.int(),
    sameContent: z.int(),
  }),
);
export type ImportCounts = ReplyOfSchema<typeof importCounts>;

const identityFinding = lazily(() =>
  z.strictObject({
    file: z.string(),
    line: z.int(),
    rule: z.string(),
    excerpt: z.string(),
  }),
);
export type IdentityFinding = ReplyOfSchema<typeof identityFinding>;

const recognisedFormat = lazily(() =>
  z.strictObject({
    name: z.string(),
    title: z.string(),
    why: z.string().describe('By what it was recognised.'),
    order: z.string().describe('How its verdicts name the outputs.'),
  }),
);
/** A tool's own format that a file is in. */
export type RecognisedFormat = ReplyOfSchema<typeof recognisedFormat>;

export const importResult = lazily(() =>
  z.strictObject({
    dryRun: z.boolean(),
    studyName: z.string(),
    studyId: z.string().nullable(),
    files: z.array(
      z.strictObject({
        name: z.string(),
        format: z.string(),
        readAs: z
          .string()
          .describe(
            'How it was read, in words: its kind, what separates cells, an encoding other than UTF-8.',
          ),
        records: z.int(),
        recognised: recognisedFormat().nullable(),
      }),
    ),
    leftOut: z
      .array(
        z.strictObject({
          file: z.string(),
          what: z.string(),
          records: z.int(),
        }),
      )
      .describe('Records that brought nothing, or less than they hold, and why.'),
    counts: importCounts(),
    systems: z.array(
      z.strictObject({
        name: z.string(),
        responses: z.int(),
      }),
    ),
    raters: z.array(
      z.strictObject({
        name: z.string(),
        votes: z.int(),
      }),
    ),
    judges: z.array(
      z.strictObject({
        name: z.string(),
        judgments: z.int(),
      }),
    ),
    slices: z.array(
      z.strictObject({
        name: z.string(),
        values: z.int(),
      }),
    ),
    errors: z.array(rowError()),
    errorCount: z.int(),
    findings: z.array(identityFinding()),
    findingCount: z.int(),
    foundOutputs: z.int().describe('How many outputs the findings are in.'),
    duplicates: z.array(
      z.strictObject({
        id: z.string(),
        sameAs: z.string(),
      }),
    ),
    firstRows: z.array(z.unknown()).describe('The first rows as they are stored, in the native format.'),
    changedNothing: z
      .boolean()
      .describe('True when nothing was new: every record was already stored with the same content.'),
    warnings: z
      .array(z.string())
      .describe('What looks wrong although nothing is: a judge that agrees with itself less than chance.'),
  }),
);
export type ImportResult = ReplyOfSchema<typeof importResult>;

const sniffedFile = lazily(() =>
  z.strictObject({
    name: z.string(),
    bytes: z.int(),
    format: z.string().nullable().describe('Null for a file that cannot be read.'),
    readAs: z.string().describe('As {@link ImportResult.files}.'),
    encoding: z.string().nullable(),
    isEncodingGuessed: z.boolean(),
    separator: z.string().nullable(),
    problem: z.string().nullable().describe('Why nothing can be made of it, where that is so.'),
    fields: z
      .array(
        z.strictObject({
          path: z.string(),
          example: z.string(),
          values: z.array(z.string()),
        }),
      )
      .describe(
        'Paths found in the first records, with a short example and the first few distinct values of each.',
      ),
    isNative: z.boolean(),
    recognised: recognisedFormat().nullable(),
  }),
);
export type SniffedFile = ReplyOfSchema<typeof sniffedFile>;

const uploadIds = z.array(z.string().min(1).max(64)).min(1).max(10_000);

const layouts = z
  .record(
    z.string().max(64),
    z.strictObject({
      encoding: z.string().min(1).max(40).optional(),
      separator: z.enum(SEPARATORS).optional(),
    }),
  )
  .default({})
  .describe('By upload: the encoding and what separates cells, where they are not as found.');

export const importMethods = {
  'imports.sniff': leadTask({
    kind: 'query',
    reveals: 'own_file',
    about: 'Looks at the first records of files handed in: their format and fields.',
    input: z.strictObject({ uploads: uploadIds, layouts }),
    reply: () => z.array(sniffedFile()),
  }),
  'imports.start': leadJob({
    reveals: 'own_file',
    about: 'Starts an import or a dry run as a job. It lands whole or not at all.',
    input: z.strictObject({
      uploads: uploadIds,
      layouts,
      studyName: studyNameSchema
        .nullable()
        .describe('Null takes the name from a calibration set’s manifest.'),
      mapping: mappingSchema.optional(),
      format: z.string().max(100).default('auto').describe('auto, native, or the name of a tool’s format.'),
      runNames: z
        .array(z.string().min(1).max(256))
        .max(10_000)
        .optional()
        .describe('Names of runs whose files do not say, in the order of the files.'),
      verdictEncoding: verdictEncodingSchema.optional().describe('How verdicts of judges name the outputs.'),
      pairPattern: z
        .string()
        .max(1000)
        .optional()
        .describe('How pairs are named, from {question_id}, {turn}, {model_1} and {model_2} (FastChat).'),
      dryRun: z.boolean(),
    }),
  }),
  'mappings.list': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'The saved mappings.',
    input: z.strictObject({}),
    reply: () =>
      z.array(
        z.strictObject({
          name: z.string(),
          mapping: mappingSchema,
        }),
      ),
  }),
  'mappings.save': leadMethod({
    kind: 'command',
    changes: ['mappings'],
    reveals: 'blind',
    about: 'Saves a mapping under a name, replacing one of that name.',
    input: z.strictObject({ name: z.string().trim().min(1).max(120), mapping: mappingSchema }),
    reply: () =>
      z.strictObject({
        name: z.string(),
      }),
  }),
} as const;
