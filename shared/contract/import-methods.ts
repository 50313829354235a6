import { z } from 'zod';
import { type Mapping, mappingSchema } from '../formats/mapping/mapping.ts';
import { studyNameSchema } from '../study/study.ts';
import { leadMethod } from './method.ts';

/** One thing wrong in an imported file. `line` counts from 1; it is the line where the record starts. */
export interface RowError {
  readonly file: string;
  readonly line: number;
  /** Its number, from 1, in files where several records may stand on one line. */
  readonly recordNumber?: number;
  readonly field: string;
  readonly reason: string;
}

/** Where something is wrong, for people: the file, the line, the record where lines do not tell, and the field. */
export function placeOfError({ file, line, recordNumber, field }: Omit<RowError, 'reason'>): string {
  const parts = [
    file,
    ...(line === 0 ? [] : [`line ${line}`]),
    ...(recordNumber === undefined ? [] : [`record ${recordNumber}`]),
    ...(field === '(file)' ? [] : [field]),
  ];
  return parts.join(', ');
}

export interface ImportCounts {
  readonly records: number;
  readonly pairsAdded: number;
  readonly pairsKnown: number;
  readonly itemsAdded: number;
  readonly votesAdded: number;
  readonly votesKnown: number;
  readonly judgmentsAdded: number;
  readonly judgmentsKnown: number;
  readonly sameContent: number;
}

export interface IdentityFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly excerpt: string;
}

/** A tool's own format that a file is in. */
export interface RecognisedFormat {
  readonly name: string;
  readonly title: string;
  /** By what it was recognised. */
  readonly why: string;
  /** How its verdicts name the outputs. */
  readonly order: string;
}

export interface ImportResult {
  readonly dryRun: boolean;
  readonly studyName: string;
  readonly studyId: string | null;
  readonly files: readonly {
    readonly name: string;
    readonly format: string;
    /** How it was read, in words: its kind, what separates cells, an encoding other than UTF-8. */
    readonly readAs: string;
    readonly records: number;
    readonly recognised: RecognisedFormat | null;
  }[];
  /** Records that brought nothing, or less than they hold, and why. */
  readonly leftOut: readonly { readonly file: string; readonly what: string; readonly records: number }[];
  readonly counts: ImportCounts;
  readonly systems: readonly { readonly name: string; readonly responses: number }[];
  readonly raters: readonly { readonly name: string; readonly votes: number }[];
  readonly judges: readonly { readonly name: string; readonly judgments: number }[];
  readonly slices: readonly { readonly name: string; readonly values: number }[];
  readonly errors: readonly RowError[];
  readonly errorCount: number;
  readonly findings: readonly IdentityFinding[];
  readonly findingCount: number;
  /** How many outputs the findings are in. */
  readonly foundOutputs: number;
  readonly duplicates: readonly { readonly id: string; readonly sameAs: string }[];
  /** The first rows as they are stored, in the native format. */
  readonly firstRows: readonly unknown[];
  /** True when nothing was new: every record was already stored with the same content. */
  readonly changedNothing: boolean;
  /** What looks wrong although nothing is: a judge that agrees with itself less than chance. */
  readonly warnings: readonly string[];
}

export interface SniffedFile {
  readonly name: string;
  readonly bytes: number;
  /** Null for a file that cannot be read. */
  readonly format: string | null;
  /** As {@link ImportResult.files}. */
  readonly readAs: string;
  readonly encoding: string | null;
  readonly isEncodingGuessed: boolean;
  readonly separator: string | null;
  /** Why nothing can be made of it, where that is so. */
  readonly problem: string | null;
  /** Paths found in the first records, with a short example and the first few distinct values of each. */
  readonly fields: readonly {
    readonly path: string;
    readonly example: string;
    readonly values: readonly string[];
  }[];
  readonly isNative: boolean;
  readonly recognised: RecognisedFormat | null;
}

const uploadIds = z.array(z.string().min(1).max(64)).min(1).max(50);

const layouts = z
  .record(
    z.string().max(64),
    z.strictObject({
      encoding: z.string().min(1).max(40).optional(),
      separator: z.enum([',', ';', '\t', '|']).optional(),
    }),
  )
  .default({})
  .describe('By upload: the encoding and what separates cells, where they are not as found.');

export const importMethods = {
  'imports.sniff': leadMethod<readonly SniffedFile[]>()({
    kind: 'query',
    reveals: 'own_file',
    about: 'Looks at the first records of files handed in: their format and fields.',
    input: z.strictObject({ uploads: uploadIds, layouts }),
  }),
  'imports.start': leadMethod<{ readonly jobId: string }>()({
    kind: 'command',
    reveals: 'own_file',
    about: 'Starts an import or a dry run as a job. It lands whole or not at all.',
    input: z.strictObject({
      uploads: uploadIds,
      layouts,
      studyName: studyNameSchema,
      mapping: mappingSchema.optional(),
      format: z.string().max(100).default('auto').describe('auto, native, or the name of a tool’s format.'),
      dryRun: z.boolean(),
    }),
  }),
  'mappings.list': leadMethod<readonly { readonly name: string; readonly mapping: Mapping }[]>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The saved mappings.',
    input: z.strictObject({}),
  }),
  'mappings.save': leadMethod<{ readonly name: string }>()({
    kind: 'command',
    changes: ['mappings'],
    reveals: 'blind',
    about: 'Saves a mapping under a name, replacing one of that name.',
    input: z.strictObject({ name: z.string().trim().min(1).max(120), mapping: mappingSchema }),
  }),
} as const;
