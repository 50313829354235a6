import { z } from 'zod';
import { leadMethod } from './method.ts';

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

export interface ExportResult {
  readonly folder: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    /** For fetching the file from a host that offers downloads; null while the study is blind. */
    readonly downloadId: string | null;
  }[];
  readonly rows: number;
  /** What the format could not hold, and how many rows that touches. */
  readonly leftOut: readonly { readonly what: string; readonly rows: number }[];
  /** What is written and yet to be minded, and how many pairs that touches. */
  readonly warnings: readonly { readonly what: string; readonly rows: number }[];
}

export const exportMethods = {
  'exports.run': leadMethod<ExportResult>()({
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
  }),
} as const;
