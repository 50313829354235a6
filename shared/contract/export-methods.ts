import { z } from 'zod';
import { leadTask } from './method.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

/** Touchstone's own, and one for each tool that is written for. */
export const EXPORT_FORMATS = [
  'native',
  'preference',
  'inspect-scores',
  'fastchat-votes',
  'fastchat-judgments',
  'alpacaeval-crossannotations',
  'alpacaeval-annotations',
  'arena-hard-judgments',
  'label-studio',
  'kto',
  'promptfoo-tests',
  'openai-evals',
  'openai-finetune',
  'alt-test',
  'judgy',
  'langfuse',
  'langsmith',
  'csv',
  'parquet',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const exportResult = lazily(() =>
  z.strictObject({
    folder: z.string(),
    files: z.array(
      z.strictObject({
        name: z.string(),
        bytes: z.int(),
        sha256: z.string(),
        downloadId: z
          .string()
          .nullable()
          .describe(
            'For fetching the file from a host that offers downloads; null while the study is blind.',
          ),
      }),
    ),
    rows: z.int(),
    leftOut: z
      .array(
        z.strictObject({
          what: z.string(),
          rows: z.int(),
        }),
      )
      .describe('What the format could not hold, and how many rows that touches.'),
    warnings: z
      .array(
        z.strictObject({
          what: z.string(),
          rows: z.int(),
        }),
      )
      .describe('What is written and yet to be minded, and how many pairs that touches.'),
  }),
);
export type ExportResult = ReplyOfSchema<typeof exportResult>;

export const exportMethods = {
  'exports.run': leadTask({
    kind: 'command',
    reveals: 'blind',
    about:
      'Writes a calibration set, preference rows or the files of another tool to a folder. Same state, same bytes.',
    input: z.strictObject({
      studyId: z.string().min(1).max(64),
      format: z.enum(EXPORT_FORMATS),
      folderId: z
        .string()
        .max(64)
        .optional()
        .describe('A folder chosen through the host; else the data folder.'),
    }),
    reply: exportResult,
  }),
} as const;
