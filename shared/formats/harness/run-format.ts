/** Files of runs: what one system answered, sample by sample. Two runs of the same samples make comparisons. */
import type { z } from 'zod';
import type { TextHash } from '../../pack/content-hash.ts';
import { type FieldProblem, readBy } from '../native.ts';

/** What was asked, where it stands in a file of its own. */
export interface Question {
  readonly kind: 'question';
  readonly key: string;
  /** What the user says, turn by turn. */
  readonly turns: readonly string[];
  readonly slices: Readonly<Record<string, string>>;
  readonly reference: string | null;
}

/** What one run answered. */
export interface Answer {
  readonly kind: 'answer';
  readonly key: string;
  /** The system; null where the file does not say, so that the file's own name does. */
  readonly run: string | null;
  readonly turns: readonly string[];
}

export type RunPieces =
  | { readonly ok: true; readonly pieces: readonly (Question | Answer)[]; readonly leftOut?: string }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export interface RunFormat {
  readonly name: string;
  readonly title: string;
  /** By what samples of two runs are told to be the same. */
  readonly joinedOn: string;
  /** Whether each turn is a comparison of its own, named by its number. */
  readonly areTurnsNumbered: boolean;
  recognise(record: Readonly<Record<string, unknown>>): string | null;
  /** Reads the records of one file, in order. */
  reader(context: { readonly sha256: TextHash }): (record: unknown) => RunPieces;
}

export function piecesBy<Schema extends z.ZodType>(
  schema: Schema,
  convert: (row: z.output<Schema>) => RunPieces,
): (record: unknown) => RunPieces {
  return (record) => {
    const parsed = readBy(schema, record);
    return parsed.ok ? convert(parsed.value) : parsed;
  };
}

export function pieces(...all: readonly (Question | Answer)[]): RunPieces {
  return { ok: true, pieces: all };
}

export function noPieces(leftOut: string): RunPieces {
  return { ok: true, pieces: [], leftOut };
}
