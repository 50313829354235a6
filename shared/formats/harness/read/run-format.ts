/** Files of runs: what one system answered, sample by sample, and how single answers were scored. Two runs of the same samples make comparisons. */
import type { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { type FieldProblem, readBy } from '../../../json/read-by-schema.ts';
import type { Conversation } from '../../../study/conversation.ts';
import type { JudgeOrder } from '../../../study/verdict.ts';
import { type IsHarmless, NONE_HARMLESS, unreadFields } from './unread-fields.ts';

/** Longest note that a vote keeps, in characters. */
export const MOST_NOTE = 20_000;

/** What was asked. */
export interface Question {
  readonly kind: 'question';
  readonly key: string;
  /** What stands ahead of the first turn: a system's prompt, say. */
  readonly before?: Conversation;
  /** What the user says, turn by turn. */
  readonly turns: readonly string[];
  /** What is shown where runs were asked the same in different words; without it that is an error. */
  readonly instead?: { readonly before: Conversation; readonly turns: readonly string[] };
  readonly slices: Readonly<Record<string, string>>;
  readonly reference: string | null;
  /** Where each turn has one of its own: these, in place of `reference`; none for a turn beyond them. */
  readonly references?: readonly string[];
}

/** What one run answered. */
export interface Answer {
  readonly kind: 'answer';
  readonly key: string;
  /** The system; null where the file does not say, so that the file's own name does. */
  readonly run: string | null;
  /** Told apart where one run has several: a prompt, say. */
  readonly variant?: string;
  /** What the tool calls the sample, where the key says more than that: for people who look it up. */
  readonly sample?: string;
  /** All that was asked, as a hash without the sample's name: tells one sample under two names from two samples. */
  readonly asks?: string;
  /** What else is known of the sample, by name. Two answers that differ in one of these were given to two samples. */
  readonly facts?: Readonly<Record<string, string>>;
  /** What scores and links call it. */
  readonly id?: string;
  /** A link in another file may yet say which sample and run it belongs to. */
  readonly awaitsLink?: true;
  /** Its place among the answers that a judge saw together. */
  readonly place?: number;
  readonly turns: readonly string[];
  /** Kept with the output. */
  readonly meta?: Readonly<Record<string, string>>;
}

/** Which answer a score is about. */
export type ScoredAnswer =
  | { readonly id: string }
  | { readonly key: string; readonly run: string | null; readonly variant?: string };

/** What two scores say of two outputs: the higher one is better, but a pass and a fail are no more than that, and only one is best. */
export type Scale = 'score' | 'pass' | 'best';

/** Who gave a score. A person whom the file does not name may be several. */
export type ScoredBy = { readonly judge: string } | { readonly rater: string; readonly isUnnamed?: true };

/** How one answer was scored. The scores that one judge, or one person, gave two answers are a verdict. */
export interface Score {
  readonly kind: 'score';
  readonly of: ScoredAnswer;
  /** Where turns are numbered: which one. */
  readonly turn?: number;
  readonly by: ScoredBy;
  /** Scores that were given together, as one vote on two outputs; null for one that stands for itself. */
  readonly group: string | null;
  /** What was asked of a person who answers several questions of an output, of which the first is the vote. */
  readonly criterion?: string;
  /** Null where the reply could not be read. */
  readonly score: number | null;
  /** Instead of a score: a verdict, where what it is about is a comparison. */
  readonly verdict?: string;
  /** Of such a verdict of a judge: which output it read first. */
  readonly order?: JudgeOrder;
  /** Of such a verdict of a judge: which of its samples. */
  readonly sample?: number;
  readonly scale: Scale;
  /** Whether it passed, where that is said beside the score: two that did not are both bad, whatever their scores. */
  readonly passed?: boolean;
  /** The largest difference of two scores that is none. */
  readonly tieBand?: number;
  readonly raw?: string;
  readonly note?: string;
  readonly at?: string;
}

/** Which sample an answer belongs to, and to which run, where another file says so. */
export interface Link {
  readonly kind: 'link';
  readonly id: string;
  readonly key: string;
  /** Null where only the sample is said: the run is the answer's own then. */
  readonly run: string | null;
}

/** What would be right to answer to a question, where it is said apart from the question. */
export interface Reference {
  readonly kind: 'reference';
  /** Of the question: the first under which there is one. */
  readonly keys: readonly string[];
  readonly reference: string;
  /** Where each turn has one of its own: these, and they count before what the question says itself. */
  readonly references?: readonly string[];
}

export type RunPiece = Question | Answer | Score | Link | Reference;

export interface LeftOut {
  readonly what: string;
  readonly sample?: string | undefined;
}

export type RunPieces =
  | {
      readonly ok: true;
      readonly pieces: readonly RunPiece[];
      /** What of the record says nothing here, each with the sample it is about where that has a name. */
      readonly leftOut?: readonly LeftOut[];
      /** Fields of the record that nothing was made of, by path. */
      readonly unread?: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** What a format may ask of whoever reads. */
export interface RunContext {
  readonly sha256: TextHash;
  /** The file's own name, without its folders, and the name of the folder it lies in. */
  readonly fileName: string;
  readonly folderName: string;
}

export interface RunFormat {
  readonly name: string;
  readonly title: string;
  /** Whose it is: only within one tool do samples have the same names. */
  readonly tool: string;
  /** By what samples of two runs are told to be the same. */
  readonly joinedOn: string;
  /** How its scores become verdicts, where it has any. */
  readonly scores?: string;
  /** Whether each turn is a comparison of its own, named by its number. */
  readonly areTurnsNumbered: boolean;
  /** Whether a file is one run, so that a name given for it is better than what it says itself. */
  readonly isOneRun?: true;
  recognise(record: Readonly<Record<string, unknown>>): string | null;
  /** Whether a part of a file is one of its records; without it every part is. */
  isRecord?(record: unknown): boolean;
  /** What the run of a file is called that does not say so itself, from where the file lies; null for what any file is called. */
  runOfPath?(path: string): string | null;
  /** Reads the records of one file, in order. */
  reader(context: RunContext): (record: unknown) => RunPieces;
}

/** Reads a record by the schema of its format. Of a record that is used, the fields that the schema does not know are told. */
export function piecesBy<Schema extends z.ZodType>(
  schema: Schema,
  convert: (row: z.output<Schema>) => RunPieces,
  isHarmless: IsHarmless = NONE_HARMLESS,
): (record: unknown) => RunPieces {
  return (record) => {
    const parsed = readBy(schema, record);
    if (!parsed.ok) return parsed;
    try {
      const found = convert(parsed.value);
      if (!found.ok || found.pieces.length === 0) return found;
      const unread = [...unreadFields(schema, record, isHarmless), ...(found.unread ?? [])];
      return unread.length === 0 ? found : { ...found, unread };
    } catch (error) {
      // Values that are walked through whatever they hold can be nested deeper than any call may go.
      if (error instanceof RangeError) return wrongPiece('(record)', 'is nested too deeply');
      throw error;
    }
  };
}

export function pieces(...all: readonly RunPiece[]): Extract<RunPieces, { ok: true }> {
  return { ok: true, pieces: all };
}

export function noPieces(what: string, sample?: string): RunPieces {
  return { ok: true, pieces: [], leftOut: [{ what, sample }] };
}

export function wrongPiece(field: string, reason: string): RunPieces {
  return { ok: false, problems: [{ field, reason }] };
}
